"""The ward as the solver sees it: each person's lines, cell costs, and the rows that join them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import kernels
from robust.engines.rostering.problem import Problem
from robust.engines.rostering.solving import coupling, people
from robust.engines.rostering.solving.coupling import Rows
from robust.engines.rostering.solving.people import Lines

NEVER_PRICE = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """Everything that stays the same while a problem is solved.

    `costs` and `cell_prices` have shape (people, days, choices); `first`, `rows_at` and `values` hold the
    matrix of the rows by cell; `reaches` (people, rows) marks the rows that a person can take part in.
    `relaxed_rules` could not be held in the diagrams: a line may break them.
    """

    frame: Frame
    lines: tuple[Lines, ...]
    costs: NDArray[np.int64]
    cell_prices: NDArray[np.float64]
    rows: Rows
    first: NDArray[np.int64]
    rows_at: NDArray[np.int64]
    values: NDArray[np.int64]
    reaches: NDArray[np.bool_]
    relaxed_rules: tuple[str, ...]

    @property
    def person_count(self) -> int:
        """Give the number of people."""
        return int(self.costs.shape[0])

    @property
    def row_count(self) -> int:
        """Give the number of rows."""
        return int(self.rows.low.size)

    def price(self, person: int, duals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give a person's prices per day and choice at the duals of the rows."""
        prices = np.empty(self.costs.shape[1:])
        offset = person * prices.size
        kernels.prices_of(
            self.first, self.rows_at, self.values, self.cell_prices[person], offset, duals, prices
        )
        return prices

    def sums(self, person: int, line: NDArray[np.int16], first_day: int = 0) -> NDArray[np.int64]:
        """Give what a line, from `first_day` on, adds to each row."""
        days, choices = self.costs.shape[1:]
        cells = (person * days + first_day + np.arange(line.size)) * choices + line
        sums = np.zeros(self.row_count, dtype=np.int64)
        kernels.line_sums(self.first, self.rows_at, self.values, cells, sums)
        return sums

    def is_lawful(self, person: int, line: NDArray[np.int16]) -> bool:
        """Tell whether a whole line keeps the hard rules of its person."""
        allowed = self.cell_cost(person, line) < coupling.NEVER
        return allowed and self.lines[person].own_cost(line) is not None

    def rows_within(self, chosen: Sequence[int], first_day: int, until: int) -> NDArray[np.int64]:
        """Give the numbers of the rows that have cells of these people and days."""
        days, choices = self.costs.shape[1:]
        touched = np.zeros(self.row_count, dtype=np.bool_)
        for person in chosen:
            begin, end = ((person * days + day) * choices for day in (first_day, until))
            touched[self.rows_at[self.first[begin] : self.first[end]]] = True
        return np.flatnonzero(touched)

    def cell_cost(self, person: int, line: NDArray[np.int16], first_day: int = 0) -> int:
        """Give the sum of the costs of a line's cells."""
        days = first_day + np.arange(line.size)
        return int(self.costs[person, days, line].sum())


def ward_of(problem: Problem, *, broken: int) -> Ward:
    """Prepare a problem; `broken` is the price of breaking a hard rule between people.

    Raises: NoLawfulLine, TooLarge.
    """
    frame = Frame(problem)
    costs = coupling.cell_costs(frame)
    rows = coupling.rows_of(frame, broken=broken)
    by_cell = rows.matrix.tocsc()
    lines, left_out = people.lines_of(frame)
    first, rows_at = by_cell.indptr.astype(np.int64), by_cell.indices.astype(np.int64)
    return Ward(
        reaches=_reaches(costs, first, rows_at, len(rows.low)),
        frame=frame,
        lines=lines,
        relaxed_rules=left_out,
        costs=costs,
        cell_prices=np.where(costs >= coupling.NEVER, NEVER_PRICE, costs).astype(np.float64),
        rows=rows,
        first=first,
        rows_at=rows_at,
        values=by_cell.data.astype(np.int64),
    )


def _reaches(
    costs: NDArray[np.int64], first: NDArray[np.int64], rows_at: NDArray[np.int64], row_count: int
) -> NDArray[np.bool_]:
    """Mark the rows (shape: people, rows) that each person can take part in."""
    reaches = np.zeros((costs.shape[0], row_count), dtype=np.bool_)
    owner = np.repeat(np.arange(costs.size), np.diff(first))
    open_cells = costs.reshape(-1)[owner] < coupling.NEVER
    reaches[owner[open_cells] // costs[0].size, rows_at[open_cells]] = True
    return reaches
