"""What joins the lines of people: costs per cell, and rows of cells with a convex price on their sum."""

from dataclasses import dataclass
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.problem import Demand
from robust.engines.rostering.rules import Accompanied, Apart, Count, Rule, Unit

NEVER = 1 << 40
BROKEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows over the cells: a sum outside `low`..`high` costs, outside `least`..`most` it is broken.

    `matrix` has shape (rows, cells); cell (person, day, choice) is number
    (person * days + day) * choices + choice. All bounds are whole numbers.
    """

    matrix: csc_matrix
    least: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    most: NDArray[np.int64]
    under: NDArray[np.int64]
    over: NDArray[np.int64]
    broken_under: NDArray[np.int64]
    broken_over: NDArray[np.int64]

    @property
    def bounds(self) -> NDArray[np.int64]:
        """Give all bounds and prices as one array (shape: 8, rows) for the compiled loops."""
        return np.array(
            [
                self.least,
                self.low,
                self.high,
                self.most,
                self.under,
                self.over,
                self.broken_under,
                self.broken_over,
            ],
            dtype=np.int64,
        )

    def lawful(self, sums: NDArray[np.int64]) -> bool:
        """Tell whether no hard limit is broken."""
        short = (self.broken_under > 0) & (sums < self.least)
        above = (self.broken_over > 0) & (sums > self.most)
        return not (short | above).any()

    def cost(self, sums: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the price of each row's sum."""
        cost: NDArray[np.int64] = (
            self.under * np.maximum(self.low - sums, 0)
            + self.over * np.maximum(sums - self.high, 0)
            + self.broken_under * np.maximum(self.least - sums, 0)
            + self.broken_over * np.maximum(sums - self.most, 0)
        )
        return cost


class _Builder:
    """Collects rows."""

    def __init__(self) -> None:
        self.cells: list[NDArray[np.int64]] = []
        self.signs: list[NDArray[np.int64]] = []
        self.bounds: list[tuple[int, ...]] = []

    def add(self, cells: NDArray[np.int64], signs: NDArray[np.int64], bounds: tuple[int, ...]) -> None:
        self.cells.append(cells)
        self.signs.append(signs)
        self.bounds.append(bounds)


def cell_costs(frame: Frame) -> NDArray[np.int64]:
    """Give what each choice costs by itself (shape: people, days, choices); NEVER where it may not be."""
    costs = np.zeros((len(frame.problem.people), frame.day_count, frame.choice_count), dtype=np.int64)
    for wish in frame.problem.wishes:
        wanted = frame.mask(wish.shifts)
        costs[frame.person_index[wish.person], wish.day, ~wanted if wish.granted else wanted] += wish.weight
    _add_published(frame, costs)
    for fixed in frame.problem.fixed:
        costs[frame.person_index[fixed.person], fixed.day, ~frame.mask(fixed.shifts)] = NEVER
    for rule in frame.problem.rules:
        if is_ban(rule):
            _forbid(frame, rule, costs)
    return costs


def _add_published(frame: Frame, costs: NDArray[np.int64]) -> None:
    published = frame.problem.published
    if published is None:
        return
    for person, line in published.lines.items():
        for day, name in enumerate(line):
            costs[frame.person_index[person], day] += published.weight
            if name in frame.choice_of:
                costs[frame.person_index[person], day, frame.choice_of[name]] -= published.weight


def _forbid(frame: Frame, rule: Count, costs: NDArray[np.int64]) -> None:
    begin, end = max(rule.window.from_day, 0), rule.window.to_day
    banned = np.flatnonzero(frame.mask(rule.shifts))
    for person in frame.chosen(rule.who):
        costs[person, begin:end, banned] = NEVER


def is_ban(rule: Rule) -> TypeGuard[Count]:
    """Tell whether a rule only forbids shifts altogether."""
    return (
        isinstance(rule, Count)
        and rule.weight is None
        and rule.maximum == 0
        and not rule.minimum
        and rule.unit is Unit.SHIFTS
        and not rule.window.rolling
    )


def rows_of(frame: Frame, *, broken: int) -> Rows:
    """Make the rows of demands and of rules between people; `broken` is the price of breaking a hard one."""
    builder = _Builder()
    grid = np.arange(
        len(frame.problem.people) * frame.day_count * frame.choice_count, dtype=np.int64
    ).reshape(len(frame.problem.people), frame.day_count, frame.choice_count)
    for demand in frame.problem.demands:
        cells = _demanded(frame, demand, grid)
        builder.add(cells, np.ones_like(cells), _demand_bounds(demand, cells.size, broken))
    for rule in frame.problem.rules:
        if isinstance(rule, Apart):
            _add_apart(frame, rule, grid, builder, broken)
        if isinstance(rule, Accompanied):
            _add_accompanied(frame, rule, grid, builder, broken)
    return _rows(builder, grid.size)


def _rows(builder: _Builder, cell_count: int) -> Rows:
    columns = np.concatenate([*builder.cells, np.zeros(0, dtype=np.int64)])
    values = np.concatenate([*builder.signs, np.zeros(0, dtype=np.int64)])
    rows = np.repeat(np.arange(len(builder.cells)), [cells.size for cells in builder.cells])
    bounds = np.array(builder.bounds, dtype=np.int64).reshape(-1, 8).T
    return Rows(
        matrix=csc_matrix((values, (rows, columns)), shape=(len(builder.cells), cell_count)),
        least=bounds[0],
        low=bounds[1],
        high=bounds[2],
        most=bounds[3],
        under=bounds[4],
        over=bounds[5],
        broken_under=bounds[6],
        broken_over=bounds[7],
    )


def _demanded(frame: Frame, demand: Demand, grid: NDArray[np.int64]) -> NDArray[np.int64]:
    people = [k for k in frame.chosen(demand.who) if frame.problem.people[k].counts]
    if demand.interval is None:
        return grid[people][:, demand.day, frame.mask(demand.shifts)].reshape(-1)
    begin, end = demand.interval
    found = [np.zeros(0, dtype=np.int64)]
    for back in range(min(demand.day, 1) + 1):
        on_duty = [
            choice
            for choice, shift in enumerate(frame.problem.shifts, start=1)
            if not shift.counts_as_rest
            and shift.starts_minute <= begin + back * 1440
            and end + back * 1440 <= shift.starts_minute + shift.length_minutes
        ]
        found.append(grid[people][:, demand.day - back, on_duty].reshape(-1))
    return np.concatenate(found)


def _demand_bounds(demand: Demand, size: int, broken: int) -> tuple[int, ...]:
    most = size if demand.maximum is None else demand.maximum
    low, high = (demand.minimum, most) if demand.wanted is None else (demand.wanted, demand.wanted)
    return demand.minimum, low, high, most, demand.under_weight, demand.over_weight, broken, broken


def _add_apart(frame: Frame, rule: Apart, grid: NDArray[np.int64], builder: _Builder, broken: int) -> None:
    people = list(frame.chosen(rule.who))
    hard = rule.weight is None
    for day in range(frame.day_count):
        for choice in np.flatnonzero(frame.mask(rule.shifts)):
            cells = grid[people, day, choice]
            most = rule.most if hard else cells.size
            bounds = (0, 0, rule.most, most, 0, rule.weight or 0, 0, broken if hard else 0)
            builder.add(cells, np.ones_like(cells), bounds)


def _add_accompanied(
    frame: Frame, rule: Accompanied, grid: NDArray[np.int64], builder: _Builder, broken: int
) -> None:
    hard = rule.weight is None
    led = list(frame.chosen(rule.who))
    leading = [person for person in frame.chosen(rule.by) if person not in led]
    signs = np.array([-1] * len(led) + [1] * len(leading), dtype=np.int64)
    least, most = 0 if hard else -len(led), len(leading)
    bounds = (least, 0, most, most, rule.weight or 0, 0, broken if hard else 0, 0)
    for day in range(frame.day_count):
        for choice in np.flatnonzero(frame.mask(rule.shifts)):
            builder.add(grid[led + leading, day, choice], signs, bounds)
