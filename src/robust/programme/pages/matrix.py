"""The matrix of initiatives against the places that have said something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.organisation.queries import UnitTree
from robust.programme.models import Initiative, Judgement, Status
from robust.programme.pages.shown import Standing, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A place, and the hospital it belongs to where that is another."""

    unit_id: int
    name: str
    hospital: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """An initiative with one cell per column; empty where the place has said nothing."""

    initiative_id: int
    title: str
    cells: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage:
    """A page of the matrix."""

    answer: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]


def matrix(
    initiatives: Sequence[Initiative],
    *,
    statuses: Mapping[int, tuple[Status, ...]],
    tree: UnitTree,
    since: datetime | None,
) -> MatrixPage:
    """Show initiatives against the places at which any of them has status, in the order of the tree."""
    told = {status.unit_id for latest in statuses.values() for status in latest}
    columns = _columns([node.id for node, _depth in tree.in_order() if node.id in told], tree)
    rows = tuple(
        _row(initiative, columns, statuses.get(initiative.pk, ()), since) for initiative in initiatives
    )
    at_risk = sum(status.judgement == Judgement.AT_RISK for latest in statuses.values() for status in latest)
    if not columns:
        answer = _("No place has said anything about these initiatives yet.")
    else:
        answer = ngettext("%(at_risk)d place is at risk.", "%(at_risk)d places are at risk.", at_risk) % {
            "at_risk": at_risk
        }
    return MatrixPage(answer=answer, columns=columns, rows=rows)


def _columns(unit_ids: Sequence[int], tree: UnitTree) -> tuple[Column, ...]:
    """The hospital is named only where there are several to tell apart."""
    hospitals = {unit_id: _hospital(unit_id, tree) for unit_id in unit_ids}
    several = len({name for name in hospitals.values() if name}) > 1
    return tuple(
        Column(unit_id=pk, name=tree.nodes[pk].name, hospital=hospitals[pk] if several else "")
        for pk in unit_ids
    )


def _hospital(unit_id: int, tree: UnitTree) -> str:
    above = (tree.nodes[parent_id] for parent_id in tree.above(unit_id))
    return next((node.name for node in above if node.level == "hospital"), "")


def _row(
    initiative: Initiative, columns: Sequence[Column], latest: Sequence[Status], since: datetime | None
) -> MatrixRow:
    at = {status.unit_id: standing(status, since=since) for status in latest}
    cells = tuple(at.get(column.unit_id) for column in columns)
    return MatrixRow(initiative_id=initiative.pk, title=initiative.title, cells=cells)
