import json
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from robust.engines.rostering.formats import own
from robust.engines.rostering.problem import Demand, Horizon, Person, Problem, Published, Roster, Shift, Wish
from robust.engines.rostering.problem_checks import check_problem
from robust.engines.rostering.rules import Basis, FreePeriod, Rest, Sequence
from tests.engines.rostering.building import MONDAY, a_person, a_problem, a_roster, one_of
from tests.engines.rostering.formats.refusing import Told, hold_to_refusals, told_by
from tests.engines.rostering.formats.strategies import problems, rosters

SMALL = """{
  "version": 1,
  "name": "A8",
  "horizon": {"starts_on": "2026-01-05", "day_count": 14},
  "shifts": [
    {"id": "D", "starts_minute": "07:15", "length_minutes": "8:15"},
    {"id": "N", "starts_minute": 1380, "length_minutes": 495, "tags": ["night"]}
  ],
  "people": [{"id": "anna", "name": "Anna Å"}, {"id": "bo"}],
  "demands": [
    {"id": "day", "every_day": true, "shifts": ["D"], "minimum": 1},
    {"id": "visit", "weekdays": ["tue"], "interval": ["10:00", "26:30"], "wanted": 1, "under_weight": 5},
    {"id": "once", "day": 3, "shifts": ["night"], "wanted": 2}
  ],
  "rules": [
    {"kind": "rest", "id": "11 h", "minutes": "11:00", "basis": "law"},
    {"kind": "sequence", "id": "no N-D", "shifts": [["night"], ["D"]], "weekdays": ["sun", 5]},
    {"kind": "free_period", "id": "35 h", "minutes": "35:00"}
  ],
  "wishes": [{"id": "w", "person": "bo", "day": 0, "shifts": ["off"]}]
}
"""


def _changed(**parts: object) -> str:
    return json.dumps({**json.loads(SMALL), **parts})


def _told(**parts: object) -> Told:
    return told_by(lambda: own.problem_from_json(_changed(**parts)))


def test_a_ward_is_read_with_clock_times_and_demands_for_many_days() -> None:
    problem = own.problem_from_json(SMALL)

    assert problem == Problem(
        name="A8",
        horizon=Horizon(starts_on=MONDAY, day_count=14),
        shifts=(
            Shift(id="D", starts_minute=435, length_minutes=495),
            Shift(id="N", starts_minute=1380, length_minutes=495, tags=one_of("night")),
        ),
        people=(Person(id="anna", name="Anna Å"), Person(id="bo")),
        demands=(
            *(Demand(id=f"day@{day}", day=day, shifts=one_of("D"), minimum=1) for day in range(14)),
            *(
                Demand(id=f"visit@{day}", day=day, interval=(600, 1590), wanted=1, under_weight=5)
                for day in (1, 8)
            ),
            Demand(id="once", day=3, shifts=one_of("night"), wanted=2),
        ),
        rules=(
            Rest(id="11 h", minutes=660, basis=Basis.LAW),
            Sequence(id="no N-D", shifts=(one_of("night"), one_of("D")), weekdays=frozenset({5, 6})),
            FreePeriod(id="35 h", minutes=2100),
        ),
        wishes=(Wish(id="w", person="bo", day=0, shifts=one_of("off")),),
    )


def test_a_ward_is_written_with_a_line_for_each_part_and_without_defaults() -> None:
    problem = a_problem(
        days=1,
        demands=(Demand(id="d", day=0, interval=(420, 900), wanted=1),),
        rules=(Rest(id="r", minutes=660), Sequence(id="s", shifts=(one_of("N"),), weekdays=frozenset({6}))),
    )

    text = own.problem_as_json(problem)

    assert text == (
        '{\n"version": 1,\n"name": "small",\n'
        '"horizon": {\n  "starts_on": "2026-01-05",\n  "day_count": 1\n},\n'
        '"shifts": [\n'
        '  {"id": "D", "starts_minute": "07:00", "length_minutes": "08:00"},\n'
        '  {"id": "E", "starts_minute": "15:00", "length_minutes": "08:00"},\n'
        '  {"id": "N", "starts_minute": "23:00", "length_minutes": "08:00", "tags": ["night"]}\n],\n'
        '"people": [\n  {"id": "a"}\n],\n'
        '"demands": [\n  {"id": "d", "day": 0, "interval": ["07:00", "15:00"], "wanted": 1}\n],\n'
        '"rules": [\n  {"kind": "rest", "id": "r", "minutes": "11:00"},\n'
        '  {"kind": "sequence", "id": "s", "shifts": [["N"]], "weekdays": ["sun"]}\n]\n}\n'
    )


def test_an_earlier_roster_and_what_was_carried_are_written_by_name() -> None:
    problem = a_problem(
        days=2,
        people=(a_person("a", before="D.", carried={}),),
        published=Published(lines={"a": ("D", None)}, weight=3),
    )

    text = own.problem_as_json(problem)

    assert text.partition('"people"')[2] == (
        ': [\n  {"id": "a", "history": {"days": ["D", null]}}\n],\n'
        '"published": {\n  "lines": {"a": ["D", null]},\n  "weight": 3\n}\n}\n'
    )
    assert own.problem_from_json(text) == problem


def test_a_roster_that_was_written_is_read() -> None:
    problem, roster = a_problem(days=2, people=2), a_roster("D.", ".N")

    assert own.roster_from_json(own.roster_as_json(problem, roster), problem) == roster


def test_a_length_of_many_weeks_is_written_as_minutes() -> None:
    problem = a_problem(rules=(Rest(id="r", minutes=60_000),))

    text = own.problem_as_json(problem)

    assert '"minutes": 60000' in text
    assert own.problem_from_json(text) == problem


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(problem=problems())
def test_a_problem_is_read_as_it_was_written(problem: Problem) -> None:
    assert check_problem(problem) == ()
    assert own.problem_from_json(own.problem_as_json(problem)) == problem


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(drawn=rosters())
def test_a_roster_is_read_as_it_was_written(drawn: tuple[Problem, Roster]) -> None:
    problem, roster = drawn

    assert own.roster_from_json(own.roster_as_json(problem, roster), problem) == roster


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(SMALL)), junk=st.text(max_size=20))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(cut: int, junk: str) -> None:
    for text in (SMALL[:cut], SMALL[:cut] + junk + SMALL[cut:]):
        hold_to_refusals(partial(own.problem_from_json, text))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(part=st.sampled_from(sorted(json.loads(SMALL))), value=_JSON)
def test_any_value_in_any_part_is_read_or_refused_and_nothing_else(part: str, value: object) -> None:
    hold_to_refusals(lambda: own.problem_from_json(_changed(**{part: value})))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"name": "A8", "horizon": {"starts', [("line 1 column 28", "cut_off", {})]),
        ('{"name": "A8",\n', [("line 2 column 1", "cut_off", {})]),
        ('{"name": A8}', [("line 1 column 10", "not_json", {})]),
        ("[" * 100_000, [("$", "not_json", {})]),
        ("9" * 5000, [("$", "not_json", {})]),
        ("[]", [("$", "wrong_type", {"expected": "object", "found": "list"})]),
    ],
)
def test_what_is_no_json_object_is_refused(text: str, told: Told) -> None:
    assert told_by(lambda: own.problem_from_json(text)) == told


def test_all_that_does_not_have_the_form_is_told_at_once() -> None:
    told = _told(
        version=2,
        name=7,
        horizon={"starts_on": "5 January", "day_count": True},
        shifts=[
            {"id": "D", "starts_minute": "quarter past", "length_minutes": 480.5, "tags": ["a", "a", 1]},
            {"id": "E\u0007", "starts_minute": [1], "length_minutes": "8:15", "counts_as_rest": 1, "size": 3},
        ],
    )

    assert told == [
        ("$.version", "unknown_version", {"expected": 1}),
        ("$.name", "wrong_type", {"expected": "string", "found": "7"}),
        ("$.horizon.starts_on", "not_a_date", {"found": "5 January"}),
        ("$.horizon.day_count", "wrong_type", {"expected": "integer", "found": "True"}),
        ("$.shifts[0].starts_minute", "not_a_time", {"found": "quarter past"}),
        ("$.shifts[0].length_minutes", "wrong_type", {"expected": "integer", "found": "480.5"}),
        ("$.shifts[0].tags[2]", "wrong_type", {"expected": "string", "found": "1"}),
        ("$.shifts[0].tags[1]", "listed_twice", {"found": "a"}),
        ("$.shifts[1].size", "unknown_field", {}),
        ("$.shifts[1].id", "control_character", {}),
        ("$.shifts[1].starts_minute", "wrong_type", {"expected": "integer", "found": "list"}),
        ("$.shifts[1].counts_as_rest", "wrong_type", {"expected": "boolean", "found": "1"}),
    ]


def test_people_and_earlier_rosters_of_another_form_are_told() -> None:
    told = _told(
        people=[
            {"id": "anna", "contract_share": float("nan"), "experience_years": float("inf")},
            {"name": "Bo", "contract_share": "half", "history": {"carried": [], "days": "D"}},
            {"id": "c", "contract_share": 10**16},
            "Cia",
        ],
        published={"lines": {"anna": [None, 3]}},
    )

    big = {"expected": "smaller_number", "found": "10000000000000000"}
    assert told == [
        ("$.people[0].experience_years", "not_finite", {}),
        ("$.people[0].contract_share", "not_finite", {}),
        ("$.people[1].contract_share", "wrong_type", {"expected": "number", "found": "half"}),
        ("$.people[1].history.days", "wrong_type", {"expected": "array", "found": "D"}),
        ("$.people[1].history.carried", "wrong_type", {"expected": "object", "found": "list"}),
        ("$.people[1].id", "field_missing", {}),
        ("$.people[2].contract_share", "wrong_type", big),
        ("$.people[3]", "wrong_type", {"expected": "object", "found": "Cia"}),
        ("$.published.lines.anna[1]", "wrong_type", {"expected": "string", "found": "3"}),
        ("$.published.weight", "field_missing", {}),
    ]


def test_rules_and_demands_of_another_form_are_told() -> None:
    told = _told(
        demands=[
            {"id": "d", "day": 1, "every_day": True, "interval": ["10:00"]},
            {"id": "e", "every_day": False, "shifts": "D"},
            {"id": "f", "weekdays": ["someday"]},
            {"id": "g", "weekdays": 7},
            {"id": "h", "weekdays": [9]},
        ],
        rules=[{"kind": "wish", "id": "r"}, {"id": "s"}, 5, {"kind": "rest", "id": "t", "basis": "whim"}],
    )

    assert told == [
        ("$.demands[0]", "day_told_twice", {}),
        ("$.demands[1].every_day", "wrong_type", {"expected": "true"}),
        ("$.demands[2].weekdays[0]", "not_a_weekday", {"found": "someday"}),
        ("$.demands[3].weekdays", "wrong_type", {"expected": "array", "found": "7"}),
        ("$.demands[3].weekdays", "not_weekdays", {}),
        ("$.demands[4].weekdays", "not_weekdays", {}),
        ("$.demands[0].interval", "other_count", {"expected": 2, "found": 1}),
        ("$.demands[1].shifts", "wrong_type", {"expected": "array", "found": "D"}),
        ("$.rules[0].kind", "unknown_kind", {"found": "wish"}),
        ("$.rules[1].kind", "unknown_kind", {"found": "None"}),
        ("$.rules[2]", "wrong_type", {"expected": "object", "found": "5"}),
        ("$.rules[3].basis", "unknown_word", {"found": "whim"}),
        ("$.rules[3].minutes", "field_missing", {}),
    ]


def test_a_field_written_twice_is_refused() -> None:
    text = SMALL.replace('{"id": "bo"}', '{"id": "bo", "id": "ci", "history": {"carried": {"r": 1, "r": 2}}}')

    told = told_by(
        lambda: own.problem_from_json(text.replace('"minutes": "11:00",', '"minutes": 1, "minutes": 2,'))
    )

    assert told == [
        ("$.people[1].id", "duplicate_field", {}),
        ("$.people[1].history.carried.r", "duplicate_field", {}),
        ("$.rules[0].minutes", "duplicate_field", {}),
    ]


def test_what_makes_no_sense_is_told_at_the_demand_as_it_stands_in_the_file() -> None:
    told = _told(
        demands=[
            {"id": "d", "every_day": True, "shifts": ["X"], "minimum": 3},
            {"id": "e", "day": 14, "shifts": ["D"], "maximum": -1},
        ],
    )

    assert told == [
        ("$.demands[0].shifts", "unknown_shift", {"id": "X"}),
        ("$.demands[0].minimum", "demand_above_staff", {"minimum": 3, "staff": 2}),
        ("$.demands[1].day", "outside_of_horizon", {"day": 14}),
        ("$.demands[1].maximum", "too_small", {"value": -1, "least": 0}),
        ("$.demands[1]", "minimum_above_maximum", {"minimum": 0, "maximum": -1}),
    ]


def test_names_that_cannot_be_printed_are_told_as_escapes_and_long_ones_cut() -> None:
    told = _told(**{"\ud800\u0007": 1, "x" * 300: 2})

    assert told == [
        ("$." + "x" * 198 + "…", "unknown_field", {}),
        ("$.\\ud800\\x07", "unknown_field", {}),
    ]


def test_a_roster_is_written_with_a_line_per_person() -> None:
    problem = a_problem(days=2, people=2)

    text = own.roster_as_json(problem, a_roster("D.", ".N"))

    assert text == (
        '{\n"version": 1,\n"problem": "small",\n"lines": {\n  "a": ["D", null],\n  "b": [null, "N"]\n}\n}\n'
    )


@pytest.mark.parametrize("text", ['{"lines": 3}', "[]"])
def test_a_roster_without_lines_is_refused(text: str) -> None:
    told = told_by(lambda: own.roster_from_json(text, a_problem(days=2)))

    assert told == [
        ("$.lines", "wrong_type", {"expected": "object"}),
        ("$.lines.a", "field_missing", {}),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '{"lines": {"a": ["D", "X"], "a": ["D", "X"], "z": []}}',
            [
                ("$.lines.z", "unknown_person", {"id": "z"}),
                ("$.lines.a", "duplicate_field", {}),
                ("$.lines.a[1]", "unknown_shift", {"id": "X"}),
                ("$.lines.b", "field_missing", {}),
            ],
        ),
        (
            '{"lines": {"a": 7, "b": ["D"]}}',
            [
                ("$.lines.a", "wrong_type", {"expected": "array", "found": "7"}),
                ("$.lines.b", "other_count", {"expected": 2, "found": 1}),
            ],
        ),
    ],
)
def test_a_roster_that_does_not_fit_is_refused(text: str, told: Told) -> None:
    assert told_by(lambda: own.roster_from_json(text, a_problem(days=2, people=2))) == told
