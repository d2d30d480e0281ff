"""Initiatives with their places, links and funding: made, changed, and deleted while nothing is said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account
from robust.programme.actions.parts import Part, save_parts
from robust.programme.models import Initiative
from robust.thread import actions as thread_actions
from robust.thread.models import End


class ChangedMeanwhile(Exception):
    """Somebody else changed the initiative after it was opened for editing."""


class CannotDeleteInitiative(Exception):
    """The initiative has status or decisions, which are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeParts:
    """Where an initiative stands (plan, area, track, group), its links and its funding."""

    placements: tuple[Part, ...] = ()
    links: tuple[Part, ...] = ()
    funding: tuple[Part, ...] = ()


@transaction.atomic
def create_initiative(
    *,
    values: dict[str, Any],
    parts: InitiativeParts | None = None,
    actor: Account,
    now: datetime,
) -> Initiative:
    """Make an initiative from the values of its fields, with any number of places, links and funding."""
    initiative = Initiative.objects.create(**values)
    _save_parts(initiative, parts or InitiativeParts())
    organisation_actions.record("initiative.created", actor=actor, now=now, subject=initiative)
    return initiative


@transaction.atomic
def change_initiative(
    initiative: Initiative,
    *,
    values: dict[str, Any],
    parts: InitiativeParts,
    opened_at: datetime | None = None,
    actor: Account,
    now: datetime,
) -> None:
    """Change an initiative; `opened_at` is its `updated_at` when it was opened for editing, if known.

    Raises: ChangedMeanwhile.
    """
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if opened_at is not None and initiative.updated_at != opened_at:
        raise ChangedMeanwhile(
            _(
                "Somebody else changed this initiative while you were writing. Yours is not saved yet. "
                "Look at what stands there now, and save again to put yours in its place."
            )
        )
    changed = sorted(name for name, value in values.items() if getattr(initiative, name) != value)
    for name, value in values.items():
        setattr(initiative, name, value)
    initiative.save()
    _save_parts(initiative, parts)
    organisation_actions.record(
        "initiative.changed", actor=actor, now=now, subject=initiative, detail={"changed": changed}
    )


@transaction.atomic
def delete_initiative(initiative: Initiative, *, actor: Account, now: datetime) -> None:
    """Delete an initiative made by mistake. Raises: CannotDeleteInitiative if it has status or decisions."""
    organisation_actions.record("initiative.deleted", actor=actor, now=now, subject=initiative)
    thread_actions.end_links_of(End(thing="initiative", id=initiative.pk), actor=actor, now=now)
    try:
        initiative.delete()
    except ProtectedError as error:
        raise CannotDeleteInitiative(
            _(
                "The initiative has status or decisions, which are kept, so it cannot be deleted. "
                "Write a status that says it is stopped, and why."
            )
        ) from error


def _save_parts(initiative: Initiative, parts: InitiativeParts) -> None:
    save_parts(initiative.placements.all(), parts.placements, initiative=initiative)
    save_parts(initiative.links.all(), parts.links, initiative=initiative)
    save_parts(initiative.funding.all(), parts.funding, initiative=initiative)
