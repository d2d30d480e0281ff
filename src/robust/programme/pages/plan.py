"""The list of plans, and the page of one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.models import Placement, Plan, Status
from robust.programme.pages.shown import InitiativeRow, initiative_row
from robust.programme.queries import QUIET_DAYS, PlanFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A plan in the list, with a sentence on how it is doing."""

    plan: Plan
    answer: str
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBlock:
    """The initiatives under one group heading."""

    name: str
    rows: tuple[InitiativeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingBlock:
    """The groups under one area or track; without a name for what stands under none."""

    heading_id: int | None
    name: str
    groups: tuple[GroupBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """One page of a plan."""

    plan: Plan
    answer: str
    figures: PlanFigures
    blocks: tuple[HeadingBlock, ...]
    placed: Page[Placement]
    by_track: bool


def plan_list(
    plans: Iterable[Plan], *, figures: Mapping[int, PlanFigures], day: date
) -> tuple[PlanLine, ...]:
    """Show plans, those that have ended last."""
    lines = (
        PlanLine(
            plan=plan,
            answer=sentence(figures[plan.pk]),
            is_over=plan.ends_on is not None and plan.ends_on <= day,
        )
        for plan in plans
    )
    return tuple(sorted(lines, key=lambda line: line.is_over))


def plan_detail(
    plan: Plan,
    *,
    figures: PlanFigures,
    placed: Page[Placement],
    statuses: Mapping[int, tuple[Status, ...]],
    by_track: bool,
    day: date,
    since: datetime | None,
) -> PlanPage:
    """Show one page of a plan's placements, which must come in the order of areas (or tracks) and groups."""

    def row(placement: Placement) -> InitiativeRow:
        initiative = placement.initiative
        latest = statuses.get(initiative.pk, ())
        return initiative_row(initiative, statuses=latest, day=day, since=since)

    blocks = []
    for heading_id, under in groupby(placed, key=lambda placement: _heading(placement, by_track)[0]):
        placements = list(under)
        name = _heading(placements[0], by_track)[1]
        blocks.append(HeadingBlock(heading_id=heading_id, name=name, groups=_groups(placements, row)))
    return PlanPage(
        plan=plan,
        answer=sentence(figures),
        figures=figures,
        blocks=tuple(blocks),
        placed=placed,
        by_track=by_track,
    )


def sentence(figures: PlanFigures) -> str:
    """Say how a plan is doing."""
    count = figures.initiative_count
    if not count:
        return _("No initiatives yet.")
    counted = {"count": count, "at_risk": figures.at_risk_count, "quiet": figures.quiet_count}
    return ngettext(
        "%(count)d initiative, %(at_risk)d at risk, %(quiet)d without status for %(days)d days.",
        "%(count)d initiatives, %(at_risk)d at risk, %(quiet)d without status for %(days)d days.",
        count,
    ) % (counted | {"days": QUIET_DAYS})


def _heading(placement: Placement, by_track: bool) -> tuple[int | None, str]:
    heading = placement.track if by_track else placement.area
    return (heading.pk, heading.name) if heading else (None, "")


def _groups(
    placements: Sequence[Placement], row: Callable[[Placement], InitiativeRow]
) -> tuple[GroupBlock, ...]:
    return tuple(
        GroupBlock(name=name, rows=tuple(row(placement) for placement in under))
        for name, under in groupby(placements, key=lambda placement: placement.group)
    )
