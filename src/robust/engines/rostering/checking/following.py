"""Judges what follows what: forbidden sequences of days, and the rest between one shift and the next."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.checking.charging import charge
from robust.engines.rostering.checking.sheet import Duties, Sheet
from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.rules import Rest, Sequence

_DAYS_PER_WEEK = 7


def forbidden_sequences(rule: Sequence, sheet: Sheet) -> Iterator[Violation]:
    """Find each place where the days follow each other as they must not."""
    people = sheet.chosen(rule.who)
    length = len(rule.shifts)
    start_count = sheet.column_count - length + 1
    if start_count <= 0:
        return
    found = np.isin(sheet.weekdays[:start_count], list(rule.weekdays)) & (sheet.days[length - 1 :] >= 0)
    found = np.broadcast_to(found, (len(people), start_count))
    for step, shifts in enumerate(rule.shifts):
        found = found & sheet.marked(shifts, people)[:, step : step + start_count]
    for row, column in np.argwhere(found).tolist():
        person, day = int(people[row]), column - sheet.before
        yield charge(
            rule,
            Breach.FORBIDDEN_SEQUENCE,
            people=(sheet.people[person],),
            days=(day, day + length - 1),
            shifts=sheet.names(person, range(day, day + length)),
        )


def short_rests(rule: Rest, sheet: Sheet) -> Iterator[Violation]:
    """Find each rest that is too short, or cut where it must not be."""
    duties = sheet.duties(rule.who)
    cut = duties.joined & (duties.rests < rule.minutes)
    too_short = cut & (
        duties.rests < (rule.minutes if rule.reduced_minutes is None else rule.reduced_minutes)
    )
    running = cut & np.append(False, cut)[: len(cut)]
    often = _beyond(rule.reduced_per_week, cut=cut, duties=duties, first_weekday=sheet.frame.first_weekday)
    for place in np.flatnonzero((too_short | running | often) & (duties.days[1:] >= 0)).tolist():
        code = Breach.REST_CUT_TWICE_RUNNING if running[place] else Breach.REST_CUT_TOO_OFTEN
        yield _short_rest(rule, Breach.REST_TOO_SHORT if too_short[place] else code, sheet, (duties, place))


def _beyond(allowed: int, *, cut: NDArray[np.bool_], duties: Duties, first_weekday: int) -> NDArray[np.bool_]:
    """Mark the cut rests later than the first allowed ones of each person and calendar week."""
    places = np.flatnonzero(cut)
    people = duties.people[places + 1]
    weeks = (duties.days[places + 1] + first_weekday) // _DAYS_PER_WEEK
    opens = np.append(True, (people[1:] != people[:-1]) | (weeks[1:] != weeks[:-1]))[: len(places)]
    order = np.arange(len(places))
    earlier = order - np.maximum.accumulate(np.where(opens, order, 0))
    beyond = np.zeros(len(cut), dtype=np.bool_)
    beyond[places] = earlier >= allowed
    return beyond


def _short_rest(rule: Rest, code: Breach, sheet: Sheet, at: tuple[Duties, int]) -> Violation:
    duties, place = at
    person = int(duties.people[place])
    first, latest = int(duties.days[place]), int(duties.days[place + 1])
    return charge(
        rule,
        code,
        people=(sheet.people[person],),
        days=(first, latest),
        shifts=(
            *sheet.names(person, range(first, first + 1)),
            *sheet.names(person, range(latest, latest + 1)),
        ),
    )
