"""What the list of unit codes shows, on screen and as a file."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from robust.organisation.models import UnitCode
from robust.organisation.pages.unit import latest
from robust.organisation.queries import UnitTree

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingLine:
    """A unit, and the codes it has on the day, in the order of the systems."""

    id: int
    name: str
    depth: int
    code: str
    codes: tuple[tuple[str, str], ...]
    changed_at: datetime | None


def mapping_lines(
    tree: UnitTree, units: Collection[int], codes: Iterable[UnitCode]
) -> tuple[MappingLine, ...]:
    """Show each unit with its code in each system; nothing where it has none."""
    found: dict[tuple[int, str], list[str]] = {}
    changed_at: dict[int, datetime] = {}
    for code in codes:
        found.setdefault((code.unit_id, code.system), []).append(code.code)
        changed_at[code.unit_id] = max(code.updated_at, changed_at.get(code.unit_id, code.updated_at))
    return tuple(
        MappingLine(
            id=node.id,
            name=node.name,
            depth=depth,
            code=node.code,
            codes=tuple(
                (str(system.label), ", ".join(found.get((node.id, system), ()))) for system in UnitCode.System
            ),
            changed_at=changed_at.get(node.id),
        )
        for node, depth in tree.in_order()
        if node.id in units
    )


def code_rows(codes: Iterable[UnitCode]) -> list[list[str]]:
    """Write the codes as the file that can be read again; no cell can be taken for a formula."""
    head = [_("unit"), _("name"), _("system"), _("code"), _("from"), _("until")]
    rows = [
        [
            code.unit.code,
            code.unit.name,
            code.system,
            code.code,
            code.starts_on.isoformat(),
            last.isoformat() if (last := latest(code.ends_on)) else "",
        ]
        for code in codes
    ]
    return [head, *([_plain(cell) for cell in row] for row in rows)]


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
