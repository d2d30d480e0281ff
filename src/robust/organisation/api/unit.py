"""The unit tree of any day, the hospital's own lists, and the parties outside. All of it is only read."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import BaseModel

from robust.core.http import AskedDay, AskedId, Id, Named, Paged, Paging, SignedInRequest, one_of, page_of
from robust.organisation import queries
from robust.organisation.models import Party, Unit, UnitCode

router = Router(tags=["organisation"])
Level = Annotated[Unit.Level, one_of(Unit.Level)]
KindOfParty = Annotated[Party.Kind, one_of(Party.Kind)]
CodeSystem = Annotated[UnitCode.System, one_of(UnitCode.System)]


class UnitAnswer(Schema):
    """A unit as it was on the day; `type` is the code of its unit type, `depth` how far down it stands."""

    id: int
    code: str
    name: str
    level: Level
    type: str | None
    parent: int | None
    depth: int


class UnitPeriodAnswer(Schema):
    """What a unit was called, what it was and where it belonged for a time; the end day is not included."""

    name: str
    type: str | None
    parent: Named | None
    starts_on: date
    ends_on: date | None


class UnitCodeAnswer(Schema):
    """The code by which another system knows a unit for a time; the end day is not included."""

    system: CodeSystem
    code: str
    starts_on: date
    ends_on: date | None


class SuccessionAnswer(Schema):
    """One unit that went on as another."""

    predecessor: Named
    successor: Named
    happened_on: date


class UnitInFullAnswer(Schema):
    """A unit through all time, under its newest name."""

    id: int
    code: str
    name: str
    level: Level
    periods: list[UnitPeriodAnswer]
    successions: list[SuccessionAnswer]
    codes: list[UnitCodeAnswer]


class ListedAnswer(Schema):
    """An entry of one of the hospital's own lists."""

    id: int
    code: str
    name: str


class PartyAnswer(Schema):
    """Somebody outside the tree who can own initiatives and be shown their share."""

    id: int
    name: str
    kind: KindOfParty


class UnitsAsked(BaseModel):
    """The day whose tree is wanted, today if left out; `below` gives a unit and all that belongs to it."""

    day: AskedDay = None
    below: AskedId = None


@router.get("/units", response=Paged[UnitAnswer], summary="The unit tree of any day, each after its parent")
def unit_list(request: SignedInRequest, asked: Query[UnitsAsked], paging: Query[Paging]) -> dict[str, Any]:
    today = timezone.localdate()
    tree = queries.tree_on(asked.day or today)
    shown = queries.units_visible_to(request.user, day=today)
    if asked.below:
        shown &= tree.below(asked.below)
    units = [(node, depth) for node, depth in tree.in_order() if node.id in shown]
    return page_of(units, paging, lambda part: [_unit(node, depth) for node, depth in part])


@router.get("/units/{unit}", response=UnitInFullAnswer, summary="One unit through all time")
def unit_detail(request: SignedInRequest, unit: Id) -> dict[str, Any]:
    visible = queries.units_visible_to(request.user, day=timezone.localdate())
    found = get_object_or_404(queries.units_among(visible), pk=unit)
    return {name: getattr(found, name) for name in ("id", "code", "name", "level")} | {
        "periods": [_period(period) for period in queries.periods_of(found)],
        "successions": list(queries.successions_of(found)),
        "codes": list(queries.codes_of(found)),
    }


@router.get("/unit-types", response=Paged[ListedAnswer], summary="Unit types in the hospital's order")
def unit_type_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(queries.unit_types(), paging)


@router.get("/professions", response=Paged[ListedAnswer], summary="Professions in the hospital's order")
def profession_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(queries.professions(), paging)


@router.get("/parties", response=Paged[PartyAnswer], summary="Parties outside the hospital")
def party_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(queries.parties(), paging)


def _unit(node: queries.UnitNode, depth: int) -> dict[str, Any]:
    names = ("id", "code", "name", "level")
    placed = {"type": node.type_code or None, "parent": node.parent_id, "depth": depth}
    return {name: getattr(node, name) for name in names} | placed


def _period(period: Any) -> dict[str, Any]:
    names = ("name", "parent", "starts_on", "ends_on")
    unit_type = period.unit_type.code if period.unit_type else None
    return {name: getattr(period, name) for name in names} | {"type": unit_type}
