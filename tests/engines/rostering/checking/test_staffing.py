from datetime import date

from robust.engines.rostering.checking import Breach, check
from robust.engines.rostering.problem import Demand
from robust.engines.rostering.rules import Who
from tests.engines.rostering.building import (
    DAY,
    NIGHT,
    STANDBY,
    a_person,
    a_problem,
    a_roster,
    a_shift,
    one_of,
)
from tests.engines.rostering.checking.seeing import seen


def test_too_few_and_too_many_people_on_a_shift_are_not_lawful() -> None:
    demands = tuple(
        Demand(id=f"day {day}", day=day, shifts=one_of("D"), minimum=2, maximum=2) for day in range(3)
    )
    problem = a_problem(days=3, people=3, demands=demands)

    breaches = seen(problem, "D.D", "D..", "DED")

    assert breaches == [(Breach.ABOVE_MAXIMUM, "", 0, 0, 1), (Breach.BELOW_MINIMUM, "", 1, 1, 2)]


def test_what_is_wanted_is_charged_on_both_sides() -> None:
    demands = tuple(
        Demand(id=f"day {day}", day=day, shifts=one_of("D"), wanted=2, under_weight=100, over_weight=1)
        for day in range(3)
    )
    problem = a_problem(days=3, people=4, demands=demands)

    verdict = check(problem, a_roster("D.D", "D.D", "D..", "D.."))

    assert [(breach.code, breach.amount) for breach in verdict.violations] == [
        (Breach.ABOVE_WANTED, 2),
        (Breach.BELOW_WANTED, 2),
    ]
    assert (verdict.cost_by_rule, verdict.lawful) == ({"day 0": 2, "day 1": 200}, True)


def test_what_is_wanted_without_a_weight_is_no_violation() -> None:
    demands = (
        Demand(id="under", day=0, shifts=one_of("D"), wanted=2),
        Demand(id="over", day=0, shifts=one_of("D"), wanted=0),
    )

    breaches = seen(a_problem(days=1, demands=demands), "D")

    assert breaches == []


def test_below_the_minimum_what_is_wanted_is_charged_too() -> None:
    demand = Demand(id="d", day=0, shifts=one_of("D"), minimum=1, wanted=2, under_weight=3)

    verdict = check(a_problem(days=1, demands=(demand,)), a_roster("."))

    assert [(breach.amount, breach.cost, breach.hard) for breach in verdict.violations] == [
        (1, 0, True),
        (2, 6, False),
    ]


def test_a_person_on_any_of_the_shifts_counts_once() -> None:
    demand = Demand(id="d", day=0, shifts=one_of("D", "night"), minimum=3)

    breaches = seen(a_problem(days=1, people=3, demands=(demand,)), "D", "N", "E")

    assert breaches == [(Breach.BELOW_MINIMUM, "", 0, 0, 1)]


def test_only_those_asked_for_count_and_newcomers_never_do() -> None:
    people = (
        a_person("a", experience_years=4, competences=["venflon", "triage"]),
        a_person("b", experience_years=1, competences=["triage"]),
        a_person("c", experience_years=9, counts=False, competences=["triage"]),
    )
    demands = (
        Demand(id="all", day=0, shifts=one_of("D"), minimum=3),
        Demand(id="experienced", day=0, shifts=one_of("D"), minimum=2, who=Who(experience_at_least=3)),
        Demand(id="triage", day=0, shifts=one_of("D"), minimum=2, who=Who(competences=one_of("triage"))),
    )
    problem = a_problem(days=1, people=people, demands=demands)

    verdict = check(problem, a_roster("D", "D", "D"))

    assert [(breach.rule, breach.amount) for breach in verdict.violations] == [("all", 1), ("experienced", 1)]


def test_in_an_interval_those_count_who_are_on_duty_all_of_it() -> None:
    shifts = (DAY, a_shift("L", 7, 12), a_shift("M", 9, 6))
    demand = Demand(id="d", day=0, interval=(8 * 60, 15 * 60), minimum=3)

    breaches = seen(a_problem(days=1, shifts=shifts, people=4, demands=(demand,)), "D", "L", "M", ".")

    assert breaches == [(Breach.BELOW_MINIMUM, "", 0, 0, 1)]


def test_a_shift_that_began_the_day_before_covers_the_early_morning_also_from_the_history() -> None:
    people = (a_person("a", before="N"), a_person("b", before=""), a_person("c", before="D"))
    demands = tuple(Demand(id=f"d{day}", day=day, interval=(0, 360), minimum=1) for day in range(3))
    problem = a_problem(days=3, people=people, demands=demands)

    breaches = seen(problem, "...", ".N.", "...")

    assert breaches == [(Breach.BELOW_MINIMUM, "", 1, 1, 1)]


def test_without_a_history_nobody_covers_the_first_morning_from_the_day_before() -> None:
    demands = (Demand(id="d", day=0, interval=(0, 360), minimum=1),)

    breaches = seen(a_problem(days=1, demands=demands), "N")

    assert breaches == [(Breach.BELOW_MINIMUM, "", 0, 0, 1)]


def test_an_interval_may_reach_past_midnight() -> None:
    demand = Demand(id="d", day=0, interval=(23 * 60, 31 * 60), minimum=2)

    breaches = seen(a_problem(days=2, people=2, demands=(demand,)), "N.", "EN")

    assert breaches == [(Breach.BELOW_MINIMUM, "", 0, 0, 1)]


def test_stand_by_at_home_covers_no_interval_but_its_own_demand() -> None:
    demands = (
        Demand(id="interval", day=0, interval=(960, 1020), minimum=1),
        Demand(id="tier", day=0, shifts=one_of("S"), minimum=1),
    )

    breaches = seen(a_problem(days=1, shifts=(STANDBY,), demands=demands), "S")

    assert breaches == [(Breach.BELOW_MINIMUM, "", 0, 0, 1)]


def test_a_night_covers_its_whole_interval_when_clocks_change() -> None:
    demand = Demand(id="d", day=0, interval=(23 * 60, 31 * 60), minimum=1)
    spring = a_problem(shifts=(NIGHT,), starts_on=date(2026, 3, 28), days=1, demands=(demand,))
    autumn = a_problem(shifts=(NIGHT,), starts_on=date(2026, 10, 24), days=1, demands=(demand,))

    breaches = [seen(spring, "N"), seen(autumn, "N")]

    assert breaches == [[], []]
