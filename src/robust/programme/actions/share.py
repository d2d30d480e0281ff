"""Links for parties outside: make, take back, open."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Party, Unit
from robust.programme.models import PartyShare
from robust.programme.queries.share import digest_of

LONGEST_DAYS = 366


class CannotShare(Exception):
    """The link cannot be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeShare:
    """A new share with its link's token, which is known here and never again."""

    share: PartyShare
    token: str


@transaction.atomic
def make_share(*, party: Party, unit: Unit, ends_on: date, actor: Account, now: datetime) -> MadeShare:
    """Make a link that shows a party its initiatives at a unit until a day (not included).

    Raises: CannotShare, where the day is not within the coming year.
    """
    days = (ends_on - timezone.localdate(now)).days
    if not 0 < days <= LONGEST_DAYS:
        raise CannotShare(_("Choose an end date from tomorrow to a year from now."))
    token = secrets.token_urlsafe(32)
    share = PartyShare.objects.create(
        party=party, unit=unit, ends_on=ends_on, made_by=actor, digest=digest_of(token)
    )
    detail = {"party": party.name, "unit": unit.name, "ends_on": ends_on}
    organisation_actions.record("share.made", actor=actor, now=now, subject=share, detail=detail)
    return MadeShare(share=share, token=token)


@transaction.atomic
def revoke(*, share: PartyShare, actor: Account, now: datetime) -> None:
    """Close a link at once; a closed one stays as it is."""
    share = PartyShare.objects.select_for_update().get(pk=share.pk)
    if share.revoked_at is None:
        share.revoked_at = now
        share.save(update_fields=["revoked_at", "updated_at"])
        organisation_actions.record("share.revoked", actor=actor, now=now, subject=share)


@transaction.atomic
def open_share(share: PartyShare, *, now: datetime) -> bool:
    """Tell whether a link still opens, and write that somebody opened it or tried to."""
    is_open = share.revoked_at is None and share.ends_on > timezone.localdate(now)
    action = "share.opened" if is_open else "share.refused"
    organisation_actions.record(action, actor=None, now=now, subject=share, detail={"party": share.party_id})
    return is_open
