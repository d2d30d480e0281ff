"""What programs send to make or change an initiative, checked against what its account may choose."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from ninja import Field

from robust.core.http import Against, Day, Line, Moment, Ref, Sent, SignedInRequest, Text, kept_text
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.api import found
from robust.programme.api.initiative_answer import KindOfInitiative
from robust.programme.models import Initiative
from robust.programme.queries import choice

Amount = Annotated[Decimal, Field(ge=1, max_digits=14, decimal_places=2)]
Address = Annotated[str, kept_text(500, is_blank=False)]


class PlaceSent(Sent):
    """A place in a plan, under an area, a track and a heading of that plan."""

    id: Ref | None = None
    plan: Ref
    area: Ref | None = None
    track: Ref | None = None
    group: Annotated[str, kept_text(300)] = ""


class LinkSent(Sent):
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
    """An initiative as it is to be. Placements, links and funding stay as they are where they are left out."""

    title: Annotated[str, kept_text(300, is_blank=False)]
    text: Text = ""
    kind: KindOfInitiative = Initiative.Kind.EFFORT
    unit: Ref
    owner: Ref | None = None
    deputy: Ref | None = None
    party: Ref | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    next_review_on: Day | None = None
    placements: Annotated[list[PlaceSent], Field(max_length=200)] | None = None
    links: Annotated[list[LinkSent], Field(max_length=200)] | None = None
    funding: Annotated[list[FundingSent], Field(max_length=200)] | None = None


class InitiativeChangeSent(InitiativeSent):
    """The same; with `version` as it was read, a change by somebody else in between is not written over."""

    version: Moment | None = None


PARTS = {"placements", "links", "funding"}


def values_of(
    sent: InitiativeSent,
    initiative: Initiative | None,
    *,
    request: SignedInRequest,
    where: Collection[int],
    day: date,
) -> dict[str, Any]:
    """Give the fields of the initiative. Raises: Against, where something cannot be chosen."""
    found.refuse_end_before_start(sent.starts_on, sent.ends_on)
    if sent.owner and sent.owner == sent.deputy:
        raise Against("deputy", _("The deputy must be somebody else than the owner."))
    kept = (initiative.owner_id, initiative.deputy_id) if initiative else ()
    accounts = {pk for pk, _name in choice.accounts(request.user, day=day, chosen=kept)}
    for name, pk in (("owner", sent.owner), ("deputy", sent.deputy)):
        if pk and pk not in accounts:
            raise Against(name, _("This cannot be chosen here: it does not exist, or you may not use it."))
    if sent.party:
        found.chosen(organisation_queries.parties(), sent.party, where="party")
    values = sent.model_dump(exclude={"unit", "owner", "deputy", "party", "version", *PARTS})
    chosen = {"owner_id": sent.owner, "deputy_id": sent.deputy, "party_id": sent.party}
    return values | chosen | {"unit_id": found.chosen_unit(sent.unit, among=where).pk}


def parts_of(
    sent: InitiativeSent, initiative: Initiative | None, *, request: SignedInRequest, day: date
) -> actions.InitiativeParts:
    """Give placements, links and funding; what is left out, and places in plans unseen, stay as they are."""
    return actions.InitiativeParts(
        placements=_placements(sent, initiative, request=request, day=day),
        links=_links(sent, initiative),
        funding=_funding(sent, initiative),
    )


def _placements(
    sent: InitiativeSent, initiative: Initiative | None, *, request: SignedInRequest, day: date
) -> tuple[actions.Part, ...]:
    standing = [_standing(place) for place in initiative.placements.all()] if initiative else []
    if sent.placements is None:
        return tuple(standing)
    units = organisation_queries.units_visible_to(request.user, day=day)
    plans = list(queries.plans_visible_to(request.user, day=day, units=units))
    seen = {plan.pk for plan in plans}
    areas, tracks = choice.headings(plans)
    headings = {(row.plan_id, row.pk) for row in areas}, {(row.plan_id, row.pk) for row in tracks}
    wanted = [_place(place, seen, *headings) for place in sent.placements]
    places = [*(place for place in standing if place["plan_id"] not in seen), *wanted]
    found.refuse_doubles(
        [(place["plan_id"], place["area_id"], place["track_id"], place["group"]) for place in places],
        where="placements",
    )
    return tuple(places)


def _place(
    place: PlaceSent, plans: set[int], areas: set[tuple[int, int]], tracks: set[tuple[int, int]]
) -> actions.Part:
    if place.plan not in plans:
        raise Against(
            "placements", _("This cannot be chosen here: it does not exist, or you may not use it.")
        )
    is_elsewhere = (place.area and (place.plan, place.area) not in areas) or (
        place.track and (place.plan, place.track) not in tracks
    )
    if is_elsewhere:
        raise Against("placements", _("This belongs to another plan. Choose one of the plan's own."))
    return {
        "id": place.id,
        "plan_id": place.plan,
        "area_id": place.area,
        "track_id": place.track,
        "group": place.group,
    }


def _standing(place: Any) -> actions.Part:
    return {name: getattr(place, name) for name in ("id", "plan_id", "area_id", "track_id", "group")}


def _links(sent: InitiativeSent, initiative: Initiative | None) -> tuple[actions.Part, ...]:
    if sent.links is None:
        return _kept(initiative.links.all() if initiative else (), "label", "url")
    for link in sent.links:
        if not _is_web_address(link.url):
            raise Against("links", _("Write an address that begins with https."))
    return tuple(link.model_dump() for link in sent.links)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(map(str.isspace, text))


def _funding(sent: InitiativeSent, initiative: Initiative | None) -> tuple[actions.Part, ...]:
    if sent.funding is None:
        return _kept(initiative.funding.all() if initiative else (), "amount_dkk", "source", "decided_on")
    return tuple(line.model_dump() for line in sent.funding)


def _kept(rows: Any, *names: str) -> tuple[actions.Part, ...]:
    return tuple({name: getattr(row, name) for name in ("id", *names)} for row in rows)
