"""Each compiled loop against a plain one."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.solving import kernels
from tests.engines.rostering.solving.wards import a_ward, a_ward_problem, random_lines


def test_what_a_row_costs_is_what_the_rows_say():
    rows = a_ward(a_ward_problem(days=2)).rows

    costs = [
        [kernels.row_cost(rows.bounds, row, total) for row in range(rows.low.size)] for total in range(-2, 6)
    ]

    assert costs == [rows.cost(np.full(rows.low.size, total)).tolist() for total in range(-2, 6)]


@settings(max_examples=30, deadline=None)
@given(some.integers(0, 10_000))
def test_putting_a_line_changes_the_sums_and_gives_the_change_of_cost(seed):
    ward = a_ward(a_ward_problem(days=7))
    first, second = random_lines(ward, seed)[:2]
    sums = ward.sums(0, first)

    change = kernels.put(
        *(ward.first, ward.rows_at, ward.values, ward.rows.bounds),
        *(ward.costs[0].size, ward.costs.shape[2], second, sums, 1),
    )

    both = ward.sums(0, first) + ward.sums(1, second)
    assert sums.tolist() == both.tolist()
    assert change == ward.rows.cost(both).sum() - ward.rows.cost(ward.sums(0, first)).sum()


@settings(max_examples=30, deadline=None)
@given(some.integers(0, 10_000))
def test_marginal_prices_are_what_one_more_costs(seed):
    ward = a_ward(a_ward_problem(days=7))
    lines = random_lines(ward, seed)
    sums = ward.sums(0, lines[0]) + ward.sums(1, lines[1])
    price = np.full(ward.costs.shape[1:], -1.0)

    kernels.marginal_prices(
        *(ward.first, ward.rows_at, ward.values, ward.rows.bounds, 2 * price.size, ward.cell_prices[2]),
        *(sums, np.ones(price.size), 0, 0.5, 1, 6, price),
    )

    before = ward.rows.cost(sums).sum()
    matrix = ward.rows.matrix.toarray()[:, 2 * price.size : 3 * price.size]
    plain = [
        ward.cell_prices[2].reshape(-1)[cell] + ward.rows.cost(sums + matrix[:, cell]).sum() - before + 0.5
        for cell in range(price.size)
    ]
    choices = price.shape[1]
    assert price.reshape(-1)[choices : 6 * choices].tolist() == plain[choices : 6 * choices]
    assert (price[[0, 6]] == -1.0).all()


@settings(max_examples=30, deadline=None)
@given(some.integers(0, 10_000), some.integers(0, 6), some.integers(1, 7))
def test_the_best_way_between_two_days_of_a_line_costs_no_more_than_any_other(seed, begin, length):
    ward = a_ward(a_ward_problem(days=7))
    lines, line = ward.lines[0], random_lines(ward, seed)[0]
    until = min(7, begin + length)
    whole = lines.diagram
    price = np.random.default_rng(seed).integers(0, 9, (7, whole.group_count)).astype(np.float64)
    nodes = np.empty(8, dtype=np.int64)
    kernels.nodes_along(*whole.arcs[1:4], lines.root, line, whole.group_of, nodes)
    reached = np.full(whole.node_count, kernels.FAR)
    groups = np.zeros(7, dtype=np.int16)

    kernels.best_between(
        *whole.arcs,
        *(begin, until, nodes[begin], nodes[until], price, reached),
        *(
            np.zeros((whole.node_count, 2), dtype=np.int32),
            np.zeros(whole.node_count, dtype=np.int64),
            groups,
        ),
    )

    ways = _ways(whole, price, begin, until, nodes[begin], nodes[until])
    assert (reached == kernels.FAR).all()
    assert ways[tuple(groups[begin:until])] == min(ways.values())


def _ways(whole, price, begin, until, source, target):
    """Give the cost of each way between two nodes by its groups."""
    ends = {(): (source, 0.0)}
    for day in range(begin, until):
        ends = {
            (*way, int(whole.group[arc])): (
                whole.to[arc],
                paid + whole.cost[arc] + price[day, whole.group[arc]],
            )
            for way, (node, paid) in ends.items()
            for arc in range(whole.first[node], whole.first[node + 1])
        }
    return {way: paid for way, (node, paid) in ends.items() if node == target}


@settings(max_examples=30, deadline=None)
@given(some.integers(0, 10_000), some.integers(0, 40))
def test_the_lines_within_a_price_are_all_there_are(seed, room):
    ward = a_ward(a_ward_problem(days=4))
    lines = ward.lines[0]
    price = np.random.default_rng(seed).integers(0, 9, (4, 4)).astype(np.float64)
    to_end = lines.to_end(price)
    most = to_end[lines.root] + room

    found, complete = kernels.lines_within(
        *lines.diagram.arcs, lines.root, lines.diagram.group_of, price, to_end, most, 10_000
    )

    plain = set()
    for line in product(range(4), repeat=4):
        own_cost = lines.own_cost(np.array(line, dtype=np.int16))
        if own_cost is not None and own_cost - lines.root_cost + price[range(4), line].sum() <= most:
            plain.add(line)
    assert complete
    assert len(found) == len(plain)
    assert {tuple(line) for line in found.tolist()} == plain


def test_more_lines_than_asked_for_are_none():
    lines = a_ward(a_ward_problem(days=7)).lines[0]
    price = np.zeros((7, 4))

    found, complete = kernels.lines_within(
        *lines.diagram.arcs, lines.root, lines.diagram.group_of, price, lines.to_end(price), 1e6, 70
    )

    assert (found.shape, complete) == ((0, 7), False)
