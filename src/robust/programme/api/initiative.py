"""Initiatives: found, read, made, changed, and deleted while nothing is said of them."""

from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import BaseModel

from robust.core.http import AskedId, Flag, Id, Paged, Paging, SignedInRequest, Words, one_of, page_of
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.api import found
from robust.programme.api.initiative_answer import (
    InitiativeAnswer,
    InitiativeInFullAnswer,
    KindOfInitiative,
    initiative_answers,
    initiative_in_full,
)
from robust.programme.api.initiative_sent import (
    InitiativeChangeSent,
    InitiativeSent,
    parts_of,
    values_of,
)
from robust.programme.api.status import JudgementValue
from robust.programme.models import Initiative, Judgement

router = Router(tags=["initiatives"])
Sort = Literal["title", "-title", "stated", "-stated", "review", "-review"]


class InitiativesAsked(BaseModel):
    """What is looked for; what is left out narrows nothing. `unit` means it and all below it."""

    words: Words = ""
    plan: AskedId = None
    area: AskedId = None
    track: AskedId = None
    unit: AskedId = None
    answered_for_by: AskedId = None
    judgement: Annotated[JudgementValue | None, one_of(Judgement)] = None
    kind: Annotated[KindOfInitiative | None, one_of(Initiative.Kind)] = None
    review_overdue: Flag = False
    quiet: Flag = False
    awaits_decision: Flag = False
    sort: Sort = "title"


@router.get(
    "/initiatives",
    response=Paged[InitiativeAnswer],
    summary="Initiatives you see, with the latest status at each place",
)
def initiative_list(
    request: SignedInRequest, asked: Query[InitiativesAsked], paging: Query[Paging]
) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = queries.initiatives_visible_to(request.user, day=day, units=units)
    ids = list(
        queries.narrowed(visible, wanted=_wanted(asked, day=day), units=units, day=day).values_list(
            "pk", flat=True
        )
    )

    def show(part: list[int]) -> list[dict[str, Any]]:
        rows = {row.pk: row for row in queries.in_list(part, units=units)}
        return initiative_answers([rows[pk] for pk in part if pk in rows], units=units)

    return page_of(ids, paging, show)


@router.post("/initiatives", response={201: InitiativeInFullAnswer}, summary="Make an initiative")
def initiative_create(request: SignedInRequest, sent: InitiativeSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    where = queries.units_for_initiatives(request.user, day=day)
    if not where:
        raise PermissionDenied
    values = values_of(sent, None, request=request, where=where, day=day)
    parts = parts_of(sent, None, request=request, day=day)
    initiative = actions.create_initiative(values=values, parts=parts, actor=request.user, now=now)
    return Status(201, initiative_in_full(request, initiative.pk))


@router.get("/initiatives/{initiative}", response=InitiativeInFullAnswer, summary="One initiative in full")
def initiative_detail(request: SignedInRequest, initiative: Id) -> dict[str, Any]:
    return initiative_in_full(request, initiative)


@router.put("/initiatives/{initiative}", response=InitiativeInFullAnswer, summary="Change an initiative")
def initiative_edit(request: SignedInRequest, initiative: Id, sent: InitiativeChangeSent) -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    changed = found.changeable_initiative(request, initiative, day=day)
    where = queries.units_for_initiatives(request.user, day=day) | {changed.unit_id}
    actions.change_initiative(
        changed,
        values=values_of(sent, changed, request=request, where=where, day=day),
        parts=parts_of(sent, changed, request=request, day=day),
        opened_at=sent.version,
        actor=request.user,
        now=now,
    )
    return initiative_in_full(request, initiative)


@router.delete(
    "/initiatives/{initiative}",
    response={204: None},
    summary="Delete an initiative of which nothing is said and decided",
)
def initiative_delete(request: SignedInRequest, initiative: Id) -> Status[None]:
    now = timezone.now()
    changed = found.changeable_initiative(request, initiative, day=timezone.localdate(now))
    actions.delete_initiative(changed, actor=request.user, now=now)
    return Status(204, None)


def _wanted(asked: InitiativesAsked, *, day: date) -> queries.Wanted:
    places = organisation_queries.tree_known_on(day).below(asked.unit) if asked.unit else None
    return queries.Wanted(
        words=asked.words,
        plan_id=asked.plan,
        area_id=asked.area,
        track_id=asked.track,
        places=places,
        judgement=asked.judgement or "",
        kind=asked.kind or "",
        answered_for_by=asked.answered_for_by,
        review_overdue=asked.review_overdue,
        quiet=asked.quiet,
        awaits_decision=asked.awaits_decision,
        sort=asked.sort,
    )
