"""Giving and ending roles; somebody can always administer the whole."""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from robust.organisation import queries
from robust.organisation.actions.audit import record
from robust.organisation.models import Account, Role, RoleAssignment, RoleRequirement, Unit


class CannotAssign(Exception):
    """The role cannot be given; the text says why."""


class CannotEnd(Exception):
    """The role cannot end then; the text says why."""


@transaction.atomic
def assign_role(
    *,
    account: Account,
    role: Role,
    unit: Unit,
    starts_on: date,
    ends_on: date | None,
    actor: Account,
    now: datetime,
) -> RoleAssignment:
    """Give an account a role at a unit and below it. Raises: CannotAssign."""
    if ends_on and ends_on <= starts_on:
        raise CannotAssign(_("The role must end after it begins."))
    if not queries.is_open_throughout(unit, starts_on, ends_on):
        raise CannotAssign(_("%(unit)s is not open for all of that time.") % {"unit": unit.name})
    lock_roles()
    until = Q(starts_on__lt=ends_on) if ends_on else Q()
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    if RoleAssignment.objects.filter(until, lasting, account=account, role=role, unit=unit).exists():
        sentence = _("%(account)s has that role there already in some of that time.")
        raise CannotAssign(sentence % {"account": account.name})
    held = RoleAssignment.objects.create(
        account=account, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
    detail = {"role": role.value, "unit": unit.name, "from_on": starts_on, "until_on": ends_on}
    record("role.assigned", actor=actor, now=now, subject=account, about=account.person, detail=detail)
    return held


@transaction.atomic
def end_role(*, held: RoleAssignment, ends_on: date, actor: Account, now: datetime) -> None:
    """Let a role end on a day; one that would never have begun is taken away. Raises: CannotEnd."""
    lock_roles()
    held = RoleAssignment.objects.select_related("account__person", "unit").get(pk=held.pk)
    if held.ends_on and held.ends_on <= ends_on:
        raise CannotEnd(_("The role has ended by then already."))
    if ends_on <= held.starts_on:
        held.delete()
    else:
        held.ends_on = ends_on
        held.save(update_fields=["ends_on", "updated_at"])
    require_an_administrator(ends_on)
    detail = {"role": held.role, "unit": held.unit.name, "until_on": ends_on}
    account = held.account
    record("role.ended", actor=actor, now=now, subject=account, about=account.person, detail=detail)


def require_an_administrator(day: date) -> None:
    """See to it that somebody administers the whole from the day on and without an end. Raises: CannotEnd."""
    tops = queries.tree_on(day).children.get(None, ())
    left = RoleAssignment.objects.filter(
        role=Role.ADMINISTRATOR,
        ends_on__isnull=True,
        starts_on__lte=day,
        account__is_active=True,
        unit__in=tops,
    )
    if not left.exists():
        raise CannotEnd(_("Nobody would be left to administer the whole. Give somebody else the role first."))


@transaction.atomic
def set_role_requirements(*, roles: frozenset[Role], actor: Account, now: datetime) -> None:
    """Say for which roles a second factor is required at sign-in; for the others it is not."""
    before = frozenset(Role(role) for role in RoleRequirement.objects.values_list("role", flat=True))
    if before == roles:
        return
    RoleRequirement.objects.exclude(role__in=roles).delete()
    RoleRequirement.objects.bulk_create([RoleRequirement(role=role) for role in sorted(roles - before)])
    detail = {"old": sorted(before), "new": sorted(roles)}
    record("role.second_factor_required", actor=actor, now=now, detail=detail)


def lock_roles() -> None:
    """Let one change of roles wait for another, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisation_roles'))")
