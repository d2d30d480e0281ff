from datetime import date

from robust.engines.rostering.checking import Breach
from robust.engines.rostering.rules import Run, Unit
from tests.engines.rostering.building import a_person, a_problem, one_of, only
from tests.engines.rostering.checking.seeing import seen


def test_runs_of_work_that_are_too_short_or_too_long() -> None:
    problem = a_problem(days=14, people=2, rules=(Run(id="r", minimum=2, maximum=4),))

    breaches = seen(problem, "..D..DEDEDN...", "..DD..DDDD....")

    assert breaches == [(Breach.RUN_TOO_SHORT, "a", 2, 2, 1), (Breach.RUN_TOO_LONG, "a", 5, 10, 2)]


def test_a_run_at_an_edge_is_held_to_the_maximum_but_not_to_the_minimum() -> None:
    problem = a_problem(people=2, rules=(Run(id="r", minimum=3, maximum=3),))

    breaches = seen(problem, "DD...DD", "DDDD...")

    assert breaches == [(Breach.RUN_TOO_LONG, "b", 0, 3, 1)]


def test_days_off_in_a_row_stand_alone_too() -> None:
    rule = Run(id="r", shifts=one_of("off"), minimum=2)

    breaches = seen(a_problem(people=2, rules=(rule,)), ".DD.DD.", "DD..D.D")

    assert breaches == [(Breach.RUN_TOO_SHORT, "a", 3, 3, 1), (Breach.RUN_TOO_SHORT, "b", 5, 5, 1)]


def test_advice_of_at_most_three_nights_running() -> None:
    rule = Run(id="NFA", shifts=one_of("night"), maximum=3, weight=1, who=only("a"))

    breaches = seen(a_problem(people=2, rules=(rule,)), "DNNNND.", "NNNNNNN")

    assert breaches == [(Breach.RUN_TOO_LONG, "a", 1, 4, 1)]


def test_a_run_goes_on_from_the_history_and_only_days_of_the_horizon_are_charged() -> None:
    people = (a_person("a", before=".DDDDDD"), a_person("b", before=".DDD"), a_person("c", before="DDDDD."))
    problem = a_problem(days=4, people=people, rules=(Run(id="r", maximum=4),))

    breaches = seen(problem, "DD..", "DD..", "DD..")

    assert breaches == [(Breach.RUN_TOO_LONG, "a", -6, 1, 2), (Breach.RUN_TOO_LONG, "b", -3, 1, 1)]


def test_a_run_with_a_known_beginning_in_the_history_is_held_to_the_minimum() -> None:
    people = (a_person("a", before=".D"), a_person("b", before="D"), a_person("c"))
    problem = a_problem(days=4, people=people, rules=(Run(id="r", minimum=4),))

    breaches = seen(problem, "DD..", "DD..", "DD..")

    assert breaches == [(Breach.RUN_TOO_SHORT, "a", -1, 1, 1)]


def test_a_run_that_day_0_ends_too_early_is_charged_and_one_that_the_history_ended_is_not() -> None:
    people = (a_person("a", before=".D"), a_person("b", before=".D."), a_person("c", before="D"))
    problem = a_problem(days=2, people=people, rules=(Run(id="r", minimum=3),))

    breaches = seen(problem, "..", "..", "..")

    assert breaches == [(Breach.RUN_TOO_SHORT, "a", -1, -1, 2)]


def test_weekends_in_a_row() -> None:
    rule = Run(id="r", unit=Unit.WEEKENDS, minimum=2, maximum=2)
    problem = a_problem(days=35, people=2, rules=(rule,))
    one, two = ".....D.", "......D"

    breaches = seen(problem, one + two + one + "......." * 2, "......." + one + "......." * 3)

    assert breaches == [(Breach.RUN_TOO_LONG, "a", 5, 20, 1), (Breach.RUN_TOO_SHORT, "b", 12, 13, 1)]


def test_weekends_in_a_row_go_on_from_the_history() -> None:
    rule = Run(id="r", unit=Unit.WEEKENDS, minimum=2, maximum=2)
    people = (
        a_person("a", before="......." + ".....D." + "......D"),
        a_person("b", before="......." + ".....DD" + "......."),
    )
    problem = a_problem(days=14, people=people, rules=(rule,))

    breaches = seen(problem, "......D.......", "..............")

    assert breaches == [(Breach.RUN_TOO_LONG, "a", -9, 6, 1)]


def test_a_weekend_cut_by_the_end_counts_when_worked_and_is_unknown_otherwise() -> None:
    most = Run(id="most", unit=Unit.WEEKENDS, maximum=1)
    least = Run(id="least", unit=Unit.WEEKENDS, minimum=2)
    problem = a_problem(days=20, people=2, rules=(most, least))

    breaches = seen(problem, "............" + "D......D", "............" + "D.......")

    assert breaches == [(Breach.RUN_TOO_LONG, "a", 12, 19, 1)]


def test_a_weekend_cut_by_the_beginning_counts_when_worked_and_is_unknown_otherwise() -> None:
    least = Run(id="least", unit=Unit.WEEKENDS, minimum=2)
    most = Run(id="most", unit=Unit.WEEKENDS, maximum=1)
    problem = a_problem(days=15, starts_on=date(2026, 1, 11), people=3, rules=(least, most))

    breaches = seen(problem, "......D........", "D.....D........", "D..............")

    assert breaches == [(Breach.RUN_TOO_LONG, "b", 0, 7, 1)]


def test_a_weekend_half_in_the_history_lies_in_the_horizon() -> None:
    rule = Run(id="r", unit=Unit.WEEKENDS, maximum=1)
    problem = a_problem(
        days=3, starts_on=date(2026, 1, 11), people=(a_person("a", before="D......D"),), rules=(rule,)
    )

    breaches = seen(problem, "...")

    assert breaches == [(Breach.RUN_TOO_LONG, "a", -8, 0, 1)]


def test_a_weekend_before_day_0_that_is_not_followed_by_another_is_charged() -> None:
    rule = Run(id="r", unit=Unit.WEEKENDS, minimum=2)
    people = (
        a_person("a", before="......." + ".....DD"),
        a_person("b", before="......D" + "." * 14),
    )
    problem = a_problem(days=7, people=people, rules=(rule,))

    breaches = seen(problem, ".......", ".......")

    assert breaches == [(Breach.RUN_TOO_SHORT, "a", -2, -1, 1)]
