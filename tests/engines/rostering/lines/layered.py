"""Small diagrams of any shape, and what their ways cost, in plain loops."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as some
from numpy.typing import NDArray

GROUPS = 3

Ways = dict[tuple[int, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered:
    """Arrays as the kernels take them, stored from the end or in forward order."""

    layer: NDArray[np.int64]
    first: NDArray[np.int64]
    to: NDArray[np.int32]
    group: NDArray[np.int16]
    cost: NDArray[np.int32]

    @property
    def arcs(self) -> tuple[NDArray[np.generic], ...]:
        return self.layer, self.first, self.to, self.group, self.cost

    @property
    def day_count(self) -> int:
        return self.layer.size - 2

    @property
    def node_count(self) -> int:
        return self.first.size - 1

    def arcs_of(self, node: int) -> range:
        return range(int(self.first[node]), int(self.first[node + 1]))


@some.composite
def diagrams(draw: some.DrawFn, *, forward: bool = False, least_arcs: int = 1) -> Layered:
    """Draw a diagram of a few days; its nodes have at least so many arcs."""
    sizes = [1, *draw(some.lists(some.integers(1, 3), min_size=1, max_size=4))]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    nodes = []
    for left, size in enumerate(sizes):
        targets = some.integers(int(starts[left - 1]), int(starts[left]) - 1)
        arcs = some.dictionaries(
            some.integers(0, GROUPS - 1), some.tuples(targets, some.integers(0, 4)), min_size=least_arcs
        )
        nodes += [sorted(draw(arcs).items()) if left else [] for _node in range(size)]
    if forward:
        nodes, starts = _turned(nodes), int(starts[-1]) - starts[::-1]
    each = [(target, group, cost) for arcs in nodes for group, (target, cost) in arcs]
    return Layered(
        layer=np.array(starts, dtype=np.int64),
        first=np.cumsum([0, *(len(arcs) for arcs in nodes)]).astype(np.int64),
        to=np.array([target for target, _group, _cost in each], dtype=np.int32),
        group=np.array([group for _target, group, _cost in each], dtype=np.int16),
        cost=np.array([cost for _target, _group, cost in each], dtype=np.int32),
    )


_Arcs = list[tuple[int, tuple[int, int]]]


def _turned(nodes: list[_Arcs]) -> list[_Arcs]:
    latest = len(nodes) - 1
    return [[(group, (latest - target, cost)) for group, (target, cost) in arcs] for arcs in reversed(nodes)]


def ways_from(whole: Layered, node: int, days: int) -> Ways:
    """Give each way of so many days from a node with what it costs."""
    if days == 0:
        return {(): 0}
    return {
        (int(whole.group[arc]), *way): int(whole.cost[arc]) + cost
        for arc in whole.arcs_of(node)
        for way, cost in ways_from(whole, int(whole.to[arc]), days - 1).items()
    }


def left_at(whole: Layered, node: int) -> int:
    """Give how many days are left at a node of a diagram stored from its end."""
    return int(np.searchsorted(whole.layer, node, side="right")) - 1


def ways_to_end(whole: Layered, node: int) -> Ways:
    """Give each way from a node of a diagram stored from its end with what it costs."""
    return ways_from(whole, node, left_at(whole, node))


def a_root(whole: Layered) -> int:
    """Give a node on the first day of a diagram stored from its end."""
    return whole.node_count - 1


def prices(whole: Layered) -> some.SearchStrategy[NDArray[np.float64]]:
    """Draw a price per day and group, in halves."""
    count = whole.day_count * GROUPS
    return some.lists(some.integers(-9, 9), min_size=count, max_size=count).map(
        lambda each: np.array(each, dtype=np.float64).reshape(-1, GROUPS) / 2
    )


def priced(way: tuple[int, ...], price: NDArray[np.float64], first_day: int) -> float:
    """Add up the prices of a way that begins on some day."""
    return sum(float(price[first_day + place, group]) for place, group in enumerate(way))
