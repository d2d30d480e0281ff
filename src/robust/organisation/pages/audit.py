"""What the audit trail says in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from robust.core.registry import offered
from robust.organisation.models import AuditEntry
from robust.organisation.pages.audit_detail import detail_words, subject_words
from robust.organisation.pages.unit import place
from robust.organisation.queries import HeldThen, UnitTree

WORDS: dict[str, Any] = {
    "account.added": lazy("added an account"),
    "account.changed": lazy("changed an account"),
    "account.invited": lazy("made an invitation to sign in"),
    "account.password_changed": lazy("changed a password"),
    "account.provider_connected": lazy("tied an account to the hospital's own sign-in"),
    "account.provider_disconnected": lazy("untied an account from the hospital's own sign-in"),
    "account.second_factor_added": lazy("added a second factor"),
    "account.second_factor_failed": lazy("failed at the second factor"),
    "account.second_factor_removed": lazy("removed a second factor"),
    "account.second_factor_renewed": lazy("renewed a second factor"),
    "account.signed_in": lazy("signed in"),
    "account.signed_out": lazy("signed out"),
    "account.sign_in_failed": lazy("tried to sign in and failed"),
    "account.viewed": lazy("looked at an account"),
    "accounts.exported": lazy("fetched the list of accounts as a sheet"),
    "accounts.listed": lazy("looked at the list of accounts"),
    "audit.checked": lazy("checked the chain of the audit trail"),
    "audit.exported": lazy("fetched the audit trail as a sheet"),
    "audit.read": lazy("read the audit trail"),
    "employment.added": lazy("added an employment"),
    "employment.ended": lazy("ended an employment"),
    "file.emptied": lazy("threw away a file that could not be read"),
    "file.stored": lazy("uploaded a file"),
    "job.cancelled": lazy("cancelled a job"),
    "job.started": lazy("started a job"),
    "list.exported": lazy("fetched a list as a sheet"),
    "party.added": lazy("added a party"),
    "party.changed": lazy("changed a party"),
    "party.removed": lazy("removed a party"),
    "people.exported": lazy("fetched a list of people as a sheet"),
    "people.listed": lazy("looked at a list of people"),
    "people.searched": lazy("searched for people"),
    "look.changed": lazy("changed the hospital's name, mark or colours"),
    "person.added": lazy("added a person"),
    "person.exported": lazy("fetched all that is kept about a person"),
    "person.renamed": lazy("corrected a person's name"),
    "person.viewed": lazy("looked at a person's employments"),
    "profession.added": lazy("added a profession"),
    "profession.changed": lazy("changed a profession"),
    "profession.removed": lazy("removed a profession"),
    "retention.applied": lazy("deleted what was old enough"),
    "retention.changed": lazy("changed for how long something is kept"),
    "role.assigned": lazy("gave a role"),
    "role.ended": lazy("ended a role"),
    "role.held_again": lazy("took back that a role ended"),
    "role.given": lazy("gave a role"),
    "role.second_factor_required": lazy("changed who needs a second factor"),
    "token.created": lazy("made a key"),
    "token.revoked": lazy("revoked a key"),
    "unit.changed": lazy("changed a unit"),
    "unit.closed": lazy("closed a unit"),
    "unit.code_counts_again": lazy("took back that a unit's code ended"),
    "unit.code_ended": lazy("ended a unit's code"),
    "unit.code_given": lazy("gave a unit a code"),
    "unit.codes_exported": lazy("fetched the codes"),
    "unit.codes_imported": lazy("read a file of codes"),
    "unit.merged": lazy("merged a unit into another"),
    "unit.moved": lazy("moved a unit"),
    "unit.opened": lazy("opened a unit"),
    "unit.reopened": lazy("opened a unit again"),
    "unit.split": lazy("split a unit"),
    "unittype.added": lazy("added a unit type"),
    "unittype.changed": lazy("changed a unit type"),
    "unittype.removed": lazy("removed a unit type"),
}

_REASONS: dict[str, Any] = {
    "employment": lazy("Personnel administration"),
    "people": lazy("Personnel administration"),
    "person": lazy("Personnel administration"),
    "account": lazy("Who may sign in"),
    "accounts": lazy("Who may sign in"),
    "role": lazy("Who may do what"),
    "audit": lazy("Control of how the system is used"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """An entry of the audit trail in words."""

    id: int
    occurred_at: datetime
    actor: str
    words: str
    subject: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedLine:
    """What somebody did that concerns a person: who by their role, not by name."""

    occurred_at: datetime
    who: str
    words: str
    why: str


def action_words(action: str) -> str:
    """Say in words what an entry is about; a name without words stands as it is."""
    words: Mapping[str, Any] = WORDS
    for _domain, more in offered("audit_words"):
        words = {**words, **more}
    return str(words.get(action, action))


def action_choices() -> list[tuple[str, str]]:
    """Offer every kind of entry that has words, in the order of the words."""
    names = {*WORDS, *(name for _domain, more in offered("audit_words") for name in more)}
    return sorted(((name, action_words(name)) for name in names), key=lambda choice: choice[1])


def audit_lines(entries: Iterable[AuditEntry]) -> tuple[AuditLine, ...]:
    """Show entries to who watches over the trail."""
    actions = dict(action_choices())
    return tuple(
        AuditLine(
            id=entry.id,
            occurred_at=entry.occurred_at,
            actor=entry.actor_name or _("Robust itself"),
            words=action_words(entry.action),
            subject=subject_words(entry),
            detail=tuple(detail_words(entry, actions=actions)),
        )
        for entry in entries
    )


def looked_lines(
    entries: Iterable[AuditEntry], roles: Mapping[int, Sequence[HeldThen]], tree: UnitTree
) -> tuple[LookedLine, ...]:
    """Show a person what others did: by role and unit, since the name is theirs to know only on request."""
    return tuple(
        LookedLine(
            occurred_at=entry.occurred_at,
            who=_who(entry, roles.get(entry.id, ()), tree),
            words=action_words(entry.action),
            why=str(_REASONS.get(entry.action.partition(".")[0], "")),
        )
        for entry in entries
    )


def _who(entry: AuditEntry, held: Sequence[HeldThen], tree: UnitTree) -> str:
    if entry.actor_id is None:
        return _("Robust itself")
    if not held:
        return _("Somebody without a role")
    return "; ".join(
        _("%(role)s, %(unit)s") % {"role": one.role, "unit": place(tree, one.unit_id)} for one in held
    )
