"""Judges long free time on real instants: how often it comes, and whether each week has its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering import clock
from robust.engines.rostering.checking.charging import charge
from robust.engines.rostering.checking.sheet import Duties, Sheet
from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.rules import FreePeriod, WeeklyFree

_DAYS_PER_WEEK = 7
_ALWAYS = np.int64(1) << 40  # minutes, beyond all that a calendar holds


def late_free_periods(rule: FreePeriod, sheet: Sheet) -> Iterator[Violation]:
    """Find each stretch of work that goes on for too many days before a long free period."""
    duties = sheet.duties(rule.who)
    parted = ~duties.joined | (duties.rests >= rule.minutes)
    firsts = np.flatnonzero(np.append(True, parted)[: len(duties.days)])
    latests = np.flatnonzero(np.append(parted, True)[: len(duties.days)])
    first_days, latest_days = duties.days[firsts], duties.days[latests]
    surplus = latest_days - np.maximum(first_days + rule.days_between, 0) + 1
    for place in np.flatnonzero(surplus > 0).tolist():
        yield charge(
            rule,
            Breach.FREE_PERIOD_TOO_LATE,
            people=(sheet.people[duties.people[firsts[place]]],),
            days=(int(first_days[place]), int(latest_days[place])),
            shifts=(),
            amount=int(surplus[place]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Periods:
    """Free periods: whose, from and to which instant, and in which week they end (from 0)."""

    people: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    weeks: NDArray[np.int64]


def weeks_without_free_period(rule: WeeklyFree, sheet: Sheet) -> Iterator[Violation]:
    """Find each calendar week without one long free period or two short ones."""
    people = sheet.chosen(rule.who)
    first_monday = int(sheet.days[0]) - int(sheet.weekdays[0])
    week_count = -(-(sheet.frame.day_count - first_monday) // _DAYS_PER_WEEK)
    longs = np.zeros((len(sheet.people), week_count), dtype=np.int64)
    shorts = np.zeros_like(longs)
    mondays = _mondays(sheet, first_monday, week_count)
    for persons, weeks, minutes in _portions(_periods(sheet, sheet.duties(rule.who), first_monday), mondays):
        np.add.at(longs, (persons, weeks), minutes >= rule.long_minutes)
        np.add.at(shorts, (persons, weeks), minutes >= rule.short_minutes)
    broken = (longs == 0) & (shorts < 2) & _judged(sheet, first_monday, week_count)
    for row, week in np.argwhere(broken[people]).tolist():
        monday = first_monday + _DAYS_PER_WEEK * week
        yield charge(
            rule,
            Breach.WEEK_WITHOUT_FREE_PERIOD,
            people=(sheet.people[people[row]],),
            days=(monday, monday + _DAYS_PER_WEEK - 1),
            shifts=(),
        )


def _periods(sheet: Sheet, duties: Duties, first_monday: int) -> _Periods:
    """Give the free periods between duties and at the edges of what is known."""
    joined = duties.joined
    opens = np.append(True, ~joined)[: len(duties.days)]
    closes = np.append(~joined, True)[: len(duties.days)] & (duties.days < sheet.frame.day_count - 1)
    between = np.flatnonzero(joined)
    people = [duties.people[opens], duties.people[between], duties.people[closes]]
    starts = [np.full(opens.sum(), -_ALWAYS), duties.ends[between], duties.ends[closes]]
    ends = [duties.starts[opens], duties.starts[between + 1], np.full(closes.sum(), _ALWAYS)]
    last_free = [
        duties.days[opens] - 1,
        duties.days[between + 1] - 1,
        np.full(closes.sum(), sheet.frame.day_count - 1),
    ]
    return _Periods(
        people=np.concatenate(people),
        starts=np.concatenate(starts),
        ends=np.concatenate(ends),
        weeks=(np.concatenate(last_free) - first_monday) // _DAYS_PER_WEEK,
    )


def _portions(
    periods: _Periods, mondays: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Give people, weeks and minutes: all of a period in its last week, and its parts in the weeks before."""
    kept = periods.weeks >= 0
    people, starts, weeks = periods.people[kept], periods.starts[kept], periods.weeks[kept]
    yield people, weeks, periods.ends[kept] - starts
    while len(weeks):
        reaches = (weeks > 0) & (starts < mondays[weeks])
        people, starts, weeks = people[reaches], starts[reaches], weeks[reaches] - 1
        yield people, weeks, mondays[weeks + 1] - np.maximum(starts, mondays[weeks])


def _mondays(sheet: Sheet, first_monday: int, week_count: int) -> NDArray[np.int64]:
    """Give the midnights at which weeks begin, in minutes of real time since 1970."""
    horizon = sheet.problem.horizon
    midnights = clock.real_minutes(
        horizon.starts_on + timedelta(days=first_monday),
        day_count=week_count * _DAYS_PER_WEEK,
        clock_minutes=(0,),
        time_zone=horizon.time_zone,
    )
    return midnights[::_DAYS_PER_WEEK, 0]


def _judged(sheet: Sheet, first_monday: int, week_count: int) -> NDArray[np.bool_]:
    """Mark the weeks (shape: people, weeks) known from their Monday on, with a Sunday in the horizon.

    Who has no duty at all has nothing but free time.
    """
    has_duty = np.bincount(sheet.every_duty.people, minlength=len(sheet.people)) > 0
    sundays = first_monday + _DAYS_PER_WEEK * np.arange(week_count) + _DAYS_PER_WEEK - 1
    inside = (sundays >= 0) & (sundays < sheet.frame.day_count)
    known = sundays - _DAYS_PER_WEEK + 1 >= sheet.first_known.reshape(-1, 1)
    judged: NDArray[np.bool_] = inside & known & has_duty.reshape(-1, 1)
    return judged
