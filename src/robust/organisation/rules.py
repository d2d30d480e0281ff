"""Who may do what in the organisation: yes or no."""

from collections.abc import Collection
from datetime import date

from robust.organisation import queries
from robust.organisation.models import Account, Role


def has_role(account: Account, roles: Collection[Role], unit_id: int, *, day: date) -> bool:
    return unit_id in queries.units_where(account, roles=roles, day=day)


def can_administer(account: Account, *, day: date) -> bool:
    """Somewhere: which units, has_role says."""
    return any(held.role == Role.ADMINISTRATOR for held in queries.roles_on(account, day=day))


def can_administer_unit(account: Account, unit_id: int, *, day: date) -> bool:
    return has_role(account, (Role.ADMINISTRATOR,), unit_id, day=day)


def can_administer_everything(account: Account, *, day: date) -> bool:
    """Held at a unit that belongs to no other: what counts for the whole installation."""
    held = {held.unit_id for held in queries.roles_on(account, day=day) if held.role == Role.ADMINISTRATOR}
    return bool(held) and bool(held & set(queries.tree_on(day).children.get(None, ())))


def can_see_personnel(account: Account, *, day: date) -> bool:
    return any(held.role in queries.PERSONNEL_ROLES for held in queries.roles_on(account, day=day))
