"""A diagram of lines has exactly the lines that its rules allow, with what they cost."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.lines import diagram
from robust.engines.rostering.lines.automata import FORBIDDEN, Automaton, Counter, Part
from robust.engines.rostering.lines.diagram import TooHeavy, TooLarge
from tests.engines.rostering.lines.reading import Line, costs_in

_STATES = 3
_costs = some.one_of(some.integers(0, 5), some.just(FORBIDDEN))


def _table(draw: some.DrawFn, each: some.SearchStrategy[int], *shape: int) -> np.ndarray:
    count = int(np.prod(shape))
    return np.array(draw(some.lists(each, min_size=count, max_size=count)), dtype=np.int64).reshape(shape)


@some.composite
def _automata(draw: some.DrawFn, days: int, choices: int, people: int) -> Part:
    kinds = draw(some.integers(1, 3))
    automaton = Automaton(
        kinds=_table(draw, some.integers(0, kinds - 1), choices),
        day_class=_table(draw, some.integers(0, 1), days).astype(np.int32),
        follow=_table(draw, some.integers(0, _STATES - 1), 2, _STATES, kinds).astype(np.int32),
        charge=_table(draw, _costs, 2, _STATES, kinds).astype(np.int32),
    )
    return automaton, tuple(_table(draw, some.integers(0, _STATES - 1), people).tolist())


@some.composite
def _counters(draw: some.DrawFn, days: int, choices: int, people: int) -> Part:
    amounts = draw(some.integers(1, 9))
    ends = _table(draw, some.integers(-1, 1), days).astype(np.int32)
    is_judged = np.maximum.accumulate(ends[::-1])[::-1] >= 0
    counter = Counter(
        amounts=_table(draw, some.integers(0, 3), days, choices) * is_judged.reshape(-1, 1),
        ends=ends,
        finish=_table(draw, _costs, 2, amounts).astype(np.int32),
    )
    return counter, tuple(_table(draw, some.integers(0, 9), people).tolist())


def _cost(part: Part, person: int, line: Line) -> int | None:
    """Run a part over a line, day by day."""
    rule, starts = part
    state, paid = starts[person], 0
    for day, choice in enumerate(line):
        if isinstance(rule, Automaton):
            place = (int(rule.day_class[day]), state, int(rule.kinds[choice]))
            state, cost = int(rule.follow[place]), int(rule.charge[place])
        else:
            state, cost = _counted(rule, day, state + int(rule.amounts[day, choice]))
        if cost >= FORBIDDEN:
            return None
        paid += cost
    return paid


def _counted(rule: Counter, day: int, amount: int) -> tuple[int, int]:
    if amount >= rule.finish.shape[1]:
        return 0, FORBIDDEN
    if rule.ends[day] < 0:
        return amount, 0
    return 0, int(rule.finish[rule.ends[day], amount])


@settings(deadline=None)
@given(
    days=some.integers(1, 4),
    choices=some.integers(1, 3),
    people=some.integers(1, 3),
    drawn=some.data(),
)
def test_a_diagram_has_the_lines_that_all_parts_allow_and_their_costs(
    days: int, choices: int, people: int, drawn: some.DataObject
) -> None:
    shape = (days, choices, people)
    parts = drawn.draw(some.lists(some.one_of(_automata(*shape), _counters(*shape)), max_size=3))

    built = diagram.build(days, choices, parts, people)

    lines = list(product(range(choices), repeat=days))
    for person in range(people):
        costs = [[_cost(part, person, line) for part in parts] for line in lines]
        assert costs_in(built, person, lines) == [
            None if None in each else sum(cost or 0 for cost in each) for each in costs
        ]


def _a_counter(*finish: int, days: int = 3) -> Part:
    counter = Counter(
        amounts=np.tile(np.array([0, 1], dtype=np.int64), (days, 1)),
        ends=np.array([-1] * (days - 1) + [0], dtype=np.int32),
        finish=np.array([finish], dtype=np.int32),
    )
    return counter, (0,)


def test_choices_that_no_part_tells_apart_share_their_arcs_but_a_free_day_stands_alone() -> None:
    built = diagram.build(2, 3, [], 1)

    assert built.group_of.tolist() == [1, 0, 0]
    assert built.group_count == 2
    assert built.group.tolist() == [0, 1, 0, 1]


def test_a_diagram_charges_what_is_certain_at_its_root() -> None:
    built = diagram.build(3, 2, [_a_counter(9, 7, 5, 5)], 1)

    assert built.root_cost.tolist() == [5]
    assert costs_in(built, 0, [(0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 1)]) == [9, 7, 5, 5]
    assert sorted(set(built.cost.tolist())) == [0, 2]


def test_people_whom_the_rules_leave_no_line_have_no_root() -> None:
    counter, _starts = _a_counter(0, 0)
    nothing, _starts = _a_counter(FORBIDDEN)

    built = diagram.build(3, 2, [(counter, (0, 2)), (counter, (1, 1))], 2)
    without = diagram.build(3, 2, [(nothing, (0,)), (counter, (0,))], 1)

    assert [root >= 0 for root in built.roots.tolist()] == [True, False]
    assert without.roots.tolist() == [-1]
    assert without.node_count == 1


def test_a_diagram_with_more_arcs_than_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge):
        diagram.build(3, 2, [_a_counter(0, 1, 4, 9)], 1, arc_limit=5)


def test_lines_that_cost_too_much_to_be_added_up_are_refused() -> None:
    heavy = _a_counter(0, 0, 0, FORBIDDEN - 1)

    assert diagram.build(3, 2, [heavy], 1).cost.max() == FORBIDDEN - 1
    with pytest.raises(TooHeavy):
        diagram.build(3, 2, [heavy, _a_counter(0, 0, 0, 1)], 1)
