"""Compiled loops over rows and lines: what a line adds to the rows, and drawing lines anew.

`bounds` (8, rows) are least, low, high, most, under, over, broken under and broken over of `coupling.Rows`;
`first`, `row`, `value` hold the rows of each cell. Each loop has a plain twin in the tests.
"""

import numpy as np
from numba import njit

from robust.engines.rostering.lines import kernels as lines

BANNED = 1e11
FAR = 1e17


@njit(cache=True, nogil=True)
def row_cost(bounds, row, total):
    """Give what one row costs at a total."""
    cost = 0.0
    if total < bounds[1, row]:
        cost += bounds[4, row] * (bounds[1, row] - total)
    if total > bounds[2, row]:
        cost += bounds[5, row] * (total - bounds[2, row])
    if total < bounds[0, row]:
        cost += bounds[6, row] * (bounds[0, row] - total)
    if total > bounds[3, row]:
        cost += bounds[7, row] * (total - bounds[3, row])
    return cost


@njit(cache=True, nogil=True)
def put(first, row, value, bounds, cell, choices, line, sums, sign):
    """Add a line from its first cell on to the sums (`sign` -1 takes it away); give the change of cost."""
    change = 0.0
    for choice in line:
        for entry in range(first[cell + choice], first[cell + choice + 1]):
            change -= row_cost(bounds, row[entry], sums[row[entry]])
            sums[row[entry]] += sign * value[entry]
            change += row_cost(bounds, row[entry], sums[row[entry]])
        cell += choices
    return change


@njit(cache=True, nogil=True)
def marginal_prices(
    first, row, value, bounds, cell, costs, sums, noise, place, temperature, begin, until, price
):
    """Fill `price` (days, choices) with what each choice would cost now, made uneven by noise."""
    choices = costs.shape[1]
    cell += begin * choices
    for day in range(begin, until):
        for choice in range(choices):
            total = costs[day, choice]
            if total < BANNED:
                for entry in range(first[cell], first[cell + 1]):
                    sum_now = sums[row[entry]]
                    total += row_cost(bounds, row[entry], sum_now + value[entry])
                    total -= row_cost(bounds, row[entry], sum_now)
                total += temperature * noise[place]
            price[day, choice] = total
            cell += 1
            place += 1


@njit(cache=True, nogil=True)
def nodes_along(first, to, group, root, line, group_of, nodes):
    """Write the nodes that a line of choices passes, root first."""
    node = root
    nodes[0] = node
    for day in range(line.size):
        for arc in range(first[node], first[node + 1]):
            if group[arc] == group_of[line[day]]:
                node = to[arc]
                break
        nodes[day + 1] = node


@njit(cache=True, nogil=True)
def best_between(
    layer, first, to, group, cost, begin, until, source, target, lowest, reached, came, queue, groups
):
    """Write the groups of the cheapest way between two nodes.

    `begin` and `until` are the days of the two nodes; `reached` must be FAR everywhere and is so after.
    """
    queue[0] = source
    reached[source] = 0.0
    here, stop = 0, 1
    for day in range(begin, until):
        end = stop
        for place in range(here, end):
            node = queue[place]
            for arc in range(first[node], first[node + 1]):
                aim = to[arc]
                if day == until - 1 and aim != target:
                    continue
                through = reached[node] + cost[arc] + lowest[day, group[arc]]
                if through < reached[aim]:
                    if reached[aim] >= FAR:
                        queue[stop] = aim
                        stop += 1
                    reached[aim] = through
                    came[aim, 0] = node
                    came[aim, 1] = group[arc]
        here = end
    node = target
    for day in range(until - 1, begin - 1, -1):
        groups[day] = came[node, 1]
        node = came[node, 0]
    for place in range(stop):
        reached[queue[place]] = FAR


@njit(cache=True, nogil=True)
def sample(
    layers,
    firsts,
    tos,
    groups,
    costs,
    spans,
    roots,
    root_costs,
    group_of,
    group_count,
    cell_first,
    cell_row,
    cell_value,
    bounds,
    cell_costs,
    noise,
    rosters,
    own,
    sums,
    best,
    figures,
    reached,
    came,
    queue,
    moves,
    hot,
    cold,
    window,
    wide,
    seed,
):
    """Draw one person's line after the other anew, each the cheapest at noisy prices; keep the best roster.

    `spans` (people, 2, 6) says where each person's loose and exact diagrams lie in the joined arrays,
    `rosters` (people, days), `own` (people) and `sums` (rows) are the state, `best` the best roster so far,
    `figures` the costs of both. The noise shrinks from `hot` to `cold`. With a `window` only that many
    days of a line are drawn at once, but for a share `wide` of the moves.
    """
    np.random.seed(seed)
    people, days = rosters.shape
    choices = cell_costs.shape[2]
    most_groups = group_count.max()
    to_end = np.empty(reached.size)
    lowest = np.empty((days, most_groups))
    which = np.empty((days, most_groups), np.int16)
    drawn = np.empty(days, np.int16)
    price = np.empty((days, choices))
    line = np.empty(days, np.int16)
    nodes = np.empty(days + 1, np.int64)
    order = np.arange(people)
    for move in range(moves):
        if move % people == 0:
            np.random.shuffle(order)
        person = order[move % people]
        temperature = hot * (cold / hot) ** (move / moves)
        cell = person * days * choices
        begin, until = 0, days
        narrow = window < days and np.random.random() >= wide
        if narrow:
            begin = np.random.randint(-window // 2, days - window // 2)
            until = min(days, begin + window)
            begin = max(begin, 0)
        before = float(own[person])
        for day in range(days):
            before += cell_costs[person, day, rosters[person, day]]
        before -= put(cell_first, cell_row, cell_value, bounds, cell, choices, rosters[person], sums, -1)
        place = np.random.randint(0, noise.size - days * choices)
        marginal_prices(
            cell_first,
            cell_row,
            cell_value,
            bounds,
            cell,
            cell_costs[person],
            sums,
            noise,
            place,
            temperature,
            begin,
            until,
            price,
        )
        line[:] = rosters[person]
        for kind in range(2):
            at = spans[person, 1 if narrow else kind]
            known = group_of[person, 1 if narrow else kind]
            layer, first = layers[at[0] : at[1]], firsts[at[2] : at[3]]
            to, group, cost = tos[at[4] : at[5]], groups[at[4] : at[5]], costs[at[4] : at[5]]
            root = roots[person, 1 if narrow else kind]
            for day in range(begin, until):
                lowest[day] = FAR
                for choice in range(choices):
                    if price[day, choice] < lowest[day, known[choice]]:
                        lowest[day, known[choice]] = price[day, choice]
                        which[day, known[choice]] = choice
            if narrow:
                nodes_along(first, to, group, root, line, known, nodes)
                best_between(
                    layer,
                    first,
                    to,
                    group,
                    cost,
                    begin,
                    until,
                    nodes[begin],
                    nodes[until],
                    lowest,
                    reached,
                    came,
                    queue,
                    drawn,
                )
            else:
                lines.cheapest_to_end(layer, first, to, group, cost, lowest, to_end)
                lines.walk(layer, first, to, group, cost, lowest, to_end, root, drawn)
            for day in range(begin, until):
                line[day] = which[day, drawn[day]]
            at = spans[person, 1]
            for day in range(days):
                drawn[day] = group_of[person, 1, line[day]]
            paid = lines.follow_line(
                layers[at[0] : at[1]],
                firsts[at[2] : at[3]],
                tos[at[4] : at[5]],
                groups[at[4] : at[5]],
                costs[at[4] : at[5]],
                roots[person, 1],
                drawn,
            )
            if paid >= 0:
                break
        own[person] = paid + root_costs[person]
        rosters[person] = line
        after = float(own[person])
        for day in range(days):
            after += cell_costs[person, day, line[day]]
        after += put(cell_first, cell_row, cell_value, bounds, cell, choices, line, sums, 1)
        figures[0] += after - before
        if figures[0] < figures[1] - 1e-6:
            figures[1] = figures[0]
            best[:] = rosters


@njit(cache=True, nogil=True)
def lines_within(layer, first, to, group, cost, root, group_of, price, to_end, most, limit):
    """Give all lines of choices from the root that cost at most `most` at `price` (days, choices).

    `to_end` holds the cheapest way from each node. The lines have shape (lines, days); with more than `limit`
    of them there are none, and the second value is False.
    """
    days = layer.size - 2
    choices = group_of.size
    found = np.empty((64, days), np.int16)
    count = 0
    arc_at = np.empty(days + 1, np.int64)
    stop_at = np.empty(days + 1, np.int64)
    choice_at = np.zeros(days + 1, np.int64)
    line = np.empty(days, np.int16)
    paid = np.zeros(days + 1)
    arc_at[0], stop_at[0] = first[root], first[root + 1]
    day = 0
    while day >= 0:
        if day == days:
            if count == limit:
                return found[:0], False
            if count == found.shape[0]:
                larger = np.empty((2 * count, days), np.int16)
                larger[:count] = found
                found = larger
            found[count] = line
            count += 1
            day -= 1
            continue
        if choice_at[day] == choices:
            choice_at[day] = 0
            arc_at[day] += 1
        arc = arc_at[day]
        if arc == stop_at[day]:
            day -= 1
            continue
        choice = choice_at[day]
        choice_at[day] += 1
        if group_of[choice] != group[arc]:
            continue
        through = paid[day] + cost[arc] + price[day, choice]
        if through + to_end[to[arc]] <= most:
            line[day] = choice
            day += 1
            paid[day] = through
            if day < days:
                arc_at[day], stop_at[day] = first[to[arc]], first[to[arc] + 1]
                choice_at[day] = 0
    return found[:count], True
