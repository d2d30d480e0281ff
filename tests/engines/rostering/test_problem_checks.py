from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings

from robust.engines.rostering import rule_checks
from robust.engines.rostering.problem import (
    Demand,
    Fixed,
    History,
    Horizon,
    Person,
    Problem,
    Published,
    Shift,
    Wish,
)
from robust.engines.rostering.problem_checks import ProblemRefused, Refusal, check_problem
from robust.engines.rostering.refusal import Complaints
from robust.engines.rostering.rules import (
    ANYONE,
    Accompanied,
    Apart,
    Count,
    Fairness,
    FreePeriod,
    Rest,
    Rule,
    Run,
    Sequence,
    Unit,
    WeeklyFree,
    Who,
    Window,
)
from tests.engines.rostering.building import DAY_EVENING_NIGHT, a_person, a_problem, one_of, only
from tests.engines.rostering.formats.strategies import problems

Told = list[tuple[str, str, dict[str, str | int | float]]]


def _told(problem: Problem) -> Told:
    return [(one.path, one.code, dict(one.values)) for one in check_problem(problem)]


def _codes(problem: Problem) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in check_problem(problem)]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(problem=problems())
def test_a_problem_that_makes_sense_is_left_alone(problem: Problem) -> None:
    assert check_problem(problem) == ()


def test_a_refusal_tells_all_in_one_line() -> None:
    refused = ProblemRefused(
        [Refusal(path="line 3", code="unreadable"), Refusal(path="$", code="other_count")]
    )

    assert str(refused) == "line 3: unreadable; $: other_count"


@pytest.mark.parametrize(
    ("horizon", "told"),
    [
        (
            Horizon(starts_on=date(2026, 1, 5), day_count=0),
            ("$.horizon.day_count", "empty_horizon", {"value": 0}),
        ),
        (
            Horizon(starts_on=date(2026, 1, 5), day_count=401),
            ("$.horizon.day_count", "horizon_too_long", {"value": "401", "most": 400}),
        ),
        (
            Horizon(starts_on=date(9999, 12, 31), day_count=7),
            ("$.horizon.starts_on", "impossible_date", {"found": "9999-12-31"}),
        ),
        (
            Horizon(starts_on=date(2026, 1, 5), day_count=7, time_zone="Europe/Atlantis"),
            ("$.horizon.time_zone", "unknown_time_zone", {"found": "Europe/Atlantis"}),
        ),
        (
            Horizon(starts_on=date(2026, 1, 5), day_count=7, time_zone="../etc"),
            ("$.horizon.time_zone", "unknown_time_zone", {"found": "../etc"}),
        ),
    ],
)
def test_an_impossible_horizon_is_told(
    horizon: Horizon, told: tuple[str, str, dict[str, str | int | float]]
) -> None:
    assert _told(replace(a_problem(), horizon=horizon)) == [told]


def test_a_ward_without_shifts_or_people_is_told() -> None:
    assert _told(replace(a_problem(), shifts=(), people=())) == [
        ("$.shifts", "no_shifts", {}),
        ("$.people", "no_people", {}),
    ]


def test_more_people_than_a_hospital_can_plan_at_once_are_told() -> None:
    people = tuple(Person(id=f"{place}") for place in range(5001))

    assert _told(a_problem(people=people)) == [("$.people", "too_many_people", {"count": 5001, "most": 5000})]


def test_ids_that_are_empty_or_used_twice_are_told() -> None:
    problem = a_problem(
        people=(a_person("a"), a_person("a"), a_person("")),
        demands=(Demand(id="d", day=0, shifts=one_of("D")),) * 2,
        rules=(Rest(id="r", minutes=1),) * 2,
        wishes=(Wish(id="w", person="a", day=0, shifts=one_of("D")),) * 2,
    )

    assert _told(problem) == [
        ("$.people[1].id", "duplicate_id", {"id": "a"}),
        ("$.people[2].id", "empty_id", {}),
        ("$.demands[1].id", "duplicate_id", {"id": "d"}),
        ("$.rules[1].id", "duplicate_id", {"id": "r"}),
        ("$.wishes[1].id", "duplicate_id", {"id": "w"}),
    ]


def test_shifts_with_impossible_names_and_times_are_told() -> None:
    shifts = (
        Shift(id="off", starts_minute=1440, length_minutes=0, tags=one_of("N", "off", "work")),
        Shift(id="N", starts_minute=0, length_minutes=4321, counted_minutes=-1, tags=one_of("N")),
    )

    assert _told(a_problem(shifts=shifts)) == [
        ("$.shifts[0]", "reserved_word", {"id": "off"}),
        ("$.shifts[0]", "reserved_word", {"id": "work"}),
        ("$.shifts[0].tags", "tag_is_a_shift", {"id": "N"}),
        ("$.shifts[0].starts_minute", "outside_of_day", {"value": 1440}),
        ("$.shifts[0].length_minutes", "impossible_length", {"value": 0, "most": 4320}),
        ("$.shifts[1].length_minutes", "impossible_length", {"value": 4321, "most": 4320}),
        ("$.shifts[1].counted_minutes", "impossible_length", {"value": -1, "most": 4320}),
    ]


def test_people_with_impossible_shares_and_histories_are_told() -> None:
    people = (
        Person(id="a", contract_share=float("nan"), experience_years=-1),
        Person(id="b", contract_share=-0.1),
        Person(id="c", contract_share=float("inf"), history=History(days=(None,) * 367)),
        Person(id="d", history=History(days=("D", "X", None), carried={"r": 10**8, "s": 1})),
    )

    assert _told(a_problem(people=people, rules=(Rest(id="r", minutes=1),))) == [
        ("$.people[0].contract_share", "impossible_share", {"value": "nan"}),
        ("$.people[0].experience_years", "too_small", {"value": -1, "least": 0}),
        ("$.people[1].contract_share", "impossible_share", {"value": "-0.1"}),
        ("$.people[2].contract_share", "impossible_share", {"value": "inf"}),
        ("$.people[2].history.days", "history_too_long", {"count": 367, "most": 366}),
        ("$.people[3].history.days[1]", "unknown_shift", {"id": "X"}),
        ("$.people[3].history.carried", "too_much_carried", {"id": "r", "value": "100000000"}),
        ("$.people[3].history.carried", "unknown_rule", {"id": "s"}),
    ]


def test_demands_that_nobody_can_meet_or_that_say_nothing_are_told() -> None:
    nurses = Who(groups=one_of("nurse"))
    demands = (
        Demand(id="too many", day=0, shifts=one_of("D"), minimum=2, who=nurses),
        Demand(id="enough", day=0, shifts=one_of("D"), minimum=1, who=nurses),
        Demand(id="neither", day=0),
        Demand(id="both", day=7, shifts=one_of("X"), interval=(0, 60)),
        Demand(id="crossed", day=-1, shifts=one_of("D"), minimum=1, maximum=0, wanted=3),
        Demand(id="backwards", day=0, interval=(60, 60), wanted=-1, under_weight=-1, over_weight=10**9),
        Demand(id="late", day=0, interval=(1440, 1500), who=Who(ids=one_of("z"), experience_at_least=-1)),
        Demand(
            id="above",
            day=0,
            shifts=one_of("D"),
            wanted=2,
            maximum=1,
            who=Who(groups=one_of("g"), competences=one_of("c")),
        ),
    )
    people = (a_person("a", groups=["nurse"]), a_person("b", groups=["nurse"], counts=False))

    assert _told(a_problem(people=people, demands=demands)) == [
        ("$.demands[0].minimum", "demand_above_staff", {"minimum": 2, "staff": 1}),
        ("$.demands[2]", "shifts_or_interval", {}),
        ("$.demands[3].day", "outside_of_horizon", {"day": 7}),
        ("$.demands[3]", "shifts_or_interval", {}),
        ("$.demands[3].shifts", "unknown_shift", {"id": "X"}),
        ("$.demands[4].day", "outside_of_horizon", {"day": -1}),
        ("$.demands[4]", "minimum_above_maximum", {"minimum": 1, "maximum": 0}),
        ("$.demands[4].wanted", "wanted_outside_of_limits", {"wanted": 3}),
        ("$.demands[5].interval", "impossible_interval", {"start": 60, "end": 60}),
        ("$.demands[5].wanted", "wanted_outside_of_limits", {"wanted": -1}),
        ("$.demands[5].under_weight", "too_small", {"value": -1, "least": 0}),
        ("$.demands[5].over_weight", "too_heavy", {"value": "1000000000", "most": 10**7}),
        ("$.demands[6].who.ids", "unknown_person", {"id": "z"}),
        ("$.demands[6].who.experience_at_least", "too_small", {"value": -1, "least": 0}),
        ("$.demands[6].interval", "impossible_interval", {"start": 1440, "end": 1500}),
        ("$.demands[7].who.groups", "unknown_group", {"id": "g"}),
        ("$.demands[7].who.competences", "unknown_competence", {"id": "c"}),
        ("$.demands[7].wanted", "wanted_outside_of_limits", {"wanted": 2}),
    ]


def test_wishes_outside_of_the_ward_are_told() -> None:
    wishes = (
        Wish(id="v", person="z", day=7, shifts=one_of("X"), weight=-1),
        Wish(id="w", person="a", day=0, shifts=frozenset()),
    )

    assert _codes(a_problem(wishes=wishes)) == [
        ("$.wishes[0].person", "unknown_person"),
        ("$.wishes[0].day", "outside_of_horizon"),
        ("$.wishes[0].shifts", "unknown_shift"),
        ("$.wishes[0].weight", "too_small"),
        ("$.wishes[1].shifts", "no_shifts"),
    ]


def test_what_is_fixed_twice_is_told_only_when_nothing_is_left() -> None:
    fixed = (
        Fixed(person="a", day=0, shifts=one_of("D", "E")),
        Fixed(person="a", day=0, shifts=one_of("E", "N")),
        Fixed(person="a", day=0, shifts=one_of("off")),
        Fixed(person="a", day=1, shifts=one_of("off")),
        Fixed(person="z", day=1, shifts=one_of("work")),
    )

    assert _told(a_problem(fixed=fixed)) == [
        ("$.fixed[2]", "contradicts_what_is_fixed", {"person": "a", "day": 0}),
        ("$.fixed[4].person", "unknown_person", {"id": "z"}),
    ]


def test_settled_shifts_that_run_into_each_other_are_told() -> None:
    day_and_night = Shift(id="L", starts_minute=480, length_minutes=24 * 60 + 30)
    fixed = tuple(
        Fixed(person="a", day=day, shifts=one_of(shift))
        for day, shift in enumerate(["L", "D", "off", "L", "E"])
    )

    assert _told(a_problem(shifts=(*DAY_EVENING_NIGHT, day_and_night), fixed=fixed)) == [
        ("$.fixed", "fixed_shifts_overlap", {"person": "a", "day": 1}),
    ]


def test_an_earlier_roster_of_other_people_days_or_shifts_is_told() -> None:
    published = Published(lines={"a": ("D", None, "night", "X"), "z": (None,) * 3}, weight=-1)

    assert _codes(a_problem(days=3, published=published)) == [
        ("$.published.weight", "too_small"),
        ("$.published.lines.a", "other_count"),
        ("$.published.lines.a", "unknown_shift"),
        ("$.published.lines.a", "unknown_shift"),
        ("$.published.lines.z", "unknown_person"),
    ]


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        (Sequence(id="r", shifts=()), [(".shifts", "no_shifts")]),
        (
            Sequence(id="r", shifts=(one_of("X"), frozenset()), weekdays=frozenset({7})),
            [(".shifts[0]", "unknown_shift"), (".shifts[1]", "no_shifts"), (".weekdays", "not_weekdays")],
        ),
        (Sequence(id="r", shifts=(one_of("D"),), weekdays=frozenset()), [(".weekdays", "not_weekdays")]),
        (
            Rest(id="r", minutes=0, reduced_minutes=-1, reduced_per_week=-1, weight=-1),
            [
                (".weight", "too_small"),
                (".minutes", "too_small"),
                (".reduced_minutes", "too_small"),
                (".reduced_per_week", "too_small"),
            ],
        ),
        (Rest(id="r", minutes=480, reduced_minutes=660), [("", "minimum_above_maximum")]),
        (
            Count(id="r", shifts=one_of("X"), step=0, window=Window(from_day=7, to_day=7, every_days=0)),
            [
                (".shifts", "unknown_shift"),
                ("", "no_limit"),
                (".step", "too_small"),
                (".window.from_day", "outside_of_horizon"),
                (".window.to_day", "too_small"),
                (".window.every_days", "too_small"),
            ],
        ),
        (
            Count(id="r", minimum=3, maximum=2, window=Window(rolling=True)),
            [("", "minimum_above_maximum"), (".window", "rolling_without_length")],
        ),
        (
            Run(id="r", shifts=one_of("X"), unit=Unit.MINUTES, minimum=-1),
            [(".shifts", "unknown_shift"), (".minimum", "too_small"), (".unit", "run_of_minutes")],
        ),
        (
            FreePeriod(id="r", minutes=0, days_between=0),
            [(".minutes", "too_small"), (".days_between", "too_small")],
        ),
        (
            WeeklyFree(id="r", long_minutes=-1, short_minutes=0),
            [(".short_minutes", "too_small"), ("", "minimum_above_maximum")],
        ),
        (WeeklyFree(id="r", long_minutes=3300, short_minutes=2100), []),
        (
            Fairness(id="r", shifts=one_of("X"), total=-1, tolerance=-1, step=0),
            [
                (".shifts", "unknown_shift"),
                (".weight", "fairness_cannot_be_hard"),
                (".total", "too_small"),
                (".tolerance", "too_small"),
                (".step", "too_small"),
            ],
        ),
        (Fairness(id="r", weight=10**7 + 1), [(".weight", "too_heavy")]),
        (
            Apart(id="r", who=only("z"), shifts=one_of("X"), most=-1),
            [(".who.ids", "unknown_person"), (".shifts", "unknown_shift"), (".most", "too_small")],
        ),
        (
            Accompanied(id="r", by=only("z"), shifts=one_of("X")),
            [(".shifts", "unknown_shift"), (".by.ids", "unknown_person")],
        ),
    ],
)
def test_what_makes_no_sense_in_a_rule_is_told(rule: Rule, codes: list[tuple[str, str]]) -> None:
    assert _codes(a_problem(rules=(rule,))) == [(f"$.rules[0]{path}", code) for path, code in codes]


def test_a_kind_of_rule_that_is_not_known_here_is_a_mistake_of_ours() -> None:
    unheard_of = SimpleNamespace(weight=None, who=ANYONE)

    with pytest.raises(TypeError, match="SimpleNamespace"):
        rule_checks.complain_of_rules((unheard_of,), rule_checks.names_of(a_problem()), Complaints())  # type: ignore[arg-type]  # on purpose
