"""A roster as the solver holds it: one column per person, what they add up to, and what it all costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.solving import generation
from robust.engines.rostering.solving.master import Column
from robust.engines.rostering.solving.ward import Ward


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One whole lawful line per person, the sums per row, and the cost of all."""

    columns: tuple[Column, ...]
    sums: NDArray[np.int64]
    objective: int

    @property
    def choices(self) -> NDArray[np.int16]:
        """Give the choices (shape: people, days)."""
        return np.array([column.line for column in self.columns], dtype=np.int16)


def held(ward: Ward, columns: Iterable[Column]) -> Held:
    """Put columns, one per person in their order, together."""
    kept = tuple(columns)
    sums: NDArray[np.int64] = np.array([column.sums for column in kept], dtype=np.int64).sum(axis=0)
    objective = sum(column.cost for column in kept) + int(ward.rows.cost(sums).sum())
    return Held(columns=kept, sums=sums, objective=objective)


def from_choices(ward: Ward, choices: NDArray[np.int16]) -> Held:
    """Put lawful lines (shape: people, days) together."""
    return held(ward, (generation.whole_column(ward, person, line) for person, line in enumerate(choices)))


def changed(ward: Ward, roster: Held, lines: Mapping[int, Column]) -> Held:
    """Give a roster with other lines for some people."""
    return held(ward, (lines.get(person, column) for person, column in enumerate(roster.columns)))
