"""Runs of days or weekends, as automata."""

from collections.abc import Callable, Sequence

import numpy as np

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import automata, past
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.rules import Run, Unit

_SATURDAY, _SUNDAY = 5, 6

Stretch = tuple[int, bool]
_UNKNOWN: Stretch = (0, False)


def part_of(rule: Run, frame: Frame, people: Sequence[int]) -> Part:
    """Compile the rule. Raises: CannotCompile."""
    return _weekends(rule, frame, people) if rule.unit is Unit.WEEKENDS else _days(rule, frame, people)


def _stepping(rule: Run) -> Callable[[Stretch, bool], tuple[Stretch, int]]:
    """State: length of the run, and whether its beginning is known and the minimum not yet reached."""
    least, most = rule.minimum or 0, rule.maximum
    longest = max(least, most or 0, 1)

    def step(state: Stretch, inside: bool) -> tuple[Stretch, int]:
        length, held = state
        if inside:
            return (min(length + 1, longest), held and length + 1 < least), int(
                most is not None and length >= most
            )
        return (0, least > 1), least - length if held and length else 0

    return step


def _days(rule: Run, frame: Frame, people: Sequence[int]) -> Part:
    kinds = frame.mask(rule.shifts).astype(np.int64)
    extend = _stepping(rule)

    def step(_row: int, state: Stretch, kind: int) -> tuple[Stretch, int]:
        return extend(state, bool(kind))

    earlier, rows = past.rows_of(frame, people, lambda _day: 0)
    starts = past.states_before(frame, people, step, unknown=_UNKNOWN, earlier=earlier, kinds=kinds)
    return automata.tabulate(rule, step, starts=starts, rows=rows, kinds=kinds)


_Weekends = tuple[Stretch, bool | None]


def _weekends(rule: Run, frame: Frame, people: Sequence[int]) -> Part:
    """State: the run of weekends, and on a Sunday whether its Saturday counts (None: not known)."""
    kinds = frame.mask(rule.shifts).astype(np.int64)
    extend = _stepping(rule)

    def step(row: tuple[int, bool], state: _Weekends, kind: int) -> tuple[_Weekends, int]:
        (weekday, is_latest), (run, saturday) = row, state
        if weekday == _SATURDAY:
            counts = bool(kind)
            return (run, counts), extend(run, counts)[1] if counts and is_latest else 0
        if weekday != _SUNDAY:
            return (run, None), 0
        if saturday is None and not kind:
            return (_UNKNOWN, None), 0
        after, units = extend(run, bool(saturday or kind))
        return (after, None), units

    latest = frame.day_count - 1
    earlier, rows = past.rows_of(frame, people, lambda day: (frame.weekday(day), day == latest))
    unknown: _Weekends = (_UNKNOWN, None)
    starts = past.states_before(frame, people, step, unknown=unknown, earlier=earlier, kinds=kinds)
    return automata.tabulate(rule, step, starts=starts, rows=rows, kinds=kinds)
