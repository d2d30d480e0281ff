"""What the room's rows remember of where a thing came from: imported rows, and merged ideas."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from robust.organisation.models import Account
from robust.programme.models import DocumentReading, Idea, ImportedRow
from robust.programme.queries.idea import ideas_visible_to
from robust.programme.queries.initiative import initiatives_visible_to
from robust.programme.queries.reading import readings_visible_to


def imported_rows(account: Account, *, day: date) -> QuerySet[Any]:
    """Find the imported rows of initiatives the account sees; `is_open` where it sees the reading too.

    `is_unchanged` where the initiative still says what was read.
    """
    seen = readings_visible_to(account, day=day).filter(pk=OuterRef("reading"))
    visible = initiatives_visible_to(account, day=day)
    unchanged = ExpressionWrapper(Q(text=F("initiative__text")), output_field=BooleanField())
    return (
        ImportedRow.objects.filter(initiative__in=visible.order_by().values("pk"))
        .annotate(is_open=Exists(seen), is_unchanged=unchanged)
        .select_related("reading__file", "reading__read_by", "initiative__unit")
        .defer("reading__file__content", "initiative__search", "initiative__text")
        .order_by("-reading__dated_on", "page", "id")
    )


def readings_taken_into(plan_id: int, account: Account, *, day: date) -> QuerySet[DocumentReading]:
    """Find the documents taken over into a plan, as far as the account sees them, newest first."""
    applied = DocumentReading.State.APPLIED
    return readings_visible_to(account, day=day).filter(plan=plan_id, state=applied).order_by("-applied_at")


def ideas_merged_with(idea_id: int, account: Account, *, day: date) -> QuerySet[Idea]:
    """Find the ideas that were merged into this one, and the one it was merged into."""
    either = Q(merged_into=idea_id) | Q(merged_ideas=idea_id)
    return ideas_visible_to(account, day=day).filter(either).select_related("unit", "answered_by").distinct()
