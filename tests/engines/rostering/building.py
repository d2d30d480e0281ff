"""Small wards for tests, written in few words: rosters as lines of letters, a dot for a free day."""

from collections.abc import Iterable, Mapping
from datetime import date

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
from robust.engines.rostering.rules import Rule, Who

MONDAY = date(2026, 1, 5)
FREE_LETTER = "."


def a_shift(
    name: str,
    starts: float,
    hours: float = 8,
    *,
    tags: Iterable[str] = (),
    counted_minutes: int | None = None,
    counts_as_rest: bool = False,
) -> Shift:
    """Make a shift type with a one-letter id that starts at an hour of the day (7.5 is half past seven)."""
    return Shift(
        id=name,
        starts_minute=round(starts * 60),
        length_minutes=round(hours * 60),
        counted_minutes=counted_minutes,
        counts_as_rest=counts_as_rest,
        tags=frozenset(tags),
    )


DAY = a_shift("D", 7)
EVENING = a_shift("E", 15)
NIGHT = a_shift("N", 23, tags=["night"])
STANDBY = a_shift("S", 15, 16, counted_minutes=0, counts_as_rest=True)
DAY_EVENING_NIGHT = (DAY, EVENING, NIGHT)


def a_line(letters: str) -> tuple[str | None, ...]:
    """Read a person's days from letters: the id of a shift, or a dot for a free day."""
    return tuple(None if letter == FREE_LETTER else letter for letter in letters)


def a_roster(*lines: str) -> Roster:
    """Make a roster, one string of letters per person."""
    return Roster(lines=tuple(a_line(letters) for letters in lines))


def a_person(
    name: str = "a",
    *,
    before: str = "",
    carried: Mapping[str, int] | None = None,
    groups: Iterable[str] = (),
    competences: Iterable[str] = (),
    experience_years: int = 0,
    contract_share: float = 1.0,
    counts: bool = True,
) -> Person:
    """Make a person; `before` are the letters of the latest days before the horizon."""
    return Person(
        id=name,
        groups=frozenset(groups),
        competences=frozenset(competences),
        experience_years=experience_years,
        contract_share=contract_share,
        counts=counts,
        history=History(days=a_line(before), carried=carried or {}),
    )


def some_people(count: int) -> tuple[Person, ...]:
    """Make people called a, b, c and so on (at most 26)."""
    return tuple(a_person(chr(ord("a") + place)) for place in range(count))


def a_problem(
    *,
    days: int = 7,
    starts_on: date = MONDAY,
    time_zone: str = "Europe/Copenhagen",
    shifts: tuple[Shift, ...] = DAY_EVENING_NIGHT,
    people: int | tuple[Person, ...] = 1,
    demands: tuple[Demand, ...] = (),
    rules: tuple[Rule, ...] = (),
    wishes: tuple[Wish, ...] = (),
    fixed: tuple[Fixed, ...] = (),
    published: Published | None = None,
) -> Problem:
    """Make a ward; `people` may be a number. Without more: one week from a Monday, one person, no rules."""
    return Problem(
        name="small",
        horizon=Horizon(starts_on=starts_on, day_count=days, time_zone=time_zone),
        shifts=shifts,
        people=some_people(people) if isinstance(people, int) else people,
        demands=demands,
        rules=rules,
        wishes=wishes,
        fixed=fixed,
        published=published,
    )


def only(*ids: str) -> Who:
    """Choose people by id."""
    return Who(ids=frozenset(ids))


def one_of(*names: str) -> frozenset[str]:
    """Make a set of shift ids, tags or words."""
    return frozenset(names)
