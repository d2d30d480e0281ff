"""A plan against the other plans: coverage in figures, the matrix, and one relation said and left open."""

from typing import Annotated, Any

from django.http import Http404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import BaseModel

from robust.core.http import (
    AskedId,
    Id,
    Named,
    Paged,
    Paging,
    Ref,
    Sent,
    SignedInRequest,
    kept_text,
    page_of,
)
from robust.organisation import queries as organisation_queries
from robust.programme import queries
from robust.programme.actions import relation as actions
from robust.programme.api import found
from robust.programme.api.initiative_answer import RelationKind, StandsToAnswer
from robust.programme.models import Initiative, Placement, Plan, PlanRelation
from robust.programme.queries import relation as relation_queries

router = Router(tags=["relations"])
Kind = PlanRelation.Kind


class CoverageAnswer(Schema):
    """How many of a plan's initiatives stand how to another plan.

    A gap is relevant but not covered, or not judged.
    """

    plan: Named
    initiative_count: int
    covered_count: int
    partly_count: int
    relevant_count: int
    elsewhere_count: int
    not_relevant_count: int
    not_judged_count: int
    gap_count: int


class CellAnswer(Schema):
    """How an initiative stands to a plan; without a kind nobody has judged it.

    Where it simply stands in that plan too, `is_placed` is true.
    """

    plan: Named
    kind: RelationKind | None
    reason: str = ""
    owner: str = ""
    track: str = ""
    is_placed: bool
    is_gap: bool


class MatrixRowAnswer(Schema):
    """An initiative at its place in the plan, and how it stands to each of the other plans."""

    initiative: Named
    area: Named | None
    group: str
    relations: list[CellAnswer]


class RelationAnswer(StandsToAnswer):
    """The same, with the initiative."""

    initiative: Named


class RelationSent(Sent):
    """How the initiative stands to the plan, in place of what was said before.

    Where it is not relevant or decided elsewhere, `reason` is needed; `track` is one of the plan's.
    """

    kind: RelationKind
    reason: Annotated[str, kept_text(5_000)] = ""
    owner: Ref | None = None
    track: Ref | None = None


class MatrixAsked(BaseModel):
    """With the id of another plan: only what is a gap to that plan."""

    gaps_to: AskedId = None


@router.get(
    "/plans/{plan}/coverage",
    response=Paged[CoverageAnswer],
    summary="How well a plan is covered by each of the other plans you see",
)
def plan_coverage(request: SignedInRequest, plan: Id, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible, others = _plan_and_others(request, plan, units=units)
    initiatives = queries.initiatives_visible_to(request.user, day=day, units=units)

    def show(part: list[Plan]) -> list[dict[str, Any]]:
        coverage = relation_queries.coverage_of(
            visible, others=[other.pk for other in part], initiatives=initiatives
        )
        return [_coverage(other, coverage[other.pk]) for other in part]

    return page_of(others, paging, show)


@router.get(
    "/plans/{plan}/relations",
    response=Paged[MatrixRowAnswer],
    summary="A plan's initiatives against the other plans you see",
)
def relation_matrix(
    request: SignedInRequest, plan: Id, asked: Query[MatrixAsked], paging: Query[Paging]
) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible, others = _plan_and_others(request, plan, units=units)
    initiatives = queries.initiatives_visible_to(request.user, day=day, units=units)
    if asked.gaps_to is not None:
        others = [other for other in others if other.pk == asked.gaps_to]
        if not others:
            raise Http404
        initiatives = relation_queries.gaps_to(asked.gaps_to, initiatives=initiatives)
    return page_of(
        queries.placements_in(visible, initiatives=initiatives), paging, lambda part: _matrix(part, others)
    )


@router.get(
    "/initiatives/{initiative}/relations/{plan}",
    response=RelationAnswer,
    summary="What is said about how an initiative stands to a plan",
)
def relation_detail(request: SignedInRequest, initiative: Id, plan: Id) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = found.visible_plan(request, plan, day=day, units=units)
    relation = relation_queries.relation_between(
        found.visible_initiative(request, initiative, day=day, units=units), visible
    )
    if relation is None:
        raise Http404
    return _relation(relation)


@router.put(
    "/initiatives/{initiative}/relations/{plan}",
    response=RelationAnswer,
    summary="Say how an initiative stands to a plan",
)
def relation_edit(request: SignedInRequest, initiative: Id, plan: Id, sent: RelationSent) -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = found.visible_plan(request, plan, day=day)
    changed = found.changeable_initiative(request, initiative, day=day)
    owners = relation_queries.relation_owners(changed, visible, day=day)
    tracks = relation_queries.tracks_of(visible)
    relation = actions.relate(
        initiative=changed,
        plan=visible,
        kind=sent.kind,
        reason=sent.reason,
        owner=found.chosen(owners, sent.owner, where="owner") if sent.owner else None,
        track=found.chosen(tracks, sent.track, where="track") if sent.track else None,
        actor=request.user,
        now=now,
    )
    return _relation(relation)


@router.delete(
    "/initiatives/{initiative}/relations/{plan}",
    response={204: None},
    summary="Leave open again how an initiative stands to a plan",
)
def relation_delete(request: SignedInRequest, initiative: Id, plan: Id) -> Status[None]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = found.visible_plan(request, plan, day=day)
    changed = found.changeable_initiative(request, initiative, day=day)
    actions.unrelate(initiative=changed, plan=visible, actor=request.user, now=now)
    return Status(204, None)


def _plan_and_others(request: SignedInRequest, pk: int, *, units: frozenset[int]) -> tuple[Plan, list[Plan]]:
    plans = {
        plan.pk: plan
        for plan in queries.plans_visible_to(request.user, day=timezone.localdate(), units=units)
    }
    if pk not in plans:
        raise Http404
    return plans.pop(pk), list(plans.values())


def _coverage(plan: Plan, coverage: relation_queries.Coverage) -> dict[str, Any]:
    kinds = {
        "partly_count": Kind.PARTLY,
        "relevant_count": Kind.RELEVANT_TOO,
        "elsewhere_count": Kind.ELSEWHERE,
        "not_relevant_count": Kind.NOT_RELEVANT,
    }
    names = ("initiative_count", "covered_count", "not_judged_count", "gap_count")
    counts = {name: coverage.counts.get(kind, 0) for name, kind in kinds.items()}
    return {"plan": plan} | {name: getattr(coverage, name) for name in names} | counts


def _matrix(placements: list[Placement], plans: list[Plan]) -> list[dict[str, Any]]:
    relations = relation_queries.relations_between(
        [place.initiative_id for place in placements], plans=[plan.pk for plan in plans]
    )
    return [
        {
            "initiative": _named(place.initiative),
            "area": place.area,
            "group": place.group,
            "relations": [_cell(plan, relations.get((place.initiative_id, plan.pk))) for plan in plans],
        }
        for place in placements
    ]


def _cell(plan: Plan, related: relation_queries.Related | None) -> dict[str, Any]:
    if related is None:
        return {"plan": plan, "kind": None, "is_placed": False, "is_gap": True}
    names = ("kind", "reason", "owner", "track", "is_placed")
    said = {name: getattr(related, name) for name in names}
    return said | {"plan": plan, "is_gap": related.kind == Kind.RELEVANT_TOO}


def _relation(relation: PlanRelation) -> dict[str, Any]:
    names = ("plan", "kind", "reason", "owner", "track")
    said = {name: getattr(relation, name) for name in names}
    return said | {"initiative": _named(relation.initiative)}


def _named(initiative: Initiative) -> dict[str, Any]:
    return {"id": initiative.pk, "name": initiative.title}
