"""Compiled loops over diagrams. Each has a plain twin in the tests that it is held to.

A diagram is stored from its end: node 0 is the end, the nodes of the layer with r days to go are
`layer[r]:layer[r + 1]`, the arcs of node n are `first[n]:first[n + 1]`, each with the node it leads to, the
group of choices it stands for, and its own cost.
"""

import numpy as np
from numba import njit

FAR = 1e17


@njit(cache=True, nogil=True)
def _grown(array, size):
    if size < array.size:
        return array
    larger = np.empty(2 * size, array.dtype)
    larger[: array.size] = array
    return larger


@njit(cache=True, nogil=True, inline="always")
def _twin(table, code, first, to, group, cost, mark, arcs):
    """Find the place in the table of the node whose arcs are these (with this code), or a free one."""
    place = code & (table.size - 1)
    while table[place] >= 0:
        begin = first[table[place]]
        same = first[table[place] + 1] - begin == arcs - mark
        k = 0
        while same and k < arcs - mark:
            same = (
                to[begin + k] == to[mark + k]
                and group[begin + k] == group[mark + k]
                and cost[begin + k] == cost[mark + k]
            )
            k += 1
        if same:
            break
        place = (place + 1) & (table.size - 1)
    return place


@njit(cache=True, nogil=True)
def reduce(layer, first, to, group, cost, roots):
    """Drop what leads nowhere and merge nodes with equal arcs; give the diagram stored from its end.

    What is reduced is in forward order: the nodes of day d are `layer[d]:layer[d + 1]`, the end nodes come
    last. Roots that lead nowhere are -1.
    Source: R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", IEEE Trans. Comput. 35
    (1986), section 4.2, layer by layer.
    """
    days = layer.size - 2
    total = layer[days + 1]
    new = np.full(total, -1, np.int64)
    out_layer = np.zeros(days + 2, np.int64)
    out_first = np.zeros(total + 2, np.int64)
    out_to = np.empty(to.size, np.int32)
    out_group = np.empty(to.size, np.int16)
    out_cost = np.empty(to.size, np.int32)
    new[layer[days] : total] = 0
    nodes = 1
    arcs = 0
    out_layer[1] = 1
    for left in range(1, days + 1):
        size = 1024
        while size < 2 * (layer[days - left + 1] - layer[days - left]):
            size *= 2
        table = np.full(size, -1, np.int64)
        for node in range(layer[days - left], layer[days - left + 1]):
            mark = arcs
            code = np.int64(1469598103934665603)
            for arc in range(first[node], first[node + 1]):
                if new[to[arc]] >= 0:
                    out_to[arcs] = new[to[arc]]
                    out_group[arcs] = group[arc]
                    out_cost[arcs] = cost[arc]
                    part = new[to[arc]] * 131 + group[arc] + np.int64(cost[arc]) * 8191
                    code = (code ^ part) * 1099511628211
                    code ^= code >> 29
                    arcs += 1
            if arcs == mark:
                continue
            place = _twin(table, code, out_first, out_to, out_group, out_cost, mark, arcs)
            if table[place] >= 0:
                arcs = mark
            else:
                table[place] = nodes
                out_first[nodes] = mark
                out_first[nodes + 1] = arcs
                nodes += 1
            new[node] = table[place]
        out_layer[left + 1] = nodes
    out_roots = np.array([new[root] if root >= 0 else -1 for root in roots])
    return (
        out_layer,
        out_first[: nodes + 1].copy(),
        out_to[:arcs].copy(),
        out_group[:arcs].copy(),
        out_cost[:arcs].copy(),
        out_roots,
    )


@njit(cache=True, nogil=True)
def cheapest_to_end(layer, first, to, group, cost, price, value):
    """Fill `value` with the cheapest way from each node to the end, at `price` (day, group)."""
    days = layer.size - 2
    value[0] = 0.0
    for left in range(1, days + 1):
        day = days - left
        for node in range(layer[left], layer[left + 1]):
            best = FAR
            for arc in range(first[node], first[node + 1]):
                through = cost[arc] + price[day, group[arc]] + value[to[arc]]
                best = min(best, through)
            value[node] = best


@njit(cache=True, nogil=True)
def cheapest_from_root(layer, first, to, group, cost, price, root, value):
    """Fill `value` with the cheapest way from the root to each node, at `price` (day, group)."""
    days = layer.size - 2
    value[:] = FAR
    value[root] = 0.0
    for left in range(days, 0, -1):
        day = days - left
        for node in range(layer[left], layer[left + 1]):
            base = value[node]
            if base >= FAR:
                continue
            for arc in range(first[node], first[node + 1]):
                through = base + cost[arc] + price[day, group[arc]]
                value[to[arc]] = min(value[to[arc]], through)


@njit(cache=True, nogil=True)
def cheapest_through(layer, first, to, group, cost, price, from_root, to_end, groups):
    """Give the cheapest way with each group on each day (shape: days, groups)."""
    days = layer.size - 2
    through = np.full((days, groups), FAR)
    for left in range(1, days + 1):
        day = days - left
        for node in range(layer[left], layer[left + 1]):
            base = from_root[node]
            if base >= FAR:
                continue
            for arc in range(first[node], first[node + 1]):
                here = base + cost[arc] + price[day, group[arc]] + to_end[to[arc]]
                through[day, group[arc]] = min(through[day, group[arc]], here)
    return through


@njit(cache=True, nogil=True)
def walk(layer, first, to, group, cost, price, to_end, node, line):
    """Write the groups of the cheapest way from a node to the end into `line`; give the sum of arc costs."""
    days = layer.size - 2
    paid = 0
    left = days
    while not (layer[left] <= node < layer[left + 1]):
        left -= 1
    while left > 0:
        day = days - left
        best = FAR
        chosen = first[node]
        for arc in range(first[node], first[node + 1]):
            through = cost[arc] + price[day, group[arc]] + to_end[to[arc]]
            if through < best:
                best = through
                chosen = arc
        line[day] = group[chosen]
        paid += cost[chosen]
        node = to[chosen]
        left -= 1
    return paid


@njit(cache=True, nogil=True)
def grouped(price, group_of, groups):
    """Give per day the least price in each group of choices, and the choice that has it."""
    days, choices = price.shape
    lowest = np.full((days, groups), FAR)
    which = np.zeros((days, groups), np.int16)
    for day in range(days):
        for choice in range(choices):
            group = group_of[choice]
            if price[day, choice] < lowest[day, group]:
                lowest[day, group] = price[day, choice]
                which[day, group] = choice
    return lowest, which


@njit(cache=True, nogil=True)
def line_sums(first, rows, values, cells, sums):
    """Add to `sums` (rows) what the cells of a line hold in each row."""
    for cell in cells:
        for entry in range(first[cell], first[cell + 1]):
            sums[rows[entry]] += values[entry]


@njit(cache=True, nogil=True)
def prices_of(first, rows, values, costs, offset, duals, price):
    """Fill `price` (days, choices) with a person's costs less the duals of the rows that each cell is in."""
    days, choices = price.shape
    cell = offset
    for day in range(days):
        for choice in range(choices):
            total = costs[day, choice]
            for entry in range(first[cell], first[cell + 1]):
                total -= values[entry] * duals[rows[entry]]
            price[day, choice] = total
            cell += 1


@njit(cache=True, nogil=True)
def follow_line(layer, first, to, group, cost, node, line):
    """Give the sum of arc costs along a line of groups from a root, or -1 where it leaves the diagram."""
    paid = 0
    for day in range(line.size):
        found = -1
        for arc in range(first[node], first[node + 1]):
            if group[arc] == line[day]:
                found = arc
                break
        if found < 0:
            return -1
        paid += cost[found]
        node = to[found]
    return paid


@njit(cache=True, nogil=True)
def node_after(layer, first, to, group, cost, node, line, days):
    """Give the node reached from `node` after the first `days` of a line of groups and the cost so far."""
    paid = 0
    for day in range(days):
        for arc in range(first[node], first[node + 1]):
            if group[arc] == line[day]:
                paid += cost[arc]
                node = to[arc]
                break
    return node, paid


@njit(cache=True, nogil=True)
def cut(layer, first, to, group, cost, root, until, line):
    """Give the part of a diagram from `root` in which all days from `until` on follow `line`, ends merged.

    It is in forward order, the root its first node. What the fixed end costs is put on the arcs of the latest
    day that is free to choose.
    """
    days = layer.size - 2
    left = days
    while not (layer[left] <= root < layer[left + 1]):
        left -= 1
    steps = until - days + left
    new = np.full(root + 1, -1, np.int64)
    nodes = np.empty(1024, np.int64)
    nodes[0] = root
    count = 1
    out_layer = np.zeros(steps + 2, np.int64)
    out_first = np.zeros(1025, np.int64)
    out_to = np.empty(4096, np.int64)
    out_group = np.empty(4096, np.int16)
    out_cost = np.empty(4096, np.int32)
    arcs = 0
    for step in range(steps):
        out_layer[step + 1] = count
        for place in range(out_layer[step], out_layer[step + 1]):
            for arc in range(first[nodes[place]], first[nodes[place] + 1]):
                target = to[arc]
                due = 0
                if step == steps - 1:
                    due = follow_line(layer, first, to, group, cost, target, line[until:])
                    if due < 0:
                        continue
                    target = 0
                if new[target] < 0:
                    new[target] = count
                    nodes = _grown(nodes, count)
                    nodes[count] = target
                    count += 1
                out_to = _grown(out_to, arcs)
                out_group = _grown(out_group, arcs)
                out_cost = _grown(out_cost, arcs)
                out_to[arcs] = new[target]
                out_group[arcs] = group[arc]
                out_cost[arcs] = cost[arc] + due
                arcs += 1
            out_first = _grown(out_first, place + 1)
            out_first[place + 1] = arcs
    out_layer[steps + 1] = count
    out_first = _grown(out_first, count + 1)
    out_first[out_layer[steps] : count + 1] = arcs
    return out_layer, out_first[: count + 1], out_to[:arcs], out_group[:arcs], out_cost[:arcs]
