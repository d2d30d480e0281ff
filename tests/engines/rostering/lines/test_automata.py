"""Rules as tables: what is made of a step function, and what is refused."""

import numpy as np
import pytest

from robust.engines.rostering.lines import automata, counters
from robust.engines.rostering.lines.automata import FORBIDDEN, CannotCompile
from robust.engines.rostering.lines.windows import Stretch
from robust.engines.rostering.rules import Run, Sequence

_HARD = Run(id="hard", maximum=1)
_SOFT = Run(id="soft", maximum=1, weight=3)
_TWO_KINDS = np.array([0, 1, 0], dtype=np.int64)


def _count(_row: int, state: int, kind: int) -> tuple[int, int]:
    return min(state + kind, 2), int(state + kind > 1)


def test_days_with_the_same_row_and_states_share_a_table() -> None:
    automaton, starts = automata.tabulate(_SOFT, _count, starts=[0, 2, 0], rows=[0] * 9, kinds=_TWO_KINDS)

    assert isinstance(automaton, automata.Automaton)
    assert automaton.day_class.tolist() == [0, 1, 1, 1, 1, 1, 1, 1, 1]
    assert automaton.follow[1].tolist() == [[0, 1], [1, 2], [2, 2]]
    assert automaton.charge[1].tolist() == [[0, 0], [0, 3], [3, 3]]
    assert starts == (0, 1, 0)


def test_states_behind_a_forbidden_move_are_not_made() -> None:
    automaton, _starts = automata.tabulate(_HARD, _count, starts=[0], rows=[0] * 3, kinds=_TWO_KINDS)

    assert isinstance(automaton, automata.Automaton)
    assert automaton.follow.shape == (2, 2, 2)
    assert automaton.charge[1].tolist() == [[0, 0], [0, FORBIDDEN]]


def test_a_day_without_any_state_forbids_everything() -> None:
    never = Sequence(id="never", shifts=(frozenset({"any"}),))

    automaton, _starts = automata.tabulate(
        never, lambda _row, _state, _kind: (0, 1), starts=[0], rows=[0, 0], kinds=_TWO_KINDS
    )

    assert isinstance(automaton, automata.Automaton)
    assert automaton.charge.tolist() == [[[FORBIDDEN, FORBIDDEN]], [[FORBIDDEN, FORBIDDEN]]]


def test_choices_that_nowhere_make_a_difference_are_of_one_kind() -> None:
    automaton, _starts = automata.tabulate(
        _SOFT, lambda _row, _state, kind: (kind // 2, 0), starts=[0], rows=[0, 0], kinds=np.arange(4)
    )

    assert isinstance(automaton, automata.Automaton)
    assert automaton.kinds.tolist() == [0, 0, 2, 2]


@pytest.mark.parametrize(
    ("states", "kinds", "most_moves"),
    [
        (automata.MOST_STATES + 1, 2, 10**9),
        (automata.MOST_STATES, automata.MOST_MOVES // automata.MOST_STATES + 1, 10**9),
        (10, 2, 50),
    ],
    ids=["too many states on one day", "too large a table", "too many tables"],
)
def test_a_rule_with_too_much_to_remember_is_refused(states: int, kinds: int, most_moves: int) -> None:
    with pytest.raises(CannotCompile) as refused:
        automata.tabulate(
            _SOFT,
            lambda _row, state, _kind: (state, 0),
            starts=range(states),
            rows=[1, 2, 3],
            kinds=np.arange(kinds),
            most_moves=most_moves,
        )

    assert refused.value.rule == "soft"


def test_costs_are_weights_per_unit_and_a_hard_rule_forbids() -> None:
    units = np.array([0, 1, 4])

    assert automata.costs(_SOFT, units).tolist() == [0, 3, 12]
    assert automata.costs(_HARD, units).tolist() == [0, FORBIDDEN, FORBIDDEN]


def test_a_rule_that_could_cost_too_much_is_refused() -> None:
    with pytest.raises(CannotCompile):
        automata.costs(_SOFT, np.array([FORBIDDEN // 3 + 1]))


def test_a_counter_counts_in_the_largest_measure_that_fits_all() -> None:
    amounts = np.array([[0, 480, 600], [0, 480, 540]])
    stretches = [Stretch(first=0, end=1, whole=True), Stretch(first=1, end=2, whole=False)]

    counter, starts = counters.part_of(
        _SOFT,
        lambda amount, whole: amount // 60 + whole,
        amounts=amounts,
        stretches=stretches,
        starts=[120, 60],
    )

    assert isinstance(counter, automata.Counter)
    assert counter.amounts.tolist() == [[0, 8, 10], [0, 8, 9]]
    assert counter.ends.tolist() == [0, 1]
    assert counter.finish[0].tolist() == [3 * hours for hours in range(2, 14)]
    assert counter.finish[1].tolist() == [3 * hours for hours in range(10)] + [FORBIDDEN] * 2
    assert starts == (1, 0)


def test_a_hard_counter_ends_with_what_is_allowed() -> None:
    stretches = [Stretch(first=0, end=3, whole=True)]

    counter, _starts = counters.part_of(
        _HARD,
        lambda amount, _whole: max(amount - 1, 0),
        amounts=np.tile(np.array([[0, 1]]), (3, 1)),
        stretches=stretches,
        starts=[0],
    )

    assert isinstance(counter, automata.Counter)
    assert counter.finish.tolist() == [[0, 0]]


def test_a_counter_with_too_long_a_table_is_refused() -> None:
    with pytest.raises(CannotCompile):
        counters.part_of(
            _SOFT,
            lambda _amount, _whole: 0,
            amounts=np.ones((1, 1), dtype=np.int64),
            stretches=[Stretch(first=0, end=1, whole=True)],
            starts=[0, automata.MOST_MOVES],
        )
