"""What the room puts on the first page: what waits for somebody, and what is new."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.core.registry import HomeItem
from robust.organisation.models import Account
from robust.programme import queries
from robust.programme.models import Judgement

MOST_NEWS = 8
MOST_REVIEWS = 15


def waiting(account: Account, *, day: date) -> list[HomeItem]:
    """Give the open questions of reminder rounds, and the account's initiatives whose review is due."""
    reminders = list(queries.open_reminders_of(account))
    asked = {reminder.initiative_id for reminder in reminders}
    items = [
        HomeItem(
            title=reminder.initiative.title,
            url=reverse("programme:status_create", args=[reminder.initiative_id]),
            kind=_("Write status"),
            due_on=reminder.round.due_on,
            note=reminder.round.plan.short_name,
        )
        for reminder in reminders
    ]
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
        items.append(_others(len(due) - MOST_REVIEWS))
    return items


def _others(count: int) -> HomeItem:
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
                "judgement": Judgement(status.judgement).label if status.judgement else _("no judgement"),
                "place": status.unit.name,
            },
        )
        for status in latest.order_by("-recorded_at", "-pk")[:MOST_NEWS]
    ]
