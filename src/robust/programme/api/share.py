"""Links with which a party outside sees its share: listed, made, taken back."""

from datetime import date
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from robust.core.http import Day, Id, Named, Paged, Paging, Ref, Sent, SignedInRequest, page_of
from robust.organisation import queries as organisation_queries
from robust.programme import rules
from robust.programme.actions import share as actions
from robust.programme.api import found
from robust.programme.models import PartyShare
from robust.programme.pages.share import link_of, state_of
from robust.programme.queries import share as share_queries

router = Router(tags=["shares"])


class ShareAnswer(Schema):
    """A link that shows a party the initiatives it owns at a unit; the end day is not included."""

    id: int
    party: Named
    unit: Named
    ends_on: date
    made_by: Named
    state: Literal["open", "ended", "taken_back"]


class MadeShareAnswer(ShareAnswer):
    """A new share with its link, which is shown here and never again."""

    link: str


class ShareSent(Sent):
    """Whom to show what happens where, and until when: at most a year, the day not included."""

    party: Ref
    unit: Ref
    ends_on: Day


@router.get("/shares", response=Paged[ShareAnswer], summary="Links to what happens at units you manage")
def share_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    _managed(request, day=day)
    shares = share_queries.shares_managed_by(request.user, day=day)
    return page_of(shares, paging, lambda rows: [_share(row, day=day) for row in rows])


@router.post("/shares", response={201: MadeShareAnswer}, summary="Make a link for a party outside")
def share_create(request: SignedInRequest, sent: ShareSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    managed = _managed(request, day=day) & organisation_queries.tree_on(day).nodes.keys()
    made = actions.make_share(
        party=found.chosen(organisation_queries.parties(), sent.party, where="party"),
        unit=found.chosen_unit(sent.unit, among=managed),
        ends_on=sent.ends_on,
        actor=request.user,
        now=now,
    )
    return Status(201, _share(made.share, day=day) | {"link": link_of(made.token)})


@router.post("/shares/{share}/revoke", response=ShareAnswer, summary="Take a link back at once")
def share_revoke(request: SignedInRequest, share: Id) -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    shares = share_queries.shares_managed_by(request.user, day=day)
    actions.revoke(share=get_object_or_404(shares, pk=share), actor=request.user, now=now)
    return _share(shares.get(pk=share), day=day)


def _managed(request: SignedInRequest, *, day: date) -> frozenset[int]:
    managed = organisation_queries.units_where(request.user, roles=rules.PLANNING, day=day)
    if not managed:
        raise PermissionDenied
    return managed


def _share(share: PartyShare, *, day: date) -> dict[str, Any]:
    names = ("id", "party", "unit", "ends_on", "made_by")
    return {name: getattr(share, name) for name in names} | {"state": state_of(share, day=day)}
