"""What the pages of people and their employments show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from robust.organisation.models import Employment, Person
from robust.organisation.pages.unit import latest, place
from robust.organisation.queries import UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentLine:
    """A post held for a time; the last day is included."""

    id: int
    unit: str
    profession: str
    post_number: str
    weekly_hours: Decimal
    starts_on: date
    latest_on: date | None
    is_current: bool
    can_change: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in a list, with the posts they hold on the day."""

    id: int
    name: str
    posts: tuple[EmploymentLine, ...]
    made_at: datetime
    changed_at: datetime


def person_lines(
    people: Iterable[Person], employments: Iterable[Employment], tree: UnitTree, *, day: date
) -> tuple[PersonLine, ...]:
    """Show people, each with the posts that the reader may see."""
    by_person: dict[int, list[EmploymentLine]] = {}
    for line, person_id in (
        (_line(employment, (), tree, day), employment.person_id) for employment in employments
    ):
        by_person.setdefault(person_id, []).append(line)
    return tuple(_person_line(person, by_person.get(person.pk, [])) for person in people)


def employment_lines(
    employments: Iterable[Employment], changeable: Collection[int], tree: UnitTree, *, day: date
) -> tuple[EmploymentLine, ...]:
    """Show employments, the newest first; those at changeable units can be ended and moved."""
    ordered = sorted(employments, key=lambda employment: employment.starts_on, reverse=True)
    return tuple(_line(employment, changeable, tree, day) for employment in ordered)


def _person_line(person: Person, posts: list[EmploymentLine]) -> PersonLine:
    return PersonLine(
        id=person.pk,
        name=person.name,
        posts=tuple(posts),
        made_at=person.created_at,
        changed_at=max([person.updated_at, *(post.changed_at for post in posts)]),
    )


def _line(employment: Employment, changeable: Collection[int], tree: UnitTree, day: date) -> EmploymentLine:
    ends_on = employment.ends_on
    is_over = ends_on is not None and ends_on <= day
    return EmploymentLine(
        id=employment.pk,
        unit=place(tree, employment.unit_id),
        profession=employment.profession.name,
        post_number=employment.post_number,
        weekly_hours=employment.weekly_hours,
        starts_on=employment.starts_on,
        latest_on=latest(ends_on),
        is_current=employment.starts_on <= day and not is_over,
        can_change=employment.unit_id in changeable and not is_over,
        changed_at=employment.updated_at,
    )
