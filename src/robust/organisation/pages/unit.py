"""What the pages of the unit tree show."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from robust.organisation.models import RoleAssignment, Unit, UnitCode, UnitPeriod, UnitSuccession, UnitType
from robust.organisation.queries import UnitNode, UnitTimes, UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit in the tree."""

    id: int
    name: str
    depth: int
    level: str
    type_name: str
    made_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLine:
    """What a unit was for a time; the last day is included."""

    name: str
    type_name: str
    parent_name: str
    starts_on: date
    latest_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionLine:
    """A unit that went on as another."""

    happened_on: date
    other_id: int
    other_name: str
    came_from: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLine:
    """The code another system knows a unit by."""

    id: int
    system: str
    code: str
    starts_on: date
    latest_on: date | None
    can_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role that counts at a unit; an inherited one is held further up."""

    id: int
    account_id: int
    account_name: str
    role: str
    inherited_from: str
    starts_on: date
    latest_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """A unit as it was on a day."""

    id: int
    name: str
    is_open: bool
    is_closed_for_good: bool
    answer: str
    level: str
    code: str
    parent_id: int | None
    parent_name: str
    children: tuple[UnitLine, ...]
    periods: tuple[PeriodLine, ...]


def unit_lines(
    tree: UnitTree,
    visible: Collection[int],
    types: Iterable[UnitType],
    *,
    times: Mapping[int, UnitTimes],
    words: str = "",
) -> tuple[UnitLine, ...]:
    """Show the visible units of a tree in whose name the words stand, with when each was made and changed."""
    names = {unit_type.code: unit_type.name for unit_type in types}
    return tuple(
        _line(node, depth, names, times.get(node.id))
        for node, depth in tree.in_order()
        if node.id in visible and _is_named(node, words)
    )


def unit_page(
    unit: Unit, tree: UnitTree, periods: Iterable[UnitPeriod], types: Iterable[UnitType], *, day: date
) -> UnitPage:
    """Show a unit as it was on the day, with its whole history."""
    names = {unit_type.code: unit_type.name for unit_type in types}
    node = tree.nodes.get(unit.pk)
    parent = tree.nodes.get(node.parent_id) if node and node.parent_id else None
    history = tuple(_period(period) for period in periods)
    closed = bool(history) and history[-1].latest_on is not None and history[-1].latest_on < day
    return UnitPage(
        id=unit.pk,
        name=node.name if node else unit.name,
        is_open=node is not None,
        is_closed_for_good=closed,
        answer=_answer(node, parent, names),
        level=unit.get_level_display(),
        code=unit.code,
        parent_id=parent.id if parent else None,
        parent_name=parent.name if parent else "",
        children=tuple(_line(tree.nodes[child], 0, names) for child in tree.children.get(unit.pk, ())),
        periods=history[::-1],
    )


def succession_lines(unit: Unit, successions: Iterable[UnitSuccession]) -> tuple[SuccessionLine, ...]:
    """Show what a unit came from and what it went on as."""
    lines = []
    for succession in successions:
        came_from = succession.successor_id == unit.pk
        other = succession.predecessor if came_from else succession.successor
        lines.append(
            SuccessionLine(
                happened_on=succession.happened_on,
                other_id=other.pk,
                other_name=other.name,
                came_from=came_from,
            )
        )
    return tuple(lines)


def code_lines(codes: Iterable[UnitCode], *, day: date) -> tuple[CodeLine, ...]:
    """Show a unit's codes, with the last day included."""
    return tuple(
        CodeLine(
            id=code.pk,
            system=code.get_system_display(),
            code=code.code,
            starts_on=code.starts_on,
            latest_on=latest(code.ends_on),
            can_end=code.ends_on is None or code.ends_on > day,
        )
        for code in codes
    )


def role_lines(unit: Unit, roles: Iterable[RoleAssignment], tree: UnitTree) -> tuple[RoleLine, ...]:
    """Show the roles that count at a unit, those held there before the inherited ones."""
    lines = (
        RoleLine(
            id=held.pk,
            account_id=held.account_id,
            account_name=held.account.name,
            role=held.get_role_display(),
            inherited_from="" if held.unit_id == unit.pk else place(tree, held.unit_id),
            starts_on=held.starts_on,
            latest_on=latest(held.ends_on),
        )
        for held in roles
    )
    return tuple(sorted(lines, key=lambda line: (bool(line.inherited_from), line.role, line.account_name)))


def place(tree: UnitTree, unit_id: int) -> str:
    """Name a unit so that it is not taken for another of that name: below a hospital, with its parent."""
    node = tree.nodes[unit_id]
    parent = tree.nodes.get(node.parent_id) if node.parent_id else None
    is_known_alone = node.level in {Unit.Level.REGION, Unit.Level.HOSPITAL}
    return node.name if is_known_alone or parent is None else f"{node.name}, {parent.name}"


def latest(ends_on: date | None) -> date | None:
    """Give the last day that is included, of an end that is not."""
    return ends_on - timedelta(days=1) if ends_on else None


def _line(node: UnitNode, depth: int, type_names: dict[str, str], times: UnitTimes | None = None) -> UnitLine:
    return UnitLine(
        id=node.id,
        name=node.name,
        depth=depth,
        level=str(Unit.Level(node.level).label),
        type_name=type_names.get(node.type_code, ""),
        made_at=times.made_at if times else None,
        changed_at=times.changed_at if times else None,
    )


def _is_named(node: UnitNode, words: str) -> bool:
    return all(word in node.name.lower() for word in words.lower().split())


def _period(period: UnitPeriod) -> PeriodLine:
    return PeriodLine(
        name=period.name,
        type_name=period.unit_type.name if period.unit_type else "",
        parent_name=period.parent.name if period.parent else "",
        starts_on=period.starts_on,
        latest_on=latest(period.ends_on),
    )


def _answer(node: UnitNode | None, parent: UnitNode | None, type_names: dict[str, str]) -> str:
    if node is None:
        return _("The unit is not open on this day.")
    words = {
        "level": str(Unit.Level(node.level).label).capitalize(),
        "type": type_names.get(node.type_code, ""),
        "parent": parent.name if parent else "",
    }
    if parent and words["type"]:
        return _("%(level)s (%(type)s) that belongs to %(parent)s.") % words
    if parent:
        return _("%(level)s that belongs to %(parent)s.") % words
    return _("%(level)s at the top of the tree.") % words
