"""Laws that the judge keeps on any small ward: against plain loops, and when the horizon is cut in two."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.checking import Verdict, check
from robust.engines.rostering.problem import Demand, Problem
from robust.engines.rostering.rules import (
    Count,
    FreePeriod,
    Rest,
    Rule,
    Run,
    Sequence,
    Unit,
    WeeklyFree,
    Window,
)
from tests.engines.rostering.building import MONDAY, a_person, a_problem, a_roster, one_of

_LETTERS = "DEN.."
_HOURS = {"D": 7, "E": 15, "N": 23}
_lines = some.text(_LETTERS, min_size=2, max_size=24)
_unit = some.sampled_from([Unit.SHIFTS, Unit.WEEKENDS])
_limit = some.integers(0, 4)
_shifts = some.sampled_from([one_of("work"), one_of("off"), one_of("night"), one_of("D", "N")])


def _rolling(days: int, maximum: int, unit: Unit, shifts: frozenset[str]) -> Count:
    window = Window(every_days=days, rolling=True)
    return Count(id="r", unit=unit, shifts=shifts, maximum=maximum, window=window, weight=1)


_rules_of_any_cut = some.one_of(
    some.builds(
        lambda shifts, weekdays: Sequence(id="r", shifts=tuple(shifts), weekdays=weekdays, weight=1),
        some.lists(_shifts, min_size=1, max_size=4),
        some.frozensets(some.integers(0, 6)),
    ),
    some.builds(lambda hours: Rest(id="r", minutes=hours * 60, weight=1), some.integers(1, 40)),
    some.builds(
        lambda cut, often: Rest(id="r", minutes=1500, reduced_minutes=cut, reduced_per_week=often, weight=1),
        some.integers(0, 1000),
        some.integers(0, 3),
    ),
    some.builds(_rolling, some.integers(1, 10), _limit, some.sampled_from(list(Unit)), _shifts),
    some.builds(lambda least: Run(id="r", minimum=least, weight=1), _limit),
    some.builds(
        lambda most, unit, shifts: Run(id="r", maximum=most, unit=unit, shifts=shifts, weight=1),
        _limit,
        some.just(Unit.SHIFTS),
        _shifts,
    ),
)
_free_periods = some.builds(
    lambda hours, days: FreePeriod(id="r", minutes=hours * 60, days_between=days, weight=1),
    some.integers(10, 70),
    some.integers(0, 6),
)


@settings(deadline=None)
@given(letters=_lines, cut=some.integers(1, 23), rule=_rules_of_any_cut, first=some.integers(0, 6))
def test_a_period_judged_in_two_parts_costs_as_much_as_in_one(
    letters: str, cut: int, rule: Rule, first: int
) -> None:
    cut = min(cut, len(letters) - 1)
    whole = a_problem(days=len(letters), starts_on=MONDAY + timedelta(days=first), rules=(rule,))
    early, late = _cut_in_two(whole, letters, cut)

    costs = [check(problem, a_roster(part)).objective for problem, part in (early, late)]

    assert sum(costs) == check(whole, a_roster(letters)).objective


def _cut_in_two(whole: Problem, letters: str, cut: int) -> tuple[tuple[Problem, str], tuple[Problem, str]]:
    starts_on = whole.horizon.starts_on
    late = replace(whole.horizon, starts_on=starts_on + timedelta(days=cut), day_count=len(letters) - cut)
    early = replace(whole, horizon=replace(whole.horizon, day_count=cut))
    people = (a_person(before=letters[:cut]),)
    return (early, letters[:cut]), (replace(whole, horizon=late, people=people), letters[cut:])


@settings(deadline=None)
@given(letters=_lines, before=some.text(_LETTERS, max_size=6), minimum=_limit, most=some.integers(4, 6))
def test_runs_are_those_of_a_plain_loop(letters: str, before: str, minimum: int, most: int) -> None:
    rule = Run(id="r", minimum=minimum, maximum=most, weight=1)
    problem = a_problem(days=len(letters), people=(a_person(before=before),), rules=(rule,))

    verdict = check(problem, a_roster(letters))

    assert verdict.objective == _plain_runs(before + letters, len(before), minimum, most)


def _plain_runs(days: str, past: int, minimum: int, most: int) -> int:
    cost, start = 0, None
    for day, letter in enumerate([*days, "."]):
        if letter != "." and start is None:
            start = day
        if letter == "." and start is not None:
            cost += sum(1 for beyond in range(start + most, day) if beyond >= past)
            if start > 0 and past <= day < len(days):
                cost += max(minimum - (day - start), 0)
            start = None
    return cost


@settings(deadline=None)
@given(
    letters=_lines,
    before=some.text(_LETTERS, max_size=9),
    days=some.integers(1, 9),
    unit=_unit,
    limits=some.tuples(_limit, _limit),
    first=some.integers(0, 6),
)
def test_rolling_counts_are_those_of_a_plain_loop(
    letters: str, before: str, days: int, unit: Unit, limits: tuple[int, int], first: int
) -> None:
    minimum, maximum = min(limits), max(limits)
    window = Window(every_days=days, rolling=True)
    rule = Count(id="r", unit=unit, minimum=minimum, maximum=maximum, window=window, weight=1)
    starts_on = MONDAY + timedelta(days=first)
    problem = a_problem(
        days=len(letters), starts_on=starts_on, people=(a_person(before=before),), rules=(rule,)
    )

    verdict = check(problem, a_roster(letters))

    expected = 0
    known = before + letters
    for end in range(len(before) + 1, len(known) + 1):
        begin = max(end - days, 0)
        count = _plain_count(known, begin, end, unit, starts_on - timedelta(days=len(before)))
        expected += max(count - maximum, 0)
        expected += max(minimum - count, 0) if end - days >= 0 else 0
    assert verdict.objective == expected


def _plain_count(known: str, begin: int, end: int, unit: Unit, first: date) -> int:
    worked = [day for day in range(begin, end) if known[day] != "."]
    if unit is Unit.SHIFTS:
        return len(worked)
    dates = [first + timedelta(days=day) for day in worked]
    return len({day.isocalendar()[:2] for day in dates if day.isoweekday() >= 6})


@settings(deadline=None)
@given(letters=_lines, before=some.text(_LETTERS, max_size=9), rule=_free_periods)
def test_late_free_periods_are_those_of_a_plain_loop(letters: str, before: str, rule: FreePeriod) -> None:
    problem = a_problem(days=len(letters), people=(a_person(before=before),), rules=(rule,))

    verdict = check(problem, a_roster(letters))

    stretches: list[list[int]] = []
    ended = -9999
    for day, letter in enumerate(before + letters, start=-len(before)):
        if letter != ".":
            starts = 24 * day + _HOURS[letter]
            if (starts - ended) * 60 >= rule.minutes:
                stretches.append([])
            stretches[-1].append(day)
            ended = starts + 8
    beyond = [range(max(days[0] + rule.days_between, 0), days[-1] + 1) for days in stretches]
    assert verdict.objective == sum(len(days) for days in beyond)


@settings(deadline=None)
@given(letters=_lines, hours=some.integers(0, 30))
def test_short_rests_are_those_of_a_plain_loop(letters: str, hours: int) -> None:
    problem = a_problem(days=len(letters), rules=(Rest(id="r", minutes=hours * 60),))

    verdict = check(problem, a_roster(letters))

    worked = [24 * day + _HOURS[letter] for day, letter in enumerate(letters) if letter != "."]
    assert verdict.hard_count == sum(later - earlier - 8 < hours for earlier, later in pairwise(worked))


@settings(deadline=None)
@given(
    lines=some.lists(some.text(_LETTERS, min_size=3, max_size=3), min_size=1, max_size=4),
    interval=some.tuples(some.integers(0, 24), some.integers(1, 12)),
)
def test_people_on_duty_are_those_of_a_plain_loop(lines: list[str], interval: tuple[int, int]) -> None:
    start, end = interval[0] * 60, (interval[0] + interval[1]) * 60
    demand = Demand(id="d", day=1, interval=(start, end), wanted=0, over_weight=1)
    problem = a_problem(days=3, people=len(lines), demands=(demand,))

    verdict = check(problem, a_roster(*lines))

    on_duty = sum(
        any(
            letter != "." and _HOURS[letter] * 60 <= start + back and end + back <= _HOURS[letter] * 60 + 480
            for letter, back in ((line[1], 0), (line[0], 1440))
        )
        for line in lines
    )
    assert verdict.objective == on_duty


@pytest.mark.parametrize("rule", [Run(id="r", maximum=2, weight=1), Rest(id="r", minutes=660, weight=1)])
@settings(deadline=None)
@given(lines=some.lists(some.text(_LETTERS, min_size=9, max_size=9), min_size=1, max_size=4))
def test_rules_of_one_person_add_up_over_people(rule: Rule, lines: list[str]) -> None:
    together = check(a_problem(days=9, people=len(lines), rules=(rule,)), a_roster(*lines))

    alone = [check(a_problem(days=9, rules=(rule,)), a_roster(line)) for line in lines]

    assert together.objective == sum(verdict.objective for verdict in alone)
    assert _amounts(together) == sum((_amounts(verdict) for verdict in alone), Counter())


def _amounts(verdict: Verdict) -> Counter[tuple[int, int, int]]:
    return Counter((breach.first_day, breach.last_day, breach.amount) for breach in verdict.violations)


@settings(deadline=None)
@given(
    letters=some.text(_LETTERS, min_size=7, max_size=24),
    before=some.text(_LETTERS, max_size=9),
    hours=some.tuples(some.integers(8, 80), some.integers(8, 80)),
    first=some.integers(0, 6),
)
def test_weeks_without_a_free_period_are_those_of_a_plain_loop(
    letters: str, before: str, hours: tuple[int, int], first: int
) -> None:
    long, short = max(hours), min(hours)
    rule = WeeklyFree(id="r", long_minutes=long * 60, short_minutes=short * 60)
    starts_on = MONDAY + timedelta(days=first)
    problem = a_problem(
        days=len(letters), starts_on=starts_on, people=(a_person(before=before),), rules=(rule,)
    )

    verdict = check(problem, a_roster(letters))

    past = len(before)
    first_weekday = (first - past) % 7
    weeks = range(-first_weekday, len(before + letters) - 6, 7)
    expected = [
        monday - past
        for monday in weeks
        if monday >= 0 and monday + 6 >= past and not _has_free_time(before + letters, monday, long, short)
    ]
    assert [breach.first_day for breach in verdict.violations] == expected


def _has_free_time(known: str, monday: int, long: int, short: int) -> bool:
    """Say whether a week has a long free period or two short ones, in hours without a change of clocks."""
    worked = [day for day, letter in enumerate(known) if letter != "."]
    ends = [24 * day + _HOURS[known[day]] + 8 for day in worked]
    starts = [24 * day + _HOURS[known[day]] for day in worked]
    latest_free = [day - 1 for day in worked] + [len(known) - 1]
    lengths = []
    for start, end, free in zip([-9999, *ends], [*starts, 9999], latest_free, strict=True):
        if end == 9999 and known[-1] != ".":
            continue  # a shift on the latest day: nothing is known of the time after it
        if monday <= free <= monday + 6:
            lengths.append(end - start)
        elif free > monday + 6:
            lengths.append((monday + 7) * 24 - max(start, monday * 24 if start > -9999 else start))
    return any(hours >= long for hours in lengths) or sum(hours >= short for hours in lengths) >= 2


@settings(deadline=None)
@given(
    letters=some.text(_LETTERS, min_size=7, max_size=16),
    before=some.text(_LETTERS, max_size=9),
    other=some.text(_LETTERS, max_size=20),
    rule=some.one_of(
        _rules_of_any_cut,
        _free_periods,
        some.builds(lambda least: Run(id="r", minimum=least, unit=Unit.WEEKENDS, weight=1), _limit),
        some.builds(lambda most: Run(id="r", maximum=most, unit=Unit.WEEKENDS, weight=1), _limit),
        some.builds(
            lambda least: Count(id="r", minimum=least, window=Window(from_day=-3, every_days=5)), _limit
        ),
        some.just(WeeklyFree(id="r", long_minutes=3300, short_minutes=2100)),
    ),
    first=some.integers(0, 6),
)
def test_how_much_is_known_of_others_changes_nothing(
    letters: str, before: str, other: str, rule: Rule, first: int
) -> None:
    alone = a_problem(
        days=len(letters),
        starts_on=MONDAY + timedelta(days=first),
        people=(a_person("a", before=before),),
        rules=(rule,),
    )
    beside = replace(alone, people=(*alone.people, a_person("b", before=other)))

    verdict = check(beside, a_roster(letters, "." * len(letters)))

    of_the_first = tuple(breach for breach in verdict.violations if breach.people == ("a",))
    assert of_the_first == check(alone, a_roster(letters)).violations
