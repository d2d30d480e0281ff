"""Judges fairness: each person's count against a share of the whole, in whole numbers throughout."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.checking import counting
from robust.engines.rostering.checking.charging import charge
from robust.engines.rostering.checking.sheet import Sheet
from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.problem import Demand
from robust.engines.rostering.rules import ANYONE, PERIOD, Fairness, Unit

_SATURDAY = 5
_SHARE_PARTS = 10_000


def unfair_shares(rule: Fairness, sheet: Sheet) -> Iterator[Violation]:
    """Find each person who has more or less than the share, beyond what is tolerated."""
    people = sheet.chosen(rule.who)
    stretches = counting.stretches_of(PERIOD, sheet)
    had = counting.amounts(sheet, people=people, shifts=rule.shifts, unit=rule.unit, stretches=stretches)
    for person, target, count in zip(
        people.tolist(), _targets(rule, sheet, people), had[:, 0].tolist(), strict=True
    ):
        steps = -(-max(abs(count - target) - rule.tolerance, 0) // rule.step)
        if steps:
            yield charge(
                rule,
                Breach.ABOVE_SHARE if count > target else Breach.BELOW_SHARE,
                people=(sheet.people[person],),
                days=(0, sheet.frame.day_count - 1),
                shifts=tuple(sorted(rule.shifts)),
                amount=steps,
                charged=steps * steps,
            )


def _targets(rule: Fairness, sheet: Sheet, people: NDArray[np.int64]) -> list[int]:
    carried = sheet.carried(rule.id)[people].tolist()
    shares = [round(sheet.problem.people[person].contract_share * _SHARE_PARTS) for person in people]
    total = _whole(rule, sheet) if rule.total is None else rule.total
    whole, divisor = total + sum(carried), max(sum(shares), 1)
    return [
        max((2 * whole * share + divisor) // (2 * divisor) - had, 0)
        for share, had in zip(shares, carried, strict=True)
    ]


def _whole(rule: Fairness, sheet: Sheet) -> int:
    """What the demands want: of several for the same day and shifts the largest."""
    demands = _demands(rule, sheet)
    kinds = {shifts: sheet.mask(shifts).tobytes() for shifts in {demand.shifts for demand in demands}}
    largest: dict[tuple[int, bytes], int] = {}
    for demand in demands:
        place = (demand.day, kinds[demand.shifts])
        worth = _worth(demand, rule.unit, sheet)
        largest[place] = max(worth, largest.get(place, 0))
    return sum(largest.values()) // (2 if rule.unit is Unit.WEEKENDS else 1)


def _demands(rule: Fairness, sheet: Sheet) -> list[Demand]:
    others = ~sheet.mask(rule.shifts)
    per_shift = [demand for demand in sheet.problem.demands if demand.interval is None]
    asked = {demand.shifts for demand in per_shift}
    among = {shifts for shifts in asked if not (sheet.mask(shifts) & others).any()}
    counted = [demand for demand in per_shift if demand.shifts in among]
    own = [demand for demand in counted if demand.who == rule.who]
    return own or [demand for demand in counted if demand.who == ANYONE]


def _worth(demand: Demand, unit: Unit, sheet: Sheet) -> int:
    people = demand.minimum if demand.wanted is None else demand.wanted
    if unit is Unit.WEEKENDS:
        return people if sheet.frame.weekday(demand.day) >= _SATURDAY else 0
    if unit is Unit.MINUTES:
        lengths = sheet.shift_minutes[sheet.before + demand.day, sheet.mask(demand.shifts)]
        return people * int(lengths.sum()) // max(len(lengths), 1)
    return people
