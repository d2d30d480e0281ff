"""What the room offers the thread: its things, the kinds of its links, and what its own rows remember."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from robust.core.registry import Found, Remembered, Thing, ThreadKind
from robust.organisation.models import Account
from robust.programme import queries, rules
from robust.programme.models import DocumentReading, Example, Idea, Initiative, Meeting, Plan, Track
from robust.programme.queries import board
from robust.programme.queries import example as example_queries
from robust.programme.queries import idea as idea_queries
from robust.programme.queries import thread as thread_queries

MOST = 8
KINDS = {
    "adopted": ThreadKind(
        onwards=pgettext_lazy("thread", "was adopted as"), back=pgettext_lazy("thread", "was adopted from")
    ),
    "decided": ThreadKind(
        onwards=pgettext_lazy("thread", "decided"),
        back=pgettext_lazy("thread", "was decided at"),
        is_by_hand=True,
        sources=("meeting",),
    ),
    "decision": ThreadKind(
        onwards=pgettext_lazy("thread", "decided"), back=pgettext_lazy("thread", "was decided at")
    ),
    "merged": ThreadKind(
        onwards=pgettext_lazy("thread", "was merged into"), back=pgettext_lazy("thread", "gathers")
    ),
    "read": ThreadKind(
        onwards=pgettext_lazy("thread", "was read as"), back=pgettext_lazy("thread", "was read from")
    ),
}


def decisions(account: Account, thing: str, pk: int, *, day: date) -> Iterator[Remembered]:
    """What meetings decided about an initiative, and a meeting about initiatives."""
    if thing not in ("initiative", "meeting"):
        return
    meetings = board.meetings_visible_to(account, day=day)
    decided = board.decisions_about(queries.initiatives_visible_to(account, day=day)).filter(
        **{f"{thing}_id": pk}, meeting__in=meetings
    )
    is_back = thing == "initiative"
    for decision in decided.select_related("initiative__unit", "meeting__forum__unit", "decided_by"):
        yield Remembered(
            thing="meeting" if is_back else "initiative",
            id=decision.meeting_id if is_back else decision.initiative_id,
            found=_meeting(decision.meeting) if is_back else _initiative(decision.initiative),
            is_back=is_back,
            on=timezone.localdate(decision.decided_at),
            reason=f"{decision.get_outcome_display().capitalize()}: {decision.reason}",
            author=decision.decided_by.name,
        )


def merged_ideas(account: Account, thing: str, pk: int, *, day: date) -> Iterator[Remembered]:
    """The ideas that go on in an idea; their own addresses lead there, so they are not links."""
    if thing != "idea":
        return
    for other in thread_queries.ideas_merged_with(pk, account, day=day):
        is_back = other.merged_into_id == pk
        merged_at = other.answered_at or other.updated_at
        yield Remembered(
            thing="idea",
            id=other.pk,
            found=replace(_idea(other), url="") if is_back else _idea(other),
            is_back=is_back,
            on=timezone.localdate(merged_at),
            author=other.answered_by.name if is_back and other.answered_by else "",
        )


def documents(account: Account, thing: str, pk: int, *, day: date) -> Iterator[Remembered]:
    """The documents an initiative or a plan was read from, and what a document was read as."""
    if thing in ("initiative", "reading"):
        rows = thread_queries.imported_rows(account, day=day).filter(**{f"{thing}_id": pk})
        for row in rows:
            yield _read_from(row) if thing == "initiative" else _read_as(row)
    elif thing == "plan":
        for reading in thread_queries.readings_taken_into(pk, account, day=day):
            on = timezone.localdate(reading.applied_at)
            yield Remembered(
                thing="reading",
                id=reading.pk,
                found=_reading(reading),
                is_back=True,
                on=on,
                author=reading.read_by.name,
            )


def _read_from(row: Any) -> Remembered:
    """Whoever sees the initiative sees file, page and cell, and what was read if it is changed since.

    The document opens for those who may read it.
    """
    found = _reading(row.reading)
    return Remembered(
        thing="reading",
        id=row.reading_id,
        found=replace(found, url=found.url if row.is_open else "", excerpt=_place(row)),
        is_back=True,
        on=timezone.localdate(row.created_at),
        reason="" if row.is_unchanged else row.text,
        author=row.reading.read_by.name,
    )


def _read_as(row: Any) -> Remembered:
    return Remembered(
        thing="initiative",
        id=row.initiative_id,
        found=replace(_initiative(row.initiative), excerpt=_place(row)),
        is_back=False,
        on=timezone.localdate(row.created_at),
        author=row.reading.read_by.name,
    )


def _place(row: Any) -> str:
    page = _("page %(page)d") % {"page": row.page}
    return f"{page}, {row.cell}" if row.cell else page


def _initiative(row: Initiative) -> Found:
    url = reverse("programme:initiative_detail", args=[row.pk])
    return Found(title=row.title, url=url, kind=_("initiative"), excerpt=row.unit.name)


def _idea(row: Idea) -> Found:
    url = reverse("programme:idea_detail", args=[row.pk])
    return Found(title=row.title, url=url, kind=_("idea"), excerpt=row.unit.name)


def _example(row: Example) -> Found:
    url = reverse("programme:example_detail", args=[row.pk])
    return Found(title=row.title, url=url, kind=_("good example"), excerpt=row.place)


def _plan(row: Plan) -> Found:
    url = reverse("programme:plan_detail", args=[row.pk])
    return Found(title=row.name, url=url, kind=_("plan"), excerpt=row.unit.name)


def _track(row: Track) -> Found:
    url = reverse("programme:track_detail", args=[row.pk])
    return Found(title=row.name, url=url, kind=_("track"), excerpt=row.plan.name)


def _meeting(row: Meeting) -> Found:
    title = f"{row.forum.name}, {date_format(row.held_on, 'DATE_FORMAT')}"
    url = reverse("programme:meeting_detail", args=[row.pk])
    return Found(title=title, url=url, kind=_("meeting"), excerpt=row.forum.unit.name)


def _reading(row: DocumentReading) -> Found:
    return Found(title=row.file.name, url=row.get_absolute_url(), kind=_("document"), excerpt=row.plan.name)


def _initiatives(account: Account, day: date) -> QuerySet[Any]:
    visible = queries.initiatives_visible_to(account, day=day)
    return visible.select_related("unit").defer("search", "text").order_by("sort_key", "pk")


def _ideas(account: Account, day: date) -> QuerySet[Any]:
    return idea_queries.ideas_visible_to(account, day=day).select_related("unit")


def _examples(_account: Account, _day: date) -> QuerySet[Any]:
    return example_queries.examples().prefetch_related(None)


def _named(*names: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """Keep what holds every word in one of these fields, also inside a longer word."""

    def matching(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        for word in words.split():
            rows = rows.filter(Q(*((f"{name}__icontains", word) for name in names), _connector=Q.OR))
        return rows

    return matching


def _thing(
    label: Any,
    visible: Callable[[Account, date], QuerySet[Any]],
    show: Callable[[Any], Found],
    matching: Callable[[QuerySet[Any], str], QuerySet[Any]],
    may_change: Callable[[Account, Any, date], bool],
) -> Thing:
    def seen(account: Account, ids: Collection[int], *, day: date) -> dict[int, Found]:
        return {row.pk: show(row) for row in visible(account, day).filter(pk__in=ids)}

    def searched(account: Account, *, words: str, day: date) -> dict[int, Found]:
        return {row.pk: show(row) for row in matching(visible(account, day), words)[:MOST]}

    def changeable(account: Account, ids: Collection[int], *, day: date) -> set[int]:
        rows = visible(account, day).filter(pk__in=ids)
        return {row.pk for row in rows if may_change(account, row, day)}

    return Thing(label=label, seen=seen, searched=searched, changeable=changeable)


THINGS = {
    "initiative": _thing(
        gettext_lazy("initiative"),
        _initiatives,
        _initiative,
        lambda rows, words: rows.filter(queries.matching_words(words)),
        lambda account, row, day: rules.can_change_initiative(account, row, day=day),
    ),
    "idea": _thing(
        gettext_lazy("idea"),
        _ideas,
        _idea,
        lambda rows, words: idea_queries.matching(rows, words).exclude(state=Idea.State.MERGED),
        lambda account, row, day: rules.can_answer_ideas(account, row.unit_id, day=day),
    ),
    "example": _thing(
        gettext_lazy("good example"),
        _examples,
        _example,
        example_queries.searched,
        lambda account, row, day: rules.can_retell(account, row, day=day),
    ),
    "plan": _thing(
        gettext_lazy("plan"),
        lambda account, day: queries.plans_visible_to(account, day=day),
        _plan,
        _named("name", "short_name"),
        lambda account, row, day: rules.can_manage_plans(account, row.unit_id, day=day),
    ),
    "track": _thing(
        gettext_lazy("track"),
        lambda account, day: queries.tracks_visible_to(account, day=day),
        _track,
        _named("name"),
        lambda account, row, day: rules.can_manage_plans(account, row.plan.unit_id, day=day),
    ),
    "meeting": _thing(
        gettext_lazy("meeting"),
        lambda account, day: board.meetings_visible_to(account, day=day),
        _meeting,
        _named("forum__name", "note"),
        lambda account, row, day: rules.can_decide(account, row.forum, day=day),
    ),
    "reading": _thing(
        gettext_lazy("document"),
        lambda account, day: queries.readings_visible_to(account, day=day),
        _reading,
        _named("file__name"),
        lambda _account, _row, _day: True,  # who may see a reading may manage its plan
    ),
}
MEMORIES = {"decision": decisions, "merged": merged_ideas, "read": documents}
