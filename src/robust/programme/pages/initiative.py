"""The list of initiatives, and the page of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.models import (
    Decision,
    Funding,
    Initiative,
    Judgement,
    Placement,
    ProblemInitiative,
    Status,
)
from robust.programme.pages.shown import InitiativeRow, Standing, initiative_row, standing
from robust.programme.queries import OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeListPage:
    """What was found, one page of it."""

    answer: str
    rows: tuple[InitiativeRow, ...]
    found: Page[Initiative]
    is_narrowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place of an initiative in a plan."""

    plan_id: int
    plan: str
    area: str
    track_id: int | None
    track: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativePage:
    """One initiative: what, who, where it stands, how far it is and how it got there."""

    initiative: Initiative
    answer: str
    judgement: str
    standings: tuple[Standing, ...]
    history: tuple[Standing, ...]
    is_history_cut: bool
    places: tuple[PlaceLine, ...]
    decisions: tuple[Decision, ...]
    funding: tuple[Funding, ...]
    funding_dkk: Decimal
    problems: tuple[ProblemInitiative, ...]
    is_review_late: bool
    is_over: bool


def initiative_list(
    found: Page[Initiative],
    *,
    statuses: Mapping[int, tuple[Status, ...]],
    day: date,
    since: datetime | None,
    is_narrowed: bool,
) -> InitiativeListPage:
    """Show a page of initiatives; their placements must be prefetched."""
    rows = tuple(
        initiative_row(
            initiative,
            statuses=statuses.get(initiative.pk, ()),
            placements=tuple(initiative.placements.all()),
            day=day,
            since=since,
        )
        for initiative in found
    )
    count = found.paginator.count
    if is_narrowed:
        answer = ngettext("%d initiative fits.", "%d initiatives fit.", count) % count
    else:
        answer = ngettext("You can see %d initiative.", "You can see %d initiatives.", count) % count
    return InitiativeListPage(answer=answer, rows=rows, found=found, is_narrowed=is_narrowed)


def initiative_detail(
    initiative: Initiative,
    *,
    latest: Sequence[Status],
    history: Sequence[Status],
    is_history_cut: bool,
    day: date,
    since: datetime | None,
) -> InitiativePage:
    """Show one initiative, read by `queries.in_full`; `latest` is newest first, one per place."""
    funding = tuple(initiative.funding.all())
    review_on = initiative.next_review_on
    over = bool(latest) and all(status.judgement in OVER for status in latest)
    return InitiativePage(
        initiative=initiative,
        answer=_answer(latest, day=day),
        judgement=latest[0].judgement if latest else "",
        standings=tuple(standing(status, since=since) for status in latest),
        history=tuple(standing(status, since=since) for status in history),
        is_history_cut=is_history_cut,
        places=tuple(_place_line(placement) for placement in initiative.placements.all()),
        decisions=tuple(initiative.decisions.all()),
        funding=funding,
        funding_dkk=sum((line.amount_dkk for line in funding), Decimal(0)),
        problems=tuple(initiative.problems.all()),
        is_review_late=review_on is not None and review_on < day and not over,
        is_over=over,
    )


def _answer(latest: Sequence[Status], *, day: date) -> str:
    if not latest:
        return _("Nobody has said yet how far it is.")
    days = (day - latest[0].dated_on).days
    told = ngettext("Last heard of %d day ago.", "Last heard of %d days ago.", days) % days
    at_risk = sum(status.judgement == Judgement.AT_RISK for status in latest)
    if len(latest) == 1:
        return _("Last heard of today.") if days == 0 else told
    places: dict[str, Any] = {"count": len(latest), "at_risk": at_risk}
    if at_risk:
        return _("At risk at %(at_risk)d of %(count)d places.") % places
    return _("%(count)d places have said how far they are; none is at risk.") % places


def _place_line(placement: Placement) -> PlaceLine:
    return PlaceLine(
        plan_id=placement.plan_id,
        plan=placement.plan.name,
        area=placement.area.name if placement.area else "",
        track_id=placement.track_id,
        track=placement.track.name if placement.track else "",
        group=placement.group,
    )
