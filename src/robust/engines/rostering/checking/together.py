"""Judges who works with whom: people to keep apart, and people who need company."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.checking.charging import charge
from robust.engines.rostering.checking.sheet import Sheet
from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.rules import Accompanied, Apart


def crowded_shifts(rule: Apart, sheet: Sheet) -> Iterator[Violation]:
    """Find each day and shift type with too many of the people."""
    people = sheet.chosen(rule.who)
    for choice in np.flatnonzero(sheet.mask(rule.shifts)).tolist():
        surplus = _present(sheet, people, choice) - rule.most
        yield from _by_day(rule, Breach.TOO_MANY_TOGETHER, sheet, choice=choice, broken=surplus)


def unaccompanied_shifts(rule: Accompanied, sheet: Sheet) -> Iterator[Violation]:
    """Find each day and shift type with too few companions."""
    people = sheet.chosen(rule.who)
    companions = np.setdiff1d(sheet.chosen(rule.by), people)
    for choice in np.flatnonzero(sheet.mask(rule.shifts)).tolist():
        missing = _present(sheet, people, choice) - _present(sheet, companions, choice)
        yield from _by_day(rule, Breach.NOT_ACCOMPANIED, sheet, choice=choice, broken=missing)


def _present(sheet: Sheet, people: NDArray[np.int64], choice: int) -> NDArray[np.int64]:
    """Count the people (shape: days of the horizon) with a choice."""
    present: NDArray[np.int64] = (sheet.lines[people, sheet.before :] == choice).sum(axis=0)
    return present


def _by_day(
    rule: Apart | Accompanied, code: Breach, sheet: Sheet, *, choice: int, broken: NDArray[np.int64]
) -> Iterator[Violation]:
    people = sheet.chosen(rule.who)
    for day in np.flatnonzero(broken > 0).tolist():
        there = people[sheet.lines[people, sheet.before + day] == choice]
        yield charge(
            rule,
            code,
            people=tuple(sheet.people[person] for person in there),
            days=(day, day),
            shifts=(sheet.shift_names[choice],),
            amount=int(broken[day]),
        )
