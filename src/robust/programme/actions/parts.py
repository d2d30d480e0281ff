"""The parts of a whole (areas of a plan, goals of a track) saved together, in the order given."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

Part = dict[str, Any]


def save_parts(
    existing: QuerySet[Any], parts: Sequence[Part], *, order_field: str = "", **whole: Model
) -> None:
    """Make the existing rows equal to the parts: one with a known "id" is changed, others added or removed.

    An "id" that is not among the existing rows counts as none, so that no row of another whole is touched.
    """
    kept = {part.get("id") for part in parts}
    rows = {row.pk: row for row in existing}
    for row in rows.values():
        if row.pk not in kept:
            row.delete()
    for number, part in enumerate(parts):
        row = rows.get(part.get("id")) or existing.model(**whole)
        for name, value in part.items():
            if name != "id":
                setattr(row, name, value)
        if order_field:
            setattr(row, order_field, number)
        row.save()
