"""What programs send to make or change an initiative, checked against what its account may choose."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from ninja import Field
from pydantic import StrictBool

from robust.core.http import (
    Against,
    Day,
    Line,
    Ref,
    Sent,
    SentMoment,
    SentNumber,
    SignedInRequest,
    Text,
    kept_line,
    number_from,
    places,
)
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.api import found
from robust.programme.api.initiative_answer import KindOfInitiative
from robust.programme.models import Initiative, Plan
from robust.programme.queries import board as board_queries
from robust.programme.queries import choice

MOST = 999_999_999_999
Amount = Annotated[SentNumber, Field(ge=1, le=MOST), places(2), number_from(1, MOST)]
Address = Annotated[str, kept_line(500, is_blank=False)]


class PlaceSent(Sent):
    """A place in a plan, under an area, a track and a heading of that plan."""

    id: Ref | None = None
    plan: Ref
    area: Ref | None = None
    track: Ref | None = None
    group: Annotated[str, kept_line(300)] = ""


class WebLinkSent(Sent):
    """An address that begins with http or https."""

    id: Ref | None = None
    label: Line
    url: Address


class FundingSent(Sent):
    """Money set aside, in DKK."""

    id: Ref | None = None
    amount_dkk: Amount
    source: Line
    decided_on: Day | None = None


class InitiativeSent(Sent):
    """An initiative as it is to be. Placements, links and funding that are not sent stay as they are."""

    title: Annotated[str, kept_line(300, is_blank=False)]
    text: Text = ""
    kind: KindOfInitiative = Initiative.Kind.EFFORT
    unit: Ref
    owner: Ref | None = None
    deputy: Ref | None = None
    party: Ref | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    next_review_on: Day | None = None
    forum: Ref | None = None
    awaits_decision: StrictBool = False
    decision_wanted: Text = ""
    placements: Annotated[list[PlaceSent], Field(max_length=200)] | None = None
    links: Annotated[list[WebLinkSent], Field(max_length=200)] | None = None
    funding: Annotated[list[FundingSent], Field(max_length=200)] | None = None


class InitiativeChangeSent(InitiativeSent):
    """The same; with `version` as it was read, a change by somebody else in between is not written over."""

    version: SentMoment | None = None


APART = {"unit", "owner", "deputy", "party", "forum", "version", "placements", "links", "funding"}


def values_of(
    sent: InitiativeSent,
    initiative: Initiative | None,
    *,
    request: SignedInRequest,
    where: Collection[int],
    day: date,
) -> dict[str, Any]:
    """Give the fields of the initiative. Raises: Against, where something cannot be chosen."""
    _refuse_nonsense(sent)
    _refuse_strangers(sent, initiative, request=request, day=day)
    if sent.party:
        found.chosen(organisation_queries.parties(), sent.party, where="party")
    if sent.forum and not (initiative and initiative.forum_id == sent.forum):
        found.chosen(board_queries.forums_visible_to(request.user, day=day), sent.forum, where="forum")
    chosen = {
        "unit_id": found.chosen_unit(sent.unit, among=where).pk,
        "owner_id": sent.owner,
        "deputy_id": sent.deputy,
        "party_id": sent.party,
        "forum_id": sent.forum,
    }
    return sent.model_dump(exclude=APART) | chosen


def _refuse_nonsense(sent: InitiativeSent) -> None:
    found.refuse_end_before_start(sent.starts_on, sent.ends_on)
    if sent.owner and sent.owner == sent.deputy:
        raise Against("deputy", _("The deputy must be somebody else than the owner."))
    if sent.awaits_decision and not sent.forum:
        raise Against("forum", _("Choose where it is to be decided."))


def _refuse_strangers(
    sent: InitiativeSent, initiative: Initiative | None, *, request: SignedInRequest, day: date
) -> None:
    kept = (initiative.owner_id, initiative.deputy_id) if initiative else ()
    accounts = {pk for pk, _name in choice.accounts(request.user, day=day, chosen=kept)}
    for name, pk in (("owner", sent.owner), ("deputy", sent.deputy)):
        if pk and pk not in accounts:
            raise Against(name, _("This cannot be chosen here: it does not exist, or you may not use it."))


def parts_of(
    sent: InitiativeSent, initiative: Initiative | None, *, request: SignedInRequest, day: date
) -> actions.InitiativeParts:
    """Give placements, links and funding; what is left out, and places in plans unseen, stay as they are.

    Raises: Against.
    """
    for link in sent.links or ():
        _refuse_no_web_address(link.url)
    links, funding = (initiative.links.all(), initiative.funding.all()) if initiative else ((), ())
    return actions.InitiativeParts(
        placements=_placements(sent.placements, initiative, request=request, day=day),
        links=found.parts_sent(sent.links, links, where="links"),
        funding=found.parts_sent(sent.funding, funding, where="funding"),
    )


def _refuse_no_web_address(text: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise Against("links", _("Write an address that begins with https.")) from error


def _placements(
    sent: list[PlaceSent] | None, initiative: Initiative | None, *, request: SignedInRequest, day: date
) -> tuple[actions.Part, ...]:
    standing = list(initiative.placements.all()) if initiative else []
    if sent is None:
        return found.parts_sent(sent, standing, where="placements")
    plans = list(queries.plans_visible_to(request.user, day=day))
    seen = {plan.pk for plan in plans}
    _refuse_elsewhere(sent, plans)
    found.refuse_doubles(
        [(place.plan, place.area, place.track, place.group) for place in sent], where="placements"
    )
    parts = found.parts_sent(sent, [place for place in standing if place.plan_id in seen], where="placements")
    unseen = ({"id": place.pk} for place in standing if place.plan_id not in seen)
    return (*unseen, *(_in_columns(part) for part in parts))


def _refuse_elsewhere(sent: list[PlaceSent], plans: list[Plan]) -> None:
    """Places are in plans that are seen, under headings of the same plan."""
    areas, tracks = choice.headings(plans)
    plan_of_area = {area.pk: area.plan_id for area in areas}
    plan_of_track = {track.pk: track.plan_id for track in tracks}
    for place in sent:
        if place.plan not in {plan.pk for plan in plans}:
            problem = _("This cannot be chosen here: it does not exist, or you may not use it.")
            raise Against("placements", problem)
        under = {
            plan_of_area.get(place.area, 0) if place.area else place.plan,
            plan_of_track.get(place.track, 0) if place.track else place.plan,
        }
        if under != {place.plan}:
            raise Against("placements", _("This belongs to another plan. Choose one of the plan's own."))


def _in_columns(part: actions.Part) -> actions.Part:
    return {name if name in ("id", "group") else f"{name}_id": value for name, value in part.items()}
