"""All lawful lines of people with equal rules as one layered diagram, smallest for its order of days."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.lines import kernels
from robust.engines.rostering.lines.automata import FORBIDDEN, Automaton, Counter, TooLarge
from robust.engines.rostering.lines.futures import futures_of
from robust.engines.rostering.lines.products import kernels as products

__all__ = ["ARC_LIMIT", "Arcs", "Diagram", "TooHeavy", "TooLarge", "build"]

ARC_LIMIT = 40_000_000

Arcs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int16], NDArray[np.int32]]


class TooHeavy(Exception):
    """A line could cost 2**30 or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """Nodes in layers, stored from the end (see `kernels`); each way from a root is one lawful line.

    `group_of` (choices) says which choices share their arcs. `roots` and `root_cost` are per start.
    """

    layer: NDArray[np.int64]
    first: NDArray[np.int64]
    to: NDArray[np.int32]
    group: NDArray[np.int16]
    cost: NDArray[np.int32]
    roots: NDArray[np.int64]
    root_cost: NDArray[np.int64]
    group_of: NDArray[np.int64]

    @property
    def node_count(self) -> int:
        """Give the number of nodes."""
        return self.first.size - 1

    @property
    def group_count(self) -> int:
        """Give the number of groups of choices."""
        return int(self.group_of.max()) + 1

    @property
    def arcs(self) -> Arcs:
        """Give the arrays that the kernels take first."""
        return self.layer, self.first, self.to, self.group, self.cost


def build(
    day_count: int,
    choice_count: int,
    parts: Sequence[tuple[Automaton | Counter, Sequence[int]]],
    start_count: int,
    *,
    arc_limit: int = ARC_LIMIT,
) -> Diagram:
    """Multiply the parts, each with the starting state of each person, into one diagram.

    Whom the rules leave no line has root -1. Raises: TooLarge, TooHeavy.
    """
    group_of, sample = _groups(choice_count, [part for part, _starts in parts])
    diagram = _everything(day_count, group_of, start_count)
    for part, starts in parts:
        begins = np.array(starts, dtype=np.int64)
        if isinstance(part, Automaton):
            diagram = _times_automaton(diagram, part, begins, sample, arc_limit)
        else:
            diagram = _times_counter(diagram, part, begins, sample, arc_limit)
    return diagram


def _groups(
    choice_count: int, parts: Sequence[Automaton | Counter]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the group of each choice and one choice of each group."""
    columns = [np.arange(choice_count).reshape(1, -1) == 0]
    columns += [part.kinds.reshape(1, -1) if isinstance(part, Automaton) else part.amounts for part in parts]
    table = np.concatenate([column.astype(np.int64) for column in columns])
    _unique, sample, group_of = np.unique(table, axis=1, return_index=True, return_inverse=True)
    return group_of.reshape(-1), sample


def _everything(day_count: int, group_of: NDArray[np.int64], start_count: int) -> Diagram:
    groups = int(group_of.max()) + 1
    return Diagram(
        layer=np.arange(day_count + 2, dtype=np.int64),
        first=np.concatenate([[0], np.arange(day_count + 1) * groups]).astype(np.int64),
        to=np.repeat(np.arange(day_count), groups).astype(np.int32),
        group=np.tile(np.arange(groups), day_count).astype(np.int16),
        cost=np.zeros(day_count * groups, dtype=np.int32),
        roots=np.full(start_count, day_count, dtype=np.int64),
        root_cost=np.zeros(start_count, dtype=np.int64),
        group_of=group_of,
    )


def _times_automaton(
    diagram: Diagram, part: Automaton, starts: NDArray[np.int64], sample: NDArray[np.int64], arc_limit: int
) -> Diagram:
    kinds = part.kinds[sample]
    product = products.times_automaton(
        *diagram.arcs,
        diagram.roots,
        starts,
        part.day_class,
        np.ascontiguousarray(part.follow[:, :, kinds]),
        np.ascontiguousarray(part.charge[:, :, kinds]),
        arc_limit,
    )
    return _reduced(diagram, product, np.zeros(starts.size, dtype=np.int64))


def _times_counter(
    diagram: Diagram, part: Counter, starts: NDArray[np.int64], sample: NDArray[np.int64], arc_limit: int
) -> Diagram:
    amounts = np.ascontiguousarray(part.amounts[:, sample])
    least, most = products.spans(*diagram.arcs[:4], amounts, part.ends)
    futures = futures_of(part, diagram.layer, least=least, most=most)
    inside = (diagram.roots >= 0) & (starts < part.finish.shape[1])
    rows, columns = futures.row_of[diagram.roots], np.where(inside, starts, 0)
    product = products.times_counter(
        *diagram.arcs,
        diagram.roots,
        np.where(inside, futures.names[rows, columns], -1),
        amounts,
        part.ends,
        part.finish,
        futures.row_of,
        futures.names,
        futures.change,
        arc_limit,
    )
    return _reduced(diagram, product, np.where(inside, futures.change[rows, columns], 0))


def _reduced(diagram: Diagram, product: tuple[NDArray[np.int64], ...], due: NDArray[np.int64]) -> Diagram:
    """Make a diagram of a product whose lines cost more than their arcs say, by what is due."""
    layer, first, to, group, cost, roots = product
    if layer.size == 0:
        raise TooLarge
    cost, due_at_once, heaviest = products.settle(layer, first, to, cost, roots)
    root_cost = diagram.root_cost + due
    if (root_cost + heaviest).max(initial=0) >= FORBIDDEN:
        raise TooHeavy
    layer, first, to, group, cost, roots = kernels.reduce(
        layer, first, to, group, cost.astype(np.int32), roots
    )
    return Diagram(
        layer=layer,
        first=first,
        to=to,
        group=group,
        cost=cost,
        roots=roots,
        root_cost=root_cost + due_at_once,
        group_of=diagram.group_of,
    )
