"""Taking back what was just done; each undo is refused where the thing is no longer as the act left it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from robust.organisation.actions.audit import record
from robust.organisation.actions.role import lock_roles
from robust.organisation.models import Account, Role, RoleAssignment, Unit, UnitCode

TOO_LATE = _("This has been undone already, or too much has happened since. Nothing was changed.")
CHANGED_SINCE = _("Somebody has changed it since, so it cannot be undone. Nothing was changed.")


class CannotTakeBack(Exception):
    """What was done cannot be taken back any more; the text says why."""


@transaction.atomic
def hold_role_again(
    *,
    account: Account,
    role: Role,
    unit: Unit,
    starts_on: date,
    ended_on: date,
    ends_on: date | None,
    actor: Account,
    now: datetime,
) -> None:
    """Let a role go on to the end it had, before it was ended on a day. Raises: CannotTakeBack."""
    lock_roles()
    held = RoleAssignment.objects.filter(account=account, role=role, unit=unit, starts_on=starts_on).first()
    _refuse_if_changed(
        held.ends_on if held else None, is_there=held is not None, starts_on=starts_on, ended_on=ended_on
    )
    held = held or RoleAssignment(account=account, role=role, unit=unit, starts_on=starts_on)
    held.ends_on = ends_on
    _save(held)
    detail = {"role": role.value, "unit": unit.name, "from_on": starts_on, "until_on": ends_on}
    record("role.held_again", actor=actor, now=now, subject=account, about=account.person, detail=detail)


@transaction.atomic
def count_code_again(
    *,
    unit: Unit,
    system: str,
    code: str,
    starts_on: date,
    ended_on: date,
    ends_on: date | None,
    actor: Account,
    now: datetime,
) -> None:
    """Let a code count to the end it had, before it was ended on a day. Raises: CannotTakeBack."""
    given = UnitCode.objects.filter(unit=unit, system=system, code=code, starts_on=starts_on).first()
    _refuse_if_changed(
        given.ends_on if given else None, is_there=given is not None, starts_on=starts_on, ended_on=ended_on
    )
    given = given or UnitCode(unit=unit, system=system, code=code, starts_on=starts_on)
    given.ends_on = ends_on
    _save(given)
    detail = {"system": system, "code": code, "until_on": ends_on}
    record("unit.code_counts_again", actor=actor, now=now, subject=unit, detail=detail)


def _refuse_if_changed(ends_on: date | None, *, is_there: bool, starts_on: date, ended_on: date) -> None:
    """What ended before it began was taken away; anything else stands with the end it was given."""
    was_taken_away = ended_on <= starts_on
    if is_there == was_taken_away or (is_there and ends_on != ended_on):
        raise CannotTakeBack(CHANGED_SINCE)


def _save(row: RoleAssignment | UnitCode) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CannotTakeBack(CHANGED_SINCE) from error
