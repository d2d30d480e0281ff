from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from robust.engines.rostering.formats import curtois
from robust.engines.rostering.problem import (
    Demand,
    Fixed,
    Horizon,
    Person,
    Problem,
    Roster,
    Shift,
    Wish,
)
from robust.engines.rostering.rules import OFF, Count, Run, Sequence, Unit
from tests.engines.rostering.building import a_problem, a_roster, one_of, only
from tests.engines.rostering.formats.refusing import hold_to_refusals, told_by
from tests.engines.rostering.formats.small_texts import CURTOIS


def test_an_instance_is_read_with_equal_limits_in_one_rule() -> None:
    problem = curtois.read_problem(CURTOIS, name="two")

    assert problem == Problem(
        name="two",
        horizon=Horizon(starts_on=date(2024, 1, 1), day_count=7, time_zone="UTC"),
        shifts=(
            Shift(id="D", starts_minute=0, length_minutes=480, counted_minutes=480),
            Shift(id="N", starts_minute=0, length_minutes=600, counted_minutes=600),
        ),
        people=(Person(id="A", name="A"), Person(id="B", name="B")),
        demands=tuple(
            Demand(
                id=f"cover:{day}:{shift}",
                day=day,
                shifts=one_of(shift),
                wanted=wanted,
                under_weight=under,
                over_weight=over,
            )
            for day in range(7)
            for shift, wanted, under, over in (("D", 1, 100, 1), ("N", day % 2, 50, 2))
        ),
        rules=(
            Sequence(id="after:N", shifts=(one_of("N"), one_of("D"))),
            Count(id="most:N:0", who=only("A"), shifts=one_of("N"), maximum=0),
            Count(id="minutes:960-2400", unit=Unit.MINUTES, minimum=960, maximum=2400),
            Run(id="work:2-5", who=only("A"), minimum=2, maximum=5),
            Run(id="off:2", who=only("A"), shifts=one_of(OFF), minimum=2),
            Count(id="weekends:0", who=only("A"), unit=Unit.WEEKENDS, maximum=0),
            Count(id="most:D:3", who=only("B"), shifts=one_of("D"), maximum=3),
        ),
        wishes=(
            Wish(id="on:A:2:D", person="A", day=2, shifts=one_of("D"), weight=2),
            Wish(id="on:A:2:D:2", person="A", day=2, shifts=one_of("D"), weight=1),
            Wish(id="off:B:3:N", person="B", day=3, shifts=one_of("N"), granted=False, weight=4),
        ),
        fixed=(
            Fixed(person="A", day=0, shifts=one_of(OFF), why="day off"),
            Fixed(person="A", day=1, shifts=one_of(OFF), why="day off"),
        ),
    )


def test_all_that_does_not_fit_is_told_with_its_line() -> None:
    text = (
        CURTOIS.replace("N,600,D", "N,600,X\nD,1,")
        .replace("A,D=7|N=0,2400,960,5,2", "A,D=7|X=0,960,2400,2,5")
        .replace("A,0,1", "Z,0,7")
        .replace("B,3,N,4", "Z,9,X,4")
        .replace("6,D,1,100,1\n6,N,0,50,2\n", "0,D,1,100,1\n7,X,1,1,1\n")
    )

    told = told_by(lambda: curtois.read_problem(text, name="bad"))

    assert told == [
        ("line 8", "duplicate_id", {"id": "D"}),
        ("line 7", "unknown_shift", {"id": "X"}),
        ("line 11", "unknown_shift", {"id": "X"}),
        ("line 11", "minimum_above_maximum", {"minimum": 2400, "maximum": 960}),
        ("line 11", "minimum_above_maximum", {"minimum": 5, "maximum": 2}),
        ("line 15", "unknown_person", {"id": "Z"}),
        ("line 15", "outside_of_horizon", {"day": 7}),
        ("line 22", "unknown_person", {"id": "Z"}),
        ("line 22", "unknown_shift", {"id": "X"}),
        ("line 22", "outside_of_horizon", {"day": 9}),
        ("line 37", "duplicate_cover", {"day": 0, "shift": "D"}),
        ("line 38", "unknown_shift", {"id": "X"}),
        ("line 38", "outside_of_horizon", {"day": 7}),
        ("SECTION_COVER", "cover_missing", {"day": 6, "shift": "D", "count": 2}),
    ]


def test_lines_that_cannot_be_read_are_told() -> None:
    text = (
        "stray\nSECTION_HORIZON\nseven\nSECTION_SHIFTS\n,480,\nD,480\nSECTION_STAFF\nA,D,1,1,1,1,1,1\n"
        "B,,1,1,1,1,1,1\nSECTION_HOLIDAYS\nwhatever\nSECTION_SHIFTS\nN,480,\n"
    )

    told = told_by(lambda: curtois.read_problem(text, name="bad"))

    assert told == [
        ("line 1", "outside_of_any_section", {}),
        ("line 3", "unreadable", {"section": "SECTION_HORIZON"}),
        ("line 5", "unreadable", {"section": "SECTION_SHIFTS"}),
        ("line 6", "unreadable", {"section": "SECTION_SHIFTS"}),
        ("line 8", "unreadable", {"section": "SECTION_STAFF"}),
        ("line 10", "unknown_section", {"section": "SECTION_HOLIDAYS"}),
        ("line 12", "duplicate_section", {"section": "SECTION_SHIFTS"}),
        ("SECTION_COVER", "section_missing", {}),
    ]


def test_a_horizon_of_two_lines_is_refused() -> None:
    told = told_by(
        lambda: curtois.read_problem(
            CURTOIS.replace("7\n\nSECTION_SHIFTS", "7\n7\n\nSECTION_SHIFTS"), name="two"
        )
    )

    assert told == [("SECTION_HORIZON", "one_line_needed", {"found": 2})]


def test_a_file_without_a_section_is_refused_before_anything_is_compared() -> None:
    told = told_by(lambda: curtois.read_problem(CURTOIS.partition("SECTION_COVER")[0], name="cut"))

    assert told == [("SECTION_COVER", "section_missing", {})]


@pytest.mark.parametrize(
    ("days", "code", "values"),
    [("0", "empty_horizon", {}), ("401", "horizon_too_long", {"value": 401, "most": 400})],
)
def test_a_horizon_without_days_or_with_too_many_is_refused(
    days: str, code: str, values: dict[str, int]
) -> None:
    text = (
        f"SECTION_HORIZON\n{days}\nSECTION_SHIFTS\nD,480,\nSECTION_STAFF\nA,D=7,9,0,5,1,1,1\nSECTION_COVER\n"
    )

    told = told_by(lambda: curtois.read_problem(text, name="none"))

    assert told == [("line 2", code, values)]


def test_what_only_the_problem_as_a_whole_shows_is_refused_too() -> None:
    told = told_by(
        lambda: curtois.read_problem(CURTOIS.replace("D,1,100,1", "D,1,100000000,1"), name="heavy")
    )

    assert told == [
        (f"$.demands[{2 * day}].under_weight", "too_heavy", {"value": "100000000", "most": 10**7})
        for day in range(7)
    ]


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(CURTOIS)), junk=st.text(max_size=20))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(cut: int, junk: str) -> None:
    for text in (CURTOIS[:cut], CURTOIS[:cut] + junk + CURTOIS[cut:]):
        hold_to_refusals(partial(curtois.read_problem, text, name="spoilt"))


def test_a_roster_is_written_as_it_was_read() -> None:
    problem = a_problem(days=3, people=2)
    text = "D,,N\n,,\n"

    roster = curtois.read_roster(text, problem)

    assert roster == a_roster("D.N", "...")
    assert curtois.write_roster(problem, roster) == text


def test_a_roster_of_other_people_days_or_shifts_is_refused() -> None:
    problem = a_problem(days=2, people=3)

    told = told_by(lambda: curtois.read_roster("D,N,D\nX,D\n", problem))

    assert told == [
        ("$", "other_count", {"expected": 3, "found": 2}),
        ("line 1", "other_count", {"expected": 2, "found": 3}),
        ("line 2 column 1", "unknown_shift", {"id": "X"}),
    ]


def test_an_office_programs_line_ends_do_no_harm() -> None:
    roster = curtois.read_roster("D,\r\n,N\r\n", a_problem(days=2, people=2))

    assert roster == Roster(lines=(("D", None), (None, "N")))
