"""The matrix of a plan's initiatives against the other plans, with coverage in figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.models import Placement, Plan, PlanRelation
from robust.programme.queries.relation import Coverage, Related

SHAPES = {
    "covered": "full",
    "part_of": "ringed",
    "relevant_too": "ring",
    "partly": "half",
    "not_relevant": "dash",
    "elsewhere": "arrow",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How one initiative stands to one plan, in a shape and a word."""

    plan_id: int
    plan: str
    shape: str
    word: str
    note: str
    is_gap: bool
    is_placed: bool
    made_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An initiative at its place in the plan (it may have several), and how it stands to the other plans."""

    place: int
    initiative_id: int
    title: str
    group: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRows:
    """The rows of one area of the plan."""

    area: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine:
    """How well a plan is covered by another, in figures with their denominator."""

    plan_id: int
    plan: str
    covered_count: int
    initiative_count: int
    covered_percent: float
    partly_count: int
    open_count: int
    elsewhere_count: int
    not_relevant_count: int
    not_judged_count: int
    gap_count: int
    sentence: str


def coverage_lines(plans: Iterable[Plan], coverage: Mapping[int, Coverage]) -> tuple[CoverageLine, ...]:
    """Show the coverage by each plan in the order given."""
    return tuple(_coverage_line(plan, coverage[plan.pk]) for plan in plans)


def matrix(
    placements: Sequence[Placement],
    *,
    plans: Sequence[Plan],
    relations: Mapping[tuple[int, int], Related],
) -> tuple[AreaRows, ...]:
    """Show placements in the plan's order, each area's together."""
    groups = groupby(placements, key=lambda placement: placement.area.name if placement.area else "")
    return tuple(
        AreaRows(area=area, rows=tuple(_row(placement, plans, relations) for placement in within))
        for area, within in groups
    )


def cell(plan: Plan, related: Related | None) -> Cell:
    """Show how an initiative stands to one plan; a gap is not judged, or is relevant but not covered."""
    kind = related.kind if related else ""
    return Cell(
        plan_id=plan.pk,
        plan=plan.short_name,
        shape=SHAPES.get(kind, "open"),
        word=str(PlanRelation.Kind(kind).label) if kind else _("not judged yet"),
        note=_note(related) if related else "",
        is_gap=kind in ("", PlanRelation.Kind.RELEVANT_TOO),
        is_placed=related.is_placed if related else False,
        made_at=related.made_at if related else None,
        changed_at=related.changed_at if related else None,
    )


def answer(lines: Sequence[CoverageLine]) -> str:
    """Say in a sentence how far the plan is covered by each of the others."""
    return " ".join(line.sentence for line in lines)


def _row(placement: Placement, plans: Sequence[Plan], relations: Mapping[tuple[int, int], Related]) -> Row:
    initiative = placement.initiative
    return Row(
        place=placement.pk,
        initiative_id=initiative.pk,
        title=initiative.title,
        group=placement.group,
        cells=tuple(cell(plan, relations.get((initiative.pk, plan.pk))) for plan in plans),
    )


def _note(related: Related) -> str:
    if related.is_placed:
        return _("stands in both plans")
    return " · ".join(part for part in (related.track, related.reason, related.owner) if part)


def _coverage_line(plan: Plan, coverage: Coverage) -> CoverageLine:
    counts, total, covered = coverage.counts, coverage.initiative_count, coverage.covered_count
    said = ngettext(
        "%(covered)d of %(total)d is covered by %(plan)s.",
        "%(covered)d of %(total)d are covered by %(plan)s.",
        covered,
    )
    return CoverageLine(
        plan_id=plan.pk,
        plan=plan.short_name,
        covered_count=covered,
        initiative_count=total,
        covered_percent=100 * covered / total if total else 0.0,
        partly_count=counts.get(PlanRelation.Kind.PARTLY, 0),
        open_count=counts.get(PlanRelation.Kind.RELEVANT_TOO, 0),
        elsewhere_count=counts.get(PlanRelation.Kind.ELSEWHERE, 0),
        not_relevant_count=counts.get(PlanRelation.Kind.NOT_RELEVANT, 0),
        not_judged_count=coverage.not_judged_count,
        gap_count=coverage.gap_count,
        sentence=said % {"covered": covered, "total": total, "plan": plan.short_name},
    )
