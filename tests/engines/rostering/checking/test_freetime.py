from datetime import date

from robust.engines.rostering.checking import Breach
from robust.engines.rostering.rules import FreePeriod, WeeklyFree
from tests.engines.rostering.building import (
    DAY_EVENING_NIGHT,
    STANDBY,
    a_person,
    a_problem,
    a_shift,
    only,
)
from tests.engines.rostering.checking.seeing import Seen, seen

_SIX_DAYS = FreePeriod(id="W6", minutes=35 * 60)
_LONG_OR_TWO_SHORT = WeeklyFree(id="A9", long_minutes=55 * 60, short_minutes=35 * 60)
_SPRING = date(2026, 3, 28)
_AUTUMN = date(2026, 10, 24)


def _late(person: str, first_day: int, last_day: int, amount: int) -> Seen:
    return (Breach.FREE_PERIOD_TOO_LATE, person, first_day, last_day, amount)


def _weeks(person: str, *mondays: int) -> list[Seen]:
    return [(Breach.WEEK_WITHOUT_FREE_PERIOD, person, monday, monday + 6, 1) for monday in mondays]


def test_w6_at_most_six_days_between_two_free_periods_of_35_hours() -> None:
    problem = a_problem(days=14, people=2, rules=(_SIX_DAYS,))

    breaches = seen(problem, "DDDDDDDD......", "DDDDDD.DDDDDD.")

    assert breaches == [_late("a", 0, 7, 2)]


def test_w6_a_free_day_shorter_than_35_hours_does_not_end_the_stretch() -> None:
    problem = a_problem(days=8, people=2, rules=(_SIX_DAYS,))

    breaches = seen(problem, "DDDN.DDD", "DDDD.DDD")

    assert breaches == [_late("a", 0, 7, 2)]


def test_w6_days_of_the_history_count_and_those_of_the_horizon_are_charged() -> None:
    people = (a_person("a", before=".DDDDDDD"), a_person("b", before="DDDDDDDD."), a_person("c", before="DD"))
    problem = a_problem(days=5, people=people, rules=(_SIX_DAYS,))

    breaches = seen(problem, "DD...", "DD...", "DDDDD")

    assert breaches == [_late("a", -7, 1, 2), _late("c", -2, 4, 1)]


def test_w6_stand_by_at_home_does_not_end_a_free_period() -> None:
    shifts = (*DAY_EVENING_NIGHT, STANDBY)

    breaches = seen(a_problem(shifts=shifts, days=9, rules=(_SIX_DAYS,)), "DDDDDSDDD")

    assert breaches == []


def test_w6_holds_for_the_people_it_names_only() -> None:
    rule = FreePeriod(id="r", minutes=35 * 60, who=only("b"))

    breaches = seen(a_problem(people=2, rules=(rule,)), "DDDDDDD", "DDDDDDD")

    assert breaches == [_late("b", 0, 6, 1)]


def test_w6_the_spring_night_takes_an_hour_of_the_free_period() -> None:
    shifts = (a_shift("L", 12), a_shift("D", 7))
    rule = FreePeriod(id="r", minutes=35 * 60, days_between=1)
    spring = a_problem(shifts=shifts, starts_on=_SPRING, days=3, rules=(rule,))
    autumn = a_problem(shifts=shifts, starts_on=_AUTUMN, days=3, rules=(rule,))

    breaches = [seen(spring, "L.D"), seen(autumn, "L.D")]

    assert breaches == [[_late("a", 0, 2, 2)], []]


def test_w6_the_autumn_night_gives_an_hour_to_the_free_period() -> None:
    shifts = (a_shift("L", 13), a_shift("D", 7))
    rule = FreePeriod(id="r", minutes=35 * 60, days_between=1)
    autumn = a_problem(shifts=shifts, starts_on=_AUTUMN, days=3, rules=(rule,))
    week_before = a_problem(shifts=shifts, starts_on=date(2026, 10, 17), days=3, rules=(rule,))

    breaches = [seen(autumn, "L.D"), seen(week_before, "L.D")]

    assert breaches == [[], [_late("a", 0, 2, 2)]]


def test_w7_a_free_period_may_be_put_off_to_twelve_days() -> None:
    rule = FreePeriod(id="W7", minutes=35 * 60, days_between=12)

    breaches = seen(a_problem(days=14, people=2, rules=(rule,)), "DDDDDDDDDDDD..", "DDDDDDDDDDDDD.")

    assert breaches == [_late("b", 0, 12, 1)]


def test_a9_one_long_free_period_or_two_short_ones_each_week() -> None:
    people = tuple(a_person(name, before="DDDD.DD") for name in "abcd")
    problem = a_problem(days=8, people=people, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, "DDDDD..D", "DD.DD.DD", "DDDD.DDD", "DDDDDDDD")

    assert breaches == [*_weeks("c", 0), *_weeks("d", 0)]


def test_a9_a_free_period_belongs_to_the_week_of_its_last_free_day() -> None:
    people = (a_person("a", before="D"),)
    problem = a_problem(days=15, people=people, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, "DDDDDD." + ".DDDDDD" + "D")

    assert breaches == _weeks("a", 0)


def test_a9_a_long_leave_counts_in_each_week_with_what_lies_in_it() -> None:
    people = (a_person("a", before="D"), a_person("b", before="D"))
    problem = a_problem(days=22, people=people, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, "DDDDD.." + "......." + "..DDDDDD", "DDDDDDD" + "......." + ".DDDDDDD")

    assert breaches == _weeks("b", 0)


def test_a9_free_time_at_the_edges_of_what_is_known_is_taken_to_be_long() -> None:
    problem = a_problem(days=14, people=3, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, ".DDDDDD" + "DDDDDD.", "DDDDDDD" + "DDDDDDD", "......." + ".......")

    assert breaches == _weeks("b", 0, 7)


def test_a9_free_time_after_the_latest_shift_counts_in_earlier_weeks_with_what_lies_in_them() -> None:
    problem = a_problem(days=14, people=2, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, "DDDDD.." + ".......", "DDDDDD." + ".......")

    assert breaches == _weeks("b", 0)


def test_a9_free_time_before_the_first_shift_is_long_in_all_its_weeks() -> None:
    problem = a_problem(days=15, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, "......." + ".DDDDDD" + "D")

    assert breaches == []


def test_a9_only_whole_known_weeks_that_end_in_the_horizon_are_judged() -> None:
    people = (a_person("a"), a_person("b", before="DDDDDDDDDD"))
    problem = a_problem(starts_on=date(2026, 1, 8), days=9, people=people, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, "DDDDDDDDD", "DDDDDDDDD")

    assert breaches == _weeks("b", -3)


def test_a9_stand_by_at_home_is_free_time_and_who_only_stands_by_is_free() -> None:
    shifts = (*DAY_EVENING_NIGHT, STANDBY)
    problem = a_problem(shifts=shifts, days=8, people=2, rules=(_LONG_OR_TWO_SHORT,))

    breaches = seen(problem, "DDDDDSSD", "SSSSSSSS")

    assert breaches == []


def test_a9_holds_for_the_people_it_names_only() -> None:
    rule = WeeklyFree(id="r", long_minutes=55 * 60, short_minutes=35 * 60, who=only("b"))

    breaches = seen(a_problem(people=2, rules=(rule,)), "DDDDDDD", "DDDDDDD")

    assert breaches == _weeks("b", 0)


def test_a9_the_spring_night_takes_an_hour_of_the_weekend() -> None:
    shifts = (a_shift("L", 16), a_shift("D", 7))
    spring = a_problem(shifts=shifts, starts_on=date(2026, 3, 23), days=8, rules=(_LONG_OR_TWO_SHORT,))
    autumn = a_problem(shifts=shifts, starts_on=date(2026, 10, 19), days=8, rules=(_LONG_OR_TWO_SHORT,))

    breaches = [seen(spring, "DDDDL..D"), seen(autumn, "DDDDL..D")]

    assert breaches == [_weeks("a", 0), []]
