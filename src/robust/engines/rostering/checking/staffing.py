"""Judges demands: how many people there are on a shift, or in an interval of the day."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering import clock
from robust.engines.rostering.checking.sheet import UNKNOWN, Sheet
from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.problem import Demand
from robust.engines.rostering.rules import Who

_Kind = tuple[frozenset[str], tuple[int, int] | None, Who]


def unmet_demands(sheet: Sheet) -> Iterator[Violation]:
    """Find each demand with too few or too many people, in the problem's order."""
    present: dict[_Kind, list[int]] = {}
    for demand in sheet.problem.demands:
        kind = (demand.shifts, demand.interval, demand.who)
        if kind not in present:
            present[kind] = _present(demand, sheet).tolist()
        yield from _judged(demand, present[kind][demand.day])


def _judged(demand: Demand, count: int) -> Iterator[Violation]:
    if count < demand.minimum:
        yield _violation(demand, Breach.BELOW_MINIMUM, demand.minimum - count)
    if demand.maximum is not None and count > demand.maximum:
        yield _violation(demand, Breach.ABOVE_MAXIMUM, count - demand.maximum)
    if demand.wanted is None:
        return
    if count < demand.wanted and demand.under_weight:
        yield _violation(demand, Breach.BELOW_WANTED, demand.wanted - count, weight=demand.under_weight)
    if count > demand.wanted and demand.over_weight:
        yield _violation(demand, Breach.ABOVE_WANTED, count - demand.wanted, weight=demand.over_weight)


def _violation(demand: Demand, code: Breach, amount: int, *, weight: int | None = None) -> Violation:
    return Violation(
        rule=demand.id,
        code=code,
        people=(),
        first_day=demand.day,
        last_day=demand.day,
        shifts=tuple(sorted(demand.shifts)),
        amount=amount,
        cost=0 if weight is None else weight * amount,
        hard=weight is None,
    )


def _present(demand: Demand, sheet: Sheet) -> NDArray[np.int64]:
    """Count the people (shape: days of the horizon) who would meet such a demand on each day."""
    people = np.array(
        [person for person in sheet.frame.chosen(demand.who) if sheet.problem.people[person].counts], np.int64
    )
    if demand.interval is None:
        there = sheet.marked(demand.shifts, people)[:, sheet.before :]
    else:
        there = _on_duty(demand.interval, sheet, people)
    counted: NDArray[np.int64] = there.sum(axis=0)
    return counted


def _on_duty(interval: tuple[int, int], sheet: Sheet, people: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark who (shape: people, days of the horizon) is on duty all of it, from this day or the day before."""
    horizon = sheet.problem.horizon
    instants = clock.real_minutes(
        horizon.starts_on,
        day_count=horizon.day_count,
        clock_minutes=interval,
        time_zone=horizon.time_zone,
    )
    on_duty = np.zeros((len(people), horizon.day_count), dtype=np.bool_)
    for days_earlier in (0, 1):
        columns = np.arange(horizon.day_count) + sheet.before - days_earlier
        starts, ends = (edge[columns] for edge in sheet.instants)
        covers = sheet.is_duty & (starts <= instants[:, :1]) & (ends >= instants[:, 1:])
        lines = sheet.lines[people][:, columns]
        on_duty |= covers[np.arange(horizon.day_count), lines] & (lines != UNKNOWN)
    return on_duty
