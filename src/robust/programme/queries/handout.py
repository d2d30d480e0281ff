"""Handouts: which an account may see, and what goes into one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Unit
from robust.programme.models import Area, Handout, Placement, Plan, SlideTemplate, Status, Track
from robust.programme.queries.change import FollowUp, follow_up_of_plan
from robust.programme.queries.initiative import initiatives_visible_to

SITES_AT_FIRST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWrite:
    """All that a handout is written from."""

    handout: Handout
    follow_up: FollowUp
    sites: tuple[int, ...]
    headings: tuple[str, ...]
    template: bytes | None


def handouts_visible_to(account: Account) -> QuerySet[Handout]:
    """Find the handouts that the account has made: they hold what this account may see."""
    mine = Handout.objects.filter(made_by=account)
    return mine.select_related("plan__unit", "file", "run").defer("file__content")


def plans_of(handouts: QuerySet[Handout]) -> list[tuple[int, str]]:
    """Give the plans that these were made of, by number and name."""
    return list(handouts.order_by("plan__name").values_list("plan", "plan__name").distinct())


def handouts_with(
    handouts: QuerySet[Handout], *, plan: int | None = None, kind: str = ""
) -> QuerySet[Handout]:
    """Keep those of this plan and format, as far as asked for."""
    if plan:
        handouts = handouts.filter(plan=plan)
    return handouts.filter(kind=kind) if kind else handouts


def sites_of(plan: Plan, account: Account, *, day: date) -> QuerySet[Unit]:
    """Find the places with status in a plan that can have a column, hospitals first."""
    units = organisation_queries.units_visible_to(account, day=day)
    placed = Placement.objects.filter(plan=plan).order_by().values("initiative")
    said = Status.objects.filter(unit=OuterRef("pk"), initiative__in=placed)
    places = Unit.objects.filter(Exists(said), pk__in=units).exclude(pk=plan.unit_id)
    found = list(places.values_list("pk", flat=True))  # once: a form asks for its choices again and again
    return Unit.objects.filter(pk__in=found).order_by("level", "sort_key", "pk")


def usual_sites(sites: QuerySet[Unit]) -> list[int]:
    """Choose the hospitals, or where there are none the first few places."""
    hospitals = [unit.pk for unit in sites if unit.level == Unit.Level.HOSPITAL]
    return hospitals or [unit.pk for unit in sites[:SITES_AT_FIRST]]


def template_for(unit_id: int, *, day: date) -> SlideTemplate | None:
    """Give the newest template of a unit, or of the nearest unit above it that has one."""
    nearest = [unit_id, *organisation_queries.tree_on(day).above(unit_id)]
    found = (
        SlideTemplate.objects.filter(unit__in=nearest).select_related("file").order_by("-created_at", "-pk")
    )
    by_unit: dict[int, SlideTemplate] = {}
    for template in found:
        by_unit.setdefault(template.unit_id, template)
    return next((by_unit[pk] for pk in nearest if pk in by_unit), None)


def handout_to_write(pk: int) -> ToWrite:
    """Gather what a handout is to hold, as its maker may see it."""
    handout = Handout.objects.select_related("plan__unit", "made_by").get(pk=pk)
    account, plan = handout.made_by, handout.plan
    follow_up = follow_up_of_plan(
        plan,
        initiatives=initiatives_visible_to(account, day=handout.dated_on),
        units=organisation_queries.units_visible_to(account, day=handout.dated_on),
        before_on=handout.compared_on or handout.dated_on,
        after_on=handout.dated_on,
    )
    template = (
        template_for(plan.unit_id, day=handout.dated_on) if handout.kind == Handout.Kind.SLIDES else None
    )
    return ToWrite(
        handout=handout,
        follow_up=follow_up,
        sites=tuple(handout.sites.order_by("level", "sort_key", "pk").values_list("pk", flat=True)),
        headings=_headings(plan),
        template=bytes(template.file.content) if template else None,
    )


def _headings(plan: Plan) -> tuple[str, ...]:
    areas = Area.objects.filter(plan=plan).order_by("order", "name").values_list("name", flat=True)
    tracks = Track.objects.filter(plan=plan).order_by("order", "name").values_list("name", flat=True)
    return (*areas, *tracks)
