"""Diagrams of lines say of each line what the judge says."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.problem import Demand, Problem
from robust.engines.rostering.rules import (
    Count,
    Fairness,
    FreePeriod,
    LineRule,
    Rest,
    Run,
    Sequence,
    Unit,
    WeeklyFree,
    Window,
)
from tests.engines.rostering.building import DAY, NIGHT, a_person, a_problem, one_of, only
from tests.engines.rostering.lines import small_wards
from tests.engines.rostering.lines.reading import a_diagram, costs_in, costs_of, judged
from tests.engines.rostering.lines.small_wards import FAMILIES, SPRING

_ROLLING = Window(every_days=3, rolling=True)
_SOME_RULES = (
    Sequence(id="r", shifts=(one_of("N"), one_of("off"), one_of("work")), weight=2),
    Sequence(id="r", shifts=(one_of("off"), one_of("work")), weekdays=frozenset({5}), weight=1),
    Rest(id="r", minutes=660),
    Rest(id="r", minutes=1500, reduced_minutes=480, reduced_per_week=1, weight=3),
    Run(id="r", minimum=2, maximum=3, weight=1),
    Run(id="r", shifts=one_of("off"), minimum=2),
    Run(id="r", unit=Unit.WEEKENDS, minimum=2, maximum=2, weight=1),
    FreePeriod(id="r", minutes=2100, days_between=2, weight=1),
    WeeklyFree(id="r", long_minutes=3300, short_minutes=2100, weight=1),
    Count(id="r", minimum=2, maximum=3, step=2, window=Window(from_day=-2, every_days=3), weight=1),
    Count(id="r", unit=Unit.MINUTES, maximum=1500, window=Window(from_day=1, to_day=5)),
    Count(id="r", unit=Unit.WEEKENDS, minimum=1, maximum=1, weight=1),
    Count(id="r", unit=Unit.WEEKENDS, maximum=0, window=_ROLLING, weight=1),
    Count(id="r", unit=Unit.WEEKENDS, minimum=1, window=Window(every_days=9, rolling=True), weight=1),
    Count(id="r", unit=Unit.MINUTES, minimum=500, maximum=900, window=_ROLLING, weight=1),
    Count(id="r", maximum=1, window=Window(from_day=2, to_day=4, every_days=2, rolling=True), weight=1),
)


@pytest.mark.parametrize("starts_on", [SPRING + timedelta(days=later) for later in (-1, 0, 1)], ids=str)
@pytest.mark.parametrize("rule", _SOME_RULES, ids=lambda rule: type(rule).__name__)
def test_each_line_of_six_days_costs_what_the_judge_charges(rule: LineRule, starts_on: date) -> None:
    people = (a_person("a", before="DNDN.DD", carried={"r": 2}), a_person("b"))
    problem = a_problem(days=6, starts_on=starts_on, shifts=(DAY, NIGHT), people=people, rules=(rule,))

    built = a_diagram(Frame(problem), [rule], [0, 1])

    lines = list(product(range(3), repeat=6))
    assert [costs_in(built, person, lines) for person in (0, 1)] == [
        judged(problem, person, lines) for person in (0, 1)
    ]


@pytest.mark.parametrize("family", sorted(FAMILIES))
@settings(deadline=None)
@given(drawn=some.data())
def test_each_line_of_a_small_ward_costs_what_the_judge_charges(family: str, drawn: some.DataObject) -> None:
    problem = drawn.draw(small_wards.wards(most_shifts=2, most_days=5))
    rule = drawn.draw(FAMILIES[family](problem.horizon.day_count))
    problem = replace(problem, rules=(rule,))
    frame = Frame(problem)

    built = a_diagram(frame, [rule], range(len(problem.people)))

    lines = list(product(range(frame.choice_count), repeat=frame.day_count))
    for person in range(len(problem.people)):
        assert costs_in(built, person, lines) == judged(problem, person, lines)


@pytest.mark.parametrize("family", sorted(FAMILIES))
@settings(deadline=None)
@given(drawn=some.data())
def test_lines_of_a_longer_ward_cost_what_the_judge_charges(family: str, drawn: some.DataObject) -> None:
    problem = drawn.draw(small_wards.wards())
    rule = drawn.draw(FAMILIES[family](problem.horizon.day_count))
    problem = replace(problem, rules=(rule,))
    lines = drawn.draw(lines_of(problem))

    built = a_diagram(Frame(problem), [rule], range(len(problem.people)))

    for person in range(len(problem.people)):
        assert costs_in(built, person, lines) == judged(problem, person, lines)


@some.composite
def lines_of(draw: some.DrawFn, problem: Problem) -> list[tuple[int, ...]]:
    days = problem.horizon.day_count
    choices = some.sampled_from([0, *range(len(problem.shifts) + 1)])
    seed = draw(some.randoms(use_true_random=False))
    short = draw(
        some.lists(some.lists(choices, min_size=days, max_size=days).map(tuple), min_size=1, max_size=3)
    )
    mixed = [
        tuple(seed.choice([0, 0, *range(len(problem.shifts) + 1)]) for _day in range(days))
        for _line in range(20)
    ]
    return short + mixed


@settings(deadline=None)
@given(drawn=some.data())
def test_rules_together_cost_what_the_judge_charges(drawn: some.DataObject) -> None:
    problem = drawn.draw(small_wards.wards())
    families = drawn.draw(some.lists(some.sampled_from(sorted(FAMILIES)), min_size=2, max_size=4))
    rules = [drawn.draw(FAMILIES[family](problem.horizon.day_count)) for family in families]
    rules = [replace(rule, id=f"r{place or ''}") for place, rule in enumerate(rules)]
    problem = replace(problem, rules=tuple(rules))
    lines = drawn.draw(lines_of(problem))

    built = a_diagram(Frame(problem), rules, range(len(problem.people)))

    for person in range(len(problem.people)):
        assert costs_in(built, person, lines) == judged(problem, person, lines)


@pytest.mark.parametrize(
    "rule",
    [
        Fairness(id="r", weight=2, shifts=one_of("N"), tolerance=1),
        Fairness(id="r", weight=1, total=9, step=2, who=only("b", "c")),
        Fairness(id="r", weight=1, unit=Unit.WEEKENDS),
        Fairness(id="r", weight=1, who=only("a", "b")),
        Fairness(id="r", weight=1, unit=Unit.MINUTES, step=240),
    ],
    ids=["shifts", "total", "weekends", "demands for these", "minutes"],
)
def test_shares_of_a_week_cost_what_the_judge_charges(rule: Fairness) -> None:
    people = (a_person("a", carried={"r": 2}), a_person("b", contract_share=0.5), a_person("c"))
    demands = (
        Demand(id="1", day=0, shifts=one_of("night"), minimum=2),
        Demand(id="2", day=5, shifts=one_of("N"), wanted=5, who=only("a", "b")),
        Demand(id="3", day=6, shifts=one_of("D"), wanted=3),
        Demand(id="4", day=6, shifts=one_of("work"), wanted=3),
        Demand(id="5", day=1, interval=(420, 480), wanted=3),
    )
    problem = a_problem(people=people, demands=demands, rules=(rule,), shifts=(DAY, NIGHT))
    frame = Frame(problem)
    lines = [(0, 1, 1, 2, 2, 0, 1), (1, 1, 1, 1, 1, 1, 1), (0, 0, 0, 0, 0, 2, 2)]
    chosen = frame.chosen(rule.who)

    built = a_diagram(frame, [rule], chosen)

    expected = costs_of(problem, frame.roster(np.array(lines, dtype=np.int16)))
    assert [costs_in(built, start, [lines[person]]) for start, person in enumerate(chosen)] == [
        [expected[person]] for person in chosen
    ]


@settings(deadline=None)
@given(drawn=some.data(), rule=small_wards.fair_rules())
def test_fair_shares_cost_what_the_judge_charges(drawn: some.DataObject, rule: Fairness) -> None:
    problem = drawn.draw(small_wards.wards())
    problem = replace(problem, rules=(rule,), demands=drawn.draw(small_wards.demands(problem)))
    frame = Frame(problem)
    people = frame.chosen(rule.who)
    lines = drawn.draw(some.permutations(drawn.draw(lines_of(problem))))[: len(problem.people)]

    built = a_diagram(frame, [rule], people) if people else None

    expected = costs_of(problem, frame.roster(np.array(lines, dtype=np.int16)))
    found = [costs_in(built, start, [lines[person]]) for start, person in enumerate(people)]
    assert found == [[expected[person]] for person in people]
