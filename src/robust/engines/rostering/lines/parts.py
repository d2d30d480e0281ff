"""The rules of people who share them as parts of one diagram, in the order in which they multiply best."""

from collections.abc import Callable, Hashable
from collections.abc import Sequence as Many
from typing import Any

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import (
    amounts,
    counters,
    counts,
    free_periods,
    rests,
    runs,
    sequences,
    shares,
    weekly_free,
)
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.rules import (
    Count,
    Fairness,
    FreePeriod,
    LineRule,
    Rest,
    Run,
    Sequence,
    Unit,
    WeeklyFree,
)

_COMPILERS: dict[type, Callable[[Any, Frame, Many[int]], Part | None]] = {
    Sequence: sequences.part_of,
    Rest: rests.part_of,
    Run: runs.part_of,
    FreePeriod: free_periods.part_of,
    WeeklyFree: weekly_free.part_of,
    Count: counts.part_of,
    Fairness: shares.part_of,
}
_ORDER = tuple(_COMPILERS)
_UNITS = (Unit.WEEKENDS, Unit.MINUTES, Unit.SHIFTS)
_FAR = 10_000


def parts_of(frame: Frame, rules: Many[LineRule], people: Many[int]) -> tuple[Part, ...]:
    """Compile the rules of people who share them, each part with the starting state of each person.

    A rule whose window has no day of the horizon has no part, nor has any where there is nobody. Raises:
    CannotCompile.
    """
    if not people:
        return ()
    made = (_COMPILERS[type(rule)](rule, frame, people) for rule in sorted(rules, key=_place))
    return tuple(part for part in made if part is not None)


def _place(rule: LineRule) -> tuple[int, int]:
    """Say where a rule multiplies best: what forbids most and remembers least comes first."""
    if isinstance(rule, Count) and rule.weight is None and rule.maximum == 0:
        return -1, 0
    if isinstance(rule, Count) and rule.window.rolling:
        return _ORDER.index(Count), 1
    if isinstance(rule, Count | Fairness):
        return _ORDER.index(Count), 2 * _UNITS.index(rule.unit)
    return _ORDER.index(type(rule)), 0


def signatures_of(frame: Frame, rule: LineRule) -> tuple[Hashable, ...]:
    """Give for each person of the problem a value that is equal for those who share a part of the rule well.

    Counts that begin elsewhere can share a table when they differ by whole measures of what is counted, and
    by not too many of them. What people begin other rules with does not matter.
    """
    everybody = range(len(frame.problem.people))
    starts = _starts(frame, rule)
    if not isinstance(rule, Count | Fairness) or not any(starts.values()):
        return tuple(None for _person in everybody)
    measure = 1
    if rule.unit is Unit.MINUTES:
        measure = counters.measure_of(amounts.amounts_of(frame, unit=rule.unit, shifts=rule.shifts))
    return tuple(
        (starts.get(person, 0) % measure, (starts.get(person, 0) // measure + _FAR // 2) // _FAR)
        for person in everybody
    )


def _starts(frame: Frame, rule: LineRule) -> dict[int, int]:
    """Give what people begin to count with."""
    if isinstance(rule, Fairness):
        return {person: -target for person, target in shares.targets_of(rule, frame).items()}
    if isinstance(rule, Count) and not rule.window.rolling:
        people = frame.chosen(rule.who)
        return dict(zip(people, counts.carried_of(rule.id, frame, people), strict=True))
    return {}
