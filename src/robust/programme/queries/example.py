"""Good examples: finding them, who took them up, and which of those are wards like yours."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme.models import Example, ExampleAdoption, Recommendation

READ = ("title", "place", "context", "prerequisites", "what_was_done", "result", "why_stopped")
NEARLY_SPELT = 0.6


def examples() -> QuerySet[Example]:
    """Find all examples with how many took each up; they are there for everybody, so that they can spread."""
    counted = Example.objects.annotate(adoption_count=Count("adoptions", distinct=True))
    return counted.prefetch_related("recommendations").order_by("title", "id")


def recommendations() -> QuerySet[Any]:
    """Find the recommendations with how many examples hang under each."""
    return Recommendation.objects.annotate(example_count=Count("examples")).order_by("number")


def searched(found: QuerySet[Example], words: str) -> QuerySet[Example]:
    """Keep the examples that speak of the words, best first.

    A word counts in any Danish inflection, inside a longer word (`vagt` finds `nattevagten`), or nearly as
    it is spelt in the title.
    """
    query = SearchQuery(words, config="danish", search_type="websearch")
    inside = Q()
    for word in words.split():
        inside &= Q(*((f"{name}__icontains", word) for name in READ), _connector=Q.OR)
    nearly = TrigramWordSimilarity(words, "title")
    named = Case(When(title__icontains=words, then=Value(1.0)), default=Value(0.0), output_field=FloatField())
    rank = Cast(SearchRank(F("search"), query), FloatField()) + F("nearly") + named
    return (
        found.annotate(nearly=nearly)
        .filter(Q(search=query) | inside | Q(nearly__gte=NEARLY_SPELT))
        .annotate(rank=rank)
        .order_by("-rank", "title", "id")
    )


def adoptions_of(example: Example) -> QuerySet[ExampleAdoption]:
    """Find who took the example up, latest first."""
    return (
        ExampleAdoption.objects.filter(example=example)
        .select_related("unit", "initiative")
        .defer("initiative__search", "initiative__text")
        .order_by("-adopted_on", "-id")
    )


def adoptions() -> QuerySet[ExampleAdoption]:
    """Find all adoptions with their example and place."""
    return ExampleAdoption.objects.select_related("example", "unit")


def units_like_those_of(account: Account, *, day: date) -> frozenset[int]:
    """Find the other units of the same type as those at which the account holds a role."""
    tree = organisation_queries.tree_on(day)
    own = {held.unit_id for held in organisation_queries.roles_on(account, day=day)} & set(tree.nodes)
    types = {tree.nodes[unit_id].type_code for unit_id in own} - {""}
    return frozenset(node.id for node in tree.nodes.values() if node.type_code in types) - own


def taken_up_at(units: Collection[int]) -> QuerySet[ExampleAdoption]:
    """Find what these units took up."""
    return ExampleAdoption.objects.filter(unit__in=units).select_related("example", "unit")
