"""Merging and splitting units: what stood at the old ones goes on at the new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from robust.organisation import queries
from robust.organisation.actions.audit import record
from robust.organisation.actions.unit import (
    CannotChangeTree,
    CannotMove,
    end_unit,
    lock_tree,
    move_unit,
    open_rows,
    open_unit,
    period_on,
)
from robust.organisation.models import Account, Employment, RoleAssignment, Unit, UnitSuccession


class CannotMerge(CannotChangeTree):
    """These units cannot become one on that day."""


class CannotSplit(CannotChangeTree):
    """The unit cannot become several on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit that a split makes."""

    code: str
    name: str


@transaction.atomic
def merge_units(
    *, units: Sequence[Unit], into: Unit, happens_on: date, actor: Account, now: datetime
) -> None:
    """Let units go on as one that exists: its people, roles and the units that belong to them go along.

    Raises: CannotMerge.
    """
    lock_tree()
    if not units or into in units:
        sentence = _("Choose one or more other units that are to go on as %(unit)s.")
        raise CannotMerge(sentence % {"unit": into.name})
    if not queries.is_open_throughout(into, happens_on, None):
        sentence = _("%(unit)s is not open from %(day)s and onwards, so nothing can go on there.")
        raise CannotMerge(sentence % {"unit": into.name, "day": date_format(happens_on)})
    for unit in units:
        _go_on(unit, into, happens_on, actor=actor, now=now, refusal=CannotMerge)
        detail = {"from_on": happens_on, "into": into.name}
        record("unit.merged", actor=actor, now=now, subject=unit, detail=detail)


@transaction.atomic
def split_unit(
    *, unit: Unit, into: Sequence[NewUnit], happens_on: date, actor: Account, now: datetime
) -> list[Unit]:
    """Let a unit go on as several new ones in the same place; people and roles go to the first of them.

    Raises: CannotSplit, or CannotOpen when a code is taken.
    """
    lock_tree()
    if len(into) < 2:
        raise CannotSplit(_("Name at least two new units."))
    place = period_on(unit, happens_on, CannotSplit)
    successors = [
        open_unit(
            code=new.code,
            name=new.name,
            level=unit.level,
            parent=place.parent,
            unit_type=place.unit_type,
            opens_on=happens_on,
            actor=actor,
            now=now,
        )
        for new in into
    ]
    _go_on(unit, successors[0], happens_on, actor=actor, now=now, refusal=CannotSplit)
    for successor in successors[1:]:
        UnitSuccession.objects.create(predecessor=unit, successor=successor, happened_on=happens_on)
    detail = {"from_on": happens_on, "into": [successor.name for successor in successors]}
    record("unit.split", actor=actor, now=now, subject=unit, detail=detail)
    return successors


def _go_on(
    unit: Unit,
    successor: Unit,
    day: date,
    *,
    actor: Account,
    now: datetime,
    refusal: type[CannotChangeTree],
) -> None:
    """Carry everything from a unit to its successor on the day, and close it."""
    period_on(unit, day, refusal)
    children = open_rows(unit.child_periods.all(), day).values_list("unit", flat=True)
    try:
        for child in Unit.objects.filter(pk__in=list(children)):
            _carry_child(child, unit, successor, day, actor=actor, now=now)
    except CannotMove as error:
        raise refusal(str(error)) from error
    _carry_employments(unit, successor, day)
    _carry_roles(unit, successor, day)
    end_unit(unit, day)
    UnitSuccession.objects.create(predecessor=unit, successor=successor, happened_on=day)


def _carry_child(
    child: Unit, unit: Unit, successor: Unit, day: date, *, actor: Account, now: datetime
) -> None:
    for starts_on in list(
        open_rows(child.periods.filter(parent=unit), day)
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
    ):
        from_on = max(day, starts_on)
        if child.periods.filter(queries.open_on(from_on), parent=unit).exists():
            move_unit(unit=child, parent=successor, from_on=from_on, actor=actor, now=now)


def _carry_employments(unit: Unit, successor: Unit, day: date) -> None:
    unit.employments.filter(starts_on__gte=day).update(unit=successor)
    for employment in list(open_rows(unit.employments.all(), day)):
        ends_on = employment.ends_on
        Employment.objects.filter(pk=employment.pk).update(ends_on=day)
        Employment.objects.create(
            person_id=employment.person_id,
            unit=successor,
            profession_id=employment.profession_id,
            post_number=employment.post_number,
            weekly_hours=employment.weekly_hours,
            starts_on=day,
            ends_on=ends_on,
        )


def _carry_roles(unit: Unit, successor: Unit, day: date) -> None:
    for held in open_rows(unit.roles.all(), day):
        already = open_rows(successor.roles.filter(account=held.account_id, role=held.role), day)
        if not already.exists():
            RoleAssignment.objects.create(
                account_id=held.account_id,
                role=held.role,
                unit=successor,
                starts_on=max(day, held.starts_on),
                ends_on=held.ends_on,
            )
