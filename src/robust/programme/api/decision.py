"""What forums are asked to decide, what they decided and why, and what they ask and are answered."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import BaseModel

from robust.core.http import (
    AskedId,
    Flag,
    Id,
    Moment,
    Named,
    Paged,
    Paging,
    Ref,
    SaidText,
    Sent,
    SignedInRequest,
    kept_text,
    one_of,
    page_of,
)
from robust.programme import queries, rules
from robust.programme.actions import board as actions
from robust.programme.api import found
from robust.programme.api.board import WaitingAnswer, waiting_answer
from robust.programme.models import Decision, Question
from robust.programme.queries import board as board_queries

router = Router(tags=["board"])
Outcome = Annotated[Decision.Outcome, one_of(Decision.Outcome)]


class DecisionAnswer(Schema):
    """What a forum decided about an initiative, what it had been asked, and why."""

    id: int
    initiative: Named
    meeting: int
    forum: Named
    outcome: Outcome
    asked: str
    reason: str
    decided_by: Named
    decided_at: Moment


class QuestionAnswer(Schema):
    """What a forum asked about an initiative, and the answer, empty while there is none."""

    id: int
    initiative: Named
    meeting: int
    forum: Named
    text: str
    asked_by: Named
    asked_at: Moment
    answer: str
    answered_by: Named | None
    answered_at: Moment | None


class DecisionWantedSent(Sent):
    """What is to be decided, so that it can be answered with yes or no, and where."""

    forum: Ref
    wanted: Annotated[str, kept_text(2_000, is_blank=False)]


class DecisionSent(Sent):
    """What was decided about an initiative; the reason stands on it, where its owner reads it."""

    initiative: Ref
    outcome: Outcome
    reason: SaidText


class QuestionSent(Sent):
    """What whoever answers for an initiative is asked."""

    initiative: Ref
    text: SaidText


class QuestionAnswerSent(Sent):
    """What the forum gets to know; a later answer takes the place of an earlier one."""

    answer: SaidText


class DecisionsAsked(BaseModel):
    """Which decisions are wanted."""

    initiative: AskedId = None
    meeting: AskedId = None
    forum: AskedId = None


class QuestionsAsked(DecisionsAsked):
    """Which questions are wanted; those without an answer, if asked for."""

    unanswered: Flag = False


@router.get("/decisions", response=Paged[DecisionAnswer], summary="What was decided, newest first")
def decision_list(
    request: SignedInRequest, asked: Query[DecisionsAsked], paging: Query[Paging]
) -> dict[str, Any]:
    visible = queries.initiatives_visible_to(request.user, day=timezone.localdate())
    decisions = board_queries.decisions_about(visible).filter(**_wanted(asked))
    return page_of(decisions, paging, lambda rows: [_decision(row) for row in rows])


@router.post(
    "/meetings/{meeting}/decisions",
    response={201: DecisionAnswer},
    summary="Write down what a forum decided and why",
)
def decision_create(request: SignedInRequest, meeting: Id, sent: DecisionSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    deciding = found.deciding_meeting(request, meeting, day=day)
    visible = queries.initiatives_visible_to(request.user, day=day)
    decision = actions.decide(
        meeting=deciding,
        initiative=found.chosen(visible, sent.initiative, where="initiative"),
        outcome=sent.outcome,
        reason=sent.reason,
        actor=request.user,
        now=now,
    )
    return Status(201, _decision(decision))


@router.post(
    "/initiatives/{initiative}/decision-wanted",
    response=WaitingAnswer,
    summary="Put an initiative before a forum; sent again, the newer question stands",
)
def decision_ask(request: SignedInRequest, initiative: Id, sent: DecisionWantedSent) -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    changed = found.changeable_initiative(request, initiative, day=day)
    forum = found.chosen(board_queries.forums_visible_to(request.user, day=day), sent.forum, where="forum")
    actions.send_to_decision(initiative=changed, forum=forum, wanted=sent.wanted, actor=request.user, now=now)
    return waiting_answer(found.visible_initiative(request, initiative, day=day))


@router.delete(
    "/initiatives/{initiative}/decision-wanted",
    response={204: None},
    summary="Take an initiative off the forum's table",
)
def decision_call_back(request: SignedInRequest, initiative: Id) -> Status[None]:
    now = timezone.now()
    changed = found.changeable_initiative(request, initiative, day=timezone.localdate(now))
    actions.call_back(initiative=changed, actor=request.user, now=now)
    return Status(204, None)


@router.get("/questions", response=Paged[QuestionAnswer], summary="What forums asked, newest first")
def question_list(
    request: SignedInRequest, asked: Query[QuestionsAsked], paging: Query[Paging]
) -> dict[str, Any]:
    wanted = _wanted(asked) | ({"answer": ""} if asked.unanswered else {})
    return page_of(
        _questions(request).filter(**wanted), paging, lambda rows: [_question(row) for row in rows]
    )


@router.post(
    "/meetings/{meeting}/questions",
    response={201: QuestionAnswer},
    summary="Ask whoever answers for an initiative; asked twice, it is one question",
)
def question_create(request: SignedInRequest, meeting: Id, sent: QuestionSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    deciding = found.deciding_meeting(request, meeting, day=day)
    visible = queries.initiatives_visible_to(request.user, day=day)
    initiative = found.chosen(visible, sent.initiative, where="initiative")
    question = actions.ask(
        meeting=deciding, initiative=initiative, text=sent.text, actor=request.user, now=now
    )
    return Status(201, _question(question))


@router.put("/questions/{question}/answer", response=QuestionAnswer, summary="Answer a forum's question")
def question_answer(request: SignedInRequest, question: Id, sent: QuestionAnswerSent) -> dict[str, Any]:
    now = timezone.now()
    asked = get_object_or_404(_questions(request), pk=question)
    if not rules.can_change_initiative(request.user, asked.initiative, day=timezone.localdate(now)):
        raise PermissionDenied
    actions.answer_question(question=asked, text=sent.answer, actor=request.user, now=now)
    return _question(_questions(request).get(pk=question))


def _wanted(asked: DecisionsAsked) -> dict[str, Any]:
    conditions = {
        "initiative": asked.initiative,
        "meeting": asked.meeting,
        "meeting__forum": asked.forum,
    }
    return {name: value for name, value in conditions.items() if value is not None}


def _questions(request: SignedInRequest) -> Any:
    visible = queries.initiatives_visible_to(request.user, day=timezone.localdate())
    return board_queries.questions_about(visible)


def _decision(decision: Decision) -> dict[str, Any]:
    names = ("id", "outcome", "asked", "reason", "decided_by", "decided_at")
    return {name: getattr(decision, name) for name in names} | _about(decision)


def _question(question: Question) -> dict[str, Any]:
    names = ("id", "text", "asked_by", "asked_at", "answer", "answered_by", "answered_at")
    return {name: getattr(question, name) for name in names} | _about(question)


def _about(row: Decision | Question) -> dict[str, Any]:
    return {
        "initiative": {"id": row.initiative_id, "name": row.initiative.title},
        "meeting": row.meeting_id,
        "forum": row.meeting.forum,
    }
