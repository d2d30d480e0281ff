"""Which roles an account holds, and at which units that counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from robust.organisation.models import Account, Role, RoleAssignment
from robust.organisation.queries.once import once
from robust.organisation.queries.units import open_on, tree_known_on


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role, and the unit at which and below which it is held."""

    role: Role
    unit_id: int


def roles_on(account: Account, *, day: date) -> tuple[HeldRole, ...]:
    """Give the roles that the account holds on the day; an account that may not sign in holds none."""
    return once(("roles on", account.pk, day), lambda: _roles_on(account, day))


def units_visible_to(account: Account, *, day: date) -> frozenset[int]:
    """Give the units at, below and above the account's roles: a ward sees its hospital's plans.

    Closed units count where they last belonged, so that what was written there can still be read.
    """
    tree = tree_known_on(day)
    held = {held.unit_id for held in roles_on(account, day=day)}
    down = frozenset[int]().union(*(tree.below(unit_id) for unit_id in held))
    return down.union(*(tree.above(unit_id) for unit_id in held))


def units_where(account: Account, *, roles: Collection[Role], day: date) -> frozenset[int]:
    """Give the units at which the account holds one of the roles; a role counts for everything below it."""
    held = {held.unit_id for held in roles_on(account, day=day) if held.role in roles}
    if not held:
        return frozenset()
    tree = tree_known_on(day)
    return frozenset[int]().union(*(tree.below(unit_id) for unit_id in held))


def _roles_on(account: Account, day: date) -> tuple[HeldRole, ...]:
    rows = (
        RoleAssignment.objects.filter(open_on(day), account=account, account__is_active=True)
        .order_by("role", "unit_id")
        .values_list("role", "unit_id")
    )
    return tuple(HeldRole(role=Role(role), unit_id=unit_id) for role, unit_id in rows)
