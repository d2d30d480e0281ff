"""How far initiatives are: read at all places, and told at one; nothing told is ever changed."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja import Status as Answer
from pydantic import BaseModel

from robust.core.http import (
    A_NUMBER,
    LARGEST_ID,
    AskedDay,
    AskedId,
    Day,
    Id,
    Moment,
    Named,
    Paged,
    Paging,
    Ref,
    Sent,
    SignedInRequest,
    Text,
    one_of,
    page_of,
)
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.api import found
from robust.programme.api.change import PassageAnswer, StatedAnswer, stated_answer
from robust.programme.bridge import comparing
from robust.programme.models import Judgement, Status

router = Router(tags=["status"])
JudgementValue = Annotated[Judgement, one_of(Judgement)]


class StatusAnswer(Schema):
    """What somebody said of an initiative at a place, as of a day."""

    id: int
    initiative: Named
    unit: Named
    dated_on: date
    judgement: JudgementValue | None
    text: str
    reason: str
    recorded_by: Named
    recorded_at: Moment


class StatusInFullAnswer(StatusAnswer):
    """The same, with what it took the place of and the words compared."""

    before: StatedAnswer | None
    passages: list[PassageAnswer]


class StatusSent(Sent):
    """How far it is at a place.

    `based_on` is the id of the place's latest status when writing began, 0 for none: if somebody wrote in
    between you are told so, and the same words sent twice are one entry.
    """

    unit: Ref
    judgement: JudgementValue
    text: Text = ""
    reason: Text = ""
    dated_on: Day | None = None
    based_on: Annotated[int, Field(ge=0, le=LARGEST_ID), A_NUMBER] | None = None


class StatusesAsked(BaseModel):
    """Which statuses are wanted; both days are included."""

    initiative: AskedId = None
    unit: AskedId = None
    from_on: AskedDay = None
    until_on: AskedDay = None


@router.get("/statuses", response=Paged[StatusAnswer], summary="What was said, newest first")
def status_list(
    request: SignedInRequest, asked: Query[StatusesAsked], paging: Query[Paging]
) -> dict[str, Any]:
    conditions = {
        "initiative": asked.initiative,
        "unit": asked.unit,
        "dated_on__gte": asked.from_on,
        "dated_on__lte": asked.until_on,
    }
    wanted = {name: value for name, value in conditions.items() if value is not None}
    return page_of(_visible(request).filter(**wanted), paging, lambda rows: [_status(row) for row in rows])


@router.post(
    "/initiatives/{initiative}/statuses",
    response={201: StatusAnswer},
    summary="Say how far an initiative is at a place",
)
def status_create(request: SignedInRequest, initiative: Id, sent: StatusSent) -> Answer[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = found.visible_initiative(request, initiative, day=day)
    places = queries.places_for_status(request.user, visible, day=day)
    if not places:
        raise PermissionDenied
    status = actions.record_status(
        visible,
        unit=found.chosen_unit(sent.unit, among=places),
        dated_on=sent.dated_on or day,
        judgement=sent.judgement,
        text=sent.text,
        reason=sent.reason,
        based_on=sent.based_on,
        actor=request.user,
        now=now,
    )
    return Answer(201, _status(status))


@router.get("/statuses/{status}", response=StatusInFullAnswer, summary="One status and what it replaced")
def status_detail(request: SignedInRequest, status: Id) -> dict[str, Any]:
    visible = get_object_or_404(_visible(request), pk=status)
    earlier = queries.status_before(visible)
    before = queries.stated(earlier) if earlier else None
    passages = comparing.passages_between(before, queries.stated(visible))
    return _status(visible) | {"before": stated_answer(before), "passages": passages}


def _visible(request: SignedInRequest) -> Any:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    initiatives = queries.initiatives_visible_to(request.user, day=day, units=units)
    entries = queries.statuses_visible_to(request.user, day=day, units=units).filter(
        initiative__in=initiatives
    )
    shown = entries.select_related("initiative", "unit", "recorded_by")
    return shown.defer("initiative__search", "initiative__text")


def _status(status: Status) -> dict[str, Any]:
    names = ("id", "unit", "dated_on", "text", "reason", "recorded_by", "recorded_at")
    initiative = {"id": status.initiative_id, "name": status.initiative.title}
    said = {"judgement": status.judgement or None, "initiative": initiative}
    return {name: getattr(status, name) for name in names} | said
