"""The idea bank: found, proposed, supported, answered and merged."""

from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import BaseModel
from pydantic.json_schema import SkipJsonSchema

from robust.core.http import (
    Flag,
    Id,
    Line,
    Moment,
    Named,
    Paged,
    Paging,
    Ref,
    SaidText,
    Sent,
    SignedInRequest,
    Text,
    Words,
    one_of,
    page_of,
)
from robust.organisation import queries as organisation_queries
from robust.programme import queries, rules
from robust.programme.actions import idea as actions
from robust.programme.api import found
from robust.programme.models import Idea
from robust.programme.queries import idea as idea_queries

router = Router(tags=["ideas"])
State = Annotated[Idea.State, one_of(Idea.State)]
AnsweredState = Literal["accepted", "considered", "under_way", "declined"]


class IdeaAnswer(Schema):
    """An idea, how many support it, whether you do, and what was answered."""

    id: int
    title: str
    text: str
    unit: Named
    state: State
    answer: str
    support_count: int
    is_supported: bool
    created_at: Moment
    answered_at: Moment | None


class IdeaInFullAnswer(IdeaAnswer):
    """The same with who answered, where it went on, and what it became.

    The sender is named to those who answer the idea, and to the sender.
    """

    sender: Named | None
    answered_by: Named | None
    merged_into: int | None
    merged_ideas: list[int]
    became: Named | None


class SimilarAnswer(Schema):
    """What resembles a title: ideas, and initiatives that may be under way already."""

    ideas: list[IdeaAnswer]
    initiatives: list[Named]


class IdeaSent(Sent):
    """An idea in a sentence, more words if one likes, and whose place it is about."""

    title: Line
    text: Text = ""
    unit: Ref


class IdeaAnswerSent(Sent):
    """What becomes of an idea, and the words for its sender; accepted, it becomes an initiative of yours."""

    state: AnsweredState
    answer: SaidText


class MergeSent(Sent):
    """The idea in which another goes on."""

    into: Ref


class IdeasAsked(BaseModel):
    """Which ideas are wanted; those that went on in another are left out."""

    words: Words = ""
    state: State | SkipJsonSchema[None] = None
    mine: Flag = False
    sort: Literal["", "support", "oldest"] = ""


class TitleAsked(BaseModel):
    """A title, or the first words of one."""

    title: Words = ""


@router.get("/ideas", response=Paged[IdeaAnswer], summary="Ideas you see, newest first")
def idea_list(request: SignedInRequest, asked: Query[IdeasAsked], paging: Query[Paging]) -> dict[str, Any]:
    visible = idea_queries.ideas_visible_to(request.user, day=timezone.localdate())
    open_ones = visible.exclude(state=Idea.State.MERGED)
    wanted = asked.model_dump() | {"state": asked.state or ""}
    return page_of(idea_queries.narrowed(open_ones, account=request.user, **wanted), paging)


@router.get(
    "/waiting-ideas", response=Paged[IdeaAnswer], summary="Ideas that wait for your answer, oldest first"
)
def idea_queue(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    answering = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    if not answering:
        raise PermissionDenied
    waiting = idea_queries.with_support(idea_queries.waiting_ideas(answering), account=request.user)
    return page_of(waiting.select_related("unit"), paging)


@router.get("/similar-ideas", response=SimilarAnswer, summary="What resembles a title")
def idea_similar(request: SignedInRequest, asked: Query[TitleAsked]) -> dict[str, Any]:
    day = timezone.localdate()
    initiatives = idea_queries.similar_initiatives(asked.title, account=request.user, day=day)
    return {
        "ideas": idea_queries.similar_ideas(asked.title, account=request.user, day=day),
        "initiatives": [{"id": row.pk, "name": row.title} for row in initiatives],
    }


@router.post("/ideas", response={201: IdeaInFullAnswer}, summary="Propose; sent twice, it is one idea")
def idea_create(request: SignedInRequest, sent: IdeaSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = organisation_queries.units_visible_to(request.user, day=day)
    open_ones = visible & organisation_queries.tree_on(day).nodes.keys()
    idea = actions.propose(
        title=" ".join(sent.title.split()),
        text=sent.text,
        unit=found.chosen_unit(sent.unit, among=open_ones),
        actor=request.user,
        now=now,
    )
    return Status(201, idea_detail(request, idea.pk))


@router.get("/ideas/{idea}", response=IdeaInFullAnswer, summary="One idea, also one that went on in another")
def idea_detail(request: SignedInRequest, idea: Id) -> dict[str, Any]:
    day = timezone.localdate()
    visible = idea_queries.ideas_visible_to(request.user, day=day)
    known = visible.select_related("unit", "sender", "answered_by").prefetch_related("merged_ideas")
    row: Any = get_object_or_404(idea_queries.with_support(known, account=request.user), pk=idea)
    may_answer = rules.can_answer_ideas(request.user, row.unit_id, day=day)
    names = ("id", "title", "text", "unit", "state", "answer", "support_count", "is_supported", "created_at",
             "answered_at", "answered_by")  # fmt: skip
    return {name: getattr(row, name) for name in names} | {
        "sender": row.sender if may_answer or row.sender_id == request.user.pk else None,
        "merged_into": row.merged_into_id,
        "merged_ideas": [other.pk for other in row.merged_ideas.all()],
        "became": _became(request, row),
    }


@router.post("/ideas/{idea}/support", response=IdeaInFullAnswer, summary="Support an idea; twice is once")
def idea_support(request: SignedInRequest, idea: Id) -> dict[str, Any]:
    now = timezone.now()
    supported = found.visible_idea(request, idea, day=timezone.localdate(now))
    actions.support(idea=supported, actor=request.user, now=now)
    return idea_detail(request, idea)


@router.delete("/ideas/{idea}/support", response=IdeaInFullAnswer, summary="Take your support back")
def idea_withdraw(request: SignedInRequest, idea: Id) -> dict[str, Any]:
    now = timezone.now()
    supported = found.visible_idea(request, idea, day=timezone.localdate(now))
    actions.withdraw(idea=supported, actor=request.user, now=now)
    return idea_detail(request, idea)


@router.put("/ideas/{idea}/answer", response=IdeaInFullAnswer, summary="Tell the sender what becomes of it")
def idea_answer(request: SignedInRequest, idea: Id, sent: IdeaAnswerSent) -> dict[str, Any]:
    now = timezone.now()
    answered = found.answerable_idea(request, idea, day=timezone.localdate(now))
    state = Idea.State(sent.state)
    if state == Idea.State.ACCEPTED:
        actions.accept(idea=answered, text=sent.answer, actor=request.user, now=now)
    else:
        actions.answer(idea=answered, state=state, text=sent.answer, actor=request.user, now=now)
    return idea_detail(request, idea)


@router.post(
    "/ideas/{idea}/merge",
    response=IdeaInFullAnswer,
    summary="Let an idea go on in another one that you answer; gives that one",
)
def idea_merge(request: SignedInRequest, idea: Id, sent: MergeSent) -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    merged = found.answerable_idea(request, idea, day=day)
    answering = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    candidates = idea_queries.ideas_visible_to(request.user, day=day).filter(unit__in=answering)
    into = found.chosen(candidates, sent.into, where="into")
    target = actions.merge(idea=merged, into=into, actor=request.user, now=now)
    return idea_detail(request, target.pk)


def _became(request: SignedInRequest, idea: Idea) -> dict[str, Any] | None:
    visible = queries.initiatives_visible_to(request.user, day=timezone.localdate())
    became = idea_queries.initiative_of(idea)
    seen = became and visible.filter(pk=became.pk).exists()
    return {"id": became.pk, "name": became.title} if became and seen else None
