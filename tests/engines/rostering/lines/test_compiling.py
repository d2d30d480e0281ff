"""Which parts rules become, in which order, for whom together, and which rules cannot be compiled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import parts, pauses
from robust.engines.rostering.lines.automata import Automaton, CannotCompile, Counter
from robust.engines.rostering.rules import (
    Count,
    Fairness,
    FreePeriod,
    LineRule,
    Rest,
    Unit,
    WeeklyFree,
    Window,
)
from tests.engines.rostering.building import DAY, MONDAY, NIGHT, STANDBY, a_person, a_problem, a_shift, one_of
from tests.engines.rostering.lines.small_wards import SPRING


def test_what_is_banned_comes_first_and_hours_come_after_what_follows_what() -> None:
    frame = Frame(a_problem())
    hours = Count(id="hours", unit=Unit.MINUTES, maximum=2000)
    ban = Count(id="ban", shifts=one_of("N"), maximum=0)
    rest = Rest(id="rest", minutes=660)

    made = parts.parts_of(frame, [hours, rest, ban], [0])

    assert [type(part) for part, _starts in made] == [Counter, Automaton, Counter]
    assert isinstance(made[0][0], Counter)
    assert made[0][0].amounts[0].tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(
    "window",
    [Window(from_day=7), Window(from_day=7, every_days=3), Window(from_day=9, every_days=3, rolling=True)],
)
def test_a_count_beyond_the_horizon_has_no_part(window: Window) -> None:
    frame = Frame(a_problem(days=7))

    assert parts.parts_of(frame, [Count(id="late", minimum=1, window=window)], [0]) == ()


def test_where_there_is_nobody_there_are_no_parts() -> None:
    assert parts.parts_of(Frame(a_problem()), [Count(id="count", maximum=1)], []) == ()


def test_people_who_have_carried_whole_measures_share_a_part() -> None:
    people = tuple(
        a_person(name, carried={"hours": carried})
        for name, carried in {"a": 0, "b": 480, "c": 100, "d": 580, "e": 480 * 9000}.items()
    )
    frame = Frame(a_problem(people=people))
    hours = Count(id="hours", unit=Unit.MINUTES, maximum=2400)

    marks = parts.signatures_of(frame, hours)

    assert marks == ((0, 0), (0, 0), (100, 0), (100, 0), (0, 1))


def test_people_with_targets_that_are_whole_measures_apart_share_a_part() -> None:
    people = tuple(
        a_person(name, contract_share=share) for name, share in {"a": 1.0, "b": 0.5, "c": 0.5}.items()
    )
    frame = Frame(a_problem(people=people))
    fair = Fairness(id="fair", unit=Unit.MINUTES, total=1920, weight=1)

    assert parts.signatures_of(frame, fair) == ((0, 0), (0, 0), (0, 0))
    assert parts.signatures_of(frame, replace(fair, total=1900)) == ((10, 0), (5, 0), (5, 0))
    assert parts.signatures_of(frame, replace(fair, unit=Unit.WEEKENDS)) == ((0, 0), (0, 0), (0, 0))


@pytest.mark.parametrize(
    "rule",
    [
        Rest(id="r", minutes=660),
        Count(id="r", maximum=5, window=Window(every_days=7, rolling=True)),
        Count(id="other", maximum=5),
    ],
)
def test_other_rules_part_nobody_from_anybody(rule: LineRule) -> None:
    frame = Frame(a_problem(people=(a_person("a", carried={"r": 3}), a_person("b", before="NN"))))

    assert parts.signatures_of(frame, rule) == (None, None)


_MANY_SHIFTS = tuple(a_shift(f"s{place}", place) for place in range(15))


@pytest.mark.parametrize(
    "rule",
    [
        Count(id="r", maximum=9, weight=1, window=Window(every_days=17, rolling=True)),
        Fairness(id="r", unit=Unit.MINUTES, total=0, weight=10),
        FreePeriod(id="r", minutes=10**6),
        WeeklyFree(id="r", long_minutes=10_021, short_minutes=2100),
    ],
)
def test_rules_with_too_much_to_remember_or_to_pay_are_named(rule: LineRule) -> None:
    frame = Frame(a_problem(days=400, shifts=_MANY_SHIFTS))

    with pytest.raises(CannotCompile) as refused:
        parts.parts_of(frame, [rule], [0])

    assert refused.value.rule == "r"


def test_a_long_window_is_compiled_when_the_horizon_is_not_much_longer() -> None:
    frame = Frame(a_problem(days=28))
    rule = Count(id="r", maximum=9, weight=1, window=Window(every_days=21, rolling=True))

    ((automaton, _starts),) = parts.parts_of(frame, [rule], [0])

    assert isinstance(automaton, Automaton)
    assert automaton.follow.shape[1] < 3000


def test_what_lies_ahead_of_a_duty_are_the_days_on_which_the_next_comes_too_early() -> None:
    frame = Frame(a_problem(days=5, shifts=(DAY, NIGHT, STANDBY)))

    whole = pauses.pauses_of(frame, rule="r", limits=[660, 2000], first_day=0)

    free, day, night, standby = whole.kinds.tolist()
    ahead = whole.after[whole.day_class[0]]
    assert free == standby
    assert ahead[free] is None
    assert _shortfalls(ahead[day], day, night) == [(1, 1)]
    assert _shortfalls(ahead[night], day, night) == [(2, 1), (1, 0)]


def _shortfalls(ahead: pauses.Ahead | None, *kinds: int) -> list[tuple[int, ...]]:
    return [tuple(level[kind] for kind in kinds) for level in ahead or ()]


def test_the_night_that_loses_an_hour_is_of_another_class_than_its_neighbours() -> None:
    frame = Frame(a_problem(starts_on=SPRING - timedelta(days=3), days=9, shifts=(DAY, NIGHT)))

    whole = pauses.pauses_of(frame, rule="r", limits=[960], first_day=0)

    ahead = [whole.after[day_class][whole.kinds[1]] for day_class in whole.day_class]
    assert [bool(levels) for levels in ahead] == [False, False, True] + [False] * 6


def test_mondays_end_a_pause_at_midnight_where_weeks_are_asked_for() -> None:
    frame = Frame(a_problem(starts_on=MONDAY + timedelta(days=5), days=3, shifts=(DAY,)))

    whole = pauses.pauses_of(frame, rule="r", limits=[600, 2000], first_day=0, to_mondays=True)

    free, day = whole.kinds.tolist()
    assert [_shortfalls(whole.after[place][day], free, day) for place in whole.day_class] == [
        [(0, 1), (1, 0)],
        [(2, 1)],
        [],
    ]
