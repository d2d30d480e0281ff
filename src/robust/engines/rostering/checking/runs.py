"""Judges runs: consecutive days, or weekends, with the same kind of shift."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.checking.charging import charge
from robust.engines.rostering.checking.sheet import Sheet
from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.rules import Run, Unit

_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """Days or weekends in order: which are in a run (shape: people, steps), which are known, and their days.

    The first `past` steps lie wholly in the history.
    """

    inside: NDArray[np.bool_]
    known: NDArray[np.bool_]
    first_days: NDArray[np.int64]
    latest_days: NDArray[np.int64]
    past: int


def broken_runs(rule: Run, sheet: Sheet) -> Iterator[Violation]:
    """Find each run that is too short or too long."""
    people = sheet.chosen(rule.who)
    steps = _weekends(rule, sheet, people) if rule.unit is Unit.WEEKENDS else _days(rule, sheet, people)
    rows, starts, ends = _runs(steps.inside)
    lengths = ends - starts
    missing = np.zeros_like(lengths)
    if rule.minimum is not None:
        held = ~_is_open(steps, rows, starts, ends) & (ends >= steps.past)
        missing = np.where(held, np.maximum(rule.minimum - lengths, 0), 0)
    surplus = np.zeros_like(lengths)
    if rule.maximum is not None:
        surplus = np.maximum(ends - np.maximum(starts + rule.maximum, steps.past), 0)
    for place in np.flatnonzero(missing + surplus).tolist():
        person = people[rows[place]]
        first_day = max(steps.first_days[starts[place]], sheet.first_known[person])
        yield charge(
            rule,
            Breach.RUN_TOO_LONG if surplus[place] else Breach.RUN_TOO_SHORT,
            people=(sheet.people[person],),
            days=(int(first_day), int(steps.latest_days[ends[place] - 1])),
            shifts=tuple(sorted(rule.shifts)),
            amount=int(missing[place] + surplus[place]),
        )


def _runs(inside: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give row, start and end (exclusive) of each run."""
    edges = np.diff(np.pad(inside, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    return rows, starts, np.nonzero(edges == -1)[1]


def _is_open(
    steps: _Steps, rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark the runs beside something unknown."""
    known = np.pad(steps.known, ((0, 0), (1, 1)))
    beside: NDArray[np.bool_] = ~(known[rows, starts] & known[rows, ends + 1])
    return beside


def _days(rule: Run, sheet: Sheet, people: NDArray[np.int64]) -> _Steps:
    return _Steps(
        inside=sheet.marked(rule.shifts, people),
        known=sheet.known[people],
        first_days=sheet.days,
        latest_days=sheet.days,
        past=sheet.before,
    )


def _weekends(rule: Run, sheet: Sheet, people: NDArray[np.int64]) -> _Steps:
    """A weekend of which one day is unknown counts when the other has one of the shifts."""
    marked = np.pad(sheet.marked(rule.shifts, people), ((0, 0), (1, 1)))
    known = np.pad(sheet.known[people], ((0, 0), (1, 1)))
    edge = int(sheet.days[0]) - 1
    first = edge + (_SATURDAY - sheet.frame.weekday(edge)) % 7
    saturdays = np.arange(first, sheet.frame.day_count, 7, dtype=np.int64)
    columns = saturdays - edge
    inside = marked[:, columns] | marked[:, columns + 1]
    return _Steps(
        inside=inside,
        known=inside | (known[:, columns] & known[:, columns + 1]),
        first_days=saturdays,
        latest_days=np.minimum(saturdays + 1, sheet.frame.day_count - 1),
        past=int((saturdays + 1 < 0).sum()),
    )
