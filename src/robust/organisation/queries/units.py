"""The unit tree of a day, and of all that has been."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, When

from robust.core.models import danish_order
from robust.organisation.models import Unit, UnitPeriod, UnitSuccession
from robust.organisation.queries.once import once

SortKey = tuple[tuple[bool, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNode:
    """A unit as it was on a day."""

    id: int
    code: str
    name: str
    level: str
    type_code: str
    parent_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTree:
    """The units of a day and which belongs to which; a unit whose parent is not there stands at the top."""

    nodes: dict[int, UnitNode]
    children: dict[int | None, tuple[int, ...]]

    def below(self, unit_id: int) -> frozenset[int]:
        """Give the unit and all that belongs to it; nothing if it is not in the tree."""
        return (
            frozenset(node.id for node, _depth in self._walk(unit_id, 0))
            if unit_id in self.nodes
            else frozenset()
        )

    def above(self, unit_id: int) -> tuple[int, ...]:
        """Give what the unit belongs to, nearest first, without itself."""
        found: list[int] = []
        node = self.nodes.get(unit_id)
        while node and node.parent_id in self.nodes and node.parent_id not in found:
            found.append(node.parent_id)
            node = self.nodes[node.parent_id]
        return tuple(found)

    def in_order(self) -> tuple[tuple[UnitNode, int], ...]:
        """Give all units with their depth, each after its parent, in Danish order within a parent."""
        return tuple(pair for top in self.children.get(None, ()) for pair in self._walk(top, 0))

    def _walk(self, unit_id: int, depth: int) -> Iterator[tuple[UnitNode, int]]:
        yield self.nodes[unit_id], depth
        for child in self.children.get(unit_id, ()):
            yield from self._walk(child, depth + 1)


def open_on(day: date) -> Q:
    """Give the condition for a dated row that holds on the day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def is_open_throughout(unit: Unit, starts_on: date, ends_on: date | None) -> bool:
    """Say whether the unit is open on every day from the start to the exclusive end, or for ever."""
    reached = starts_on
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    for begins, ends in (
        unit.periods.filter(lasting).order_by("starts_on").values_list("starts_on", "ends_on")
    ):
        if begins > reached:
            return False
        if ends is None or (ends_on and ends >= ends_on):
            return True
        reached = ends
    return False


def tree_on(day: date) -> UnitTree:
    """Give the tree of the units that are open on the day."""
    open_then = UnitPeriod.objects.filter(open_on(day))
    return once(("tree on", day), lambda: _tree(_period_rows(open_then)))


def tree_known_on(day: date) -> UnitTree:
    """Give every unit there is: a closed one stands where it last belonged, a planned one where it will.

    A unit that went on as exactly one other stands under that one, so that whoever took over finds what was
    written before. This is the tree for who may see what, not for who works where.
    """
    return once(("tree known on", day), lambda: _tree(_rows_known_on(day)))


def _rows_known_on(day: date) -> list[dict[str, Any]]:
    planned = Case(When(starts_on__gt=day, then=F("starts_on")))
    nearest = UnitPeriod.objects.annotate(planned=planned).order_by(
        "unit_id", F("planned").asc(nulls_first=True), "-starts_on"
    )
    heirs: dict[int, set[int]] = {}
    for predecessor, successor in UnitSuccession.objects.filter(happened_on__lte=day).values_list(
        "predecessor_id", "successor_id"
    ):
        heirs.setdefault(predecessor, set()).add(successor)
    return [
        row | {"parent_id": next(iter(heirs[row["unit_id"]]))}
        if len(heirs.get(row["unit_id"], ())) == 1 and row["ends_on"] and row["ends_on"] <= day
        else row
        for row in _period_rows(nearest.distinct("unit_id"))
    ]


def _period_rows(periods: Any) -> Iterable[dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = periods.annotate(in_danish=danish_order("name")).values(
        "unit_id", "unit__code", "name", "unit__level", "unit_type__code", "parent_id", "ends_on", "in_danish"
    )
    return rows


def _tree(rows: Iterable[dict[str, Any]]) -> UnitTree:
    ordered = sorted(rows, key=lambda row: (_by_number(row["in_danish"]), row["unit_id"]))
    nodes = {
        row["unit_id"]: UnitNode(
            id=row["unit_id"],
            code=row["unit__code"],
            name=row["name"],
            level=row["unit__level"],
            type_code=row["unit_type__code"] or "",
            parent_id=row["parent_id"],
        )
        for row in ordered
    }
    children: dict[int | None, tuple[int, ...]] = {}
    for node in nodes.values():
        parent = node.parent_id if node.parent_id in nodes else None
        children[parent] = (*children.get(parent, ()), node.id)
    return UnitTree(nodes=nodes, children=children)


def _by_number(text: str) -> SortKey:
    """Order "Afsnit 2" before "Afsnit 10"."""
    parts = (part for part in re.split(r"(\d+)", text) if part)
    return tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
