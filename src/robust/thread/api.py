"""The thread for programs: what a thing came from and became, linking two things, and ending that."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import BaseModel, StringConstraints

from robust.core.http import Against, Id, Ref, SaidText, Sent, SignedInRequest
from robust.thread import actions, queries, rules
from robust.thread.models import End, Link

router = Router(tags=["thread"])
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class EndAnswer(Schema):
    """A thing, such as initiative 17."""

    thing: str
    id: int


class StrandAnswer(Schema):
    """What the thing asked for hangs together with; without `link` where another record carries it."""

    link: int | None
    kind: str
    words: str
    end: EndAnswer
    title: str
    linked_on: date
    reason: str
    author: str


class ThreadAnswer(Schema):
    """What a thing came from, what it became and what it goes with, newest first, as far as you see it."""

    came_from: list[StrandAnswer]
    became: list[StrandAnswer]
    beside: list[StrandAnswer]


class LinkAnswer(Schema):
    """How one thing led to another."""

    id: int
    kind: str
    source: EndAnswer
    target: EndAnswer
    linked_on: date
    reason: str
    author: str | None
    ended_on: date | None


class EndSent(Sent):
    """A thing by its name (initiative, idea, example, plan, track, meeting, reading) and id."""

    thing: Name
    id: Ref


class LinkSent(Sent):
    """Which thing led to which, in which way, and why. You need to see both and may change one of them."""

    kind: Name
    source: EndSent
    target: EndSent
    reason: SaidText


class ThreadAsked(BaseModel):
    """The thing whose thread is wanted."""

    thing: Name
    id: Id


@router.get("/thread", response=ThreadAnswer, summary="What a thing came from and what became of it")
def thread(request: SignedInRequest, asked: Query[ThreadAsked]) -> dict[str, Any]:
    day = timezone.localdate()
    end = End(thing=asked.thing, id=asked.id)
    _see(request, end, day=day)
    found = queries.thread_of(end, request.user, day=day)
    sides = ("came_from", "became", "beside")
    return {side: [_strand(strand) for strand in getattr(found, side)] for side in sides}


@router.post("/thread/links", response={201: LinkAnswer}, summary="Link two things")
def link_create(request: SignedInRequest, sent: LinkSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    source = End(thing=sent.source.thing, id=sent.source.id)
    target = End(thing=sent.target.thing, id=sent.target.id)
    _see(request, source, target, day=day)
    if not rules.can_link(request.user, source, target, day=day):
        raise PermissionDenied
    if sent.kind not in queries.kinds_by_hand():
        names = ", ".join(queries.kinds_by_hand())
        raise Against("kind", _("These kinds can be linked by hand: %(names)s.") % {"names": names})
    link = actions.link(
        kind=sent.kind, source=source, target=target, reason=sent.reason, actor=request.user, now=now
    )
    return Status(201, _link(link))


@router.post("/thread/links/{link}/end", response=LinkAnswer, summary="End a link; ended, it changes nothing")
def link_end(request: SignedInRequest, link: Id) -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    found = queries.link_seen(link, request.user, day=day)
    if found is None:
        raise Http404
    if not rules.can_end(request.user, found[0], day=day):
        raise PermissionDenied
    return _link(actions.end_link(found[0], actor=request.user, now=now))


def _see(request: SignedInRequest, *ends: End, day: date) -> None:
    if set(ends) - set(queries.seen(ends, request.user, day=day)):
        raise Http404


def _strand(strand: queries.Strand) -> dict[str, Any]:
    names = ("kind", "words", "end", "title", "reason", "author")
    shown = {name: getattr(strand, name) for name in names}
    return shown | {"link": strand.link_id, "linked_on": strand.on}


def _link(link: Link) -> dict[str, Any]:
    names = ("id", "kind", "source", "target", "linked_on", "reason", "ended_on")
    author = link.author.name if link.author else None
    return {name: getattr(link, name) for name in names} | {"author": author}
