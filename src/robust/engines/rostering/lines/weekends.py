"""Weekends that are counted in windows side by side, as automata."""

from collections.abc import Sequence

import numpy as np

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import automata
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.lines.windows import Broken, Stretch
from robust.engines.rostering.rules import LineRule

SATURDAY, SUNDAY = 5, 6

_Row = tuple[int, bool | None]
"""The weekday (-1: outside of all stretches), and for the latest day of a stretch whether it is whole."""

_Counted = tuple[int, bool]
"""How many weekends the stretch has had, and whether the Saturday of this one is among them."""


def part_of(
    rule: LineRule,
    broken: Broken,
    *,
    frame: Frame,
    shifts: frozenset[str],
    stretches: Sequence[Stretch],
    starts: Sequence[int],
) -> Part:
    """Make an automaton that counts weekends in stretches that lie side by side.

    `broken` (weekends in a stretch, whether it is whole) says by how many units the rule is broken; `starts`
    is what each person has before the first stretch. Raises: CannotCompile.
    """
    rows: list[_Row] = [(-1, None)] * frame.day_count
    for stretch in stretches:
        rows[stretch.first : stretch.end] = [
            (frame.weekday(day), None) for day in range(stretch.first, stretch.end)
        ]
        rows[stretch.end - 1] = (frame.weekday(stretch.end - 1), stretch.whole)

    def step(row: _Row, state: _Counted, kind: int) -> tuple[_Counted, int]:
        weekday, whole = row
        count, saturday = state
        counts = bool(kind) and (weekday == SATURDAY or (weekday == SUNDAY and not saturday))
        if whole is not None:
            return (0, False), broken(count + counts, whole)
        return (count + counts, counts and weekday == SATURDAY), 0

    return automata.tabulate(
        rule,
        step,
        starts=[(start, False) for start in starts],
        rows=rows,
        kinds=frame.mask(shifts).astype(np.int64),
    )
