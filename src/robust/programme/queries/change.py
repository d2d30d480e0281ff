"""What changed between two days: each initiative of a plan with what was said at each place, then and now."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from robust.organisation import queries as organisation_queries
from robust.programme.models import (
    ImportedRow,
    Initiative,
    Meeting,
    Placement,
    Plan,
    Status,
)
from robust.programme.queries.plan import placements_in
from robust.programme.queries.status import NEWEST_FIRST, OVER

USUAL_DAYS = 30
PEOPLE = ("initiative__owner", "initiative__party")
FOLLOWED = (
    "group",
    "area__name",
    "track__name",
    "initiative__title",
    "initiative__text",
    "initiative__starts_on",
    "initiative__ends_on",
    "initiative__next_review_on",
    "initiative__created_at",
    "initiative__owner__name",
    "initiative__party__name",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What was said at a place, when, and by whom."""

    status_id: int
    text: str
    judgement: str
    reason: str
    dated_on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChange:
    """What stood at a place on the first day, and what stands on the second; none where nothing was said."""

    unit_id: int
    before: Stated | None
    after: Stated | None

    @property
    def is_changed(self) -> bool:
        return _substance(self.before) != _substance(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place with status in a follow-up."""

    unit_id: int
    name: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedAt:
    """The headings an initiative stands under; empty where it stands under none."""

    area: str = ""
    track: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """Where in a document an initiative was read."""

    file: str
    page: int
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """One initiative in a follow-up; `sites` holds the places that have said something, in tree order."""

    initiative_id: int
    title: str
    text: str
    owner: str
    party: str
    starts_on: date | None
    ends_on: date | None
    next_review_on: date | None
    placements: tuple[PlacedAt, ...]
    sites: tuple[SiteChange, ...]
    sources: tuple[SourceCell, ...]
    is_added: bool
    is_ended: bool

    @property
    def is_changed(self) -> bool:
        return self.is_added or self.is_ended or any(site.is_changed for site in self.sites)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """All initiatives of a plan (or one of them) on two days, and the places with status in tree order."""

    title: str
    before_on: date
    after_on: date
    rows: tuple[FollowUpRow, ...]
    sites: tuple[Site, ...]


def follow_up_of_plan(
    plan: Plan,
    *,
    initiatives: QuerySet[Initiative],
    units: Collection[int],
    before_on: date,
    after_on: date,
    only_touched: bool = False,
) -> FollowUp:
    """Gather a plan's follow-up in the plan's order; six queries whatever the size.

    `only_touched` leaves out initiatives in which nothing can have changed between the days.

    On the first day counts what was known then: an entry dated before it but written after it is new. Only
    where everything was written later, as when old documents are read, does the date it carries count.
    """
    if only_touched:
        initiatives = initiatives.filter(_touched(before_on, after_on))
    in_plan = placements_in(plan, initiatives=initiatives).defer(None).select_related(None)
    placements = tuple(in_plan.select_related("area", "track", *PEOPLE).only(*FOLLOWED))
    return _follow_up(plan.name, placements, units=units, before_on=before_on, after_on=after_on)


def follow_up_of_initiative(
    initiative: Initiative, *, units: Collection[int], before_on: date, after_on: date
) -> FollowUp:
    """Gather one initiative's follow-up with its places in all plans; six queries."""
    placed = Placement.objects.filter(initiative=initiative).order_by("plan", "order", "id")
    placements = tuple(placed.select_related("area", "track", "initiative__owner", "initiative__party"))
    return _follow_up(
        initiative.title,
        placements or (Placement(initiative=initiative),),
        units=units,
        before_on=before_on,
        after_on=after_on,
    )


def stated(status: Status) -> Stated:
    """Give what a status says as plain values; its writer must be loaded."""
    return Stated(
        status_id=status.pk,
        text=status.text,
        judgement=status.judgement,
        reason=status.reason,
        dated_on=status.dated_on,
        by=status.recorded_by.name,
    )


def follow_up_of_initiatives(
    initiatives: Iterable[Initiative],
    *,
    title: str,
    units: Collection[int],
    before_on: date,
    after_on: date,
) -> FollowUp:
    """Gather the follow-up of any initiatives in the order given, without headings; four queries.

    Each is to be read with its owner and party.
    """
    placements = [Placement(initiative=initiative) for initiative in initiatives]
    return _follow_up(title, placements, units=units, before_on=before_on, after_on=after_on)


def usual_comparison_day(*, unit_id: int, day: date) -> tuple[date, Meeting | None]:
    """Give the day of the unit's latest meeting before the day, with the meeting; else 30 days ago."""
    held = Meeting.objects.filter(forum__unit=unit_id, held_on__lt=day).select_related("forum")
    meeting = held.order_by("-held_on", "-id").first()
    return (meeting.held_on, meeting) if meeting else (day - timedelta(days=USUAL_DAYS), None)


def _follow_up(
    title: str, placements: Iterable[Placement], *, units: Collection[int], before_on: date, after_on: date
) -> FollowUp:
    headings: dict[int, list[PlacedAt]] = defaultdict(list)
    initiatives: dict[int, Initiative] = {}
    for placement in placements:
        initiatives[placement.initiative_id] = placement.initiative
        headings[placement.initiative_id].append(_placed_at(placement))
    before = _stated(_known_on(before_on).filter(initiative__in=list(initiatives), unit__in=units))
    after = _stated(_dated_by(after_on).filter(initiative__in=list(initiatives), unit__in=units))
    sites = _sites({unit_id for _, unit_id in (*before, *after)}, day=after_on)
    sources = _sources(initiatives)
    rows = tuple(
        _row(
            initiative,
            placements=tuple(headings[initiative.pk]),
            sites=_site_changes(initiative.pk, sites, before, after),
            sources=tuple(sources[initiative.pk]),
            period=(before_on, after_on),
        )
        for initiative in initiatives.values()
    )
    return FollowUp(title=title, before_on=before_on, after_on=after_on, rows=rows, sites=sites)


_At = tuple[int, int]  # initiative and unit


def _touched(before_on: date, after_on: date) -> Q:
    spoken_of = Status.objects.filter(
        Q(dated_on__gt=before_on) | Q(recorded_at__gte=night_after(before_on)), dated_on__lte=after_on
    )
    between = (before_on + timedelta(days=1), after_on)
    return (
        Q(pk__in=spoken_of.values("initiative"))
        | Q(starts_on__range=between)
        | Q(ends_on__range=between)
        | Q(starts_on__isnull=True, created_at__gte=night_after(before_on))
    )


def night_after(day: date) -> datetime:
    """Give the moment at which the day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _known_on(day: date) -> QuerySet[Status]:
    was_written = ExpressionWrapper(Q(recorded_at__lt=night_after(day)), output_field=BooleanField())
    entries = Status.objects.filter(dated_on__lte=day).annotate(was_written=was_written)
    in_order = entries.order_by("initiative_id", "unit_id", "-was_written", *NEWEST_FIRST)
    return in_order.distinct("initiative_id", "unit_id")


def _dated_by(day: date) -> QuerySet[Status]:
    entries = Status.objects.filter(dated_on__lte=day)
    return entries.order_by("initiative_id", "unit_id", *NEWEST_FIRST).distinct("initiative_id", "unit_id")


def _stated(statuses: QuerySet[Status]) -> dict[_At, Stated]:
    rows: Iterable[Any] = statuses.values_list(
        "initiative_id", "unit_id", "pk", "text", "judgement", "reason", "dated_on", "recorded_by__name"
    )
    return {
        (initiative_id, unit_id): Stated(
            status_id=pk, text=text, judgement=judgement, reason=reason, dated_on=dated_on, by=by
        )
        for initiative_id, unit_id, pk, text, judgement, reason, dated_on, by in rows
    }


def _sites(unit_ids: Collection[int], *, day: date) -> tuple[Site, ...]:
    ordered = organisation_queries.tree_known_on(day).in_order()
    return tuple(
        Site(unit_id=node.id, name=node.name, level=node.level)
        for node, _depth in ordered
        if node.id in unit_ids
    )


def _sources(initiatives: Collection[int]) -> dict[int, list[SourceCell]]:
    rows = (
        ImportedRow.objects.filter(initiative__in=list(initiatives))
        .order_by("-reading__dated_on", "page", "id")
        .values_list("initiative_id", "reading__file__name", "page", "cell")
    )
    sources: dict[int, list[SourceCell]] = defaultdict(list)
    for initiative_id, file, page, cell in rows:
        sources[initiative_id].append(SourceCell(file=file, page=page, cell=cell))
    return sources


def _site_changes(
    initiative_id: int, sites: tuple[Site, ...], before: dict[_At, Stated], after: dict[_At, Stated]
) -> tuple[SiteChange, ...]:
    return tuple(
        SiteChange(unit_id=site.unit_id, before=before.get(at), after=after.get(at))
        for site in sites
        if (at := (initiative_id, site.unit_id)) in before or at in after
    )


def _row(
    initiative: Initiative,
    *,
    placements: tuple[PlacedAt, ...],
    sites: tuple[SiteChange, ...],
    sources: tuple[SourceCell, ...],
    period: tuple[date, date],
) -> FollowUpRow:
    return FollowUpRow(
        initiative_id=initiative.pk,
        title=initiative.title,
        text=initiative.text,
        owner=initiative.owner.name if initiative.owner else "",
        party=initiative.party.name if initiative.party else "",
        starts_on=initiative.starts_on,
        ends_on=initiative.ends_on,
        next_review_on=initiative.next_review_on,
        placements=placements,
        sites=sites,
        sources=sources,
        is_added=_is_added(initiative, sites, period),
        is_ended=_is_ended(initiative, sites, period),
    )


def _is_added(initiative: Initiative, sites: tuple[SiteChange, ...], period: tuple[date, date]) -> bool:
    """An initiative nobody had spoken of by the first day, and that was begun or entered after it."""
    if any(site.before for site in sites):
        return False
    return began_between(initiative.starts_on, initiative.created_at, period)


def began_between(starts_on: date | None, created_at: datetime, period: tuple[date, date]) -> bool:
    """Say whether an initiative began, or was entered where it says nothing of that, after the first day."""
    began_on = starts_on or timezone.localdate(created_at)
    return period[0] < began_on <= period[1]


def _is_ended(initiative: Initiative, sites: tuple[SiteChange, ...], period: tuple[date, date]) -> bool:
    """An initiative whose time ran out between the days, or that is now over at all its places."""
    if initiative.ends_on and period[0] < initiative.ends_on <= period[1]:
        return True
    was_over = bool(sites) and all(site.before and site.before.judgement in OVER for site in sites)
    is_over = bool(sites) and all(site.after and site.after.judgement in OVER for site in sites)
    return is_over and not was_over


def _placed_at(placement: Placement) -> PlacedAt:
    return PlacedAt(
        area=placement.area.name if placement.area else "",
        track=placement.track.name if placement.track else "",
        group=placement.group,
    )


def _substance(stated: Stated | None) -> tuple[str, str, str] | None:
    return (stated.judgement, stated.text, stated.reason) if stated else None
