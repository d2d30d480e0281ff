"""Links with which a party outside sees its share, and what stands behind such a link."""

import hashlib
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Role
from robust.programme.models import Initiative, PartyShare

SHARING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)


def shares_managed_by(account: Account, *, day: date) -> QuerySet[PartyShare]:
    """Find the links to the shares of units where the account may share, newest first."""
    units = organisation_queries.units_where(account, roles=SHARING, day=day)
    return (
        PartyShare.objects.filter(unit__in=units)
        .select_related("party", "unit", "made_by")
        .order_by("-created_at", "-id")
    )


def share_behind(token: str) -> PartyShare | None:
    """Give the share that a link's token opens, also one that has ended: the page says so."""
    return PartyShare.objects.filter(digest=digest_of(token)).select_related("party", "unit").first()


def digest_of(token: str) -> str:
    """Give what is kept of a token, from which it cannot be told."""
    return hashlib.sha256(token.encode()).hexdigest()


def units_shown_by(share: PartyShare, *, day: date) -> frozenset[int]:
    """Give the units a share speaks of: its own and those below it."""
    return organisation_queries.tree_known_on(day).below(share.unit_id)


def initiatives_shown_by(share: PartyShare, *, units: Collection[int]) -> QuerySet[Initiative]:
    """Find the initiatives that the party owns at these units, in Danish order."""
    owned = Initiative.objects.filter(party=share.party_id, unit__in=units)
    return owned.select_related("unit").defer("search").order_by("sort_key", "pk")
