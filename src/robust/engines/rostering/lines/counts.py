"""Counts of shifts, minutes or weekends, each kind of window by the means that suits it."""

from collections.abc import Sequence

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import amounts, counters, rolling, weekends, windows
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.rules import Count, Unit


def part_of(rule: Count, frame: Frame, people: Sequence[int]) -> Part | None:
    """Compile the rule; None when its window has no day. Raises: CannotCompile."""
    if rule.window.rolling and rule.window.every_days is not None:
        return rolling.part_of(rule, frame, people, length=rule.window.every_days)
    stretches = windows.stretches_of(rule.window, frame.day_count)
    if not stretches:
        return None
    starts = carried_of(rule.id, frame, people)

    def broken(amount: int, whole: bool) -> int:
        return amounts.broken_steps(rule, amount, whole=whole)

    if rule.unit is Unit.WEEKENDS:
        return weekends.part_of(
            rule, broken, frame=frame, shifts=rule.shifts, stretches=stretches, starts=starts
        )
    added = amounts.amounts_of(frame, unit=rule.unit, shifts=rule.shifts)
    return counters.part_of(rule, broken, amounts=added, stretches=stretches, starts=starts)


def carried_of(rule: str, frame: Frame, people: Sequence[int]) -> list[int]:
    """Give what each person's history has carried under the id of a rule."""
    return [frame.problem.people[person].history.carried.get(rule, 0) for person in people]
