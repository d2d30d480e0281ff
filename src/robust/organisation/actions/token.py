"""Keys with which other programs use the API: make one, revoke one, note that one was used."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from robust.organisation.actions.audit import record
from robust.organisation.models import Account, ApiToken

LONGEST = timedelta(days=366)
BETWEEN_NOTES = timedelta(minutes=1)


class CannotCreateToken(Exception):
    """The end date is not one that a key may have."""


def digest_of(secret: str) -> str:
    """Give what is kept of a key. It is 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_token(
    *, account: Account, name: str, scope: str, ends_on: date, day: date, now: datetime
) -> tuple[ApiToken, str]:
    """Make a key that acts for the account until a day; its text is given here and never again.

    Raises: CannotCreateToken.
    """
    if not day < ends_on <= day + LONGEST:
        raise CannotCreateToken(_("Choose an end date after today and at most one year ahead."))
    secret = f"rb_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        account=account, name=name, scope=scope, ends_on=ends_on, digest=digest_of(secret)
    )
    detail = {"scope": scope, "ends_on": ends_on}
    record("token.created", actor=account, now=now, subject=token, detail=detail)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: Account, now: datetime) -> None:
    """Make a key unusable from now on; revoking it again changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, updated_at=now):
        record("token.revoked", actor=actor, now=now, subject=token)


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Keep when the key was used, to the minute."""
    stale = Q(used_at=None) | Q(used_at__lt=now - BETWEEN_NOTES)
    ApiToken.objects.filter(stale, pk=token.pk).update(used_at=now)
