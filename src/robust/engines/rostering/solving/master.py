"""The choice of one line per person: a linear programme over the lines known, and its whole numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import highspy
import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.solving.people import Lines
from robust.engines.rostering.solving.ward import Ward

INTEGRAL = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One line (or the free part of one) of a person: `cost` of its cells and rules, `sums` per row."""

    person: int
    cost: int
    line: NDArray[np.int16]
    sums: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """People whose lines are open (wholly or between two days) while all else stays as it is.

    `settled` (rows) is what everything that stays adds to the rows; `rows` are the numbers of those rows that
    can change.
    """

    people: tuple[int, ...]
    lines: tuple[Lines, ...]
    settled: NDArray[np.int64]
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """A solved linear programme: its value, the duals of all rows and of the people, the columns' shares."""

    objective: float
    duals: NDArray[np.float64]
    person_duals: NDArray[np.float64]
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a choice of whole numbers may take."""

    seconds: float
    nodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The numbers of the chosen columns, and whether a limit ended the choosing."""

    numbers: tuple[int, ...]
    cut_short: bool


class Master:
    """Holds the columns of a part and solves over them."""

    def __init__(self, ward: Ward, part: Part, *, stop: Callable[[], bool] = lambda: False) -> None:
        self.ward = ward
        self._stop = stop
        self.part = part
        self.columns: list[Column] = []
        self.place = {person: k for k, person in enumerate(part.people)}
        self.settled_places: set[int] = set()
        self._restricted = False
        self._known: set[tuple[int, bytes]] = set()
        self._slack = _slacks(ward, part)
        self._highs = _silent(stop)
        self._first_column = self._begin()

    def _begin(self) -> int:
        rows, part = self.ward.rows, self.part
        settled = part.settled[part.rows]
        low = np.concatenate([rows.low[part.rows] - settled, np.ones(len(part.people))])
        high = np.concatenate([rows.high[part.rows] - settled, np.ones(len(part.people))])
        row, sign, cost, width = self._slack
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = row.size, low.size
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(row.size), width
        model.row_lower_, model.row_upper_ = low.astype(np.float64), high.astype(np.float64)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.arange(row.size + 1, dtype=np.int32)
        model.a_matrix_.index_, model.a_matrix_.value_ = row.astype(np.int32), sign
        self._highs.passModel(model)
        return int(row.size)

    def add(self, columns: Iterable[Column]) -> int:
        """Take in those columns that are new; give how many were."""
        fresh = []
        for column in columns:
            key = (column.person, column.line.tobytes())
            if key not in self._known:
                self._known.add(key)
                fresh.append(column)
        if fresh:
            self.columns.extend(fresh)
            self._add_to_model(fresh)
        return len(fresh)

    def _add_to_model(self, fresh: Sequence[Column]) -> None:
        starts, rows, values = self._entries(fresh)
        count = len(fresh)
        self._highs.addCols(
            count,
            np.array([column.cost for column in fresh], dtype=np.float64),
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            rows.size,
            starts,
            rows,
            values,
        )

    def _entries(
        self, fresh: Sequence[Column]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        starts, rows, values, length = [], [], [], 0
        for column in fresh:
            sums = column.sums[self.part.rows]
            held = np.flatnonzero(sums)
            starts.append(length)
            rows.append(np.append(held, self.part.rows.size + self.place[column.person]))
            values.append(np.append(sums[held], 1))
            length += held.size + 1
        return (
            np.array(starts, dtype=np.int32),
            np.concatenate(rows).astype(np.int32),
            np.concatenate(values).astype(np.float64),
        )

    def relax(self) -> Relaxed | None:
        """Solve the linear programme; None when stopped before its end."""
        self._highs.setOptionValue("simplex_strategy", 1 if self._restricted else 4)
        self._restricted = False
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        duals = np.zeros(self.ward.row_count)
        row_duals = np.array(solution.row_dual)
        duals[self.part.rows] = row_duals[: self.part.rows.size]
        return Relaxed(
            objective=self._highs.getInfo().objective_function_value,
            duals=duals,
            person_duals=row_duals[self.part.rows.size :],
            shares=np.array(solution.col_value)[self._first_column :],
        )

    def settle(self, chosen: Mapping[int, int]) -> None:
        """Let the people of `chosen` have only that column, and everybody else all of theirs."""
        self.settled_places = {self.place[person] for person in chosen}
        self._restricted = True
        count = len(self.columns)
        allowed = [chosen.get(column.person, k) == k for k, column in enumerate(self.columns)]
        self._highs.changeColsBounds(
            count,
            np.arange(self._first_column, self._first_column + count, dtype=np.int32),
            np.zeros(count),
            np.where(allowed, highspy.kHighsInf, 0.0),
        )

    def reduced_costs(
        self, duals: NDArray[np.float64], person_duals: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Give each column's cost less the duals of its rows, and of its person where they are given."""
        costs = np.array([column.cost - column.sums @ duals for column in self.columns])
        if person_duals is not None:
            costs -= person_duals[[self.place[column.person] for column in self.columns]]
        return costs

    def choose(
        self, allowed: NDArray[np.bool_], *, start: Sequence[int], limits: Limits, seed: int
    ) -> Choice:
        """Choose the best columns, one per person, beginning with those numbered `start`."""
        kept = np.flatnonzero(allowed)
        highs = _silent(self._stop)
        for option, value in (
            ("time_limit", limits.seconds),
            ("mip_max_nodes", limits.nodes),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.999),
            ("random_seed", seed),
        ):
            highs.setOptionValue(option, value)
        self._pass_whole(highs, [self.columns[k] for k in kept])
        highs.setSolution(self._begin_with(kept, start))
        highs.run()
        cut_short = highs.getModelStatus() != highspy.HighsModelStatus.kOptimal
        values = np.array(highs.getSolution().col_value)[self._first_column :]
        chosen = tuple(int(k) for k in kept[np.flatnonzero(values > 0.5)])
        return Choice(numbers=chosen or tuple(start), cut_short=cut_short)

    def _begin_with(self, kept: NDArray[np.int64], start: Sequence[int]) -> highspy.HighsSolution:
        values = np.zeros(self._first_column + kept.size)
        values[self._first_column + np.searchsorted(kept, list(start))] = 1.0
        self._slack_values(values, start)
        begin = highspy.HighsSolution()
        begin.col_value = values.tolist()
        return begin

    def _slack_values(self, values: NDArray[np.float64], start: Sequence[int]) -> None:
        rows, part = self.ward.rows, self.part
        sums = part.settled[part.rows] + sum(self.columns[k].sums[part.rows] for k in start)
        short = np.maximum(rows.low[part.rows] - sums, 0).astype(np.float64)
        above = np.maximum(sums - rows.high[part.rows], 0).astype(np.float64)
        row, sign, _cost, width = self._slack
        for k in range(row.size):
            need = short if sign[k] > 0 else above
            values[k] = min(need[row[k]], width[k])
            need[row[k]] -= values[k]

    def _pass_whole(self, highs: highspy.Highs, columns: Sequence[Column]) -> None:
        starts, rows, values = self._entries(columns)
        row, sign, cost, width = self._slack
        base = self._highs.getLp()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = row.size + len(columns), base.num_row_
        model.col_cost_ = np.concatenate([cost, [column.cost for column in columns]])
        model.col_lower_ = np.zeros(model.num_col_)
        model.col_upper_ = np.concatenate([width, np.ones(len(columns))])
        model.row_lower_, model.row_upper_ = base.row_lower_, base.row_upper_
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate(
            [np.arange(row.size), row.size + starts, [row.size + rows.size]]
        )
        model.a_matrix_.index_ = np.concatenate([row, rows]).astype(np.int32)
        model.a_matrix_.value_ = np.concatenate([sign, values])
        model.integrality_ = [highspy.HighsVarType.kContinuous] * row.size + [
            highspy.HighsVarType.kInteger
        ] * len(columns)
        highs.passModel(model)


def _slacks(
    ward: Ward, part: Part
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give row, sign, cost and width of the priced slack on both sides of every row of the part."""
    rows = ward.rows
    endless = np.full(rows.low.size, highspy.kHighsInf)
    steps = (
        (1.0, rows.under, (rows.low - rows.least).astype(np.float64)),
        (1.0, rows.under + rows.broken_under, endless),
        (-1.0, rows.over, (rows.most - rows.high).astype(np.float64)),
        (-1.0, rows.over + rows.broken_over, endless),
    )
    found = []
    for sign, cost, width in steps:
        held = np.flatnonzero(width[part.rows] > 0)
        numbers = part.rows[held]
        found.append((held, np.full(held.size, sign), cost[numbers].astype(np.float64), width[numbers]))
    row: NDArray[np.int64] = np.concatenate([kind[0] for kind in found])
    signs, costs, widths = (np.concatenate([kind[k] for kind in found]).astype(np.float64) for k in (1, 2, 3))
    return row, signs, costs, widths


class _Event(Protocol):
    def interrupt(self) -> None: ...


def _silent(stop: Callable[[], bool]) -> highspy.Highs:
    """Give a quiet solver with one thread that looks at `stop` while it works."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", "false")
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("simplex_strategy", 4)

    def interrupt(event: _Event) -> None:
        if stop():
            event.interrupt()

    highs.cbSimplexInterrupt.subscribe(interrupt)
    highs.cbMipInterrupt.subscribe(interrupt)
    return highs
