"""Counters of what adds up over stretches of days: their tables, as small as the amounts allow."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.lines import automata
from robust.engines.rostering.lines.automata import FORBIDDEN, MOST_MOVES, CannotCompile, Counter, Part
from robust.engines.rostering.lines.windows import Broken, Stretch
from robust.engines.rostering.rules import LineRule


def part_of(
    rule: LineRule,
    broken: Broken,
    *,
    amounts: NDArray[np.int64],
    stretches: Sequence[Stretch],
    starts: Sequence[int],
) -> Part:
    """Make a counter of amounts (days, choices) over stretches that lie side by side.

    `broken` (amount in a stretch, whether it is whole) says by how many units the rule is broken; `starts`
    is what each person has before the first stretch. Raises: CannotCompile.
    """
    counted = np.zeros_like(amounts)
    for stretch in stretches:
        counted[stretch.first : stretch.end] = amounts[stretch.first : stretch.end]
    base = min(starts)
    measure = measure_of(np.append(counted, np.array(starts, dtype=np.int64) - base))
    most = np.concatenate([[0], np.cumsum(counted.max(axis=1))])
    ends = np.full(len(amounts), -1, dtype=np.int32)
    rows: dict[tuple[int, int, bool], int] = {}
    for stretch in stretches:
        highest = int(most[stretch.end] - most[stretch.first])
        row = (0, highest, stretch.whole)
        if stretch is stretches[0]:
            row = (base, max(starts) + highest, stretch.whole)
        ends[stretch.end - 1] = rows.setdefault(row, len(rows))
    judged = [_row(rule, broken, row, measure) for row in rows]
    return Counter(amounts=counted // measure, ends=ends, finish=_table(judged)), tuple(
        (start - base) // measure for start in starts
    )


def measure_of(amounts: NDArray[np.int64]) -> int:
    """Give the largest number that measures all amounts."""
    return int(np.gcd.reduce(amounts.reshape(-1))) or 1


def _row(rule: LineRule, broken: Broken, row: tuple[int, int, bool], measure: int) -> NDArray[np.int32]:
    """Give what each amount costs from the lowest to the highest that can be, without a forbidden rest."""
    lowest, highest, whole = row
    if (highest - lowest) // measure >= MOST_MOVES:
        raise CannotCompile(rule.id)
    units = [broken(amount, whole) for amount in range(lowest, highest + 1, measure)]
    costs = automata.costs(rule, np.array(units, dtype=np.int64))
    allowed = np.flatnonzero(costs < FORBIDDEN)
    return costs[: allowed[-1] + 1 if allowed.size else 1]


def _table(rows: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    table = np.full((len(rows), max(len(row) for row in rows)), FORBIDDEN, dtype=np.int32)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return table
