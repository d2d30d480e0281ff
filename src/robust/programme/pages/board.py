"""What a meeting of a forum needs to see: what waits, what ended, what is new, and what was decided."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.forms.board import DecisionForm, QuestionForm
from robust.programme.models import Decision, Initiative, Judgement, Meeting, Question, Status
from robust.programme.queries import FollowUp, FollowUpRow, SiteChange, Stated

Compare = Callable[[Stated | None, Stated | None], tuple[Any, ...]]
MARKS = {
    Decision.Outcome.APPROVED: "done",
    Decision.Outcome.CHANGED: "done",
    Decision.Outcome.POSTPONED: "not_started",
    Decision.Outcome.REJECTED: "",
    Decision.Outcome.STOPPED: "stopped",
    Decision.Outcome.NOTED: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An initiative that waits for a decision, with the forms that answer it; forms for those who decide."""

    pk: int
    title: str
    place: str
    owner: str
    asked: str
    judgement: str | None
    status: str
    stated_on: date | None
    decide: DecisionForm | None
    ask: QuestionForm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNews:
    """What is said at a place now, and how it differs from before."""

    place: str
    before: str
    judgement: str | None
    passages: tuple[Any, ...]
    dated_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An initiative of which something was said since the meeting before."""

    pk: int
    title: str
    is_added: bool
    sites: tuple[SiteNews, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Where something ended since the meeting before, and why."""

    pk: int
    title: str
    place: str
    judgement: str
    why: str
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision, drawn with a shape."""

    pk: int
    initiative_id: int
    title: str
    mark: str
    outcome: str
    asked: str
    reason: str
    forum: str
    meeting_id: int
    held_on: date
    by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting on one page."""

    title: str
    answer: str
    waiting: tuple[Waiting, ...]
    ended: tuple[Ended, ...]
    at_risk: tuple[News, ...]
    news: tuple[News, ...]
    decided: tuple[Decided, ...]
    questions: tuple[Question, ...]


def meeting_detail(
    meeting: Meeting,
    *,
    waiting: Sequence[Initiative],
    statuses: Mapping[int, tuple[Status, ...]],
    ended: Iterable[Status],
    follow_up: FollowUp,
    news_count: int,
    decisions: Iterable[Decision],
    questions: Iterable[Question],
    compare: Compare,
    may_decide: bool,
) -> MeetingPage:
    """Put a meeting together; `news_count` is how many initiatives have news, of which one page is shown."""
    sites = {site.unit_id: site.name for site in follow_up.sites}
    news = tuple(_news(row, sites, compare) for row in follow_up.rows if row.is_changed)
    waits = tuple(_waiting(row, statuses.get(row.pk, ()), may_decide=may_decide) for row in waiting)
    ends = _ended(ended)
    return MeetingPage(
        title=meeting.forum.name,
        answer=_answer(waiting_count=len(waits), ended_count=len(ends), news_count=news_count),
        waiting=waits,
        ended=ends,
        at_risk=tuple(row for row in news if _is_at_risk(row)),
        news=tuple(row for row in news if not _is_at_risk(row)),
        decided=decided(decisions),
        questions=tuple(questions),
    )


def decided(decisions: Iterable[Decision]) -> tuple[Decided, ...]:
    """Show decisions read with their initiative, meeting, forum and who noted them."""
    return tuple(
        Decided(
            pk=decision.pk,
            initiative_id=decision.initiative_id,
            title=decision.initiative.title,
            mark=MARKS[Decision.Outcome(decision.outcome)],
            outcome=decision.get_outcome_display(),
            asked=decision.asked,
            reason=decision.reason,
            forum=decision.meeting.forum.name,
            meeting_id=decision.meeting_id,
            held_on=decision.meeting.held_on,
            by=decision.decided_by.name,
            decided_at=decision.decided_at,
        )
        for decision in decisions
    )


def _answer(*, waiting_count: int, ended_count: int, news_count: int) -> str:
    waits = ngettext("%d waits for a decision", "%d wait for a decision", waiting_count) % waiting_count
    ends = ngettext("%d has ended", "%d have ended", ended_count) % ended_count
    news = ngettext("%d has news", "%d have news", news_count) % news_count
    return _("%(waits)s, %(ends)s and %(news)s.") % {"waits": waits, "ends": ends, "news": news}


def _waiting(initiative: Initiative, statuses: Sequence[Status], *, may_decide: bool) -> Waiting:
    latest = statuses[0] if statuses else None
    return Waiting(
        pk=initiative.pk,
        title=initiative.title,
        place=initiative.unit.name,
        owner=initiative.owner.name if initiative.owner else "",
        asked=initiative.decision_wanted,
        judgement=latest.judgement if latest else None,
        status=latest.text if latest else "",
        stated_on=latest.dated_on if latest else None,
        decide=DecisionForm(auto_id=f"decide_{initiative.pk}_%s") if may_decide else None,
        ask=QuestionForm(auto_id=f"ask_{initiative.pk}_%s") if may_decide else None,
    )


def _news(row: FollowUpRow, places: Mapping[int, str], compare: Compare) -> News:
    return News(
        pk=row.initiative_id,
        title=row.title,
        is_added=row.is_added,
        sites=tuple(_site(site, places, compare) for site in row.sites if site.is_changed),
    )


def _site(site: SiteChange, places: Mapping[int, str], compare: Compare) -> SiteNews:
    before, after = site.before, site.after
    was = before.judgement if before else ""
    judgement = after.judgement if after else None
    return SiteNews(
        place=places[site.unit_id],
        before=str(Judgement(was).label) if was and was != judgement else "",
        judgement=judgement,
        passages=compare(before, after),
        dated_on=after.dated_on if after else None,
    )


def _is_at_risk(news: News) -> bool:
    return any(site.judgement == Judgement.AT_RISK for site in news.sites)


def _ended(statuses: Iterable[Status]) -> tuple[Ended, ...]:
    """The newest entry of each initiative at each place; they come newest first."""
    found: dict[tuple[int, int], Ended] = {}
    for status in statuses:
        found.setdefault(
            (status.initiative_id, status.unit_id),
            Ended(
                pk=status.initiative_id,
                title=status.initiative.title,
                place=status.unit.name,
                judgement=status.judgement,
                why=status.reason or status.text,
                dated_on=status.dated_on,
            ),
        )
    return tuple(found.values())
