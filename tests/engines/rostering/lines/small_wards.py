"""Small wards of any kind, for properties: few days and shift types, any rule, often a change of clocks."""

from datetime import date, timedelta

from hypothesis import strategies as some

from robust.engines.rostering.problem import Demand, History, Horizon, Person, Problem, Shift
from robust.engines.rostering.rules import (
    ANYONE,
    Count,
    Fairness,
    FreePeriod,
    LineRule,
    Rest,
    Run,
    Sequence,
    Unit,
    WeeklyFree,
    Who,
    Window,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
_NAMES = "ABCD"
_TAGS = frozenset({"x", "y"})
_WORDS = ["off", "work", "any", "A", "x", "y"]

_weights = some.one_of(some.none(), some.integers(0, 9))
_limits = some.lists(some.one_of(some.none(), some.integers(0, 4)), min_size=2, max_size=2).filter(
    lambda pair: pair != [None, None]
)
_minutes = some.sampled_from([1, 240, 480, 600, 660, 720, 1020, 1440, 1920, 2880, 3300, 5000])
_lengths = some.sampled_from([60, 240, 300, 480, 480, 600, 720, 720, 1440, 1500, 3000, 4320])
_names = some.frozensets(some.sampled_from(_WORDS), min_size=1, max_size=2)


@some.composite
def _shift(draw: some.DrawFn, name: str) -> Shift:
    return Shift(
        id=name,
        starts_minute=draw(some.sampled_from([0, 60, 150, 420, 480, 900, 1380, 1439])),
        length_minutes=draw(_lengths),
        counted_minutes=draw(some.sampled_from([None, None, 0, 450, 480])),
        counts_as_rest=draw(some.sampled_from([False, False, False, True])),
        tags=draw(some.frozensets(some.sampled_from(sorted(_TAGS)))),
    )


@some.composite
def _windows(draw: some.DrawFn, days: int) -> Window:
    rolling = draw(some.booleans())
    return Window(
        from_day=draw(some.one_of(some.just(0), some.integers(-8, days + 1))),
        to_day=draw(some.one_of(some.none(), some.integers(1, days + 2))),
        every_days=draw(
            some.integers(1, days + 4) if rolling else some.one_of(some.none(), some.integers(1, 9))
        ),
        rolling=rolling,
    )


def _sequences(days: int) -> some.SearchStrategy[LineRule]:
    return some.builds(
        Sequence,
        id=some.just("r"),
        weight=_weights,
        shifts=some.lists(_names, min_size=1, max_size=4).map(tuple),
        weekdays=some.one_of(
            some.just(frozenset(range(7))), some.frozensets(some.integers(0, 6), min_size=1)
        ),
    )


def _rests(days: int) -> some.SearchStrategy[LineRule]:
    return some.builds(
        lambda weight, minutes, reduced, often: Rest(
            id="r",
            weight=weight,
            minutes=minutes,
            reduced_minutes=None if reduced is None else min(reduced, minutes),
            reduced_per_week=often,
        ),
        _weights,
        _minutes,
        some.one_of(some.none(), _minutes),
        some.integers(0, 3),
    )


def _ordered(pair: list[int | None]) -> dict[str, int | None]:
    least, most = pair
    if least is not None and most is not None:
        least, most = min(least, most), max(least, most)
    return {"minimum": least, "maximum": most}


def _runs(days: int) -> some.SearchStrategy[LineRule]:
    return some.builds(
        lambda weight, shifts, unit, limits: Run(
            id="r", weight=weight, shifts=shifts, unit=unit, **_ordered(limits)
        ),
        _weights,
        _names,
        some.sampled_from([Unit.SHIFTS, Unit.WEEKENDS]),
        _limits,
    )


@some.composite
def _counts(draw: some.DrawFn, days: int) -> LineRule:
    unit = draw(some.sampled_from(list(Unit)))
    limits = _ordered(draw(_limits))
    times = draw(some.sampled_from([60, 450, 480])) if unit is Unit.MINUTES else 1
    return Count(
        id="r",
        weight=draw(_weights),
        unit=unit,
        shifts=draw(_names),
        window=draw(_windows(days)),
        step=draw(some.integers(1, 3)) * draw(some.sampled_from([1, times])),
        **{name: None if limit is None else limit * times for name, limit in limits.items()},
    )


def _free_periods(days: int) -> some.SearchStrategy[LineRule]:
    return some.builds(
        FreePeriod, id=some.just("r"), weight=_weights, minutes=_minutes, days_between=some.integers(1, 6)
    )


def _weekly_free(days: int) -> some.SearchStrategy[LineRule]:
    return some.builds(
        lambda weight, both: WeeklyFree(
            id="r", weight=weight, long_minutes=max(both), short_minutes=min(both)
        ),
        _weights,
        some.tuples(_minutes, _minutes),
    )


@some.composite
def fair_rules(draw: some.DrawFn) -> Fairness:
    unit = draw(some.sampled_from(list(Unit)))
    return Fairness(
        id="r",
        weight=draw(some.integers(0, 9)),
        shifts=draw(_names),
        unit=unit,
        total=draw(some.one_of(some.none(), some.integers(0, 30))),
        tolerance=draw(some.integers(0, 2)),
        step=draw(some.sampled_from([60, 100] if unit is Unit.MINUTES else [1, 2, 3])),
        who=draw(some.sampled_from([ANYONE, Who(groups=frozenset({"g"}))])),
    )


FAMILIES = {
    "sequence": _sequences,
    "rest": _rests,
    "run": _runs,
    "count": _counts,
    "free_period": _free_periods,
    "weekly_free": _weekly_free,
}


@some.composite
def _person(draw: some.DrawFn, name: str, shifts: tuple[Shift, ...]) -> Person:
    days = some.one_of(some.none(), some.sampled_from([shift.id for shift in shifts]))
    return Person(
        id=name,
        groups=draw(some.frozensets(some.just("g"))),
        contract_share=draw(some.sampled_from([1.0, 0.5, 0.8647, 0.0])),
        history=History(
            days=tuple(draw(some.one_of(some.just([]), some.lists(days, max_size=16)))),
            carried=draw(some.dictionaries(some.just("r"), some.integers(-3, 6))),
        ),
    )


@some.composite
def wards(draw: some.DrawFn, *, most_shifts: int = 4, most_days: int = 16, most_people: int = 3) -> Problem:
    count = draw(some.integers(1, most_shifts))
    shifts = tuple(draw(_shift(name)) for name in _NAMES[:count])
    near = draw(some.sampled_from([SPRING, AUTUMN, SPRING, AUTUMN, date(2026, 1, 5)]))
    days = draw(some.integers(1, most_days))
    return Problem(
        name="any",
        horizon=Horizon(starts_on=near - timedelta(days=draw(some.integers(-4, 18))), day_count=days),
        shifts=shifts,
        people=tuple(draw(_person(name, shifts)) for name in "abc"[: draw(some.integers(1, most_people))]),
    )


@some.composite
def demands(draw: some.DrawFn, problem: Problem) -> tuple[Demand, ...]:
    count = draw(some.integers(0, 6))
    return tuple(
        Demand(
            id=str(place),
            day=draw(some.integers(0, problem.horizon.day_count - 1)),
            minimum=draw(some.integers(0, 2)),
            wanted=draw(some.one_of(some.none(), some.integers(0, 9))),
            who=draw(some.sampled_from([ANYONE, Who(groups=frozenset({"g"}))])),
            **draw(
                some.sampled_from(
                    [
                        {"interval": (60, 300)},
                        {"shifts": frozenset({"x"})},
                        {"shifts": frozenset({"A"})},
                        {"shifts": frozenset({"work"})},
                    ]
                )
            ),
        )
        for place in range(count)
    )
