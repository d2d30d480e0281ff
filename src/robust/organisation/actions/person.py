"""People, and their employments over time."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from robust.organisation import queries
from robust.organisation.actions.audit import record
from robust.organisation.models import Account, Employment, Person, Profession, Unit


class CannotEmploy(Exception):
    """The employment cannot stand like that; the text says why."""


@transaction.atomic
def add_person(*, name: str, actor: Account, now: datetime) -> Person:
    """Add somebody who works, or will work, at the hospital."""
    person = Person.objects.create(name=name)
    record("person.added", actor=actor, now=now, subject=person, about=person)
    return person


@transaction.atomic
def rename_person(*, person: Person, name: str, actor: Account, now: datetime) -> None:
    """Correct somebody's name."""
    old, person.name = person.name, name
    person.save(update_fields=["name", "updated_at"])
    detail = {"old": old, "new": name}
    record("person.renamed", actor=actor, now=now, subject=person, about=person, detail=detail)


@transaction.atomic
def add_employment(
    *,
    person: Person,
    unit: Unit,
    profession: Profession,
    post_number: str,
    weekly_hours: Decimal,
    starts_on: date,
    ends_on: date | None,
    actor: Account,
    now: datetime,
) -> Employment:
    """Employ somebody in a post at a unit. Raises: CannotEmploy, also when the post is taken at that time."""
    _refuse_impossible(unit, starts_on, ends_on)
    try:
        with transaction.atomic():
            employment = Employment.objects.create(
                person=person,
                unit=unit,
                profession=profession,
                post_number=post_number,
                weekly_hours=weekly_hours,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as error:
        raise CannotEmploy(_who_has(post_number, starts_on)) from error
    detail = {"post": post_number, "unit": unit.name, "from_on": starts_on, "until_on": ends_on}
    record("employment.added", actor=actor, now=now, subject=employment, about=person, detail=detail)
    return employment


@transaction.atomic
def end_employment(*, employment: Employment, ends_on: date, actor: Account, now: datetime) -> None:
    """Let an employment end on a day that is its first without work. Raises: CannotEmploy."""
    employment = Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)
    if ends_on <= employment.starts_on:
        sentence = _("The employment began on %(day)s. It must end after that.")
        raise CannotEmploy(sentence % {"day": date_format(employment.starts_on)})
    old, employment.ends_on = employment.ends_on, ends_on
    if old is None or ends_on > old:
        _refuse_impossible(employment.unit, employment.starts_on, ends_on)
    try:
        with transaction.atomic():
            employment.save(update_fields=["ends_on", "updated_at"])
    except IntegrityError as error:
        raise CannotEmploy(_who_has(employment.post_number, ends_on)) from error
    detail = {"post": employment.post_number, "old": old, "new": ends_on}
    record(
        "employment.ended", actor=actor, now=now, subject=employment, about=employment.person, detail=detail
    )


@transaction.atomic
def move_employment(
    *, employment: Employment, unit: Unit, from_on: date, actor: Account, now: datetime
) -> Employment:
    """Let somebody take their post along to another unit on a day. Raises: CannotEmploy."""
    employment = Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)
    ends_on = employment.ends_on
    if from_on <= employment.starts_on or (ends_on and from_on >= ends_on):
        raise CannotEmploy(_("Choose a day within the employment, after its first."))
    if unit.pk == employment.unit_id:
        raise CannotEmploy(_("The employment is at that unit already."))
    end_employment(employment=employment, ends_on=from_on, actor=actor, now=now)
    return add_employment(
        person=employment.person,
        unit=unit,
        profession=employment.profession,
        post_number=employment.post_number,
        weekly_hours=employment.weekly_hours,
        starts_on=from_on,
        ends_on=ends_on,
        actor=actor,
        now=now,
    )


def _refuse_impossible(unit: Unit, starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on <= starts_on:
        raise CannotEmploy(_("The employment must end after it begins."))
    if not queries.is_open_throughout(unit, starts_on, ends_on):
        sentence = _("%(unit)s is not open for all of that time. Choose another unit or other days.")
        raise CannotEmploy(sentence % {"unit": unit.name})


def _who_has(post_number: str, day: date) -> str:
    """Say until when the post is taken; not by whom, which the reader may not be allowed to know."""
    taken = Employment.objects.filter(post_number=post_number).order_by("-starts_on").first()
    names = {"post": post_number, "day": date_format(taken.ends_on) if taken and taken.ends_on else ""}
    if names["day"]:
        sentence = _(
            "Somebody holds post %(post)s until %(day)s. Begin on that day, or use another post number."
        )
    else:
        sentence = _(
            "Somebody holds post %(post)s, without an end. End that first, or use another post number."
        )
    return sentence % names
