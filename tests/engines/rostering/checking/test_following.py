from datetime import date

import pytest

from robust.engines.rostering.checking import Breach
from robust.engines.rostering.rules import Rest, Sequence
from tests.engines.rostering.building import (
    DAY,
    DAY_EVENING_NIGHT,
    EVENING,
    NIGHT,
    STANDBY,
    a_person,
    a_problem,
    a_shift,
    one_of,
    only,
)
from tests.engines.rostering.checking.seeing import seen

_NIGHT_THEN_DAY = Sequence(id="night then day", shifts=(one_of("night"), one_of("D")))
_COMPLETE_WEEKENDS = (
    Sequence(id="sunday alone", shifts=(one_of("off"), one_of("work")), weekdays=frozenset({5})),
    Sequence(id="saturday alone", shifts=(one_of("work"), one_of("off")), weekdays=frozenset({5})),
)
_ELEVEN_HOURS = Rest(id="rest", minutes=11 * 60)  # W1
_EIGHT_TWICE_A_WEEK = Rest(id="rest", minutes=11 * 60, reduced_minutes=8 * 60)  # W3
_SPRING = date(2026, 3, 28)  # the Saturday before clocks go forward
_AUTUMN = date(2026, 10, 24)  # the Saturday before clocks go back


def test_a_forbidden_succession_is_found_each_time() -> None:
    problem = a_problem(people=2, rules=(_NIGHT_THEN_DAY,))

    breaches = seen(problem, "ND.ND..", "N.DEDDN")

    assert breaches == [
        (Breach.FORBIDDEN_SEQUENCE, "a", 0, 1, 1),
        (Breach.FORBIDDEN_SEQUENCE, "a", 3, 4, 1),
    ]


def test_a_forbidden_sequence_holds_for_the_people_it_names_only() -> None:
    rule = Sequence(id="r", shifts=_NIGHT_THEN_DAY.shifts, who=only("b"))

    breaches = seen(a_problem(people=2, rules=(rule,)), "ND.....", ".ND....")

    assert breaches == [(Breach.FORBIDDEN_SEQUENCE, "b", 1, 2, 1)]


def test_a_longer_sequence_asks_for_two_free_days_after_nights() -> None:
    rule = Sequence(id="r", shifts=(one_of("night"), one_of("off"), one_of("work")))

    breaches = seen(a_problem(people=2, rules=(rule,)), "NN.D...", "NN..D..")

    assert breaches == [(Breach.FORBIDDEN_SEQUENCE, "a", 1, 3, 1)]


def test_any_stands_for_each_known_day() -> None:
    rule = Sequence(id="r", shifts=(one_of("any"), one_of("N")))

    breaches = seen(a_problem(days=3, rules=(rule,)), "N.N")

    assert breaches == [(Breach.FORBIDDEN_SEQUENCE, "a", 1, 2, 1)]


def test_half_a_weekend_is_found_from_its_saturday() -> None:
    problem = a_problem(people=3, rules=_COMPLETE_WEEKENDS)

    breaches = seen(problem, "D.D.D.D", ".D.D.D.", "DD...DD")

    assert breaches == [
        (Breach.FORBIDDEN_SEQUENCE, "a", 5, 6, 1),
        (Breach.FORBIDDEN_SEQUENCE, "b", 5, 6, 1),
    ]


def test_a_sequence_that_began_in_the_history_counts_when_it_ends_in_the_horizon() -> None:
    people = (a_person("a", before="ND.N"), a_person("b", before="."))
    problem = a_problem(days=2, people=people, rules=(_NIGHT_THEN_DAY,))

    breaches = seen(problem, "D.", "DN")

    assert breaches == [(Breach.FORBIDDEN_SEQUENCE, "a", -1, 0, 1)]


def test_a_sequence_longer_than_all_that_is_known_is_never_found() -> None:
    rule = Sequence(id="r", shifts=(one_of("D"),) * 4)

    breaches = seen(a_problem(days=2, rules=(rule,)), "DD")

    assert breaches == []


def test_w1_eleven_hours_of_rest_between_shifts() -> None:
    problem = a_problem(people=2, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "ED.D...", "DE.NN.D")

    assert breaches == [(Breach.REST_TOO_SHORT, "a", 0, 1, 1)]


def test_w1_rest_reaches_over_free_days_for_long_shifts() -> None:
    duty = a_shift("L", 8, 40)
    problem = a_problem(shifts=(DAY, duty), days=4, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "L.D.")

    assert breaches == [(Breach.REST_TOO_SHORT, "a", 0, 2, 1)]


def test_w1_shifts_that_overlap_have_no_rest() -> None:
    problem = a_problem(shifts=(DAY, a_shift("L", 20, 16)), days=2, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "LD")

    assert breaches == [(Breach.REST_TOO_SHORT, "a", 0, 1, 1)]


def test_w1_rest_after_the_latest_shift_of_the_history() -> None:
    people = (a_person("a", before="EDE"), a_person("b", before="E."))
    problem = a_problem(days=1, people=people, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "D", "D")

    assert breaches == [(Breach.REST_TOO_SHORT, "a", -1, 0, 1)]


def test_w1_the_spring_night_takes_an_hour_of_rest() -> None:
    shifts = (EVENING, a_shift("T", 10))
    problem = a_problem(shifts=shifts, starts_on=_SPRING, days=2, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "ET")

    assert breaches == [(Breach.REST_TOO_SHORT, "a", 0, 1, 1)]


@pytest.mark.parametrize("starts_on", [date(2026, 3, 21), _AUTUMN])
def test_w1_the_same_rest_is_enough_on_other_nights(starts_on: date) -> None:
    shifts = (EVENING, a_shift("T", 10))
    problem = a_problem(shifts=shifts, starts_on=starts_on, days=2, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "ET")

    assert breaches == []


def test_w1_the_autumn_night_gives_an_hour_of_rest() -> None:
    shifts = (EVENING, a_shift("T", 9))
    autumn = a_problem(shifts=shifts, starts_on=_AUTUMN, days=2, rules=(_ELEVEN_HOURS,))
    week_before = a_problem(shifts=shifts, starts_on=date(2026, 10, 17), days=2, rules=(_ELEVEN_HOURS,))

    breaches = [seen(autumn, "ET"), seen(week_before, "ET")]

    assert breaches == [[], [(Breach.REST_TOO_SHORT, "a", 0, 1, 1)]]


def test_w1_a_night_that_ends_after_the_change_of_clocks_ends_at_its_clock_time() -> None:
    shifts = (NIGHT, a_shift("T", 18))
    problem = a_problem(shifts=shifts, starts_on=_SPRING, days=2, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "NT")

    assert breaches == []


def test_w2_shift_operation_may_cut_every_rest_to_eight_hours() -> None:
    problem = a_problem(days=4, rules=(Rest(id="rest", minutes=8 * 60),))

    breaches = seen(problem, "EDED")

    assert breaches == []


def test_w3_rest_may_be_cut_to_eight_hours_twice_a_week() -> None:
    problem = a_problem(rules=(_EIGHT_TWICE_A_WEEK,))

    breaches = seen(problem, "ED.ED..")

    assert breaches == []


def test_w3_the_third_cut_in_a_calendar_week_is_too_much() -> None:
    problem = a_problem(days=14, rules=(_EIGHT_TWICE_A_WEEK,))

    breaches = seen(problem, "EDEDED.ED.ED..")

    assert breaches == [(Breach.REST_CUT_TOO_OFTEN, "a", 4, 5, 1)]


def test_w3_cuts_are_counted_for_each_person_and_in_the_history_of_the_week() -> None:
    people = (a_person("a", before="EDED"), a_person("b", before=".E"))
    problem = a_problem(days=3, starts_on=date(2026, 1, 9), people=people, rules=(_EIGHT_TWICE_A_WEEK,))

    breaches = seen(problem, ".ED", "DED")

    assert breaches == [(Breach.REST_CUT_TOO_OFTEN, "a", 1, 2, 1)]


def test_w3_a_cut_belongs_to_the_week_of_the_later_shift() -> None:
    people = (a_person("a", before="ED.ED.E"),)
    problem = a_problem(days=6, people=people, rules=(_EIGHT_TWICE_A_WEEK,))

    breaches = seen(problem, "D.ED.E")

    assert breaches == []


def test_w3_two_cuts_must_not_follow_each_other() -> None:
    middle = a_shift("M", 15, 7)  # ends at 22, so that a day shift before and after leaves nine hours
    shifts = (a_shift("D", 7, 0.5), middle, a_shift("X", 7, 1))
    rule = Rest(id="rest", minutes=24 * 60, reduced_minutes=8 * 60, reduced_per_week=5)
    problem = a_problem(shifts=shifts, days=4, rules=(rule,))

    breaches = [seen(problem, "MDD."), seen(problem, "MXM."), seen(problem, "MX.M")]

    assert breaches == [
        [(Breach.REST_CUT_TWICE_RUNNING, "a", 1, 2, 1)],
        [],
        [],
    ]


def test_w3_a_cut_below_eight_hours_is_too_short_and_counts_as_a_cut() -> None:
    shifts = (*DAY_EVENING_NIGHT, a_shift("B", 6))
    problem = a_problem(shifts=shifts, days=3, rules=(_EIGHT_TWICE_A_WEEK,))

    breaches = seen(problem, "EBN")

    assert breaches == [(Breach.REST_TOO_SHORT, "a", 0, 1, 1)]


def test_w3_none_may_be_cut_where_the_allowance_is_none() -> None:
    rule = Rest(id="rest", minutes=11 * 60, reduced_minutes=8 * 60, reduced_per_week=0)

    breaches = seen(a_problem(people=2, days=2, rules=(rule,)), "ED", "DD")

    assert breaches == [(Breach.REST_CUT_TOO_OFTEN, "a", 0, 1, 1)]


def test_w5_stand_by_at_home_does_not_break_rest() -> None:
    shifts = (*DAY_EVENING_NIGHT, STANDBY)
    problem = a_problem(shifts=shifts, people=2, days=3, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, "DSD", "ESD")

    assert breaches == []


def test_rest_of_one_person_is_not_mixed_with_that_of_the_next() -> None:
    problem = a_problem(people=2, days=2, rules=(_ELEVEN_HOURS,))

    breaches = seen(problem, ".E", "D.")

    assert breaches == []
