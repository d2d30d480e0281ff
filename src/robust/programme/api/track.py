"""Tracks with goals, signs of success and problems, and which initiatives work on a problem."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from robust.core.http import (
    Against,
    Day,
    Id,
    Line,
    Named,
    Number,
    Paged,
    Paging,
    Ref,
    SaidText,
    Sent,
    SentNumber,
    SignedInRequest,
    Text,
    Words,
    kept_line,
    number_from,
    one_of,
    page_of,
    places,
)
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.api import found
from robust.programme.api.initiative_answer import Level
from robust.programme.models import Plan, Problem, ProblemInitiative, SuccessSign, Track
from robust.programme.queries import relation as relation_queries

router = Router(tags=["tracks"])
Target = Annotated[SuccessSign.Target, one_of(SuccessSign.Target)]
MOST = 999_999_999
TargetNumber = Annotated[SentNumber, Field(ge=-MOST, le=MOST), places(3), number_from(-MOST, MOST)]


class TrackAnswer(Schema):
    """A track and the plan it belongs to."""

    id: int
    name: str
    purpose: str
    plan: Named


class GoalAnswer(Schema):
    """Something the track will have put in place."""

    id: int
    text: str


class SignAnswer(Schema):
    """What will show that the track succeeded; the target may honestly be not set."""

    id: int
    text: str
    target_kind: Target
    target_number: Number | None
    target_unit: str
    target_series: str
    target_source: str
    target_set_on: date | None


class WorkingAnswer(Schema):
    """An initiative that works on a problem, at a level."""

    id: int
    level: Level
    initiative: Named


class ProblemAnswer(Schema):
    """A problem of the track, and those initiatives you see that work on it."""

    id: int
    text: str
    initiatives: list[WorkingAnswer]


class TrackInFullAnswer(TrackAnswer):
    """A track with all that hangs under it."""

    process_goals: list[GoalAnswer]
    success_signs: list[SignAnswer]
    problems: list[ProblemAnswer]


class GoalSent(Sent):
    """A process goal, or the text of a problem."""

    id: Ref | None = None
    text: SaidText


class SignSent(GoalSent):
    """A sign of success; a number needs its source and day, a series its name."""

    target_kind: Target = SuccessSign.Target.NOT_SET
    target_number: TargetNumber | None = None
    target_unit: Annotated[str, kept_line(40)] = ""
    target_series: Words = ""
    target_source: Words = ""
    target_set_on: Day | None = None


class TrackSent(Sent):
    """A track as it is to be. Of the parts that are sent one left out is removed; those not sent stay."""

    name: Line
    purpose: Text = ""
    process_goals: Annotated[list[GoalSent], Field(max_length=200)] | None = None
    success_signs: Annotated[list[SignSent], Field(max_length=200)] | None = None
    problems: Annotated[list[GoalSent], Field(max_length=200)] | None = None


class WorkingSent(Sent):
    """An initiative that works on the problem."""

    initiative: Ref
    level: Level


@router.get("/plans/{plan}/tracks", response=Paged[TrackAnswer], summary="The tracks of a plan")
def track_list(request: SignedInRequest, plan: Id, paging: Query[Paging]) -> dict[str, Any]:
    visible = found.visible_plan(request, plan, day=timezone.localdate())
    return page_of(relation_queries.tracks_of(visible).select_related("plan"), paging)


@router.post("/plans/{plan}/tracks", response={201: TrackInFullAnswer}, summary="Make a track")
def track_create(request: SignedInRequest, plan: Id, sent: TrackSent) -> Status[Any]:
    now = timezone.now()
    managed = found.managed_plan(request, plan, day=timezone.localdate(now))
    values = _values(sent, managed, None)
    track = actions.create_track(
        managed, values=values, parts=_parts(sent, None), actor=request.user, now=now
    )
    return Status(201, track_detail(request, track.pk))


@router.get("/tracks/{track}", response=TrackInFullAnswer, summary="One track with its problems")
def track_detail(request: SignedInRequest, track: Id) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = found.visible_track(request, track, day=day, units=units)
    initiatives = queries.initiatives_visible_to(request.user, day=day, units=units)
    problems = queries.problems_of(visible, initiatives=initiatives)
    return {
        "id": visible.pk,
        "name": visible.name,
        "purpose": visible.purpose,
        "plan": visible.plan,
        "process_goals": list(visible.process_goals.all()),
        "success_signs": list(visible.success_signs.all()),
        "problems": [_problem(problem) for problem in problems],
    }


@router.put("/tracks/{track}", response=TrackInFullAnswer, summary="Change a track and what hangs under it")
def track_edit(request: SignedInRequest, track: Id, sent: TrackSent) -> dict[str, Any]:
    now = timezone.now()
    managed = found.managed_track(request, track, day=timezone.localdate(now))
    values = _values(sent, managed.plan, managed)
    actions.change_track(managed, values=values, parts=_parts(sent, managed), actor=request.user, now=now)
    return track_detail(request, track)


@router.post(
    "/tracks/{track}/problems/{problem}/initiatives",
    response={201: WorkingAnswer},
    summary="Say that an initiative works on a problem; said again, it changes nothing",
)
def problem_link(request: SignedInRequest, track: Id, problem: Id, sent: WorkingSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = get_object_or_404(found.managed_track(request, track, day=day).problems, pk=problem)
    initiatives = queries.initiatives_visible_to(request.user, day=day)
    initiative = found.chosen(initiatives, sent.initiative, where="initiative")
    link = actions.link_problem(visible, initiative=initiative, level=sent.level, actor=request.user, now=now)
    return Status(201, _working(link))


@router.delete(
    "/problem-initiatives/{link}",
    response={204: None},
    summary="Say that an initiative does not work on a problem after all",
)
def problem_unlink(request: SignedInRequest, link: Id) -> Status[None]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = get_object_or_404(queries.problem_links_visible_to(request.user, day=day), pk=link)
    found.managed_track(request, visible.problem.track_id, day=day)
    actions.unlink_problem(visible, actor=request.user, now=now)
    return Status(204, None)


def _problem(problem: Problem) -> dict[str, Any]:
    working = [_working(link) for link in problem.initiatives.all()]
    return {"id": problem.pk, "text": problem.text, "initiatives": working}


def _working(link: ProblemInitiative) -> dict[str, Any]:
    initiative = {"id": link.initiative_id, "name": link.initiative.title}
    return {"id": link.pk, "level": link.level, "initiative": initiative}


def _values(sent: TrackSent, plan: Plan, track: Track | None) -> dict[str, Any]:
    for sign in sent.success_signs or ():
        _refuse_half_a_target(sign)
    if queries.is_track_name_taken(sent.name, plan=plan, besides=track):
        raise Against("name", _("The plan has a track of this name already. Choose another name."))
    return {"name": sent.name, "purpose": sent.purpose}


def _refuse_half_a_target(sign: SignSent) -> None:
    is_whole = sign.target_number is not None and sign.target_source and sign.target_set_on
    if sign.target_kind == SuccessSign.Target.NUMBER and not is_whole:
        problem = _("A target that is a number needs the number, its source and the day.")
        raise Against("success_signs", problem)
    if sign.target_kind == SuccessSign.Target.SERIES and not sign.target_series:
        raise Against("success_signs", _("Name the series to be level with."))


def _parts(sent: TrackSent, track: Track | None) -> actions.TrackParts:
    names = ("process_goals", "success_signs", "problems")
    standing: dict[str, Any] = {name: getattr(track, name).all() if track else () for name in names}
    return actions.TrackParts(
        **{name: found.parts_sent(getattr(sent, name), standing[name], where=name) for name in names}
    )
