"""Initiatives: which an account may see, and which match what somebody looks for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme.models import (
    Decision,
    ImportedRow,
    Initiative,
    Placement,
    PlanRelation,
    ProblemInitiative,
    Question,
    Status,
)
from robust.programme.queries.status import judged, quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for in a list of initiatives; what is empty narrows nothing."""

    words: str = ""
    plan_id: int | None = None
    area_id: int | None = None
    track_id: int | None = None
    places: frozenset[int] | None = None
    judgement: str = ""
    kind: str = ""
    answered_for_by: int | None = None
    review_overdue: bool = False
    quiet: bool = False
    awaits_decision: bool = False
    sort: str = "title"


def initiatives_visible_to(
    account: Account, *, day: date, units: Collection[int] | None = None
) -> QuerySet[Initiative]:
    """Find those of the units the account sees, and those it answers for wherever they belong.

    `units` is what `units_visible_to` gave, where it has been asked already.
    """
    if units is None:
        units = organisation_queries.units_visible_to(account, day=day)
    return Initiative.objects.filter(Q(unit__in=units) | Q(owner=account) | Q(deputy=account))


def narrowed(
    initiatives: QuerySet[Initiative], *, wanted: Wanted, units: Collection[int], day: date
) -> QuerySet[Initiative]:
    """Keep what matches, in the order asked for; status counts only at the given units."""
    conditions = [*_placed(wanted), *_about_itself(wanted, day=day)]
    if wanted.places is not None:
        units = wanted.places.intersection(units)
        lives_there = Status.objects.filter(unit__in=units).values("initiative")
        conditions.append(Q(unit__in=wanted.places) | Q(pk__in=lives_there))
    if wanted.judgement:
        conditions.append(Q(pk__in=judged(wanted.judgement, units=units, day=day)))
    if wanted.quiet:
        conditions.append(quiet(units=units, day=day))
    return _sorted(initiatives.filter(*conditions), wanted.sort, units=units, day=day)


def matching_words(words: str) -> Q:
    """Give the condition for initiatives that hold the words, inflected or inside longer words.

    Danish compounds are not split by the full-text search, so "vagt" finds "nattevagten" as a part.
    """
    parts = Q()
    for word in words.split():
        parts &= Q(title__icontains=word) | Q(text__icontains=word)
    return parts | Q(search=SearchQuery(words, config="danish", search_type="websearch"))


def in_list(ids: Collection[int], *, units: Collection[int]) -> QuerySet[Initiative]:
    """Read initiatives for a list, with their places in the plans of these units."""
    placements = Placement.objects.filter(plan__unit__in=units).select_related("plan", "area", "track")
    listed = Initiative.objects.filter(pk__in=ids).select_related("owner", "party", "unit")
    return listed.defer("search", "text").prefetch_related(Prefetch("placements", queryset=placements))


def in_brief(ids: Collection[int]) -> QuerySet[Initiative]:
    """Read initiatives with their own fields, without the long texts, and their decisions."""
    return Initiative.objects.filter(pk__in=ids).defer("search", "text").prefetch_related("decisions")


def in_full(initiatives: QuerySet[Initiative], *, units: Collection[int]) -> QuerySet[Initiative]:
    """Read initiatives with all that hangs on them but status and thread; other units' plans are left out."""
    placements = Placement.objects.filter(plan__unit__in=units).select_related("plan", "area", "track")
    decisions = Decision.objects.select_related("meeting__forum", "decided_by")
    problems = ProblemInitiative.objects.filter(problem__track__plan__unit__in=units)
    relations = PlanRelation.objects.filter(plan__unit__in=units).select_related("plan", "track", "owner")
    questions = Question.objects.select_related("meeting__forum", "asked_by", "answered_by")
    return initiatives.select_related("unit", "owner", "deputy", "party", "forum").prefetch_related(
        "links",
        "funding",
        Prefetch("placements", queryset=placements.order_by("plan__order", "plan__name", "order", "id")),
        Prefetch("decisions", queryset=decisions.order_by("-decided_at", "-id")),
        Prefetch("problems", queryset=problems.select_related("problem__track").order_by("problem", "level")),
        Prefetch("plan_relations", queryset=relations.order_by("plan__order", "plan__name", "id")),
        Prefetch("questions", queryset=questions.order_by("-asked_at", "-id")),
    )


def with_sources(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Add where in which documents the initiatives were read, newest document first."""
    sources = ImportedRow.objects.select_related("reading__file").defer("reading__file__content")
    in_order = sources.order_by("-reading__dated_on", "page", "id")
    return initiatives.prefetch_related(Prefetch("sources", queryset=in_order))


def _placed(wanted: Wanted) -> list[Q]:
    headings = {"plan": wanted.plan_id, "area": wanted.area_id, "track": wanted.track_id}
    asked = {f"placements__{name}": pk for name, pk in headings.items() if pk is not None}
    if not asked:
        return []
    return [Q(pk__in=Initiative.objects.filter(**asked).order_by().values("pk"))]


def _about_itself(wanted: Wanted, *, day: date) -> list[Q]:
    conditions = []
    if wanted.words:
        conditions.append(matching_words(wanted.words))
    if wanted.kind:
        conditions.append(Q(kind=wanted.kind))
    if wanted.answered_for_by is not None:
        conditions.append(Q(owner=wanted.answered_for_by) | Q(deputy=wanted.answered_for_by))
    if wanted.review_overdue:
        conditions.append(Q(next_review_on__lt=day))
    if wanted.awaits_decision:
        conditions.append(Q(awaits_decision=True))
    return conditions


def _sorted(
    initiatives: QuerySet[Initiative], sort: str, *, units: Collection[int], day: date
) -> QuerySet[Initiative]:
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    if name == "review":
        by: F | Subquery = F("next_review_on")
    elif name == "stated":
        entries = Status.objects.filter(initiative=OuterRef("pk"), unit__in=units, dated_on__lte=day)
        by = Subquery(entries.order_by().values("initiative").annotate(on=Max("dated_on")).values("on"))
    else:
        return initiatives.order_by("-sort_key" if falling else "sort_key", "pk")
    empty_last = OrderBy(by, descending=falling, nulls_last=True)
    return initiatives.order_by(empty_last, "sort_key", "pk")


def answers_for_some(account: Account) -> bool:
    """Say whether the account owns an initiative, or stands in for an owner."""
    return Initiative.objects.filter(Q(owner=account) | Q(deputy=account)).exists()
