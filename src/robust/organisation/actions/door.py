"""What happens at the door and is kept: an invitation, and who came in, went out or changed how they do."""

from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from robust.organisation.actions.audit import record
from robust.organisation.models import Account


class CannotInvite(Exception):
    """The account may not sign in."""


@transaction.atomic
def invite(account: Account, *, now: datetime, actor: Account | None = None) -> str:
    """Give the path at which somebody sets their password: it works once, for three days.

    Setting a password or signing in makes it void, and so does a newer change of the e-mail address.
    Raises: CannotInvite.
    """
    if not account.is_active:
        raise CannotInvite(_("This account may not sign in. Open it first, then send the link."))
    key = default_token_generator.make_token(account)
    record("account.invited", actor=actor, now=now, subject=account)
    names = {"uidb36": user_pk_to_url_str(account), "key": key}
    return reverse("account_reset_password_from_key", kwargs=names)


def note_at_the_door(action: str, *, account: Account, now: datetime, detail: dict[str, Any]) -> None:
    """Write what an account did at the door; a failed attempt is written about it, not by it."""
    actor = None if action.endswith("_failed") else account
    record(f"account.{action}", actor=actor, now=now, subject=account, detail=detail)
