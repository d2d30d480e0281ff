"""Rounds of reminders: who was asked, who has not answered, and what waits for somebody."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from robust.organisation.models import Account
from robust.programme.models import Initiative, Placement, Plan, Reminder, ReminderRound
from robust.programme.queries.plan import plans_visible_to
from robust.programme.queries.status import going_on


def rounds_of(plan: Plan) -> QuerySet[ReminderRound]:
    """Find the plan's rounds, newest first, each with how many were asked and how many answered."""
    answered = Count("reminders", filter=Q(reminders__answered_with__isnull=False))
    return (
        ReminderRound.objects.filter(plan=plan)
        .select_related("opened_by")
        .annotate(asked_count=Count("reminders"), answered_count=answered)
        .order_by("-opened_on", "-id")
    )


def rounds_visible_to(account: Account, *, day: date) -> QuerySet[ReminderRound]:
    """Find the rounds of the plans the account sees."""
    rounds = ReminderRound.objects.filter(plan__in=plans_visible_to(account, day=day))
    return rounds.select_related("plan", "opened_by")


def round_with_asked(pk: int) -> tuple[ReminderRound, QuerySet[Account]]:
    """Give a round, and everybody who was asked in it."""
    round_ = ReminderRound.objects.select_related("plan", "opened_by").get(pk=pk)
    return round_, Account.objects.filter(reminders__round=round_).distinct().order_by("pk")


def reminders_in(round_: ReminderRound) -> QuerySet[Reminder]:
    """Find who was asked about what, those who have not answered first."""
    return (
        Reminder.objects.filter(round=round_)
        .select_related("account", "initiative", "answered_with")
        .order_by(F("answered_with").asc(nulls_first=True), "initiative__sort_key", "id")
    )


def open_reminders_of(account: Account) -> QuerySet[Reminder]:
    """Find what the account was asked and has not answered; of each initiative only the newest question."""
    waiting = Reminder.objects.filter(account=account, answered_with__isnull=True)
    newest = waiting.order_by("initiative_id", "-round__due_on", "-id").distinct("initiative_id")
    return (
        Reminder.objects.filter(pk__in=newest.values("pk"))
        .select_related("initiative", "round__plan")
        .order_by("round__due_on", "initiative__sort_key", "id")
    )


def waiting_for(account: Account, *, day: date) -> QuerySet[Initiative]:
    """Find the initiatives the account owns whose review day has come and that go on, oldest first."""
    due = Initiative.objects.filter(owner=account, next_review_on__lte=day)
    return due.filter(going_on(day=day)).order_by("next_review_on", "sort_key", "pk")


def to_be_asked(plan: Plan, *, day: date) -> QuerySet[Initiative]:
    """Find the plan's initiatives that go on: those a round asks about, where there is somebody to ask."""
    placed = Placement.objects.filter(plan=plan).values("initiative")
    going = Initiative.objects.filter(going_on(day=day), pk__in=placed)
    named = going.select_related("owner", "deputy").only("title", "owner__name", "deputy__name")
    return named.order_by("sort_key", "pk")
