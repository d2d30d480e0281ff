"""Compiled loops that multiply diagrams. Each has a plain twin in the tests that it is held to.

What is multiplied is stored from its end, as in `lines.kernels`; products are in forward order: the nodes of
day d are `layer[d]:layer[d + 1]`, the end nodes come last. A node of a product is a node of the diagram
together with a state.
"""

import numpy as np
from numba import njit

from robust.engines.rostering.lines.automata import FORBIDDEN

NOWHERE = 1 << 60


@njit(cache=True, nogil=True)
def _slot(table, key):
    """Find the place of a key in an open table of (key + 1, value) pairs."""
    mask = table.shape[0] - 1
    place = ((key * 0x9E3779B97F4A7C1) >> 20) & mask
    while table[place, 0] != 0 and table[place, 0] != key + 1:
        place = (place + 1) & mask
    return place


@njit(cache=True, nogil=True)
def _table(room):
    size = 64
    while size < 2 * room:
        size *= 2
    return np.zeros((size, 2), np.int64)


@njit(cache=True, nogil=True)
def _joined(array, size, piece):
    """Write a piece behind the first `size` entries, into a larger array where there is no room."""
    if size + piece.size > array.size:
        larger = np.empty(2 * (size + piece.size), array.dtype)
        larger[:size] = array[:size]
        array = larger
    array[size : size + piece.size] = piece
    return array


@njit(cache=True, nogil=True)
def _begun(roots, starts, states):
    """Give the first nodes (nodes of the diagram, states) and which of them each root is, -1 for none."""
    table = _table(roots.size)
    old = np.empty(roots.size, np.int64)
    state = np.empty(roots.size, np.int64)
    out_roots = np.full(roots.size, -1, np.int64)
    nodes = 0
    for k in range(roots.size):
        if roots[k] < 0 or starts[k] < 0:
            continue
        key = roots[k] * states + starts[k]
        place = _slot(table, key)
        if table[place, 0] == 0:
            table[place, 0] = key + 1
            table[place, 1] = nodes
            old[nodes] = roots[k]
            state[nodes] = starts[k]
            nodes += 1
        out_roots[k] = table[place, 1]
    return old[:nodes], state[:nodes], out_roots


@njit(cache=True, nogil=True)
def _room(first, old):
    room = 0
    for node in old:
        room += first[node + 1] - first[node]
    return room


@njit(cache=True, nogil=True)
def _automaton_day(first, to, group, cost, old, state, follow, charge):
    """Multiply one day by an automaton with the tables `follow` and `charge` (state, group) of the day.

    Gives the ends of the arcs of each node, the arcs (node of the next day, group, cost), and the nodes of
    the next day.
    """
    states = follow.shape[0]
    room = _room(first, old)
    table = _table(room)
    ends = np.empty(old.size, np.int64)
    out_to = np.empty(room, np.int64)
    out_group = np.empty(room, np.int16)
    out_cost = np.empty(room, np.int64)
    next_old = np.empty(room, np.int64)
    next_state = np.empty(room, np.int64)
    nodes = 0
    arcs = 0
    for node in range(old.size):
        for arc in range(first[old[node]], first[old[node] + 1]):
            step = charge[state[node], group[arc]]
            if step >= FORBIDDEN:
                continue
            target = follow[state[node], group[arc]]
            key = to[arc] * states + target
            place = _slot(table, key)
            if table[place, 0] == 0:
                table[place, 0] = key + 1
                table[place, 1] = nodes
                next_old[nodes] = to[arc]
                next_state[nodes] = target
                nodes += 1
            out_to[arcs] = table[place, 1]
            out_group[arcs] = group[arc]
            out_cost[arcs] = cost[arc] + np.int64(step)
            arcs += 1
        ends[node] = arcs
    return ends, out_to[:arcs], out_group[:arcs], out_cost[:arcs], next_old[:nodes], next_state[:nodes]


@njit(cache=True, nogil=True)
def _counter_day(first, to, group, cost, old, state, added, finish, judges, pair, names, change):
    """Multiply one day by a counter to which `added` (group) is added; gives what `_automaton_day` gives.

    With `judges` the amount costs what `finish` (amount) says, and is nothing afterwards. `pair` (node of the
    diagram) is the row of `names` and `change` (row, amount), see `futures`.
    """
    states = names.shape[1]
    room = _room(first, old)
    table = _table(room)
    ends = np.empty(old.size, np.int64)
    out_to = np.empty(room, np.int64)
    out_group = np.empty(room, np.int16)
    out_cost = np.empty(room, np.int64)
    next_old = np.empty(room, np.int64)
    next_state = np.empty(room, np.int64)
    nodes = 0
    arcs = 0
    for node in range(old.size):
        for arc in range(first[old[node]], first[old[node] + 1]):
            amount = state[node] + added[group[arc]]
            if amount >= states:
                continue
            step = np.int64(0)
            if judges:
                step = np.int64(finish[amount])
                amount = 0
            row = pair[to[arc]]
            target = names[row, amount]
            if step >= FORBIDDEN or target < 0:
                continue
            key = to[arc] * states + target
            place = _slot(table, key)
            if table[place, 0] == 0:
                table[place, 0] = key + 1
                table[place, 1] = nodes
                next_old[nodes] = to[arc]
                next_state[nodes] = target
                nodes += 1
            out_to[arcs] = table[place, 1]
            out_group[arcs] = group[arc]
            out_cost[arcs] = cost[arc] + step + change[row, amount]
            arcs += 1
        ends[node] = arcs
    return ends, out_to[:arcs], out_group[:arcs], out_cost[:arcs], next_old[:nodes], next_state[:nodes]


@njit(cache=True, nogil=True)
def times_automaton(layer, first, to, group, cost, roots, starts, day_class, follow, charge, limit):
    """Multiply a diagram by an automaton; give layers, arcs and roots of the product.

    `follow` and `charge` (day class, state, group) are where the automaton goes and what it costs (FORBIDDEN:
    nowhere). With more than `limit` arcs there are no layers.
    """
    days = layer.size - 2
    old, state, out_roots = _begun(roots, starts, follow.shape[1])
    out_layer = np.zeros(days + 2, np.int64)
    out_first = np.zeros(1, np.int64)
    out_to, out_group, out_cost = np.empty(0, np.int64), np.empty(0, np.int16), np.empty(0, np.int64)
    nodes = 0
    arcs = 0
    for day in range(days):
        row = day_class[day]
        ends, targets, groups, costs, next_old, next_state = _automaton_day(
            first, to, group, cost, old, state, follow[row], charge[row]
        )
        if arcs + targets.size > limit:
            return out_layer[:0], out_first, out_to, out_group, out_cost, out_roots
        out_first = _joined(out_first, nodes + 1, ends + arcs)
        nodes += old.size
        out_to = _joined(out_to, arcs, targets + nodes)
        out_group = _joined(out_group, arcs, groups)
        out_cost = _joined(out_cost, arcs, costs)
        arcs += targets.size
        out_layer[day + 1] = nodes
        old = next_old
        state = next_state
    out_layer[days + 1] = nodes + old.size
    out_first = _joined(out_first, nodes + 1, np.full(old.size, arcs, np.int64))[: nodes + old.size + 1]
    return out_layer, out_first, out_to[:arcs], out_group[:arcs], out_cost[:arcs], out_roots


@njit(cache=True, nogil=True)
def times_counter(
    layer, first, to, group, cost, roots, starts, amounts, ends, finish, pair, names, change, limit
):
    """Multiply a diagram by a counter; give what `times_automaton` gives.

    `amounts` (day, group) is what is added, `ends` (day) the row of `finish` (row, amount) that judges after
    that day or -1, `pair` (node) the row of `names` and `change` (row, amount) that name an amount with the
    same future and the difference in cost. `starts` are such names, -1 where there is no future.
    """
    days = layer.size - 2
    old, state, out_roots = _begun(roots, starts, names.shape[1])
    out_layer = np.zeros(days + 2, np.int64)
    out_first = np.zeros(1, np.int64)
    out_to, out_group, out_cost = np.empty(0, np.int64), np.empty(0, np.int16), np.empty(0, np.int64)
    nodes = 0
    arcs = 0
    for day in range(days):
        stops, targets, groups, costs, next_old, next_state = _counter_day(
            first,
            to,
            group,
            cost,
            old,
            state,
            amounts[day],
            finish[ends[day]],
            ends[day] >= 0,
            pair,
            names,
            change,
        )
        if arcs + targets.size > limit:
            return out_layer[:0], out_first, out_to, out_group, out_cost, out_roots
        out_first = _joined(out_first, nodes + 1, stops + arcs)
        nodes += old.size
        out_to = _joined(out_to, arcs, targets + nodes)
        out_group = _joined(out_group, arcs, groups)
        out_cost = _joined(out_cost, arcs, costs)
        arcs += targets.size
        out_layer[day + 1] = nodes
        old = next_old
        state = next_state
    out_layer[days + 1] = nodes + old.size
    out_first = _joined(out_first, nodes + 1, np.full(old.size, arcs, np.int64))[: nodes + old.size + 1]
    return out_layer, out_first, out_to[:arcs], out_group[:arcs], out_cost[:arcs], out_roots


@njit(cache=True, nogil=True)
def settle(layer, first, to, cost, roots):
    """Charge each cost as soon as it cannot be avoided; give the costs, and per root what is due at once.

    Ways with the same future then look alike, whatever they have cost. Also gives what the most expensive way
    from each root costs.
    Source: Y.-T. Lai, M. Pedram and S. B. K. Vrudhula, "EVBDD-based algorithms for integer linear
    programming, spectral transformation, and function decomposition", IEEE Trans. CAD 13 (1994).
    """
    nodes = first.size - 1
    least = np.zeros(nodes, np.int64)
    most = np.zeros(nodes, np.int64)
    out_cost = np.zeros(cost.size, np.int64)
    for node in range(layer[layer.size - 2] - 1, -1, -1):
        least[node] = NOWHERE
        most[node] = -NOWHERE
        for arc in range(first[node], first[node + 1]):
            if least[to[arc]] < NOWHERE:
                least[node] = min(least[node], cost[arc] + least[to[arc]])
                most[node] = max(most[node], cost[arc] + most[to[arc]])
        for arc in range(first[node], first[node + 1]):
            if least[to[arc]] < NOWHERE:
                out_cost[arc] = cost[arc] + least[to[arc]] - least[node]
    due = np.zeros(roots.size, np.int64)
    heaviest = np.zeros(roots.size, np.int64)
    for k in range(roots.size):
        if roots[k] >= 0 and least[roots[k]] < NOWHERE:
            due[k] = least[roots[k]]
            heaviest[k] = most[roots[k]]
    return out_cost, due, heaviest


@njit(cache=True, nogil=True)
def spans(layer, first, to, group, amounts, ends):
    """Give per node the least and the most that can still be counted up to the next judging."""
    days = layer.size - 2
    least = np.zeros(first.size - 1, np.int64)
    most = np.zeros(first.size - 1, np.int64)
    for left in range(1, days + 1):
        day = days - left
        for node in range(layer[left], layer[left + 1]):
            low = np.int64(1) << 60
            high = np.int64(-1)
            for arc in range(first[node], first[node + 1]):
                add = amounts[day, group[arc]]
                if ends[day] < 0:
                    low = min(low, add + least[to[arc]])
                    high = max(high, add + most[to[arc]])
                else:
                    low = min(low, add)
                    high = max(high, add)
            least[node] = low
            most[node] = high
    return least, most
