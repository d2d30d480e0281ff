"""Closing the gap: every line that could still be part of a better roster, and the best choice among them.

Source: Baldacci, Christofides, Mingozzi, "An exact algorithm for the vehicle routing problem based on the set
partitioning formulation", Math. Program. 115 (2008), section 5: a column whose reduced cost exceeds the gap
cannot be in a better solution.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.solving import generation, kernels, rosters
from robust.engines.rostering.solving.generation import Generated
from robust.engines.rostering.solving.master import Column, Limits, Master
from robust.engines.rostering.solving.rosters import Held
from robust.engines.rostering.solving.ward import Ward

MOST_LINES = 40_000
NEAR = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The best roster met, whether it is proved best, and whether there were too many lines to try."""

    roster: Held
    proved: bool
    too_many: bool


def close(
    ward: Ward,
    relaxed: Generated,
    roster: Held,
    *,
    limits: Limits,
    seed: int,
    stop: Callable[[], bool],
    most_lines: int = MOST_LINES,
) -> Closed:
    """Choose among all lines that a roster better than `roster` can hold."""
    room = roster.objective - 1 - relaxed.bound
    left, columns = most_lines, list(roster.columns)
    for person in range(ward.person_count):
        found = _columns_within(ward, person, relaxed.duals, room, left)
        if found is None:
            return Closed(roster=roster, proved=False, too_many=True)
        columns += found
        left -= len(found)
    master = Master(ward, generation.whole_part(ward), stop=stop)
    master.add(columns)
    choice = master.choose(
        np.ones(len(master.columns), dtype=np.bool_),
        start=range(ward.person_count),
        limits=limits,
        seed=seed,
    )
    chosen = sorted((master.columns[k] for k in choice.numbers), key=lambda column: column.person)
    best = min(roster, rosters.held(ward, chosen), key=lambda held: held.objective)
    return Closed(roster=best, proved=not choice.cut_short, too_many=False)


def _columns_within(
    ward: Ward, person: int, duals: NDArray[np.float64], room: float, limit: int
) -> list[Column] | None:
    lines, price = ward.lines[person], ward.price(person, duals)
    to_end = lines.to_end(price)
    most = to_end[lines.root] + room + NEAR
    found, complete = kernels.lines_within(
        *lines.diagram.arcs, lines.root, lines.diagram.group_of, price, to_end, most, limit
    )
    return [generation.whole_column(ward, person, line) for line in found] if complete else None
