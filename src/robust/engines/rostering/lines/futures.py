"""Names for the amounts of a counter that have the same future, so that few of them have to be remembered.

Two amounts have the same future when the same can still be added to both and the cost then runs alike, but
for a difference that stays the same and can be charged at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.lines.automata import FORBIDDEN, Counter, TooLarge

MOST_NAMES = 60_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Futures:
    """Per node of a diagram the row (`row_of`), per row and amount its name, -1 where no end is allowed.

    `change` (rows, amounts) is what an amount costs more than its name.
    """

    row_of: NDArray[np.int64]
    names: NDArray[np.int64]
    change: NDArray[np.int64]


def futures_of(
    counter: Counter,
    layer: NDArray[np.int64],
    *,
    least: NDArray[np.int64],
    most: NDArray[np.int64],
    most_names: int = MOST_NAMES,
) -> Futures:
    """Name the amounts at each node of a diagram with these layers.

    `least` and `most` (nodes) can still be added up to the next judgement. Raises: TooLarge.
    """
    rows, row_of = np.unique(np.stack([_judging(counter, layer), least, most]), axis=1, return_inverse=True)
    shape = (rows.shape[1], counter.finish.shape[1])
    if shape[0] * shape[1] > most_names:
        raise TooLarge
    names, change = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    alike = [Alike(finish.astype(np.int64)) for finish in counter.finish]
    for place, (judging, low, high) in enumerate(rows.T.tolist()):
        if judging >= 0:
            names[place], change[place] = alike[judging].named(low, high)
    return Futures(row_of=row_of.reshape(-1), names=names, change=change)


def _judging(counter: Counter, layer: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give per node which row of the counter's costs judges next, -1 where none does."""
    day_count = layer.size - 2
    judging = np.full(day_count + 1, -1, dtype=np.int64)
    for left in range(1, day_count + 1):
        end = counter.ends[day_count - left]
        judging[left] = end if end >= 0 else judging[left - 1]
    return np.repeat(judging, np.diff(layer))


class Alike:
    """Which stretches of a row of costs run alike.

    Source: R. M. Karp, R. E. Miller and A. L. Rosenberg, "Rapid identification of repeated patterns in
    strings, trees and arrays", STOC 1972: classes of stretches of twice the length are pairs of classes.
    """

    def __init__(self, finish: NDArray[np.int64]) -> None:
        self._finish = finish
        self._allowed_next = _next_allowed(finish)
        self._classes = [_moves(finish)]
        self._latest = {0: _latest_alike(np.append(finish < FORBIDDEN, False))}

    def named(self, low: int, high: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Name each amount by the largest one whose cost runs alike over what can still come (low to high).

        Gives the names, -1 where no end is allowed, and what an amount costs more than its name.
        """
        size = self._finish.size
        begins = np.minimum(np.arange(size) + low, size)
        twins = self._latest_from(high - low)[begins]
        allowed = self._allowed_next[begins]
        hopeless = allowed > begins + (high - low)
        here = np.where(hopeless, 0, allowed)
        there = np.where(hopeless, 0, allowed - begins + twins)
        change = self._finish[here] - self._finish[there]
        return np.where(hopeless, -1, twins - low), np.where(hopeless, 0, change)

    def _latest_from(self, length: int) -> NDArray[np.int64]:
        """Give for each place the latest from which as many moves are alike."""
        if length not in self._latest:
            power = length.bit_length() - 1
            self._latest[length] = _latest_alike(self._pairs(self._class(power), length - (1 << power)))
        return self._latest[length]

    def _class(self, power: int) -> NDArray[np.int64]:
        """Number the stretches of 2**power moves; equal ones have equal numbers."""
        while len(self._classes) <= power:
            shift = 1 << (len(self._classes) - 1)
            pairs = self._pairs(self._classes[-1], shift)
            self._classes.append(np.unique(pairs, return_inverse=True)[1].reshape(-1))
        return self._classes[power]

    def _pairs(self, classes: NDArray[np.int64], shift: int) -> NDArray[np.int64]:
        """Join the class at each place with that further on; beyond the end all is the same."""
        later = np.minimum(np.arange(classes.size) + shift, classes.size - 1)
        pairs: NDArray[np.int64] = classes * classes.size + classes[later]
        return pairs


def _next_allowed(finish: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give for each place (one more than there are amounts) the first allowed one from there on."""
    never = 1 << 60
    places = np.where(np.append(finish, FORBIDDEN) < FORBIDDEN, np.arange(finish.size + 1), never)
    nearest: NDArray[np.int64] = np.minimum.accumulate(places[::-1])[::-1]
    return nearest


def _moves(finish: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the moves from each amount to the next: what is allowed, and what it costs more than before."""
    allowed = np.append(finish < FORBIDDEN, [False, False])
    places = np.maximum.accumulate(np.where(allowed, np.arange(allowed.size), -1))
    latest = np.where(places < 0, 0, finish[np.minimum(places, finish.size - 1)])
    moves = np.stack([allowed[:-1], allowed[1:], np.where(allowed[1:], np.diff(latest), 0)])
    return np.unique(moves, axis=1, return_inverse=True)[1].reshape(-1)


def _latest_alike(classes: NDArray[np.int64] | NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give for each place the latest one of the same class."""
    number = np.unique(classes, return_inverse=True)[1].reshape(-1)
    latest = np.zeros(number.size, dtype=np.int64)
    np.maximum.at(latest, number, np.arange(number.size))
    return latest[number]
