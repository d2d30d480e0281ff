from datetime import date

from robust.engines.rostering.checking import Breach
from robust.engines.rostering.rules import Count, Unit, Window
from tests.engines.rostering.building import (
    DAY,
    NIGHT,
    STANDBY,
    a_person,
    a_problem,
    a_shift,
    one_of,
    only,
)
from tests.engines.rostering.checking.seeing import seen

_WEEKS = Window(every_days=7)


def test_a_period_with_too_many_or_too_few_shifts() -> None:
    problem = a_problem(people=3, days=5, rules=(Count(id="c", minimum=2, maximum=3),))

    breaches = seen(problem, "DDDDD", "D....", "DE...")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 4, 2), (Breach.TOO_FEW, "b", 0, 4, 1)]


def test_only_the_named_shifts_and_people_count() -> None:
    rule = Count(id="c", shifts=one_of("night"), maximum=1, who=only("b"))

    breaches = seen(a_problem(people=2, days=3, rules=(rule,)), "NNN", "NND")

    assert breaches == [(Breach.TOO_MANY, "b", 0, 2, 1)]


def test_a_rule_for_nobody_is_kept() -> None:
    problem = a_problem(days=2, rules=(Count(id="c", maximum=0, who=only("nobody")),))

    breaches = seen(problem, "DD")

    assert breaches == []


def test_days_off_are_counted_by_their_word() -> None:
    problem = a_problem(days=5, rules=(Count(id="c", shifts=one_of("off"), minimum=3),))

    breaches = seen(problem, "DDD..")

    assert breaches == [(Breach.TOO_FEW, "a", 0, 4, 1)]


def test_a_window_from_one_day_to_another() -> None:
    rule = Count(id="c", maximum=0, window=Window(from_day=2, to_day=4))

    breaches = seen(a_problem(days=6, rules=(rule,)), "DDD.DD")

    assert breaches == [(Breach.TOO_MANY, "a", 2, 3, 1)]


def test_a_window_without_days_holds_nothing() -> None:
    rule = Count(id="c", minimum=1, window=Window(from_day=3, to_day=3))

    breaches = seen(a_problem(days=6, rules=(rule,)), "......")

    assert breaches == []


def test_each_week_is_counted_by_itself_and_a_cut_week_has_no_minimum() -> None:
    rule = Count(id="c", minimum=2, maximum=4, window=_WEEKS)

    breaches = seen(a_problem(people=2, days=17, rules=(rule,)), "DDDDD..D.........", "DD.....DD.....DDD")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 6, 1), (Breach.TOO_FEW, "a", 7, 13, 1)]


def test_calendar_weeks_begin_before_the_horizon_with_what_is_carried() -> None:
    rule = Count(id="c", maximum=3, window=Window(from_day=-2, every_days=7))
    people = (a_person("a", before="DD", carried={"c": 1}),)
    problem = a_problem(days=12, starts_on=date(2026, 1, 7), people=people, rules=(rule,))

    breaches = seen(problem, "DDD..DDD....")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 4, 1)]


def test_stretches_wholly_before_the_horizon_are_passed_over() -> None:
    rule = Count(id="c", maximum=1, window=Window(from_day=-14, every_days=7))
    people = (a_person("a", carried={"c": 1}),)

    breaches = seen(a_problem(people=people, rules=(rule,)), "D......")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 6, 1)]


def test_what_the_history_carried_counts_in_the_first_window_only() -> None:
    rule = Count(id="c", maximum=3, window=_WEEKS)
    problem = a_problem(days=14, people=(a_person("a", carried={"c": 2, "other": 9}),), rules=(rule,))

    breaches = seen(problem, "DD.....DD.....")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 6, 1)]


def test_a_rolling_window_counts_every_stretch() -> None:
    rule = Count(id="c", maximum=2, window=Window(every_days=3, rolling=True))

    breaches = seen(a_problem(days=7, rules=(rule,)), ".DDDD..")

    assert breaches == [(Breach.TOO_MANY, "a", 1, 3, 1), (Breach.TOO_MANY, "a", 2, 4, 1)]


def test_a_rolling_window_looks_back_into_the_days_of_the_history_not_at_what_is_carried() -> None:
    rule = Count(id="c", maximum=2, window=Window(every_days=3, rolling=True))
    people = (a_person("a", before="DDDD"), a_person("b", before="D", carried={"c": 5}))

    breaches = seen(a_problem(days=2, people=people, rules=(rule,)), "D.", "D.")

    assert breaches == [(Breach.TOO_MANY, "a", -2, 0, 1)]


def test_a_rolling_minimum_is_held_where_all_days_are_known() -> None:
    rule = Count(id="c", shifts=one_of("off"), minimum=1, window=Window(every_days=3, rolling=True))
    people = (a_person("a", before="DD"), a_person("b", before="D"))

    breaches = seen(a_problem(days=2, people=people, rules=(rule,)), "D.", "D.")

    assert breaches == [(Breach.TOO_FEW, "a", -2, 0, 1)]


def test_a_rolling_window_that_begins_later_does_not_look_before_its_first_day() -> None:
    window = Window(from_day=2, to_day=6, every_days=3, rolling=True)
    rules = (Count(id="most", maximum=1, window=window), Count(id="least", minimum=1, window=window))

    breaches = [seen(a_problem(rules=rules), "DDD...D"), seen(a_problem(rules=rules), "..DD...")]

    assert breaches == [
        [(Breach.TOO_FEW, "a", 3, 5, 1)],
        [(Breach.TOO_MANY, "a", 2, 3, 1), (Breach.TOO_MANY, "a", 2, 4, 1)],
    ]


def test_begun_steps_are_charged() -> None:
    rules = (
        Count(id="hours", unit=Unit.MINUTES, maximum=600, step=60, weight=3),
        Count(id="least", unit=Unit.MINUTES, minimum=1000, step=60, weight=3),
    )

    breaches = seen(a_problem(days=2, people=2, rules=rules), "DD", "DD")

    assert breaches == [
        (Breach.TOO_MANY, "a", 0, 1, 6),
        (Breach.TOO_MANY, "b", 0, 1, 6),
        (Breach.TOO_FEW, "a", 0, 1, 1),
        (Breach.TOO_FEW, "b", 0, 1, 1),
    ]


def test_w8_forty_eight_hours_a_week_on_average() -> None:
    four_weeks = Count(id="W8", unit=Unit.MINUTES, maximum=4 * 48 * 60)
    twelve = a_shift("L", 7, 12)

    problem = a_problem(shifts=(twelve,), days=28, people=2, rules=(four_weeks,))

    assert seen(problem, "LLLL..." * 4, "LLLL..." * 3 + "LLLLL..") == [(Breach.TOO_MANY, "b", 0, 27, 720)]


def test_w10_a_night_workers_average_of_eight_hours_a_day_leaves_the_weekly_free_day_out() -> None:
    week = Count(id="W10", unit=Unit.MINUTES, maximum=6 * 8 * 60, window=_WEEKS)
    problem = a_problem(shifts=(a_shift("N", 22, 10, tags=["night"]),), people=2, rules=(week,))

    breaches = seen(problem, "NN.NN..", "NNN.NN.")

    assert breaches == [(Breach.TOO_MANY, "b", 0, 6, 120)]


def test_a_night_with_a_change_of_clocks_counts_its_real_length() -> None:
    rule = Count(id="c", unit=Unit.MINUTES, minimum=480, maximum=480)
    spring = a_problem(starts_on=date(2026, 3, 28), days=1, rules=(rule,))
    autumn = a_problem(starts_on=date(2026, 10, 24), days=1, rules=(rule,))
    ordinary = a_problem(starts_on=date(2026, 10, 23), days=1, rules=(rule,))

    breaches = [seen(spring, "N"), seen(autumn, "N"), seen(ordinary, "N")]

    assert breaches == [[(Breach.TOO_FEW, "a", 0, 0, 60)], [(Breach.TOO_MANY, "a", 0, 0, 60)], []]


def test_minutes_that_a_shift_is_said_to_count_stand_above_its_length() -> None:
    rule = Count(id="c", unit=Unit.MINUTES, maximum=480)
    counted = a_shift("N", 23, counted_minutes=500)
    problem = a_problem(
        shifts=(counted, STANDBY), starts_on=date(2026, 3, 28), people=2, days=1, rules=(rule,)
    )

    breaches = seen(problem, "N", "S")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 0, 20)]


def test_a_weekend_counts_once_for_its_saturday_or_its_sunday() -> None:
    rule = Count(id="c", unit=Unit.WEEKENDS, maximum=1)
    problem = a_problem(shifts=(DAY, NIGHT), days=21, people=3, rules=(rule,))

    breaches = seen(
        problem,
        ".....DD" + "DDDDD.." + ".......",
        ".....D." + "......D" + "DDDDD..",
        "......D" + "......." + ".....DD",
    )

    assert breaches == [(Breach.TOO_MANY, "b", 0, 20, 1), (Breach.TOO_MANY, "c", 0, 20, 1)]


def test_only_weekends_with_the_named_shifts_count() -> None:
    rule = Count(id="c", unit=Unit.WEEKENDS, shifts=one_of("night"), maximum=0)

    breaches = seen(a_problem(people=2, rules=(rule,)), ".....ND", "....NDD")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 6, 1)]


def test_a_sunday_alone_in_a_window_is_a_weekend() -> None:
    rule = Count(id="c", unit=Unit.WEEKENDS, maximum=0, window=Window(from_day=6))

    breaches = seen(a_problem(people=2, days=8, rules=(rule,)), ".....DD.", ".....D.D")

    assert breaches == [(Breach.TOO_MANY, "a", 6, 7, 1)]


def test_a_horizon_that_begins_on_a_sunday_counts_that_sunday() -> None:
    rule = Count(id="c", unit=Unit.WEEKENDS, maximum=0)
    people = (a_person("a", before="D"), a_person("b", before="D"))
    problem = a_problem(starts_on=date(2026, 1, 11), days=2, people=people, rules=(rule,))

    breaches = seen(problem, "D.", ".D")

    assert breaches == [(Breach.TOO_MANY, "a", 0, 1, 1)]


def test_rolling_weekends_look_back_too() -> None:
    rule = Count(id="c", unit=Unit.WEEKENDS, maximum=1, window=Window(every_days=14, rolling=True))
    problem = a_problem(days=7, people=(a_person("a", before=".....D."),), rules=(rule,))

    breaches = seen(problem, "......D")

    assert breaches == [(Breach.TOO_MANY, "a", -7, 6, 1)]
