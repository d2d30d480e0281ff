"""Ideas: which an account may see, which resemble what somebody types, and which wait for an answer."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TypeVar

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme.models import Idea, IdeaSupport, Initiative
from robust.programme.queries.initiative import initiatives_visible_to
from robust.thread import queries as thread_queries
from robust.thread.models import End

Row = TypeVar("Row", Idea, Initiative)

ENOUGH_LETTERS = 4
ALIKE = 0.4
WAITING = (Idea.State.NEW, Idea.State.CONSIDERED)


def ideas_visible_to(account: Account, *, day: date) -> QuerySet[Idea]:
    """Find those from the units the account sees, and those it sent itself."""
    units = organisation_queries.units_visible_to(account, day=day)
    return Idea.objects.filter(Q(unit__in=units) | Q(sender=account))


def with_support(ideas: QuerySet[Idea], *, account: Account) -> QuerySet[Idea]:
    """Add `support_count`, and `is_supported` by this account."""
    mine = IdeaSupport.objects.filter(idea=OuterRef("pk"), account=account)
    return ideas.annotate(support_count=Count("supports"), is_supported=Exists(mine))


def matching(ideas: QuerySet[Idea], words: str) -> QuerySet[Idea]:
    """Keep those in which every word stands, also inside a longer word: `vagt` finds `nattevagt`."""
    for word in words.split():
        ideas = ideas.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(answer__icontains=word))
    return ideas


def narrowed(
    ideas: QuerySet[Idea],
    *,
    account: Account,
    words: str = "",
    state: str = "",
    mine: bool = False,
    sort: str = "",
) -> QuerySet[Idea]:
    """Keep what is asked for, with its support; newest first, or by most `support`, or `oldest` first."""
    found = with_support(matching(ideas, words), account=account)
    if state:
        found = found.filter(state=state)
    if mine:
        found = found.filter(sender=account)
    orders = {"support": ("-support_count", "-created_at", "-id"), "oldest": ("created_at", "id")}
    return found.select_related("unit").order_by(*orders.get(sort, ("-created_at", "-id")))


def similar_ideas(words: str, *, account: Account, day: date, without: int = 0) -> list[Idea]:
    """Give at most five open or answered ideas with a title like these words, most alike first."""
    ideas = ideas_visible_to(account, day=day).exclude(pk=without).exclude(state=Idea.State.MERGED)
    return _alike(with_support(ideas, account=account), words, most=5)


def similar_initiatives(words: str, *, account: Account, day: date) -> list[Initiative]:
    """Give at most three initiatives with a title like these words: perhaps it is under way already."""
    return _alike(initiatives_visible_to(account, day=day), words, most=3)


def initiative_of(idea: Idea) -> Initiative | None:
    """Give the initiative that the idea became, if it is there still."""
    became = thread_queries.targets_of(End(thing="idea", id=idea.pk), kind="became", thing="initiative")
    return Initiative.objects.filter(pk__in=became).order_by("pk").first()


def waiting_ideas(units: Collection[int]) -> QuerySet[Idea]:
    """Find those from these units that have no final answer yet, the longest waiting first."""
    return Idea.objects.filter(unit__in=units, state__in=WAITING).order_by("created_at", "id")


def answered_ideas_of(account: Account, *, since: datetime) -> QuerySet[Idea]:
    """Find the account's own ideas that were answered or merged since then, newest answer first."""
    return (
        Idea.objects.filter(sender=account, answered_at__gte=since)
        .select_related("merged_into")
        .order_by("-answered_at", "-id")
    )


def _alike(rows: QuerySet[Row], words: str, *, most: int) -> list[Row]:
    words = " ".join(words.split())
    if len(words) < ENOUGH_LETTERS:
        return []
    likeness = Greatest(TrigramSimilarity("title", words), TrigramWordSimilarity(words, "title"))
    found = rows.annotate(likeness=likeness).filter(likeness__gte=ALIKE)
    return list(found.select_related("unit").order_by("-likeness", "id")[:most])
