"""Column generation: prices from the master, cheapest lines from the diagrams, a bound on the best."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.solving.master import Column, Master, Part, Relaxed
from robust.engines.rostering.solving.ward import Ward

SMOOTHING = 0.7
NEAR = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """The end of a column generation: the last relaxed master, the best bound, and the duals that gave it."""

    relaxed: Relaxed
    bound: float
    duals: NDArray[np.float64]
    rounds: int
    complete: bool


def generate(
    ward: Ward,
    master: Master,
    *,
    duals: NDArray[np.float64],
    stop: Callable[[], bool],
    most_rounds: int = 10**6,
    smoothing: float = SMOOTHING,
    on_round: Callable[[float], None] = lambda _bound: None,
) -> Generated | None:
    """Add lines until none is worth adding; None when stopped before anything was known.

    Source: Wentges, "Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming", Int. Trans.
    Oper. Res. 4 (1997) for the smoothing of the duals.
    """
    relaxed = master.relax()
    if relaxed is None:
        return None
    bound, centre, complete, rounds = -np.inf, duals, False, 0
    while not complete and rounds < most_rounds and not stop():
        rounds += 1
        at = smoothing * centre + (1 - smoothing) * relaxed.duals
        value, columns = _priced(ward, master, at)
        if value > bound:
            bound, centre = value, at
        on_round(bound)
        if master.add(columns):
            again = master.relax()
            if again is None:
                break
            relaxed = again
        elif smoothing > 0:
            smoothing = smoothing / 2 if smoothing > 0.1 else 0.0
        else:
            complete = True
        complete = complete or _is_near(relaxed.objective, bound)
    return Generated(relaxed=relaxed, bound=bound, duals=centre, rounds=rounds, complete=complete)


def _is_near(objective: float, bound: float) -> bool:
    """Tell whether bound and relaxed value are as good as equal, or no whole number lies between them."""
    close = objective - bound <= NEAR * max(1.0, abs(objective))
    return close or bool(np.ceil(bound - NEAR) >= objective - NEAR)


def _priced(ward: Ward, master: Master, duals: NDArray[np.float64]) -> tuple[float, list[Column]]:
    """Give the bound at these duals and the cheapest line of everybody who is not settled."""
    value, columns = constant(ward, master.part, duals), []
    for place in range(len(master.part.people)):
        if place not in master.settled_places:
            reduced, column = price(ward, master.part, place, duals)
            value += reduced
            columns.append(column)
    return value, columns


def price(ward: Ward, part: Part, place: int, duals: NDArray[np.float64]) -> tuple[float, Column]:
    """Give the reduced price and the column of the cheapest line of a person of the part."""
    person, lines = part.people[place], part.lines[place]
    prices = ward.price(person, duals)[lines.first_day : lines.first_day + lines.day_count]
    value, own_cost, line = lines.cheapest(prices)
    return value, column_of(ward, person, line, own_cost, lines.first_day)


def column_of(ward: Ward, person: int, line: NDArray[np.int16], own_cost: int, first_day: int) -> Column:
    """Make a column of a line."""
    return Column(
        person=person,
        cost=own_cost + ward.cell_cost(person, line, first_day),
        line=line,
        sums=ward.sums(person, line, first_day),
    )


def whole_part(ward: Ward) -> Part:
    """Give the part in which everybody is open."""
    return Part(
        people=tuple(range(ward.person_count)),
        lines=ward.lines,
        settled=np.zeros(ward.row_count, dtype=np.int64),
        rows=np.arange(ward.row_count),
    )


def whole_column(ward: Ward, person: int, line: NDArray[np.int16]) -> Column:
    """Make a column of a person's whole lawful line."""
    return column_of(ward, person, line, ward.lines[person].lawful_cost(line), 0)


def constant(ward: Ward, part: Part, duals: NDArray[np.float64]) -> float:
    """Give what the rows of a part cost at least at these duals.

    Source: Geoffrion, "Lagrangean relaxation for integer programming", Math. Program. Study 2 (1974).
    """
    rows = ward.rows
    settled = part.settled
    highest = np.maximum(rows.most, settled) + len(part.people) * 50
    best = np.full(rows.low.size, np.inf)
    for sums in (settled * 0 - 1000, rows.least, rows.low, rows.high, rows.most, highest):
        best = np.minimum(best, rows.cost(sums) + duals * (sums - settled))
    return float(best[part.rows].sum())
