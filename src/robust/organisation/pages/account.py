"""What the pages of accounts show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from robust.organisation.models import Account, RoleAssignment
from robust.organisation.pages.unit import latest, place
from robust.organisation.queries import UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account in a list, with the roles it holds now."""

    id: int
    name: str
    email: str
    is_active: bool
    roles: tuple[str, ...]
    signed_in_at: datetime | None
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A role of an account; the last day is included."""

    id: int
    role: str
    unit: str
    starts_on: date
    latest_on: date | None
    can_end: bool


def account_lines(
    accounts: Iterable[Account], roles: Iterable[RoleAssignment], tree: UnitTree
) -> tuple[AccountLine, ...]:
    """Show accounts, each with its current roles."""
    held: dict[int, list[str]] = {}
    changed_at: dict[int, datetime] = {}
    for assignment in roles:
        pk, words = (
            assignment.account_id,
            f"{assignment.get_role_display()}, {place(tree, assignment.unit_id)}",
        )
        held.setdefault(pk, []).append(words)
        changed_at[pk] = max(assignment.updated_at, changed_at.get(pk, assignment.updated_at))
    return tuple(
        AccountLine(
            id=account.pk,
            name=account.name,
            email=account.email,
            is_active=account.is_active,
            roles=tuple(held.get(account.pk, ())),
            signed_in_at=account.last_login,
            made_at=account.created_at,
            changed_at=max(account.updated_at, changed_at.get(account.pk, account.updated_at)),
        )
        for account in accounts
    )


def held_lines(
    roles: Iterable[RoleAssignment], administered: frozenset[int], tree: UnitTree, *, day: date
) -> tuple[HeldLine, ...]:
    """Show an account's roles; those at administered units that go on can be ended."""
    return tuple(
        HeldLine(
            id=held.pk,
            role=held.get_role_display(),
            unit=place(tree, held.unit_id),
            starts_on=held.starts_on,
            latest_on=latest(held.ends_on),
            can_end=held.unit_id in administered and (held.ends_on is None or held.ends_on > day),
        )
        for held in roles
    )
