from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.checking import check
from robust.engines.rostering.problem import Demand, Fixed, Problem, Wish
from robust.engines.rostering.rules import Accompanied, Apart, Count, Rest, Rule, Run, Sequence, Unit, Window
from robust.engines.rostering.solving.people import NoLawfulLine
from robust.engines.rostering.solving.search import Progress, StopRule
from robust.engines.rostering.solving.solve import solve
from tests.engines.rostering.building import DAY, NIGHT, a_person, a_problem, a_roster, one_of, only
from tests.engines.rostering.solving.trying_all import best_by_trying_all

_weight = some.one_of(some.none(), some.integers(1, 9))
_shifts = some.sampled_from([one_of("D"), one_of("N"), one_of("work"), one_of("off")])
_rules = some.one_of(
    some.builds(lambda w: Sequence(id="s", shifts=(one_of("N"), one_of("D")), weight=w), _weight),
    some.builds(lambda w: Rest(id="r", minutes=660, weight=w), _weight),
    some.builds(
        lambda s, low, w: Run(id="u", shifts=s, minimum=low, maximum=2, weight=w),
        _shifts,
        some.integers(1, 2),
        _weight,
    ),
    some.builds(
        lambda s, low, more, w: Count(id="c", shifts=s, minimum=low, maximum=low + more, weight=w),
        some.sampled_from([one_of("D"), one_of("work")]),
        some.integers(0, 2),
        some.integers(0, 2),
        _weight,
    ),
    some.builds(lambda w: Apart(id="a", shifts=one_of("D"), weight=w), _weight),
    some.builds(lambda w: Accompanied(id="b", who=only("a"), by=only("b"), weight=w), _weight),
)
_demands = some.builds(
    lambda day, shift, low, wanted, weight: Demand(
        id=f"{day}{shift}{low}{wanted}{weight}",
        day=day,
        shifts=one_of(shift),
        minimum=low,
        wanted=low + wanted,
        maximum=low + wanted + 1,
        under_weight=weight,
        over_weight=1,
    ),
    some.integers(0, 2),
    some.sampled_from("DN"),
    some.integers(0, 1),
    some.integers(0, 1),
    some.integers(1, 20),
)
_wishes = some.builds(
    lambda person, day, shift, granted, weight: Wish(
        id=f"{person}{day}{shift}",
        person=person,
        day=day,
        shifts=one_of(shift),
        granted=granted,
        weight=weight,
    ),
    some.sampled_from("ab"),
    some.integers(0, 2),
    some.sampled_from(["D", "N", "off"]),
    some.booleans(),
    some.integers(1, 5),
)


def _ward(rules: list[Rule], demands: list[Demand], wishes: list[Wish], before: str) -> Problem:
    return a_problem(
        days=3,
        shifts=(DAY, NIGHT),
        people=(a_person("a", before=before), a_person("b")),
        rules=tuple(replace(rule, id=f"{rule.id}{k}") for k, rule in enumerate(rules)),
        demands=tuple(demands),
        wishes=tuple(wishes),
    )


@settings(max_examples=12, deadline=None)
@given(
    some.builds(
        _ward,
        some.lists(_rules, max_size=4),
        some.lists(_demands, max_size=4, unique_by=lambda demand: demand.id),
        some.lists(_wishes, max_size=3, unique_by=lambda wish: wish.id),
        some.text("DN.", max_size=3),
    )
)
def test_a_small_ward_gets_the_best_roster_there_is_or_is_known_to_have_none(problem):
    best = best_by_trying_all(problem)

    try:
        solution = solve(problem, stop=StopRule(iterations=60), seed=1)
    except NoLawfulLine:
        assert best is None
        return

    assert solution.verdict == check(problem, solution.roster)
    assert (solution.verdict.objective if solution.verdict.lawful else None) == best
    assert best is None or solution.bound is None or solution.bound <= best


def _a_week_for_six() -> Problem:
    return a_problem(
        days=14,
        people=6,
        demands=tuple(
            Demand(
                id=f"{day}{shift}",
                day=day,
                shifts=one_of(shift),
                wanted=wanted,
                under_weight=100,
                over_weight=1,
            )
            for day in range(14)
            for shift, wanted in (("D", 2), ("E", 1), ("N", 1))
        ),
        rules=(
            Rest(id="rest", minutes=11 * 60),
            Run(id="work", minimum=2, maximum=5),
            Run(id="off", shifts=one_of("off"), minimum=2),
            Count(id="hours", unit=Unit.MINUTES, minimum=60 * 60, maximum=80 * 60),
            Count(id="weekends", unit=Unit.WEEKENDS, maximum=1),
            Count(id="nights", shifts=one_of("N"), maximum=3, who=only("a", "b", "c")),
            Count(id="no nights", shifts=one_of("N"), maximum=0, who=only("d")),
        ),
        wishes=tuple(
            Wish(id=f"{person}{day}", person=person, day=day, shifts=one_of("off"), weight=1 + day % 3)
            for person in "abcdef"
            for day in (1, 5, 9)
        ),
        fixed=(Fixed(person="e", day=3, shifts=one_of("off")),),
    )


def test_the_same_seed_and_number_of_steps_give_the_same_roster():
    problem = _a_week_for_six()

    first, second = (solve(problem, stop=StopRule(iterations=30), seed=3) for _time in range(2))

    assert first == second
    assert first.verdict.lawful


def test_two_workers_find_a_lawful_roster_and_a_bound_below_it_and_report_on_the_way():
    problem = _a_week_for_six()
    reports: list[Progress] = []

    solution = solve(problem, stop=StopRule(iterations=60), seed=3, workers=2, on_progress=reports.append)

    assert solution.verdict.lawful
    assert solution.bound is not None
    assert solution.gap is not None
    assert solution.bound <= solution.verdict.objective
    assert solution.gap == (solution.verdict.objective - solution.bound) / solution.verdict.objective
    assert [report.iterations for report in reports] == list(range(1, len(reports) + 1))
    assert reports[-1].objective == solution.verdict.objective
    assert reports[-1].lawful


def test_who_may_not_begin_gets_the_first_roster_and_no_bound():
    solution = solve(_a_week_for_six(), stop=StopRule(expired=lambda: True), seed=3)

    assert solution.bound is None
    assert solution.gap is None
    assert not solution.complete
    assert solution.verdict.lawful


def test_two_workers_who_may_not_begin_end_too():
    solution = solve(_a_week_for_six(), stop=StopRule(expired=lambda: True), seed=3, workers=2)

    assert solution.verdict.lawful


def test_a_start_is_taken_where_it_is_lawful():
    problem = a_problem(days=3, people=2, rules=(Run(id="off", shifts=one_of("off"), minimum=2),))

    solution = solve(problem, stop=StopRule(iterations=1), seed=1, start=a_roster("DDD", "D.D"))

    assert solution.roster.lines[0] == ("D", "D", "D")
    assert solution.verdict.lawful


def test_somebody_without_a_lawful_line_is_named():
    fixed = tuple(Fixed(person="b", day=day, shifts=one_of("N")) for day in (0, 1))
    rule = Run(id="nights", shifts=one_of("N"), maximum=1)

    with pytest.raises(NoLawfulLine) as refusal:
        solve(a_problem(people=2, rules=(rule,), fixed=fixed), stop=StopRule(iterations=1), seed=1)

    assert refusal.value.people == ("b",)


def test_somebody_whose_rules_contradict_each_other_is_named():
    rules = (Count(id="some", minimum=2), Count(id="none", maximum=1))

    with pytest.raises(NoLawfulLine) as refusal:
        solve(a_problem(rules=rules), stop=StopRule(iterations=1), seed=1)

    assert refusal.value.people == ("a",)


def test_demand_that_cannot_be_met_is_broken_as_little_as_possible():
    demand = Demand(id="d", day=0, shifts=one_of("D"), minimum=3)

    solution = solve(a_problem(days=2, people=2, demands=(demand,)), stop=StopRule(iterations=20), seed=1)

    assert [(violation.rule, violation.amount) for violation in solution.verdict.violations] == [("d", 1)]
    assert not solution.verdict.lawful


def test_a_rule_that_remembers_too_much_is_left_out_and_named():
    rule = Count(
        id="fortnight",
        unit=Unit.MINUTES,
        maximum=70 * 60,
        window=Window(every_days=20, rolling=True),
    )
    odd = tuple(replace(DAY, id=chr(ord("A") + k), length_minutes=400 + 37 * k) for k in range(8))
    problem = a_problem(days=40, shifts=odd, rules=(rule,))

    solution = solve(problem, stop=StopRule(iterations=3), seed=1)

    assert solution.relaxed_rules == ("fortnight",)


def test_when_one_worker_fails_the_other_ends():
    def fail(progress: Progress) -> None:
        if progress.iterations == 5:
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        solve(_a_week_for_six(), stop=StopRule(), seed=1, workers=2, on_progress=fail)
