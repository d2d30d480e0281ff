"""What somebody sees and can take along of what is kept about them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from robust.organisation.models import Account, Employment, RoleAssignment
from robust.organisation.pages.audit import LookedLine
from robust.organisation.pages.person import employment_lines
from robust.organisation.pages.unit import latest, place
from robust.organisation.queries import UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRole:
    """A role of the reader's own; the last day is included."""

    role: str
    unit: str
    starts_on: date
    latest_on: date | None
    is_current: bool


def own_roles(roles: Iterable[RoleAssignment], tree: UnitTree, *, day: date) -> tuple[OwnRole, ...]:
    """Show what somebody may do where, now, before and from some day to come."""
    return tuple(
        OwnRole(
            role=held.get_role_display(),
            unit=place(tree, held.unit_id),
            starts_on=held.starts_on,
            latest_on=latest(held.ends_on),
            is_current=held.starts_on <= day and (held.ends_on is None or day < held.ends_on),
        )
        for held in roles
    )


def own_export(
    account: Account,
    *,
    employments: Iterable[Employment],
    roles: Iterable[RoleAssignment],
    looked: Iterable[LookedLine],
    tree: UnitTree,
    day: date,
) -> dict[str, Any]:
    """Give all that is kept about somebody as plain values, under names that can be read."""
    return {
        "account": {
            "name": account.name,
            "email": account.email,
            "language": account.language,
            "added_at": account.created_at,
            "latest_sign_in_at": account.last_login,
        },
        "person": {"name": account.person.name} if account.person else None,
        "employments": [_plain(line) for line in employment_lines(employments, (), tree, day=day)],
        "roles": [asdict(line) for line in own_roles(roles, tree, day=day)],
        "who_has_looked": [asdict(line) for line in looked],
    }


def _plain(line: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(line).items() if name not in {"id", "can_change"}}
