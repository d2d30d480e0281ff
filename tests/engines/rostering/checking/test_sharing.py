from robust.engines.rostering.checking import Breach, check
from robust.engines.rostering.problem import Demand
from robust.engines.rostering.rules import Fairness, Unit, Who
from tests.engines.rostering.building import a_person, a_problem, a_roster, a_shift, one_of, only, some_people
from tests.engines.rostering.checking.seeing import seen


def _nights(total: int | None = None, **more: int) -> Fairness:
    return Fairness(id="nights", shifts=one_of("N"), total=total, weight=2, **more)


def test_each_person_has_an_equal_share_of_the_total() -> None:
    problem = a_problem(people=3, rules=(_nights(6),))

    breaches = seen(problem, "NNNN...", "NN.....", "DD.....")

    assert breaches == [(Breach.ABOVE_SHARE, "a", 0, 6, 2), (Breach.BELOW_SHARE, "c", 0, 6, 2)]


def test_the_cost_is_the_weight_times_the_squared_distance() -> None:
    problem = a_problem(people=2, rules=(_nights(4),))

    verdict = check(problem, a_roster("NNNNN..", "N......"))

    assert verdict.cost_by_person == {"a": 2 * 3 * 3, "b": 2 * 1 * 1}
    assert verdict.lawful


def test_distances_are_tolerated_and_counted_in_begun_steps() -> None:
    problem = a_problem(people=4, rules=(_nights(8, tolerance=1, step=2),))

    breaches = seen(problem, "NNN....", "NNNN...", "NNNNNN.", "N......")

    assert breaches == [(Breach.ABOVE_SHARE, "b", 0, 6, 1), (Breach.ABOVE_SHARE, "c", 0, 6, 2)]


def test_shares_follow_the_contracts() -> None:
    people = (a_person("a", contract_share=1.0), a_person("b", contract_share=0.5))
    problem = a_problem(people=people, rules=(_nights(6),))

    breaches = seen(problem, "NNNN...", "NNN....")

    assert breaches == [(Breach.ABOVE_SHARE, "b", 0, 6, 1)]


def test_a_target_that_lies_halfway_goes_up() -> None:
    problem = a_problem(people=2, rules=(_nights(5),))

    breaches = seen(problem, "NNN....", "NN.....")

    assert breaches == [(Breach.BELOW_SHARE, "b", 0, 6, 1)]


def test_who_carries_more_from_earlier_periods_gets_less_now_but_never_below_nothing() -> None:
    people = (a_person("a", carried={"nights": 5}), a_person("b", carried={"nights": -1}), a_person("c"))
    problem = a_problem(people=people, rules=(_nights(5),))

    breaches = seen(problem, ".......", "NNNN...", "NNN....")

    assert breaches == []


def test_without_contract_shares_the_target_is_nothing() -> None:
    people = (a_person("a", contract_share=0.0),)
    problem = a_problem(people=people, rules=(_nights(3),))

    breaches = seen(problem, "N......")

    assert breaches == [(Breach.ABOVE_SHARE, "a", 0, 6, 1)]


def test_only_those_whom_the_rule_chooses_share() -> None:
    rule = Fairness(id="nights", shifts=one_of("N"), total=4, weight=2, who=only("a", "b"))

    breaches = seen(a_problem(people=3, rules=(rule,)), "NN.....", "NN.....", "NNNNNNN")

    assert breaches == []


def _demand(day: int, shifts: frozenset[str], *, wanted: int | None = None, **more: int | Who) -> Demand:
    return Demand(id="x", day=day, shifts=shifts, wanted=wanted, **more)


def test_the_whole_is_what_the_demands_want_or_at_least_need() -> None:
    demands = (
        _demand(0, one_of("N"), wanted=2, minimum=1),
        _demand(1, one_of("night"), minimum=2),
        _demand(1, one_of("N"), minimum=1, who=Who(experience_at_least=3)),
        _demand(1, one_of("N"), minimum=1),
        _demand(2, one_of("N", "E"), minimum=9),
        Demand(id="x", day=3, interval=(0, 60), minimum=9),
    )
    problem = a_problem(people=2, rules=(_nights(),), demands=demands)

    costs = check(problem, a_roster("NN.....", "NN.....")).cost_by_person

    assert costs == {}


def test_demands_for_exactly_those_who_share_come_before_demands_for_anyone() -> None:
    nurses = Who(groups=one_of("nurse"))
    people = (a_person("a", groups=["nurse"]), a_person("b", groups=["nurse"]))
    demands = (_demand(0, one_of("N"), minimum=6), _demand(0, one_of("N"), minimum=2, who=nurses))
    rule = Fairness(id="nights", shifts=one_of("N"), who=nurses, weight=1)

    costs = check(a_problem(people=people, rules=(rule,), demands=demands), a_roster("N......", "N......"))

    assert costs.cost_by_person == {}


def test_the_whole_of_minutes_takes_the_mean_length_of_the_shifts_that_are_asked_for() -> None:
    rule = Fairness(id="hours", unit=Unit.MINUTES, weight=1)
    shifts = (a_shift("D", 7, 8), a_shift("L", 7, 12))
    problem = a_problem(
        shifts=shifts, people=2, rules=(rule,), demands=(_demand(0, one_of("D", "L"), wanted=2),)
    )

    breaches = seen(problem, "D......", "L......")

    assert breaches == [(Breach.BELOW_SHARE, "a", 0, 6, 120), (Breach.ABOVE_SHARE, "b", 0, 6, 120)]


def test_the_whole_of_minutes_for_shifts_that_nothing_is_called_is_nothing() -> None:
    rule = Fairness(id="hours", unit=Unit.MINUTES, weight=1)
    problem = a_problem(people=1, rules=(rule,), demands=(_demand(0, one_of("unheard of"), wanted=2),))

    breaches = seen(problem, ".......")

    assert breaches == []


def test_the_whole_of_weekends_is_half_of_what_saturdays_and_sundays_want() -> None:
    rule = Fairness(id="weekends", unit=Unit.WEEKENDS, weight=1)
    demands = tuple(_demand(day, one_of("D"), wanted=2) for day in range(14))
    problem = a_problem(days=14, people=some_people(4), rules=(rule,), demands=demands)

    breaches = seen(
        problem, ".....DD" + ".......", "......." + "......D", ".....DD" + ".....DD", "DDDDD.." + "......."
    )

    assert breaches == [(Breach.ABOVE_SHARE, "c", 0, 13, 1), (Breach.BELOW_SHARE, "d", 0, 13, 1)]
