"""Annealing over whole lines: one person after the other gets the cheapest line at noisy prices.

Source: block-wise Gibbs sampling (Jensen, Kong, Kjaerulff, "Blocking Gibbs sampling in very large
probabilistic expert systems", Int. J. Human-Computer Studies 42, 1995) with perturbed minimisation in place
of exact draws (Papandreou and Yuille, "Perturb-and-MAP random fields", ICCV 2011).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.lines.diagram import Diagram
from robust.engines.rostering.solving import kernels, people
from robust.engines.rostering.solving.people import Lines
from robust.engines.rostering.solving.ward import Ward

NOISE_SIZE = 1 << 20
LONG_DAYS = 63
WINDOW_DAYS = 28
WIDE_SHARE = 0.1
ARCS_AT_ONCE = 30_000_000
MOST_ROUNDS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How hot the noise begins and how cold it ends, in units of cost, and how often each person is drawn."""

    hot: float
    cold: float
    rounds: int


class Sampler:
    """The ward's diagrams laid end to end for the compiled loop."""

    def __init__(self, ward: Ward) -> None:
        self._ward = ward
        loose = people.loose_lines_of(ward.frame, ward.lines, ward.relaxed_rules)
        self._diagrams = _joined([*ward.lines, *loose])
        offsets = self._diagrams.offsets
        pairs = list(zip(loose, ward.lines, strict=True))
        self._spans = np.array(
            [[offsets[id(line.diagram)] for line in pair] for pair in pairs], dtype=np.int64
        )
        self._roots = np.array([[line.root for line in pair] for pair in pairs], dtype=np.int64)
        self._root_costs = np.array([line.root_cost for line in ward.lines], dtype=np.int64)
        self._group_of = np.array([[line.diagram.group_of for line in pair] for pair in pairs])
        self._group_count = np.array([[line.diagram.group_count for line in pair] for pair in pairs])
        self._node_count = max(line.diagram.node_count for line in [*ward.lines, *loose])
        self._noise = np.log(-np.log(np.random.default_rng(0).random(NOISE_SIZE)))
        self._arcs = sum(line.diagram.to.size for line in loose)

    def anneal(
        self, choices: NDArray[np.int16], schedule: Schedule, *, seed: int, stop: Callable[[], bool]
    ) -> NDArray[np.int16]:
        """Give the best roster (shape: people, days) met on the way from one whose lines are all lawful."""
        ward = self._ward
        state = choices.copy()
        own = np.array([ward.lines[k].lawful_cost(line) for k, line in enumerate(state)], dtype=np.int64)
        sums = np.sum([ward.sums(k, line) for k, line in enumerate(state)], axis=0)
        cells = sum(ward.cell_cost(k, line) for k, line in enumerate(state))
        cost = float(cells + own.sum() + ward.rows.cost(sums).sum())
        best, figures = state.copy(), np.array([cost, cost])
        marks = np.full(self._node_count, kernels.FAR), np.zeros((self._node_count, 2), dtype=np.int32)
        queue = np.zeros(self._node_count, dtype=np.int64)
        window = WINDOW_DAYS if state.shape[1] > LONG_DAYS else state.shape[1]
        slices = self._slices(schedule)
        cooling = np.geomspace(schedule.hot, schedule.cold, slices.size + 1)
        for k, moves in enumerate(slices):
            kernels.sample(
                *self._diagrams.arrays,
                self._spans,
                self._roots,
                self._root_costs,
                self._group_of,
                self._group_count,
                ward.first,
                ward.rows_at,
                ward.values,
                ward.rows.bounds,
                ward.cell_prices,
                self._noise,
                *(state, own, sums, best, figures, *marks, queue),
                *(int(moves), cooling[k], cooling[k + 1], window, WIDE_SHARE, seed + k),
            )
            if stop():
                break
        return best

    def _slices(self, schedule: Schedule) -> NDArray[np.int64]:
        """Cut the moves so that each slice takes a fraction of a second."""
        moves = schedule.rounds * self._ward.person_count
        per_move = self._arcs / self._ward.person_count
        count = int(np.clip(moves * per_move / ARCS_AT_ONCE, 1, moves))
        edges: NDArray[np.int64] = np.linspace(0, moves, count + 1).astype(np.int64)
        return edges[1:] - edges[:-1]

    def rounds(self, arcs: float) -> int:
        """Give how often each person can be drawn for a number of arcs (at least 2,000 per draw)."""
        return max(1, min(MOST_ROUNDS, int(arcs / max(self._arcs, 2_000 * self._ward.person_count))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    arrays: tuple[NDArray[np.int64], ...]
    offsets: dict[int, tuple[int, ...]]


def _joined(lines: Sequence[Lines]) -> _Joined:
    diagrams: dict[int, Diagram] = {id(line.diagram): line.diagram for line in lines}
    offsets: dict[int, tuple[int, ...]] = {}
    at = (0, 0, 0)
    for name, diagram in diagrams.items():
        after = (at[0] + diagram.layer.size, at[1] + diagram.first.size, at[2] + diagram.to.size)
        offsets[name] = (at[0], after[0], at[1], after[1], at[2], after[2])
        at = after
    arrays = zip(*(diagram.arcs for diagram in diagrams.values()), strict=True)
    return _Joined(arrays=tuple(np.concatenate(kind) for kind in arrays), offsets=offsets)
