"""Fairness: each person's target, and the distance from it as a counter."""

from collections.abc import Sequence

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import amounts, counters, counts, weekends, windows
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.problem import Demand
from robust.engines.rostering.rules import ANYONE, PERIOD, Fairness, Unit

_SHARE_PARTS = 10_000
_SATURDAY = 5


def part_of(rule: Fairness, frame: Frame, people: Sequence[int]) -> Part:
    """Compile the rule; what is counted begins at each person's target, below 0. Raises: CannotCompile."""
    target_of = targets_of(rule, frame)
    starts = [-target_of[person] for person in people]
    stretches = windows.stretches_of(PERIOD, frame.day_count)

    def broken(distance: int, _whole: bool) -> int:
        steps = -(-max(abs(distance) - rule.tolerance, 0) // rule.step)
        return steps * steps

    if rule.unit is Unit.WEEKENDS:
        return weekends.part_of(
            rule, broken, frame=frame, shifts=rule.shifts, stretches=stretches, starts=starts
        )
    added = amounts.amounts_of(frame, unit=rule.unit, shifts=rule.shifts)
    return counters.part_of(rule, broken, amounts=added, stretches=stretches, starts=starts)


def targets_of(rule: Fairness, frame: Frame) -> dict[int, int]:
    """Give the target of each person whom the rule is for."""
    people = frame.chosen(rule.who)
    carried = counts.carried_of(rule.id, frame, people)
    shares = [round(frame.problem.people[person].contract_share * _SHARE_PARTS) for person in people]
    whole = (_demanded(rule, frame) if rule.total is None else rule.total) + sum(carried)
    divisor = max(sum(shares), 1)
    return {
        person: max((2 * whole * share + divisor) // (2 * divisor) - had, 0)
        for person, share, had in zip(people, shares, carried, strict=True)
    }


def _demanded(rule: Fairness, frame: Frame) -> int:
    """Add up what the demands want, of several for the same day and shifts the largest."""
    demands = _demands(rule, frame)
    masks = {shifts: frame.mask(shifts) for shifts in {demand.shifts for demand in demands}}
    minutes = frame.minutes()
    largest: dict[tuple[int, bytes], int] = {}
    for demand in demands:
        mask = masks[demand.shifts]
        worth = demand.minimum if demand.wanted is None else demand.wanted
        if rule.unit is Unit.WEEKENDS and frame.weekday(demand.day) < _SATURDAY:
            worth = 0
        if rule.unit is Unit.MINUTES:
            worth = worth * int(minutes[demand.day, mask].sum()) // max(int(mask.sum()), 1)
        place = (demand.day, mask.tobytes())
        largest[place] = max(worth, largest.get(place, 0))
    return sum(largest.values()) // (2 if rule.unit is Unit.WEEKENDS else 1)


def _demands(rule: Fairness, frame: Frame) -> list[Demand]:
    """Give the demands that count: those for exactly these people, or if there are none, for anyone."""
    others = ~frame.mask(rule.shifts)
    per_shift = [demand for demand in frame.problem.demands if demand.interval is None]
    asked = {demand.shifts for demand in per_shift}
    among = {shifts for shifts in asked if not (frame.mask(shifts) & others).any()}
    counted = [demand for demand in per_shift if demand.shifts in among]
    own = [demand for demand in counted if demand.who == rule.who]
    return own or [demand for demand in counted if demand.who == ANYONE]
