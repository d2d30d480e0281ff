"""Plans with their areas: listed, read, made and changed."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from robust.core.http import (
    Against,
    Day,
    Flag,
    Id,
    Line,
    Named,
    Paged,
    Paging,
    Ref,
    Sent,
    SignedInRequest,
    Text,
    kept_line,
    page_of,
)
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.api import found
from robust.programme.models import Placement, Plan

router = Router(tags=["plans"])


class PlanFiguresAnswer(Schema):
    """How many initiatives that you see stand in a plan, and how many of them need a look."""

    initiative_count: int
    at_risk_count: int
    quiet_count: int
    over_count: int


class PlanAnswer(Schema):
    """A plan; the end day is not included."""

    id: int
    name: str
    short_name: str
    purpose: str
    unit: Named
    starts_on: date
    ends_on: date | None
    figures: PlanFiguresAnswer


class PlanInFullAnswer(PlanAnswer):
    """A plan with its headings."""

    areas: list[Named]
    tracks: list[Named]


class PlacementAnswer(Schema):
    """Where an initiative stands in a plan."""

    id: int
    area: Named | None
    track: Named | None
    group: str
    initiative: Named
    unit: Named
    owner: Named | None


class AreaSent(Sent):
    """A heading of a plan; with its id an area is renamed, without it is new."""

    id: Ref | None = None
    name: Line


class PlanSent(Sent):
    """A plan as it is to be. Where areas are sent, one that is left out is removed; else they stay."""

    name: Line
    short_name: Annotated[str, kept_line(40, is_blank=False)]
    purpose: Text = ""
    unit: Ref
    starts_on: Day
    ends_on: Day | None = None
    areas: Annotated[list[AreaSent], Field(max_length=200)] | None = None


@router.get("/plans", response=Paged[PlanAnswer], summary="Plans you see")
def plan_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)

    def show(plans: list[Plan]) -> list[dict[str, Any]]:
        figures = _figures(request, plans, units=units, day=day)
        return [_plan(plan, figures[plan.pk]) for plan in plans]

    return page_of(queries.plans_visible_to(request.user, day=day, units=units), paging, show)


@router.post("/plans", response={201: PlanInFullAnswer}, summary="Make a plan with its areas")
def plan_create(request: SignedInRequest, sent: PlanSent) -> Status[Any]:
    now = timezone.now()
    where = queries.units_for_plans(request.user, day=timezone.localdate(now))
    if not where:
        raise PermissionDenied
    values = _values(sent, None, where=where)
    areas = found.parts_sent(sent.areas, (), where="areas")
    plan = actions.create_plan(values=values, areas=areas, actor=request.user, now=now)
    return Status(201, plan_detail(request, plan.pk))


@router.get("/plans/{plan}", response=PlanInFullAnswer, summary="One plan with its areas and tracks")
def plan_detail(request: SignedInRequest, plan: Id) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = found.visible_plan(request, plan, day=day, units=units)
    figures = _figures(request, [visible], units=units, day=day)[plan]
    headings = {"areas": list(visible.areas.all()), "tracks": list(visible.tracks.all())}
    return _plan(visible, figures) | headings


@router.put("/plans/{plan}", response=PlanInFullAnswer, summary="Change a plan and its areas")
def plan_edit(request: SignedInRequest, plan: Id, sent: PlanSent) -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    managed = found.managed_plan(request, plan, day=day)
    where = queries.units_for_plans(request.user, day=day) | {managed.unit_id}
    values = _values(sent, managed, where=where)
    areas = found.parts_sent(sent.areas, managed.areas.all(), where="areas")
    actions.change_plan(managed, values=values, areas=areas, actor=request.user, now=now)
    return plan_detail(request, plan)


@router.get(
    "/plans/{plan}/initiatives",
    response=Paged[PlacementAnswer],
    summary="The initiatives of a plan, in its own order under its areas (or tracks)",
)
def plan_initiatives(
    request: SignedInRequest, plan: Id, paging: Query[Paging], by_track: Flag = False
) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = found.visible_plan(request, plan, day=day, units=units)
    initiatives = queries.initiatives_visible_to(request.user, day=day, units=units)
    return page_of(
        queries.placements_in(visible, initiatives=initiatives, by_track=by_track), paging, _placements
    )


def _figures(
    request: SignedInRequest, plans: list[Plan], *, units: frozenset[int], day: date
) -> Mapping[int, queries.PlanFigures]:
    return queries.figures_of_plans(
        [plan.pk for plan in plans],
        initiatives=queries.initiatives_visible_to(request.user, day=day, units=units),
        units=units,
        day=day,
    )


def _plan(plan: Plan, figures: queries.PlanFigures) -> dict[str, Any]:
    names = ("id", "name", "short_name", "purpose", "unit", "starts_on", "ends_on")
    return {name: getattr(plan, name) for name in names} | {"figures": figures}


def _placements(placements: list[Placement]) -> list[dict[str, Any]]:
    return [
        {
            "id": place.pk,
            "area": place.area,
            "track": place.track,
            "group": place.group,
            "initiative": {"id": place.initiative_id, "name": place.initiative.title},
            "unit": place.initiative.unit,
            "owner": place.initiative.owner,
        }
        for place in placements
    ]


def _values(sent: PlanSent, plan: Plan | None, *, where: frozenset[int]) -> dict[str, Any]:
    found.refuse_end_before_start(sent.starts_on, sent.ends_on)
    found.refuse_doubles([area.name for area in sent.areas or ()], where="areas")
    if queries.is_plan_name_taken(sent.name, besides=plan):
        raise Against("name", _("Another plan has this name. Choose another one."))
    values = sent.model_dump(exclude={"areas", "unit"})
    return values | {"unit_id": found.chosen_unit(sent.unit, among=where).pk}
