"""What a search over all rooms finds here: initiatives, plans and tracks."""

from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from robust.core.registry import Found
from robust.organisation.models import Account
from robust.programme import queries

MOST = 20


def found(account: Account, *, words: str, day: date) -> list[Found]:
    """Find what holds all the words, also inside longer words, in title first."""
    return [
        *_initiatives(account, words=words, day=day),
        *_plans(account, words=words, day=day),
        *_tracks(account, words=words, day=day),
    ]


def _initiatives(account: Account, *, words: str, day: date) -> list[Found]:
    matching = queries.initiatives_visible_to(account, day=day).filter(queries.matching_words(words))
    in_title = ExpressionWrapper(Q(title__icontains=words), output_field=BooleanField())
    in_order = matching.order_by(in_title.desc(), "sort_key", "pk")
    return [
        Found(
            title=initiative.title,
            url=reverse("programme:initiative_detail", args=[initiative.pk]),
            kind=_("Initiatives"),
            excerpt=Truncator(initiative.text).chars(160),
        )
        for initiative in in_order.defer("search")[:MOST]
    ]


def _plans(account: Account, *, words: str, day: date) -> list[Found]:
    named = Q(name__icontains=words) | Q(short_name__icontains=words) | Q(purpose__icontains=words)
    return [
        Found(
            title=plan.name,
            url=reverse("programme:plan_detail", args=[plan.pk]),
            kind=_("Plans"),
            excerpt=Truncator(plan.purpose).chars(160),
        )
        for plan in queries.plans_visible_to(account, day=day).filter(named)[:MOST]
    ]


def _tracks(account: Account, *, words: str, day: date) -> list[Found]:
    named = Q(name__icontains=words) | Q(purpose__icontains=words) | Q(problems__text__icontains=words)
    tracks = queries.tracks_visible_to(account, day=day).filter(named).order_by("plan__order", "order", "pk")
    return [
        Found(
            title=track.name,
            url=reverse("programme:track_detail", args=[track.pk]),
            kind=_("Tracks"),
            excerpt=Truncator(track.purpose).chars(160),
        )
        for track in tracks.distinct()[:MOST]
    ]
