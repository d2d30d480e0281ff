from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from robust.engines.rostering.checking import check
from robust.engines.rostering.formats import inrc2
from robust.engines.rostering.formats.inrc2 import Files
from robust.engines.rostering.problem import Demand, History, Horizon, Person, Problem, Roster, Shift, Wish
from robust.engines.rostering.rules import OFF, WORK, Count, Rule, Run, Sequence, Unit, Who
from tests.engines.rostering.building import one_of, only
from tests.engines.rostering.formats.refusing import hold_to_refusals, told_by
from tests.engines.rostering.formats.small_texts import HISTORY, QUIET_WEEK, SCENARIO, WEEK


def _group(name: str) -> Who:
    return Who(groups=one_of(name))


def _totals(*, least: bool) -> tuple[Rule, Rule]:
    return (
        Count(id="total:Full", who=_group("Full"), weight=20, minimum=6 if least else None, maximum=9),
        Count(id="total:Half", who=_group("Half"), weight=20, minimum=3 if least else None, maximum=5),
    )


def _runs(name: str, work: tuple[int | None, int], off: tuple[int | None, int]) -> tuple[Rule, Rule]:
    return (
        Run(id=f"work:{name}", who=_group(name), weight=30, minimum=work[0], maximum=work[1]),
        Run(
            id=f"off:{name}",
            who=_group(name),
            weight=30,
            shifts=one_of(OFF),
            minimum=off[0],
            maximum=off[1],
        ),
    )


def _weekends(name: str) -> Rule:
    return Count(id=f"weekends:{name}", who=_group(name), weight=30, unit=Unit.WEEKENDS, maximum=1)


def _halved_weekend(first: str, second: str) -> Rule:
    return Sequence(
        id=f"weekend:{first}-{second}:Full",
        who=_group("Full"),
        weight=30,
        shifts=(one_of(first), one_of(second)),
        weekdays=frozenset({5}),
    )


def _rules(*, night: tuple[Rule, ...] = (), least: bool) -> tuple[Rule, ...]:
    full, half = _totals(least=least)
    return (
        Count(
            id="without skill:HeadNurse", who=only("Bo", "Cia"), shifts=one_of("skill:HeadNurse"), maximum=0
        ),
        Sequence(id="after:Night", shifts=(one_of("Night"), one_of("Early"))),
        Run(id="run:Early", weight=15, shifts=one_of("Early"), minimum=2, maximum=5),
        *night,
        *_runs("Full", (2, 4), (2, 3)),
        full,
        _weekends("Full"),
        _halved_weekend(OFF, WORK),
        _halved_weekend(WORK, OFF),
        *_runs("Half", (None, 3), (None, 4)),
        half,
        _weekends("Half"),
    )


def _shift(shift_type: str, skill: str) -> Shift:
    return Shift(
        id=f"{shift_type}:{skill}",
        starts_minute=0,
        length_minutes=480,
        counted_minutes=480,
        tags=one_of(shift_type, f"skill:{skill}"),
        label=shift_type,
    )


def _demand(day: int, shift: str, least: int, optimum: int) -> Demand:
    return Demand(
        id=f"cover:{day}:{shift}",
        day=day,
        shifts=one_of(shift),
        minimum=least,
        wanted=optimum,
        under_weight=30,
    )


_PEOPLE = (
    Person(
        id="Anna",
        name="Anna",
        groups=one_of("Full"),
        competences=one_of("HeadNurse", "Nurse"),
        history=History(days=(None, "Early:HeadNurse", "Early:HeadNurse", "Night:HeadNurse")),
    ),
    Person(
        id="Bo",
        name="Bo",
        groups=one_of("Full"),
        competences=one_of("Nurse"),
        history=History(
            days=("Early:Nurse", None, None, None), carried={"total:Full": 2, "weekends:Full": 1}
        ),
    ),
    Person(id="Cia", name="Cia", groups=one_of("Half"), competences=one_of("Nurse")),
)


def test_an_instance_names_its_files() -> None:
    assert inrc2.files_of("n030w4_1_6-2-9-1") == Files(
        scenario="Sc-n030w4.txt",
        history="H0-n030w4-1.txt",
        weeks=("WD-n030w4-6.txt", "WD-n030w4-2.txt", "WD-n030w4-9.txt", "WD-n030w4-1.txt"),
    )


@pytest.mark.parametrize("name", ["", "n030w4", "n030w4_1_", "../n030w4_1_6", "n030w4_1_6-2-9-1\n"])
def test_what_is_no_instance_is_refused(name: str) -> None:
    told = told_by(lambda: inrc2.files_of(name))

    assert [(path, code) for path, code, _values in told] == [("instance", "not_an_instance")]


def test_all_weeks_become_one_problem() -> None:
    problem = inrc2.read_problem(SCENARIO, HISTORY, [QUIET_WEEK, WEEK], name="two weeks")

    assert problem == Problem(
        name="two weeks",
        horizon=Horizon(starts_on=date(2024, 1, 1), day_count=14, time_zone="UTC"),
        shifts=tuple(_shift(one, skill) for one in ("Early", "Night") for skill in ("HeadNurse", "Nurse")),
        people=_PEOPLE,
        demands=(
            _demand(8, "Early:HeadNurse", 0, 1),
            _demand(7, "Early:Nurse", 1, 1),
            _demand(13, "Early:Nurse", 0, 2),
            _demand(10, "Night:Nurse", 1, 2),
        ),
        rules=_rules(least=True),
        wishes=(
            Wish(id="off:Bo:10:work:1", person="Bo", day=10, shifts=one_of(WORK), granted=False, weight=10),
            Wish(
                id="off:Anna:13:Night:2",
                person="Anna",
                day=13,
                shifts=one_of("Night"),
                granted=False,
                weight=10,
            ),
        ),
    )


def test_the_first_week_alone_asks_for_no_least_total() -> None:
    problem = inrc2.read_week(SCENARIO, HISTORY, WEEK, name="week")

    assert (problem.horizon, problem.rules) == (
        Horizon(starts_on=date(2024, 1, 1), day_count=7, time_zone="UTC"),
        _rules(least=False),
    )


def test_the_last_week_alone_asks_for_the_least_total() -> None:
    problem = inrc2.read_week(SCENARIO, HISTORY.replace("0 n003w2", "1 n003w2"), WEEK, name="week")

    assert (problem.horizon.starts_on, problem.rules) == (date(2024, 1, 8), _rules(least=True))


def test_a_longest_run_of_a_type_that_can_be_exceeded_is_asked_for() -> None:
    scenario = SCENARIO.replace("Night (1,14)", "Night (1,6)")

    problem = inrc2.read_week(scenario, HISTORY, WEEK, name="week")

    night = Run(id="run:Night", weight=15, shifts=one_of("Night"), maximum=6)
    assert problem.rules == _rules(night=(night,), least=False)


def test_only_the_days_beyond_a_run_that_was_too_long_before_are_charged() -> None:
    """A working run of 6 where 4 are allowed was charged in the week before; a seventh day costs one more."""
    history = HISTORY.replace("Anna 0 0 Night 1 3 0", "Anna 0 0 Night 1 6 0")
    problem = inrc2.read_week(SCENARIO, history, QUIET_WEEK, name="week")
    roster = Roster(lines=(("Night:Nurse", *[None] * 6), (None,) * 7, (None,) * 7))

    costs = check(problem, roster).cost_by_rule

    assert costs == {"work:Full": 30, "off:Full": 30 * (3 + 7), "off:Half": 30 * 3}


def test_the_type_before_the_latest_is_one_that_the_latest_may_follow() -> None:
    scenario = SCENARIO.replace("Early 0", "Early 1 Night").replace(
        "SHIFT_TYPES = 2\nEarly (2,5)", "SHIFT_TYPES = 3\nEarly (2,5)\nDay (1,2)"
    )
    week = QUIET_WEEK.replace(
        "Night HeadNurse",
        "Day HeadNurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\n"
        "Day Nurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\nNight HeadNurse",
    )

    problem = inrc2.read_week(scenario, HISTORY, week, name="week")

    assert problem.people[0].history.days == (None, "Day:HeadNurse", "Day:HeadNurse", "Night:HeadNurse")


def test_what_is_wrong_in_any_file_is_told_with_its_place() -> None:
    scenario = (
        SCENARIO.replace("Night 1 Early", "Night 2 Dawn")
        .replace("Cia Half 1 Nurse", "Cia None 2 Nurse Cook Porter\nAnna Full 0")
        .replace("Early (2,5)", "Early 2-5")
        .replace("NURSES = 3", "NURSES = 4")
    )
    history = HISTORY.replace("Bo 2 1 None 0 0 5", "Bo 2 1 None 0 3 5\nBo 2 1 Dawn 1 1 0\nEve 0 0 None 0 0 1")
    week = (
        WEEK.replace("n003w2", "n004w2")
        .replace("Bo Any Thu", "Eve Dawn Today\nshort")
        .replace("Night Nurse (0,0)", "Night Cook (3,1)")
    )

    told = told_by(lambda: inrc2.read_problem(scenario, history, [week], name="bad"))

    assert told == [
        ("scenario line 10", "not_a_pair", {"found": "2-5"}),
        ("scenario line 15", "other_count", {"found": 1}),
        ("scenario line 25", "other_count", {"found": 3}),
        ("history line 6", "history_contradicts_itself", {}),
        ("history line 7", "duplicate_id", {"id": "Bo"}),
        ("week 1 line 10", "other_count", {"expected": 2, "found": 3}),
        ("week 1 line 8", "minimum_above_maximum", {"minimum": 3, "maximum": 1}),
        ("week 1 line 12", "other_width", {"expected": 3, "found": 1}),
        ("week 1 line 11", "not_a_weekday", {"found": "Today"}),
        ("scenario", "duplicate_id", {"id": "nurse Anna"}),
        ("scenario line 15", "unknown_shift_type", {"id": "Dawn"}),
        ("scenario line 25", "unknown_contract", {"id": "None"}),
        ("scenario line 25", "unknown_skill", {"id": "Cook"}),
        ("scenario line 25", "unknown_skill", {"id": "Porter"}),
        ("history line 7", "unknown_shift_type", {"id": "Dawn"}),
        ("history line 8", "unknown_nurse", {"id": "Eve"}),
        ("week 1", "other_scenario", {"expected": "n003w2", "found": "n004w2"}),
        ("week 1 line 8", "unknown_skill", {"id": "Cook"}),
        ("week 1 line 11", "unknown_nurse", {"id": "Eve"}),
        ("week 1 line 11", "unknown_shift_type", {"id": "Dawn"}),
        ("week 1", "requirement_missing", {"id": "Night:Nurse"}),
        ("weeks", "other_count", {"expected": 2, "found": 1}),
    ]


def test_a_history_without_a_nurse_is_refused() -> None:
    history = HISTORY.replace("Cia 0 0 None 0 0 0\n", "")

    told = told_by(lambda: inrc2.read_week(SCENARIO, history, WEEK, name="bad"))

    assert told == [("history", "nurse_missing", {"id": "Cia"})]


def test_files_without_their_sections_are_refused_before_anything_is_compared() -> None:
    scenario = SCENARIO.replace("SKILLS = 2\n", "SKILLS = two\nHead:Nurse\nWEEKS = 2\nthree\n")

    told = told_by(lambda: inrc2.read_problem(scenario, "words\nHISTORY\n", [], name="bad"))

    assert told == [
        ("scenario line 7", "duplicate_section", {"section": "WEEKS"}),
        ("scenario line 5", "not_a_whole_number", {"found": "two"}),
        ("scenario line 5", "other_count", {"expected": 0, "found": 1}),
        ("scenario line 7", "other_count", {"expected": 0, "found": 3}),
        ("scenario line 6", "colon_in_id", {"id": "Head:Nurse"}),
        ("history line 1", "outside_of_any_section", {}),
        ("history", "section_missing", {"section": "NURSE_HISTORY"}),
        ("history line 2", "other_count", {"expected": 1, "found": 0}),
    ]


def test_what_only_the_problem_as_a_whole_shows_is_refused_too() -> None:
    week = WEEK.replace("Early Nurse (1,1)", "Early Nurse (4,4)")

    told = told_by(lambda: inrc2.read_week(SCENARIO, HISTORY, week, name="too much"))

    assert told == [("$.demands[1].minimum", "demand_above_staff", {"minimum": 4, "staff": 3})]


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from("SHW"), cut=st.integers(0, len(SCENARIO)), junk=st.text(max_size=20))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(place: str, cut: int, junk: str) -> None:
    texts = {"S": SCENARIO, "H": HISTORY, "W": WEEK}
    for spoilt in (texts[place][:cut], texts[place][:cut] + junk + texts[place][cut:]):
        files = texts | {place: spoilt}
        hold_to_refusals(partial(inrc2.read_week, files["S"], files["H"], files["W"], name="spoilt"))
