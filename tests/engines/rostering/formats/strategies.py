"""Problems of any kind that make sense, for properties that hold for all of them."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from robust.engines.rostering.problem import (
    Demand,
    Fixed,
    History,
    Horizon,
    Person,
    Problem,
    Published,
    Roster,
    Shift,
    Wish,
)
from robust.engines.rostering.rules import (
    ANYONE,
    Accompanied,
    Apart,
    Basis,
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

GROUPS = ("nurses", "læger", "nye")
COMPETENCES = ("ilt", "børn")
TAGS = ("#night", "#weekend")
WORDS = ("off", "work", "any")
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=6)
WEIGHTS = st.integers(0, 10**7)


def _some(values: tuple[str, ...], *, least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), min_size=least, max_size=3)


def _whos(people: tuple[Person, ...]) -> st.SearchStrategy[Who]:
    groups = tuple(sorted({group for person in people for group in person.groups}))
    return st.just(ANYONE) | st.builds(
        Who,
        ids=_some(tuple(person.id for person in people)),
        groups=_some(groups) if groups else st.just(frozenset[str]()),
        experience_at_least=st.integers(0, 9),
    )


@st.composite
def _shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    names = draw(st.lists(TEXTS.map(lambda text: f"s{text}"), min_size=1, max_size=3, unique=True))
    return tuple(
        draw(
            st.builds(
                Shift,
                id=st.just(name),
                starts_minute=st.integers(0, 1439),
                length_minutes=st.integers(1, 1500),
                counted_minutes=st.none() | st.integers(0, 1500),
                counts_as_rest=st.booleans(),
                tags=st.just(frozenset(TAGS)),
                label=TEXTS,
            )
        )
        for name in names
    )


@st.composite
def _people(draw: st.DrawFn, shifts: tuple[Shift, ...]) -> tuple[Person, ...]:
    names = draw(st.lists(TEXTS.map(lambda text: f"p{text}"), min_size=1, max_size=3, unique=True))
    days = st.lists(st.none() | st.sampled_from([shift.id for shift in shifts]), max_size=5).map(tuple)
    return tuple(
        draw(
            st.builds(
                Person,
                id=st.just(name),
                name=TEXTS,
                groups=_some(GROUPS),
                competences=_some(COMPETENCES),
                experience_years=st.integers(0, 40),
                contract_share=st.floats(0, 2),
                counts=st.booleans(),
                history=st.builds(History, days=days),
            )
        )
        for name in names
    )


def _bounds(draw: st.DrawFn) -> tuple[int | None, int | None]:
    least, more = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    return draw(st.sampled_from([(least, None), (None, more), (least, least + more)]))


@st.composite
def _rule(draw: st.DrawFn, name: str, problem: Problem) -> Rule:
    names = (*WORDS, *TAGS, *(shift.id for shift in problem.shifts))
    days = problem.horizon.day_count
    least, most = _bounds(draw)
    chosen, whole = draw(_some(names, least=1)), draw(st.integers(1, 3000))
    first, length = draw(st.integers(0, days - 1)), draw(st.none() | st.integers(1, 9))
    window = Window(
        from_day=first,
        to_day=draw(st.none() | st.integers(first + 1, first + 20)),
        every_days=length,
        rolling=length is not None and draw(st.booleans()),
    )
    unit = draw(st.sampled_from(Unit))
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    rule: Rule = draw(
        st.sampled_from(
            [
                Sequence(id=name, shifts=(chosen, chosen), weekdays=weekdays),
                Rest(id=name, minutes=whole, reduced_minutes=whole // 2, reduced_per_week=whole % 3),
                Count(
                    id=name, unit=unit, shifts=chosen, window=window, minimum=least, maximum=most, step=whole
                ),
                Run(id=name, shifts=chosen, unit=Unit.WEEKENDS, minimum=least, maximum=most),
                FreePeriod(id=name, minutes=whole, days_between=6),
                WeeklyFree(id=name, long_minutes=whole + 60, short_minutes=whole),
                Apart(id=name, shifts=chosen, most=whole % 4),
                Accompanied(id=name, by=draw(_whos(problem.people)), shifts=chosen),
            ]
        )
    )
    rule = replace(
        rule,
        who=draw(_whos(problem.people)),
        weight=draw(st.none() | WEIGHTS),
        basis=draw(st.sampled_from(Basis)),
        reference=draw(TEXTS),
    )
    fair = Fairness(id=name, weight=1, shifts=chosen, unit=unit, total=least, tolerance=whole % 9, step=whole)
    return draw(st.sampled_from([rule, rule, fair]))


@st.composite
def _demand(draw: st.DrawFn, name: str, problem: Problem) -> Demand:
    day = draw(st.integers(0, problem.horizon.day_count - 1))
    start, length = draw(st.integers(0, 1439)), draw(st.integers(1, 1440))
    wanted, spare = draw(st.integers(0, 5)), draw(st.none() | st.integers(0, 3))
    on_shifts = draw(st.booleans())
    return Demand(
        id=name,
        day=day,
        shifts=draw(_some(TAGS, least=1)) if on_shifts else frozenset(),
        interval=None if on_shifts else (start, start + length),
        wanted=wanted,
        maximum=None if spare is None else wanted + spare,
        under_weight=draw(WEIGHTS),
        over_weight=draw(WEIGHTS),
        who=draw(_whos(problem.people)),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a problem that `check_problem` has nothing to say about."""
    shifts = draw(_shifts())
    horizon = Horizon(
        starts_on=draw(st.dates(date(1990, 1, 1), date(2100, 1, 1))),
        day_count=draw(st.integers(1, 9)),
        time_zone=draw(st.sampled_from(["Europe/Copenhagen", "UTC", "America/New_York"])),
    )
    bare = Problem(name=draw(TEXTS), horizon=horizon, shifts=shifts, people=draw(_people(shifts)))
    names = (*WORDS, *TAGS, *(shift.id for shift in shifts))
    people = st.sampled_from([person.id for person in bare.people])
    days = st.integers(0, horizon.day_count - 1)
    rules = tuple(draw(_rule(f"r{place}", bare)) for place in range(draw(st.integers(0, 3))))
    carried = draw(
        st.dictionaries(st.sampled_from([rule.id for rule in rules] or ["r"]), st.integers(-99, 99))
    )
    first = replace(bare.people[0].history, carried=carried if rules else {})
    return replace(
        bare,
        people=(replace(bare.people[0], history=first), *bare.people[1:]),
        demands=tuple(draw(_demand(f"d{place}", bare)) for place in range(draw(st.integers(0, 3)))),
        rules=rules,
        wishes=tuple(
            Wish(
                id=f"w{place}",
                person=draw(people),
                day=draw(days),
                shifts=draw(_some(names, least=1)),
                granted=draw(st.booleans()),
                weight=draw(WEIGHTS),
                group=draw(TEXTS),
            )
            for place in range(draw(st.integers(0, 2)))
        ),
        fixed=tuple(
            Fixed(person=person.id, day=draw(days), shifts=draw(_some(names, least=1)), why=draw(TEXTS))
            for person in bare.people
        ),
        published=draw(st.none() | _published(bare)),
    )


def _line(problem: Problem) -> st.SearchStrategy[tuple[str | None, ...]]:
    cells = st.none() | st.sampled_from([shift.id for shift in problem.shifts])
    days = problem.horizon.day_count
    return st.lists(cells, min_size=days, max_size=days).map(tuple)


def _published(problem: Problem) -> st.SearchStrategy[Published]:
    people = st.sampled_from([person.id for person in problem.people])
    return st.builds(Published, lines=st.dictionaries(people, _line(problem)), weight=WEIGHTS)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Problem, Roster]:
    """Draw a problem and any roster for it."""
    problem = draw(problems())
    return problem, Roster(lines=tuple(draw(_line(problem)) for _person in problem.people))
