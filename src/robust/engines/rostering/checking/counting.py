"""Judges how much there is of something in a window: shifts, minutes or weekends."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.checking.charging import charge
from robust.engines.rostering.checking.sheet import Sheet
from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.rules import Count, Unit, Window

_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Where a rule counts: from one column up to and without another; some are not whole."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    whole: NDArray[np.bool_]


def counts(rule: Count, sheet: Sheet) -> Iterator[Violation]:
    """Find each window with too few or too many."""
    people = sheet.chosen(rule.who)
    stretches = stretches_of(rule.window, sheet)
    totals = amounts(sheet, people=people, shifts=rule.shifts, unit=rule.unit, stretches=stretches)
    if len(stretches.starts) and not rule.window.rolling:
        totals[:, 0] += sheet.carried(rule.id)[people]
    broken = np.zeros_like(totals)
    if rule.maximum is not None:
        broken = np.maximum(totals - rule.maximum, 0)
    if rule.minimum is not None:
        held = stretches.whole & (sheet.known[people][:, stretches.starts] | (not rule.window.rolling))
        broken = np.where(held & (totals < rule.minimum), totals - rule.minimum, broken)
    for row, place in np.argwhere(broken).tolist():
        units = int(broken[row, place])
        yield charge(
            rule,
            Breach.TOO_MANY if units > 0 else Breach.TOO_FEW,
            people=(sheet.people[people[row]],),
            days=_days(sheet, stretches, person=int(people[row]), place=place),
            shifts=tuple(sorted(rule.shifts)),
            amount=-(-abs(units) // rule.step),
        )


def _days(sheet: Sheet, stretches: Stretches, *, person: int, place: int) -> tuple[int, int]:
    """Give first and last day of a stretch, as far as it is known."""
    first = int(stretches.starts[place]) - sheet.before
    return max(first, int(sheet.first_known[person])), int(stretches.ends[place]) - sheet.before - 1


def stretches_of(window: Window, sheet: Sheet) -> Stretches:
    """Give the stretches of a window that have days of the horizon."""
    end = sheet.frame.day_count if window.to_day is None else min(window.to_day, sheet.frame.day_count)
    first = max(window.from_day, 0)
    if window.every_days is None:
        starts, ends, whole = np.array([first]), np.array([end]), np.array([True])
    elif window.rolling:
        earliest = first if window.from_day > 0 else -sheet.before
        ends = np.arange(first + 1, end + 1)
        starts = np.maximum(ends - window.every_days, earliest)
        whole = ends - window.every_days >= earliest
    else:
        begins = np.arange(window.from_day, end, window.every_days)
        begins = begins[begins + window.every_days > 0]
        starts, ends = np.maximum(begins, 0), np.minimum(begins + window.every_days, end)
        whole = begins + window.every_days <= end
    kept = starts < ends
    return Stretches(starts=starts[kept] + sheet.before, ends=ends[kept] + sheet.before, whole=whole[kept])


def amounts(
    sheet: Sheet, *, people: NDArray[np.int64], shifts: frozenset[str], unit: Unit, stretches: Stretches
) -> NDArray[np.int64]:
    """Count units with some shifts (shape: people, stretches)."""
    marked = sheet.marked(shifts, people)
    if unit is Unit.WEEKENDS:
        return _weekends(marked, sheet, stretches)
    worth = marked * sheet.minutes[people] if unit is Unit.MINUTES else marked
    return _sums(worth, stretches)


def _weekends(marked: NDArray[np.bool_], sheet: Sheet, stretches: Stretches) -> NDArray[np.int64]:
    """A Sunday counts for itself only where its Saturday does not count in the same stretch."""
    saturday_before = np.zeros_like(marked)
    saturday_before[:, 1:] = marked[:, :-1]
    is_sunday = sheet.weekdays == _SUNDAY
    twice = marked & saturday_before & is_sunday
    worth = marked & ((sheet.weekdays == _SATURDAY) | is_sunday) & ~twice
    weekends: NDArray[np.int64] = _sums(worth, stretches) + twice[:, stretches.starts]
    return weekends


def _sums(worth: NDArray[np.bool_] | NDArray[np.int64], stretches: Stretches) -> NDArray[np.int64]:
    running = np.zeros((worth.shape[0], worth.shape[1] + 1), dtype=np.int64)
    np.cumsum(worth, axis=1, out=running[:, 1:])
    sums: NDArray[np.int64] = running[:, stretches.ends] - running[:, stretches.starts]
    return sums
