"""Automata and counters: how one rule for one person is remembered from day to day, as tables."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.rules import LineRule

FORBIDDEN = 1 << 30
MOST_STATES = 20_000
MOST_MOVES = 200_000
MOST_MOVES_IN_ALL = 1_000_000

Row = TypeVar("Row", bound=Hashable)
State = TypeVar("State", bound=Hashable)


class CannotCompile(Exception):
    """A rule has too much to remember, or could cost 2**30 or more."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class TooLarge(Exception):
    """The diagram would not fit in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Automaton:
    """A rule that remembers a state from day to day; on each day the states are numbered anew.

    `kinds` (choices) says which choices the rule treats alike, `day_class` (days) which table holds on a day.
    `follow` and `charge` (shape: day classes, states, kinds) say which state comes next and what that costs,
    FORBIDDEN where it may not be.
    """

    kinds: NDArray[np.int64]
    day_class: NDArray[np.int32]
    follow: NDArray[np.int32]
    charge: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A rule that adds up amounts (shape: days, choices) and judges them after some days.

    `ends` (days) is the row of `finish` (rows, amounts) that judges after the day and sets the count back to
    nothing, or -1; on days after which none judges nothing is added. An amount beyond the table is forbidden.
    """

    amounts: NDArray[np.int64]
    ends: NDArray[np.int32]
    finish: NDArray[np.int32]


Part = tuple[Automaton | Counter, tuple[int, ...]]


def costs(rule: LineRule, units: NDArray[np.int64]) -> NDArray[np.int32]:
    """Give what it costs to break a rule by some units. Raises: CannotCompile."""
    if rule.weight is None:
        return np.where(units > 0, FORBIDDEN, 0).astype(np.int32)
    if int(units.max(initial=0)) * rule.weight >= FORBIDDEN:
        raise CannotCompile(rule.id)
    return (units * rule.weight).astype(np.int32)


Step = Callable[[Row, State, int], tuple[State, int]]


def tabulate(
    rule: LineRule,
    step: Step[Row, State],
    *,
    starts: Sequence[State],
    rows: Sequence[Row],
    kinds: NDArray[np.int64],
    most_moves: int = MOST_MOVES_IN_ALL,
) -> Part:
    """Make an automaton of a step function: (row of the day, state, kind of choice) -> (state, broken units).

    `starts` are the states before day 0, one per person, `rows` (days) what the step has to know of a day,
    `kinds` (choices) groups the choices that the rule treats alike. Only states that can be reached are made,
    days with the same row and states share a table, all tables together have at most `most_moves` entries.
    Raises: CannotCompile.
    """
    unrolled = _Unrolled(rule, step, kind_count=int(kinds.max()) + 1, most_moves=most_moves)
    first = states = unrolled.numbered(starts)
    day_class = []
    for row in rows:
        place, states = unrolled.after(row, states)
        day_class.append(place)
    follow, charge = unrolled.tables()
    automaton = Automaton(
        kinds=_merged(kinds, follow, charge),
        day_class=np.array(day_class, dtype=np.int32),
        follow=follow,
        charge=charge,
    )
    return automaton, tuple(first[state] for state in starts)


class _Unrolled(Generic[Row, State]):
    """Tables by day, made when a day's row is first met with these states.

    States are held as their numbers by state; there is one such numbering for each set of states.
    """

    def __init__(self, rule: LineRule, step: Step[Row, State], *, kind_count: int, most_moves: int) -> None:
        self._rule = rule
        self._step = step
        self._kind_count = kind_count
        self._moves_left = most_moves
        self._numberings: dict[frozenset[State], dict[State, int]] = {}
        self._classes: dict[tuple[Row, int], tuple[int, dict[State, int]]] = {}
        self._follow: list[NDArray[np.int32]] = []
        self._charge: list[NDArray[np.int32]] = []

    def numbered(self, states: Iterable[State]) -> dict[State, int]:
        """Number states; the same states always have the same numbers."""
        each = dict.fromkeys(states)
        number = dict(zip(each, range(len(each)), strict=True))
        return self._numberings.setdefault(frozenset(number), number)

    def after(self, row: Row, states: dict[State, int]) -> tuple[int, dict[State, int]]:
        """Give the table of a day and the states after it."""
        key = (row, id(states))
        if key not in self._classes:
            self._refuse_blow_up(len(states))
            self._classes[key] = (len(self._follow), self._tabulated(row, states))
        return self._classes[key]

    def _refuse_blow_up(self, state_count: int) -> None:
        moves = state_count * self._kind_count
        self._moves_left -= moves
        if state_count > MOST_STATES or moves > MOST_MOVES or self._moves_left < 0:
            raise CannotCompile(self._rule.id)

    def _tabulated(self, row: Row, states: dict[State, int]) -> dict[State, int]:
        step, kinds = self._step, range(self._kind_count)
        moves = [step(row, state, kind) for state in states for kind in kinds]
        charge = costs(self._rule, np.array([units for _state, units in moves], dtype=np.int64))
        allowed = (charge < FORBIDDEN).tolist()
        reached = self.numbered(state for (state, _units), may in zip(moves, allowed, strict=True) if may)
        follow = [reached[state] if may else 0 for (state, _units), may in zip(moves, allowed, strict=True)]
        shape = (len(states), self._kind_count)
        self._follow.append(np.array(follow, dtype=np.int32).reshape(shape))
        self._charge.append(charge.reshape(shape))
        return reached

    def tables(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Lay the tables of all days one upon the other, each with as many states as the largest."""
        most = max(1, *(len(table) for table in self._follow))
        shape = (len(self._follow), most, self._kind_count)
        follow, charge = np.zeros(shape, dtype=np.int32), np.full(shape, FORBIDDEN, dtype=np.int32)
        for place, (targets, prices) in enumerate(zip(self._follow, self._charge, strict=True)):
            follow[place, : len(targets)] = targets
            charge[place, : len(prices)] = prices
        return follow, charge


def _merged(
    kinds: NDArray[np.int64], follow: NDArray[np.int32], charge: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Give kinds that nowhere differ the number of the first of them."""
    first: dict[bytes, int] = {}
    same = [
        first.setdefault(follow[:, :, kind].tobytes() + charge[:, :, kind].tobytes(), kind)
        for kind in range(follow.shape[2])
    ]
    return np.array(same, dtype=np.int64)[kinds]
