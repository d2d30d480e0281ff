"""Opening, renaming, moving and closing units, each from a day on; the tree holds together on every day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.organisation import queries
from robust.organisation.actions.audit import record
from robust.organisation.actions.role import CannotEnd, require_an_administrator
from robust.organisation.models import Account, Role, Unit, UnitPeriod, UnitType

_RANKS = {level: rank for rank, level in enumerate(Unit.Level.values)}


class CannotChangeTree(Exception):
    """The tree would not hold together; the text says what to do."""


class CannotOpen(CannotChangeTree):
    """The unit cannot be opened there and then."""


class CannotChange(CannotChangeTree):
    """The unit cannot be changed from that day."""


class CannotMove(CannotChangeTree):
    """The unit cannot belong there from that day."""


class CannotClose(CannotChangeTree):
    """Something at the unit is still open on that day."""


@transaction.atomic
def open_unit(
    *,
    code: str,
    name: str,
    level: str,
    parent: Unit | None,
    unit_type: UnitType | None,
    opens_on: date,
    actor: Account,
    now: datetime,
) -> Unit:
    """Open a new unit on a day. Raises: CannotOpen."""
    lock_tree()
    if Unit.objects.filter(code=code).exists():
        raise CannotOpen(_("Another unit has the code %(code)s. Choose another code.") % {"code": code})
    unit = Unit.objects.create(code=code, name=name, level=level)
    period = UnitPeriod(unit=unit, parent=parent, name=name, unit_type=unit_type, starts_on=opens_on)
    if refusal := _why_not_under(period):
        raise CannotOpen(refusal)
    period.save()
    detail = {"from_on": opens_on, "name": name, "parent": parent.name if parent else ""}
    record("unit.opened", actor=actor, now=now, subject=unit, detail=detail)
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, opens_on: date, actor: Account, now: datetime) -> None:
    """Open a closed unit again, as it was when it closed. Raises: CannotOpen."""
    lock_tree()
    latest = unit.periods.order_by("-starts_on").first()
    if latest is None or latest.ends_on is None or latest.ends_on > opens_on:
        raise CannotOpen(_("%(unit)s is not closed on that day.") % {"unit": unit.name})
    period = UnitPeriod(
        unit=unit, parent=latest.parent, name=latest.name, unit_type=latest.unit_type, starts_on=opens_on
    )
    if refusal := _why_not_under(period):
        raise CannotOpen(refusal)
    period.save()
    record("unit.reopened", actor=actor, now=now, subject=unit, detail={"from_on": opens_on})


@transaction.atomic
def change_unit(
    *, unit: Unit, name: str, unit_type: UnitType | None, from_on: date, actor: Account, now: datetime
) -> None:
    """Give a unit another name or type from a day, until that is planned to change. Raises: CannotChange."""
    lock_tree()
    before = period_on(unit, from_on, CannotChange)
    if (before.name, before.unit_type) == (name, unit_type):
        raise CannotChange(_("Nothing is different: name and type are the same on that day."))
    detail = {"from_on": from_on, "old": _words(before)}
    for field, value in (("name", name), ("unit_type", unit_type)):
        UnitPeriod.objects.bulk_update(_set_from(unit, from_on, field, value), [field])
    _keep_newest_name(unit)
    new = {"name": name, "type": unit_type.name if unit_type else ""}
    record("unit.changed", actor=actor, now=now, subject=unit, detail=detail | {"new": new})


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit | None, from_on: date, actor: Account, now: datetime) -> None:
    """Let a unit belong elsewhere from a day, until its next planned move. Raises: CannotMove."""
    lock_tree()
    before = period_on(unit, from_on, CannotMove)
    if before.parent == parent:
        raise CannotMove(_("%(unit)s belongs there already on that day.") % {"unit": unit.name})
    detail = {"from_on": from_on, "old": before.parent.name if before.parent else ""}
    periods = _set_from(unit, from_on, "parent", parent)
    for period in periods:
        if refusal := _why_not_under(period):
            raise CannotMove(refusal)
    UnitPeriod.objects.bulk_update(periods, ["parent"])
    new = parent.name if parent else ""
    record("unit.moved", actor=actor, now=now, subject=unit, detail=detail | {"new": new})


@transaction.atomic
def close_unit(*, unit: Unit, closes_on: date, actor: Account, now: datetime) -> None:
    """Close a unit from a day, with its roles and codes; changes planned for later fall away.

    Raises: CannotClose while units belong to it or people are employed there on that day or later.
    """
    lock_tree()
    if not open_rows(unit.periods.all(), closes_on).exists():
        raise CannotClose(_not_open(unit, closes_on))
    if refusal := _why_still_open(unit, closes_on):
        raise CannotClose(refusal)
    administered = open_rows(unit.roles.filter(role=Role.ADMINISTRATOR), closes_on).exists()
    end_unit(unit, closes_on)
    try:
        if administered:
            require_an_administrator(closes_on)
    except CannotEnd as error:
        raise CannotClose(str(error)) from error
    record("unit.closed", actor=actor, now=now, subject=unit, detail={"from_on": closes_on})


def lock_tree() -> None:
    """Let one change of the tree at a time through, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisation_unit_tree'))")


def end_unit(unit: Unit, closes_on: date) -> None:
    """End all that is dated at a unit, without asking; for closing, merging and splitting."""
    before = period_on(unit, closes_on - timedelta(days=1), CannotClose)
    unit.periods.filter(starts_on__gte=closes_on).delete()
    UnitPeriod.objects.filter(pk=before.pk).update(ends_on=closes_on)
    _keep_newest_name(unit)
    for dated in (unit.roles, unit.codes):
        dated.filter(starts_on__gte=closes_on).delete()
        open_rows(dated.all(), closes_on).update(ends_on=closes_on)


def open_rows(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Give the dated rows that are open on the day or will be later."""
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def period_on(unit: Unit, day: date, refusal: type[CannotChangeTree]) -> UnitPeriod:
    """Give what the unit is on the day. Raises: the refusal when it is closed."""
    period = unit.periods.filter(queries.open_on(day)).select_related("parent", "unit_type").first()
    if period is None:
        raise refusal(_not_open(unit, day))
    return period


def _not_open(unit: Unit, day: date) -> str:
    sentence = _("%(unit)s is not open on %(day)s. Choose a day on which it is.")
    return sentence % {"unit": unit.name, "day": date_format(day)}


def _set_from(unit: Unit, day: date, field: str, value: Any) -> list[UnitPeriod]:
    """Set the field from the day until it is planned to change again; give the periods, not saved yet."""
    _split_at(unit, day)
    following = unit.periods.filter(starts_on__gte=day).order_by("starts_on")
    first, *later = following.select_related("parent", "unit_type")
    changed, before = [first], getattr(first, field)
    for period in later:
        if changed[-1].ends_on != period.starts_on or getattr(period, field) != before:
            break
        changed.append(period)
    for period in changed:
        setattr(period, field, value)
    return changed


def _split_at(unit: Unit, day: date) -> None:
    period = unit.periods.get(queries.open_on(day))
    if period.starts_on < day:
        ends_on = period.ends_on
        UnitPeriod.objects.filter(pk=period.pk).update(ends_on=day)
        UnitPeriod.objects.create(
            unit=unit,
            parent_id=period.parent_id,
            name=period.name,
            unit_type_id=period.unit_type_id,
            starts_on=day,
            ends_on=ends_on,
        )


def _why_not_under(period: UnitPeriod) -> str:
    """Say why the unit cannot stand under its parent for the period; nothing when it can."""
    unit, parent = period.unit, period.parent
    names = {"unit": unit.name, "parent": parent.name if parent else ""}
    if parent is None:
        return ""
    if _RANKS[parent.level] > _RANKS[unit.level]:
        return _("%(parent)s is too far down in the tree for %(unit)s to belong to it.") % names
    if not queries.is_open_throughout(parent, period.starts_on, period.ends_on):
        return (
            _(
                "%(parent)s is not open for as long as %(unit)s would belong to it. "
                "Choose another day, or another place."
            )
            % names
        )
    if _is_above_itself(period):
        return _("%(parent)s belongs to %(unit)s itself. Choose another place.") % names
    return ""


def _is_above_itself(period: UnitPeriod) -> bool:
    """Walk upwards from the parent on each day in the period on which any unit changed."""
    others = UnitPeriod.objects.exclude(unit=period.unit_id).values_list(
        "unit_id", "parent_id", "starts_on", "ends_on"
    )
    by_unit: dict[int, list[tuple[int | None, date, date | None]]] = {}
    for unit_id, parent_id, starts_on, ends_on in others:
        by_unit.setdefault(unit_id, []).append((parent_id, starts_on, ends_on))
    days = {starts_on for rows in by_unit.values() for _parent, starts_on, _ends in rows}
    within = {
        day for day in days if period.starts_on < day and (period.ends_on is None or day < period.ends_on)
    }
    return any(_reaches(period, by_unit, day) for day in {period.starts_on, *within})


def _reaches(
    period: UnitPeriod, by_unit: dict[int, list[tuple[int | None, date, date | None]]], day: date
) -> bool:
    above = period.parent_id
    while above is not None and above != period.unit_id:
        above = next(
            (
                parent_id
                for parent_id, starts_on, ends_on in by_unit.get(above, ())
                if starts_on <= day and (ends_on is None or day < ends_on)
            ),
            None,
        )
    return above is not None


def _why_still_open(unit: Unit, day: date) -> str:
    children = open_rows(unit.child_periods.all(), day).values("unit").distinct().count()
    employments = open_rows(unit.employments.all(), day).count()
    parts = []
    if children:
        parts.append(
            ngettext(
                "%d unit belongs to it. Move or close that first.",
                "%d units belong to it. Move or close those first.",
                children,
            )
            % children
        )
    if employments:
        parts.append(
            ngettext(
                "%d person is employed there. End or move that employment first.",
                "%d employments there go on. End or move them first, or merge the unit into another.",
                employments,
            )
            % employments
        )
    opening = _("%(unit)s cannot close on %(day)s.") % {"unit": unit.name, "day": date_format(day)}
    return " ".join([opening, *parts]) if parts else ""


def _keep_newest_name(unit: Unit) -> None:
    unit.name = unit.periods.latest("starts_on").name
    unit.save(update_fields=["name", "updated_at"])


def _words(period: UnitPeriod) -> dict[str, str]:
    return {"name": period.name, "type": period.unit_type.name if period.unit_type else ""}
