"""What the pages of the idea bank show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.models import Idea

ANSWER_WITHIN = timedelta(days=14)
MARKS = {
    Idea.State.NEW: "not_started",
    Idea.State.CONSIDERED: "not_started",
    Idea.State.ACCEPTED: "done",
    Idea.State.UNDER_WAY: "on_track",
    Idea.State.DECLINED: "",
    Idea.State.MERGED: "handed_over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaRow:
    """One idea in a list; `mark` is the shape its state is drawn with."""

    pk: int
    title: str
    place: str
    mark: str
    state: str
    answer: str
    support_count: int
    is_supported: bool
    sent_at: datetime
    answered_at: datetime | None
    is_late: bool
    waited_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaPage:
    """One idea; the sender is empty for those who do not answer it."""

    row: IdeaRow
    text: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    sender: str
    is_mine: bool
    headline: str


def idea_rows(ideas: Iterable[Any], *, day: date) -> tuple[IdeaRow, ...]:
    """Show ideas read with `with_support` and their unit."""
    return tuple(_row(idea, day=day) for idea in ideas)


def idea_detail(idea: Any, *, account_id: int, may_answer: bool, day: date) -> IdeaPage:
    """Show one idea, read with `with_support`."""
    row = _row(idea, day=day)
    is_mine = idea.sender_id == account_id
    return IdeaPage(
        row=row,
        text=idea.text,
        answer=idea.answer,
        answered_by=idea.answered_by.name if idea.answered_by else "",
        answered_at=idea.answered_at,
        sender=idea.sender.name if is_mine or may_answer else "",
        is_mine=is_mine,
        headline=_headline(row),
    )


def list_answer(*, count: int, waiting_count: int) -> str:
    """Say how many ideas there are, and how many of them wait for an answer."""
    ideas = ngettext("%d idea.", "%d ideas.", count) % count
    waiting = ngettext("%d waits for an answer.", "%d wait for an answer.", waiting_count) % waiting_count
    return f"{ideas} {waiting}" if waiting_count else ideas


def _headline(row: IdeaRow) -> str:
    """How many support it stands at the button that changes it."""
    if row.answer or row.mark != "not_started":
        answered = formats.date_format(timezone.localtime(row.answered_at)) if row.answered_at else ""
        return _("Answered %(day)s.") % {"day": answered} if answered else ""
    if row.waited_days == 0:
        return _("Sent today.")
    return (
        ngettext("%d day without an answer.", "%d days without an answer.", row.waited_days) % row.waited_days
    )


def _row(idea: Any, *, day: date) -> IdeaRow:
    waited = day - timezone.localdate(idea.created_at)
    is_waiting = idea.state in (Idea.State.NEW, Idea.State.CONSIDERED)
    return IdeaRow(
        pk=idea.pk,
        title=idea.title,
        place=idea.unit.name,
        mark=MARKS[idea.state],
        state=idea.get_state_display(),
        answer=idea.answer,
        support_count=idea.support_count,
        is_supported=idea.is_supported,
        sent_at=idea.created_at,
        answered_at=idea.answered_at,
        is_late=is_waiting and waited > ANSWER_WITHIN,
        waited_days=max(waited.days, 0),
    )
