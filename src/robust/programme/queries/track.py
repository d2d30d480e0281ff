"""Tracks, and the problems they are to solve."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, QuerySet

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme.models import Initiative, Plan, Problem, ProblemInitiative, Track


def tracks_visible_to(
    account: Account, *, day: date, units: Collection[int] | None = None
) -> QuerySet[Track]:
    """Find the tracks of the plans the account sees; `units` where they have been asked for already."""
    if units is None:
        units = organisation_queries.units_visible_to(account, day=day)
    return Track.objects.filter(plan__unit__in=units).select_related("plan__unit")


def is_track_name_taken(name: str, *, plan: Plan, besides: Track | None) -> bool:
    """Tell whether another track of the plan has the name."""
    named = Track.objects.filter(plan=plan, name=name)
    return named.exclude(pk=besides.pk if besides else 0).exists()


def problem_links_visible_to(account: Account, *, day: date) -> QuerySet[ProblemInitiative]:
    """Find who works on the problems of the tracks the account sees."""
    links = ProblemInitiative.objects.filter(problem__track__in=tracks_visible_to(account, day=day))
    return links.select_related("problem__track__plan", "initiative")


def problems_in(tracks: QuerySet[Track]) -> QuerySet[Problem]:
    """Find the problems of these tracks."""
    return Problem.objects.filter(track__in=tracks).select_related("track__plan")


def problems_of(track: Track, *, initiatives: QuerySet[Initiative]) -> QuerySet[Problem]:
    """Find the track's problems, each with those of these initiatives that work on it."""
    working = ProblemInitiative.objects.filter(initiative__in=initiatives).select_related("initiative")
    in_order = working.order_by("initiative__sort_key", "id")
    return Problem.objects.filter(track=track).prefetch_related(Prefetch("initiatives", queryset=in_order))
