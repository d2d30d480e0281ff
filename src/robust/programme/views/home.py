"""What the room puts on the first page: what waits for somebody, and what is new."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.core.registry import HomeItem
from robust.organisation.models import Account, Role
from robust.organisation.queries import roles_on
from robust.programme import queries, rules
from robust.programme.pages.shown import judgement_word

MOST_NEWS = 8
MOST_REVIEWS = 15
MOST_QUESTIONS = 15


def waiting(account: Account, *, day: date) -> list[HomeItem]:
    """Give the open questions of reminder rounds, and the account's initiatives whose review is due."""
    reminders = list(
        queries.open_reminders_of(account).values_list(
            "initiative_id", "initiative__title", "round__due_on", "round__plan__short_name"
        )
    )
    items = [
        HomeItem(
            title=title,
            url=reverse("programme:status_create", args=[pk]),
            kind=_("Write status"),
            due_on=due_on,
            note=plan,
        )
        for pk, title, due_on, plan in reminders[:MOST_QUESTIONS]
    ]
    if len(reminders) > MOST_QUESTIONS:
        items.append(_other_questions(len(reminders) - MOST_QUESTIONS))
    asked = [pk for pk, *_rest in reminders]
    waiting_for = queries.waiting_for(account, day=day).exclude(pk__in=asked)
    due = list(waiting_for.values_list("pk", "title", "next_review_on"))
    items += [
        HomeItem(
            title=title,
            url=reverse("programme:status_create", args=[pk]),
            kind=_("Review"),
            due_on=next_review_on,
        )
        for pk, title, next_review_on in due[:MOST_REVIEWS]
    ]
    if len(due) > MOST_REVIEWS:
        items.append(_other_reviews(len(due) - MOST_REVIEWS))
    return items


def first_plan(account: Account, *, day: date) -> Iterator[HomeItem]:
    """While there is no plan, ask those who plan for one, and administrators as their last first step."""
    may_plan = rules.can_manage_some_plans(account, day=day)
    administers = any(held.role == Role.ADMINISTRATOR for held in roles_on(account, day=day))
    if not (may_plan or administers) or queries.plans_visible_to(account, day=day).exists():
        return
    read, look = reverse("programme:reading_create"), reverse("programme:plan_list")
    yield HomeItem(
        title=_("4. Read the first plan") if administers else _("Read the first plan"),
        url=read if may_plan else look,
        kind=_("First steps"),
        note=_("The plan you have as slides or a document becomes initiatives.")
        if may_plan
        else _("Improvement consultants and department managements do it: give somebody that role."),
    )


def _other_questions(count: int) -> HomeItem:
    title = ngettext("%d other question to answer", "%d other questions to answer", count) % count
    mine = reverse("programme:initiative_list") + "?owner=me&sort=stated&unit="
    return HomeItem(title=title, url=mine, kind=_("Write status"))


def _other_reviews(count: int) -> HomeItem:
    title = ngettext("%d other initiative to review", "%d other initiatives to review", count) % count
    mine = reverse("programme:initiative_list") + "?owner=me&only=overdue&sort=review&unit="
    return HomeItem(title=title, url=mine, kind=_("Review"))


def news(account: Account, *, since: datetime, day: date) -> list[HomeItem]:
    """Give the latest status written by others since the account's previous visit."""
    entries = queries.statuses_visible_to(account, day=day).filter(
        recorded_at__gt=since, initiative__in=queries.initiatives_visible_to(account, day=day)
    )
    latest = entries.exclude(recorded_by=account).select_related("initiative", "unit")
    return [
        HomeItem(
            title=status.initiative.title,
            url=reverse("programme:status_detail", args=[status.pk]),
            kind=_("Status"),
            note=_("%(judgement)s, %(place)s")
            % {
                "judgement": judgement_word(status.judgement),
                "place": status.unit.name,
            },
        )
        for status in latest.order_by("-recorded_at", "-pk")[:MOST_NEWS]
    ]
