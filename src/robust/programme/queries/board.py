"""Forums, their meetings, what waits for their decision, and what they decided and asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme.models import Decision, Forum, Initiative, Meeting, Question, Status
from robust.programme.queries.change import USUAL_DAYS
from robust.programme.queries.status import OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsPeriod:
    """The time of which a meeting is told what is new: since the forum met before, or as usual."""

    before: Meeting | None
    after: date
    until: date

    @property
    def written_after(self) -> datetime:
        """The night after the first day: what was written later nobody could read then."""
        return timezone.make_aware(datetime.combine(self.after + timedelta(days=1), time.min))


def forums_visible_to(account: Account, *, day: date) -> QuerySet[Forum]:
    """Find the forums of the units the account sees."""
    units = organisation_queries.units_visible_to(account, day=day)
    return forums_deciding_for(units)


def forums_deciding_for(units: Collection[int]) -> QuerySet[Forum]:
    """Find the forums of these units."""
    return Forum.objects.filter(unit__in=units).select_related("unit")


def meetings_visible_to(account: Account, *, day: date) -> QuerySet[Meeting]:
    """Find the meetings of the forums the account sees."""
    forums = forums_visible_to(account, day=day)
    return Meeting.objects.filter(forum__in=forums).select_related("forum__unit")


def with_next_meeting(
    forums: QuerySet[Forum], *, initiatives: QuerySet[Initiative], day: date
) -> QuerySet[Forum]:
    """Add `next_on`, the day of the next meeting, and `waiting_count` of these initiatives."""
    coming = Meeting.objects.filter(forum=OuterRef("pk"), held_on__gte=day).order_by("held_on")
    waiting = Q(initiatives__awaits_decision=True, initiatives__in=initiatives)
    return forums.annotate(
        next_on=Subquery(coming.values("held_on")[:1]),
        waiting_count=Count("initiatives", filter=waiting, distinct=True),
    )


def meetings_of(forum: Forum) -> QuerySet[Meeting]:
    """Find the forum's meetings, newest first, each with how many decisions were taken."""
    return (
        Meeting.objects.filter(forum=forum)
        .annotate(decision_count=Count("decisions"))
        .order_by("-held_on", "-id")
    )


def meeting_before(meeting: Meeting) -> Meeting | None:
    """Give the forum's latest meeting before this one."""
    earlier = Meeting.objects.filter(forum=meeting.forum_id, held_on__lt=meeting.held_on)
    return earlier.order_by("-held_on").first()


def news_period(meeting: Meeting, *, day: date) -> NewsPeriod:
    """Give the time from the meeting before to this one, or to the day if that comes first."""
    before = meeting_before(meeting)
    after = before.held_on if before else meeting.held_on - timedelta(days=USUAL_DAYS)
    return NewsPeriod(before=before, after=after, until=min(meeting.held_on, day))


def meeting_after(forum: Forum, *, day: date) -> Meeting | None:
    """Give the forum's first meeting on or after the day."""
    return Meeting.objects.filter(forum=forum, held_on__gte=day).order_by("held_on").first()


def waiting_in(forum: Forum, *, initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Find those of the initiatives that wait for this forum, in Danish order."""
    return (
        initiatives.filter(forum=forum, awaits_decision=True)
        .select_related("owner", "unit")
        .defer("search")
        .order_by("sort_key", "pk")
    )


def decisions_about(initiatives: QuerySet[Initiative]) -> QuerySet[Decision]:
    """Find what was decided about these initiatives, newest first."""
    return (
        Decision.objects.filter(initiative__in=initiatives.order_by().values("pk"))
        .select_related("initiative", "meeting__forum", "decided_by")
        .defer("initiative__search", "initiative__text")
        .order_by("-decided_at", "-id")
    )


def decisions_at(meeting: Meeting, *, initiatives: QuerySet[Initiative]) -> QuerySet[Decision]:
    """Find what was decided at a meeting about these initiatives, newest first."""
    return decisions_about(initiatives).filter(meeting=meeting)


def decisions_for(account: Account, *, since: datetime) -> QuerySet[Decision]:
    """Find what others decided since then about what the account answers for, newest first."""
    mine = Q(initiative__owner=account) | Q(initiative__deputy=account)
    return (
        Decision.objects.filter(mine, decided_at__gte=since)
        .exclude(decided_by=account)
        .select_related("initiative", "meeting__forum")
        .order_by("-decided_at", "-id")
    )


def questions_about(initiatives: QuerySet[Initiative]) -> QuerySet[Question]:
    """Find what was asked about these initiatives, newest first."""
    return (
        Question.objects.filter(initiative__in=initiatives.order_by().values("pk"))
        .select_related("initiative", "meeting__forum", "asked_by", "answered_by")
        .defer("initiative__search", "initiative__text")
        .order_by("-asked_at", "-id")
    )


def questions_at(meeting: Meeting, *, initiatives: QuerySet[Initiative]) -> QuerySet[Question]:
    """Find what was asked at this meeting, and what was asked in the forum before and has no answer yet."""
    earlier = Q(meeting__forum=meeting.forum_id, meeting__held_on__lt=meeting.held_on, answer="")
    return questions_about(initiatives).filter(Q(meeting=meeting) | earlier)


def questions_to(account: Account) -> QuerySet[Question]:
    """Find what the account was asked about its initiatives and has not answered, oldest first."""
    mine = Q(initiative__owner=account) | Q(initiative__deputy=account)
    return (
        Question.objects.filter(mine, answer="")
        .select_related("initiative", "meeting__forum")
        .order_by("asked_at", "id")
    )


def spoken_of(
    initiatives: QuerySet[Initiative],
    *,
    units: Collection[int],
    after: date,
    until: date,
    written_after: datetime,
) -> QuerySet[Initiative]:
    """Keep the initiatives that somebody at these places said something about in the time.

    What carries an earlier date but was written later counts too: nobody could have read it before.
    """
    entries = Status.objects.filter(
        Q(dated_on__gt=after) | Q(recorded_at__gte=written_after), unit__in=units, dated_on__lte=until
    )
    return initiatives.filter(pk__in=entries.order_by().values("initiative")).order_by("sort_key", "pk")


def ended_between(*, units: Collection[int], after: date, until: date) -> QuerySet[Status]:
    """Find the entries in the time that said stopped, handed over or done, newest first."""
    return (
        Status.objects.filter(unit__in=units, dated_on__gt=after, dated_on__lte=until, judgement__in=OVER)
        .select_related("initiative", "unit")
        .defer("initiative__search", "initiative__text")
        .order_by("-dated_on", "-recorded_at", "-id")
    )
