"""Compiled loops over diagrams find what plain loops find."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.lines import kernels
from tests.engines.rostering.lines import layered
from tests.engines.rostering.lines.layered import GROUPS, Layered, a_root, diagrams, left_at, ways_to_end


@settings(deadline=None)
@given(whole=diagrams(least_arcs=0), drawn=some.data())
def test_the_cheapest_way_to_the_end_is_the_cheapest_of_all_ways(
    whole: Layered, drawn: some.DataObject
) -> None:
    price = drawn.draw(layered.prices(whole))
    found = np.empty(whole.node_count)

    kernels.cheapest_to_end(*whole.arcs, price, found)

    expected = [
        min(
            (
                cost + layered.priced(way, price, whole.day_count - left_at(whole, node))
                for way, cost in ways_to_end(whole, node).items()
            ),
            default=None,
        )
        for node in range(whole.node_count)
    ]
    assert [None if value > kernels.FAR / 2 else value for value in found] == expected


@settings(deadline=None)
@given(whole=diagrams(), drawn=some.data())
def test_the_cheapest_way_from_the_root_is_the_cheapest_of_all_ways(
    whole: Layered, drawn: some.DataObject
) -> None:
    price = drawn.draw(layered.prices(whole))
    found = np.empty(whole.node_count)

    kernels.cheapest_from_root(*whole.arcs, price, a_root(whole), found)

    reached = {a_root(whole): 0.0}
    for node in range(whole.node_count - 1, -1, -1):
        for arc in whole.arcs_of(node) if node in reached else ():
            day, target = whole.day_count - left_at(whole, node), int(whole.to[arc])
            through = reached[node] + int(whole.cost[arc]) + float(price[day, whole.group[arc]])
            reached[target] = min(reached.get(target, through), through)
    assert {node: value for node, value in enumerate(found) if value < kernels.FAR} == reached


@settings(deadline=None)
@given(whole=diagrams(), drawn=some.data())
def test_the_cheapest_way_through_a_group_is_the_cheapest_of_all_that_have_it(
    whole: Layered, drawn: some.DataObject
) -> None:
    price = drawn.draw(layered.prices(whole))
    to_end, from_root = np.empty(whole.node_count), np.empty(whole.node_count)
    kernels.cheapest_to_end(*whole.arcs, price, to_end)
    kernels.cheapest_from_root(*whole.arcs, price, a_root(whole), from_root)

    found = kernels.cheapest_through(*whole.arcs, price, from_root, to_end, GROUPS)

    expected = np.full((whole.day_count, GROUPS), kernels.FAR)
    for way, cost in ways_to_end(whole, a_root(whole)).items():
        for day, group in enumerate(way):
            expected[day, group] = min(expected[day, group], cost + layered.priced(way, price, 0))
    assert found.tolist() == expected.tolist()


@settings(deadline=None)
@given(whole=diagrams(), drawn=some.data())
def test_a_walk_is_a_cheapest_way(whole: Layered, drawn: some.DataObject) -> None:
    price = drawn.draw(layered.prices(whole))
    node = drawn.draw(some.integers(1, whole.node_count - 1))
    to_end = np.empty(whole.node_count)
    kernels.cheapest_to_end(*whole.arcs, price, to_end)
    line = np.full(whole.day_count, -1, dtype=np.int16)

    paid = kernels.walk(*whole.arcs, price, to_end, node, line)

    begin = whole.day_count - left_at(whole, node)
    way = tuple(line[begin:].tolist())
    assert paid == ways_to_end(whole, node)[way]
    assert paid + layered.priced(way, price, begin) == to_end[node]


@settings(deadline=None)
@given(
    rows=some.lists(some.lists(some.integers(-9, 9), min_size=4, max_size=4), min_size=1, max_size=4),
    group_of=some.lists(some.integers(0, 2), min_size=4, max_size=4),
)
def test_the_price_of_a_group_is_that_of_its_first_cheapest_choice(
    rows: list[list[int]], group_of: list[int]
) -> None:
    lowest, which = kernels.grouped(np.array(rows, dtype=np.float64), np.array(group_of), 3)

    expected = [
        [
            min(
                ((row[choice], choice) for choice in range(4) if group_of[choice] == group),
                default=(kernels.FAR, 0),
            )
            for group in range(3)
        ]
        for row in rows
    ]
    assert [
        list(zip(*both, strict=True)) for both in zip(lowest.tolist(), which.tolist(), strict=True)
    ] == expected


_cells = some.lists(
    some.lists(some.tuples(some.integers(0, 3), some.integers(-2, 2)), max_size=3), min_size=6, max_size=6
)


def _matrix(cells: list[list[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    first = np.cumsum([0, *(len(cell) for cell in cells)])
    entries = [entry for cell in cells for entry in cell]
    rows, values = ([entry[k] for entry in entries] for k in range(2))
    return first, np.array(rows, dtype=np.int64), np.array(values, dtype=np.int64)


@settings(deadline=None)
@given(cells=_cells, line=some.lists(some.integers(0, 5), max_size=4))
def test_the_sums_of_a_line_are_those_of_its_cells(
    cells: list[list[tuple[int, int]]], line: list[int]
) -> None:
    sums = np.zeros(4, dtype=np.int64)

    kernels.line_sums(*_matrix(cells), np.array(line, dtype=np.int64), sums)

    entries = [entry for cell in line for entry in cells[cell]]
    assert sums.tolist() == [sum(value for at, value in entries if at == row) for row in range(4)]


@settings(deadline=None)
@given(
    cells=_cells, duals=some.lists(some.integers(-3, 3), min_size=4, max_size=4), offset=some.integers(0, 2)
)
def test_the_price_of_a_cell_is_its_cost_less_the_duals_of_its_rows(
    cells: list[list[tuple[int, int]]], duals: list[int], offset: int
) -> None:
    costs = np.array([[5, 0], [1, 2]], dtype=np.int64)
    price = np.empty((2, 2))

    kernels.prices_of(*_matrix(cells), costs, offset, np.array(duals, dtype=np.float64), price)

    due = [sum(value * duals[row] for row, value in cell) for cell in cells[offset : offset + 4]]
    assert price.reshape(-1).tolist() == [cost - less for cost, less in zip([5, 0, 1, 2], due, strict=True)]


_lines = some.lists(some.integers(0, GROUPS - 1), min_size=4, max_size=4)


@settings(deadline=None)
@given(whole=diagrams(), line=_lines)
def test_a_line_costs_what_its_way_costs_or_leaves_the_diagram(whole: Layered, line: list[int]) -> None:
    way = tuple(line[: whole.day_count])

    paid = kernels.follow_line(*whole.arcs, a_root(whole), np.array(way, dtype=np.int16))

    assert paid == ways_to_end(whole, a_root(whole)).get(way, -1)


@settings(deadline=None)
@given(whole=diagrams(), drawn=some.data())
def test_after_some_days_of_a_line_its_other_days_cost_the_rest(
    whole: Layered, drawn: some.DataObject
) -> None:
    ways = ways_to_end(whole, a_root(whole))
    way = drawn.draw(some.sampled_from(sorted(ways)))
    days = drawn.draw(some.integers(0, whole.day_count))

    node, paid = kernels.node_after(*whole.arcs, a_root(whole), np.array(way, dtype=np.int16), days)

    assert paid + ways_to_end(whole, node)[way[days:]] == ways[way]


@settings(deadline=None)
@given(whole=diagrams(), drawn=some.data())
def test_a_cut_diagram_has_the_ways_that_end_like_the_line(whole: Layered, drawn: some.DataObject) -> None:
    root = drawn.draw(some.integers(1, whole.node_count - 1))
    begin = whole.day_count - left_at(whole, root)
    until = drawn.draw(some.integers(begin + 1, whole.day_count))
    line = np.array(drawn.draw(_lines)[: whole.day_count], dtype=np.int16)

    layer, first, to, group, cost = kernels.cut(*whole.arcs, root, until, line)

    part = Layered(layer=layer, first=first, to=to, group=group, cost=cost)
    assert layered.ways_from(part, 0, until - begin) == {
        way[: until - begin]: paid
        for way, paid in ways_to_end(whole, root).items()
        if way[until - begin :] == tuple(line[until:].tolist())
    }


@settings(deadline=None)
@given(whole=diagrams(forward=True, least_arcs=0))
def test_a_reduced_diagram_has_the_same_ways(whole: Layered) -> None:
    roots = np.arange(whole.layer[1], dtype=np.int64)

    *arrays, new_roots = kernels.reduce(*whole.arcs, roots)

    reduced = Layered(**dict(zip(("layer", "first", "to", "group", "cost"), arrays, strict=True)))
    expected = [layered.ways_from(whole, root, whole.day_count) for root in roots.tolist()]
    assert [ways_to_end(reduced, root) if root >= 0 else {} for root in new_roots.tolist()] == expected
    assert [root >= 0 for root in new_roots.tolist()] == [bool(ways) for ways in expected]
