"""Forums and their meetings: what waits, what is new since the meeting before, and what has ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from robust.core.http import (
    Day,
    Id,
    Line,
    Named,
    Paged,
    Paging,
    Ref,
    Sent,
    SignedInRequest,
    Text,
    page_of,
)
from robust.organisation import queries as organisation_queries
from robust.programme import queries, rules
from robust.programme.actions import board as actions
from robust.programme.api import found
from robust.programme.api.change import FollowUpAnswer, follow_up_answer
from robust.programme.api.status import JudgementValue
from robust.programme.models import Initiative, Meeting
from robust.programme.queries import board as board_queries
from robust.programme.queries.change import follow_up_of_initiatives

router = Router(tags=["board"])


class ForumAnswer(Schema):
    """A forum, the day of its next meeting, and how many initiatives that you see wait for it."""

    id: int
    name: str
    unit: Named
    next_on: date | None
    waiting_count: int


class WaitingAnswer(Schema):
    """An initiative that waits for a forum, and what is to be decided."""

    initiative: Named
    forum: Named
    unit: Named
    owner: Named | None
    wanted: str


class MeetingAnswer(Schema):
    """A meeting of a forum."""

    id: int
    forum: Named
    held_on: date
    note: str


class MeetingInFullAnswer(MeetingAnswer):
    """The same with the time of which it is told what is new: since the meeting before, if there was one."""

    before: int | None
    new_since: date
    new_until: date


class EndedAnswer(Schema):
    """What was said where an initiative stopped, was handed over or done."""

    status: int
    initiative: Named
    unit: Named
    dated_on: date
    judgement: JudgementValue
    text: str
    reason: str


class ForumSent(Sent):
    """A forum and the unit it decides for."""

    name: Line
    unit: Ref


class MeetingSent(Sent):
    """The day of a meeting; planned twice, it is still one meeting."""

    held_on: Day


class MeetingChangeSent(MeetingSent):
    """The day, which stays where something was decided on it, and what else is to be remembered."""

    note: Text = ""


@router.get("/forums", response=Paged[ForumAnswer], summary="Forums you see, with what waits for them")
def forum_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(_forums(request), paging)


@router.post("/forums", response={201: ForumAnswer}, summary="Make a forum")
def forum_create(request: SignedInRequest, sent: ForumSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    managed = organisation_queries.units_where(request.user, roles=rules.PLANNING, day=day)
    if not managed:
        raise PermissionDenied
    open_ones = managed & organisation_queries.tree_on(day).nodes.keys()
    unit = found.chosen_unit(sent.unit, among=open_ones)
    forum = actions.found_forum(name=sent.name, unit=unit, actor=request.user, now=now)
    return Status(201, _forums(request).get(pk=forum.pk))


@router.get("/forums/{forum}", response=ForumAnswer, summary="One forum")
def forum_detail(request: SignedInRequest, forum: Id) -> Any:
    visible = found.visible_forum(request, forum, day=timezone.localdate())
    return _forums(request).get(pk=visible.pk)


@router.get("/forums/{forum}/waiting", response=Paged[WaitingAnswer], summary="What waits for a forum")
def forum_waiting(request: SignedInRequest, forum: Id, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    visible = found.visible_forum(request, forum, day=day)
    initiatives = queries.initiatives_visible_to(request.user, day=day)
    waiting = board_queries.waiting_in(visible, initiatives=initiatives).select_related("forum")
    return page_of(waiting, paging, lambda rows: [waiting_answer(row) for row in rows])


@router.get("/forums/{forum}/meetings", response=Paged[MeetingAnswer], summary="Meetings, newest first")
def meeting_list(request: SignedInRequest, forum: Id, paging: Query[Paging]) -> dict[str, Any]:
    visible = found.visible_forum(request, forum, day=timezone.localdate())
    return page_of(board_queries.meetings_of(visible).select_related("forum"), paging)


@router.post("/forums/{forum}/meetings", response={201: MeetingAnswer}, summary="Set the day of a meeting")
def meeting_create(request: SignedInRequest, forum: Id, sent: MeetingSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = found.visible_forum(request, forum, day=day)
    if not rules.can_decide(request.user, visible, day=day):
        raise PermissionDenied
    meeting = actions.plan_meeting(forum=visible, held_on=sent.held_on, actor=request.user, now=now)
    return Status(201, meeting)


@router.get("/meetings/{meeting}", response=MeetingInFullAnswer, summary="One meeting")
def meeting_detail(request: SignedInRequest, meeting: Id) -> dict[str, Any]:
    day = timezone.localdate()
    visible = found.visible_meeting(request, meeting, day=day)
    period = board_queries.news_period(visible, day=day)
    return {name: getattr(visible, name) for name in ("id", "forum", "held_on", "note")} | {
        "before": period.before.pk if period.before else None,
        "new_since": period.after,
        "new_until": period.until,
    }


@router.put("/meetings/{meeting}", response=MeetingInFullAnswer, summary="Move a meeting, and note something")
def meeting_edit(request: SignedInRequest, meeting: Id, sent: MeetingChangeSent) -> dict[str, Any]:
    now = timezone.now()
    visible = found.deciding_meeting(request, meeting, day=timezone.localdate(now))
    actions.change_meeting(meeting=visible, held_on=sent.held_on, note=sent.note, actor=request.user, now=now)
    return meeting_detail(request, meeting)


@router.get(
    "/meetings/{meeting}/changes", response=FollowUpAnswer, summary="What is new since the meeting before"
)
def meeting_changes(request: SignedInRequest, meeting: Id, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    visible = found.visible_meeting(request, meeting, day=day)
    units, period = _told_of(request, visible, day=day)
    spoken_of = board_queries.spoken_of(
        queries.initiatives_visible_to(request.user, day=day),
        units=units,
        after=period.after,
        until=period.until,
        written_after=period.written_after,
    )
    part = page_of(spoken_of.select_related("owner", "party").defer("search"), paging, _as_they_are)
    follow_up = follow_up_of_initiatives(
        part["items"],
        title=visible.forum.name,
        units=units,
        before_on=period.after,
        after_on=period.until,
    )
    return follow_up_answer(follow_up, paging=Paging(limit=200)) | {"count": part["count"]}


@router.get("/meetings/{meeting}/ended", response=Paged[EndedAnswer], summary="What has ended since, and why")
def meeting_ended(request: SignedInRequest, meeting: Id, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    visible = found.visible_meeting(request, meeting, day=day)
    units, period = _told_of(request, visible, day=day)
    ended = board_queries.ended_between(units=units, after=period.after, until=period.until)
    return page_of(ended, paging, lambda rows: [_ended(row) for row in rows])


def waiting_answer(initiative: Initiative) -> dict[str, Any]:
    """Show what waits for a forum."""
    return {
        "initiative": {"id": initiative.pk, "name": initiative.title},
        "forum": initiative.forum,
        "unit": initiative.unit,
        "owner": initiative.owner,
        "wanted": initiative.decision_wanted,
    }


def _forums(request: SignedInRequest) -> Any:
    day = timezone.localdate()
    return board_queries.with_next_meeting(
        board_queries.forums_visible_to(request.user, day=day),
        initiatives=queries.initiatives_visible_to(request.user, day=day),
        day=day,
    )


def _told_of(
    request: SignedInRequest, meeting: Meeting, *, day: date
) -> tuple[frozenset[int], board_queries.NewsPeriod]:
    seen = organisation_queries.units_visible_to(request.user, day=day)
    units = seen & organisation_queries.tree_known_on(day).below(meeting.forum.unit_id)
    return units, board_queries.news_period(meeting, day=day)


def _as_they_are(rows: list[Any]) -> Iterable[Any]:
    return rows


def _ended(status: Any) -> dict[str, Any]:
    names = ("unit", "dated_on", "judgement", "text", "reason")
    initiative = {"id": status.initiative_id, "name": status.initiative.title}
    told = {"status": status.pk, "initiative": initiative}
    return {name: getattr(status, name) for name in names} | told
