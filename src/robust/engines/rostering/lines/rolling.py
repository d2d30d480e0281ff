"""Shifts, minutes or weekends in every stretch of some days, as automata."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import amounts, automata, past, windows
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.lines.weekends import SATURDAY
from robust.engines.rostering.rules import Count, Unit


class _Row(NamedTuple):
    """What to know of a day.

    `later` is how many stretches end after it (at most their length), `added` its amounts by kind,
    `is_saturday` whether it may be the first day of a weekend that counts once.
    """

    later: int
    added: tuple[int, ...]
    is_saturday: bool


class _Seen(NamedTuple):
    """What the stretch that ends tomorrow holds of the days up to today.

    `leaving` are the amounts of its days that later stretches leave behind, oldest first, `total` is the sum
    of all its days, `known` how many of them are known (as far as a minimum asks), `saturday` whether today
    is a Saturday that counts.
    """

    leaving: tuple[int, ...]
    total: int
    known: int
    saturday: bool


def part_of(rule: Count, frame: Frame, people: Sequence[int], *, length: int) -> Part | None:
    """Compile the rule with stretches of some length; None when no stretch ends in the horizon.

    Raises: CannotCompile.
    """
    first, end = rule.window.from_day, windows.end_of(rule.window, frame.day_count)
    before = past.past_days(frame, people)
    added = _added(rule, frame, first_day=-before)
    columns, inverse = np.unique(added, axis=1, return_inverse=True)
    kinds = inverse.reshape(-1)

    def row_of(day: int) -> _Row | None:
        if day >= end or (first > 0 and day < first):
            return None
        return _Row(
            later=min(end - 1 - day, length),
            added=tuple(columns[before + day].tolist()),
            is_saturday=rule.unit is Unit.WEEKENDS and frame.weekday(day) == SATURDAY and length > 1,
        )

    earlier, rows = past.rows_of(frame, people, row_of)
    if not any(rows):
        return None
    step = _stepping(rule, length)
    starts = past.states_before(frame, people, step, unknown=None, earlier=earlier, kinds=kinds)
    return automata.tabulate(rule, step, starts=starts, rows=rows, kinds=kinds)


def _added(rule: Count, frame: Frame, *, first_day: int) -> NDArray[np.int64]:
    """Give what each choice counts (shape: days, choices); for weekends only their days have something."""
    if rule.unit is not Unit.WEEKENDS:
        return amounts.amounts_of(frame, unit=rule.unit, shifts=rule.shifts, first_day=first_day)
    days = range(first_day, frame.day_count)
    is_weekend = np.array([frame.weekday(day) >= SATURDAY for day in days], dtype=np.int64)
    return is_weekend.reshape(-1, 1) * frame.mask(rule.shifts)


def _stepping(
    rule: Count, length: int
) -> Callable[[_Row | None, _Seen | None, int], tuple[_Seen | None, int]]:
    """Give the step; nothing is remembered of days that no stretch holds."""

    def step(row: _Row | None, state: _Seen | None, kind: int) -> tuple[_Seen | None, int]:
        if row is None:
            return None, 0
        leaving, total, known, saturday = state or ((0,) * min(length - 1, row.later), 0, 0, False)
        amount = row.added[kind]
        if saturday and amount:
            leaving, total, amount = _only_on_sunday(leaving, total, length)
        total += amount
        units = amounts.broken_steps(rule, total, whole=known == length - 1)
        if row.later == 0:
            return None, units
        days = (*leaving, amount)
        return _Seen(
            days[1 : min(length, row.later)],
            total - days[0],
            min(known + 1, length - 1) if rule.minimum else 0,
            row.is_saturday and amount > 0,
        ), units

    return step


def _only_on_sunday(leaving: tuple[int, ...], total: int, length: int) -> tuple[tuple[int, ...], int, int]:
    """Let a weekend count on its Sunday instead of its Saturday; also give what the Sunday adds.

    Where no later stretch parts the two days, the weekend goes on counting on its Saturday.
    """
    if len(leaving) < length - 1:
        return leaving, total, 0
    return (*leaving[:-1], 0), total - 1, 1
