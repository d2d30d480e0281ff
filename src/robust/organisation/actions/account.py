"""Accounts: adding them, changing them, and letting them sign in or not."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from robust.organisation.actions.audit import record
from robust.organisation.actions.role import require_an_administrator
from robust.organisation.models import Account, Person


class CannotAddAccount(Exception):
    """The account cannot be added or changed so; the text says why."""


@transaction.atomic
def add_account(*, email: str, name: str, person: Person | None, actor: Account, now: datetime) -> Account:
    """Add an account; an invitation lets its person choose a password. Raises: CannotAddAccount."""
    address = email.strip().lower()
    if Account.objects.filter(email=address).exists():
        raise CannotAddAccount(
            _("Somebody signs in with that address already. Find the account in the list.")
        )
    _refuse_second_account(person)
    account = Account.objects.create_user(email=address, name=name)
    if person:
        account.person = person
        account.save(update_fields=["person", "updated_at"])
    record("account.added", actor=actor, now=now, subject=account, about=person, detail={"email": address})
    return account


@transaction.atomic
def change_account(
    *,
    account: Account,
    name: str,
    person: Person | None,
    is_active: bool,
    actor: Account,
    now: datetime,
    day: date,
) -> None:
    """Change an account's name, whose it is, and whether it may sign in.

    Raises: CannotAddAccount when the person has another account; CannotEnd when nobody would be left to
    administer the whole.
    """
    if person and person.pk != account.person_id:
        _refuse_second_account(person)
    old = {"name": account.name, "person": account.person_id, "may_sign_in": account.is_active}
    account.name, account.person, account.is_active = name, person, is_active
    account.save(update_fields=["name", "person", "is_active", "updated_at"])
    if not is_active:
        require_an_administrator(day)
    new = {"name": name, "person": person.pk if person else None, "may_sign_in": is_active}
    detail = {"old": old, "new": new}
    record("account.changed", actor=actor, now=now, subject=account, about=person, detail=detail)


def _refuse_second_account(person: Person | None) -> None:
    if person and Account.objects.filter(person=person).exists():
        raise CannotAddAccount(_("%(person)s has an account already.") % {"person": person.name})
