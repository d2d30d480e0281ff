"""The hospital's own lists: parties outside the tree, professions and unit types."""

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from robust.organisation.actions.audit import record
from robust.organisation.models import Account, Party, Profession, UnitType

Listed = TypeVar("Listed", Party, Profession, UnitType)


class CannotSave(Exception):
    """The line cannot stand like that; the text says why."""


class CannotRemove(Exception):
    """The line is in use; the text says what to do."""


@transaction.atomic
def save_listed(listed: Listed, *, actor: Account, now: datetime) -> Listed:
    """Keep a new or changed line of a list. Raises: CannotSave when another has its name or code."""
    action = "changed" if listed.pk else "added"
    try:
        with transaction.atomic():
            listed.save()
    except IntegrityError as error:
        raise CannotSave(_("Another line has that name or code. Choose another.")) from error
    record(f"{listed._meta.model_name}.{action}", actor=actor, now=now, subject=listed)
    return listed


@transaction.atomic
def remove_listed(listed: Party | Profession | UnitType, *, actor: Account, now: datetime) -> bool:
    """Take a line off its list, and say whether it went alone. Raises: CannotRemove while it is in use."""
    record(f"{listed._meta.model_name}.removed", actor=actor, now=now, subject=listed)
    try:
        with transaction.atomic():
            count, _by_model = listed.delete()
    except ProtectedError as error:
        sentence = _("%(name)s is in use and stays. Rename it, or let what uses it use something else first.")
        raise CannotRemove(sentence % {"name": str(listed)}) from error
    return count == 1
