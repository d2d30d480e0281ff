"""Compiled loops over products find what plain loops find."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.lines import kernels as walks
from robust.engines.rostering.lines.products import kernels
from tests.engines.rostering.lines import layered
from tests.engines.rostering.lines.layered import GROUPS, Layered, diagrams, left_at, ways_from


def _settled(whole: Layered, roots: np.ndarray) -> tuple[Layered, list[int], list[int]]:
    cost, due, heaviest = kernels.settle(*whole.arcs[:3], whole.cost.astype(np.int64), roots)
    settled = Layered(layer=whole.layer, first=whole.first, to=whole.to, group=whole.group, cost=cost)
    return settled, due.tolist(), heaviest.tolist()


@settings(deadline=None)
@given(whole=diagrams(forward=True, least_arcs=0))
def test_settled_ways_cost_as_much_as_before_and_each_node_has_one_that_costs_nothing(whole: Layered) -> None:
    roots = np.arange(whole.layer[1], dtype=np.int64)

    settled, due, heaviest = _settled(whole, roots)

    before = [ways_from(whole, root, whole.day_count) for root in range(roots.size)]
    after = [ways_from(settled, root, whole.day_count) for root in range(roots.size)]
    assert [
        {way: cost + due[root] for way, cost in ways.items()} for root, ways in enumerate(after)
    ] == before
    assert heaviest == [max(ways.values(), default=0) for ways in before]
    assert {min(ways.values()) for ways in after if ways} <= {0}


@settings(deadline=None)
@given(whole=diagrams(forward=True, least_arcs=0))
def test_a_settled_diagram_is_reduced_to_one_node_per_future(whole: Layered) -> None:
    settled, _due, _heaviest = _settled(whole, np.zeros(1, dtype=np.int64))

    reduced = walks.reduce(*settled.arcs[:4], settled.cost.astype(np.int32), np.zeros(1, dtype=np.int64))

    futures: list[set[frozenset[tuple[tuple[int, ...], int]]]] = []
    for day in range(whole.day_count):
        nodes = range(int(whole.layer[day]), int(whole.layer[day + 1]))
        each = [ways_from(whole, node, whole.day_count - day) for node in nodes]
        futures.append({_future(ways) for ways in each if ways})
    assert np.diff(reduced[0]).tolist()[1:] == [len(alike) for alike in reversed(futures)]


def _future(ways: layered.Ways) -> frozenset[tuple[tuple[int, ...], int]]:
    least = min(ways.values())
    return frozenset((way, cost - least) for way, cost in ways.items())


@settings(deadline=None)
@given(whole=diagrams(), drawn=some.data())
def test_the_span_of_a_node_is_the_least_and_most_that_its_ways_add_before_the_next_end(
    whole: Layered, drawn: some.DataObject
) -> None:
    cells = whole.day_count * GROUPS
    flat = drawn.draw(some.lists(some.integers(0, 5), min_size=cells, max_size=cells))
    amounts = np.array(flat, dtype=np.int64).reshape(-1, GROUPS)
    ends = drawn.draw(some.lists(some.integers(-1, 0), min_size=whole.day_count, max_size=whole.day_count))

    least, most = kernels.spans(*whole.arcs[:4], amounts, np.array(ends, dtype=np.int32))

    added = [_added(whole, node, amounts, ends) for node in range(whole.node_count)]
    assert least.tolist() == [min(sums) for sums in added]
    assert most.tolist() == [max(sums) for sums in added]


def _added(whole: Layered, node: int, amounts: np.ndarray, ends: list[int]) -> set[int]:
    begin = whole.day_count - left_at(whole, node)
    until = next((day + 1 for day in range(begin, whole.day_count) if ends[day] >= 0), whole.day_count)
    ways = ways_from(whole, node, until - begin)
    return {sum(int(amounts[begin + place, group]) for place, group in enumerate(way)) for way in ways}
