"""What the hospital's own lists show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from robust.organisation.models import Party, Profession, UnitType


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryLine:
    """A line of one of the lists: its name, and what else tells it apart."""

    id: int
    name: str
    fact: str
    made_at: datetime
    changed_at: datetime


def directory_lines(rows: Iterable[Party | Profession | UnitType]) -> tuple[DirectoryLine, ...]:
    """Show a list in its own order."""
    return tuple(
        DirectoryLine(
            id=row.pk,
            name=row.name,
            fact=row.get_kind_display() if isinstance(row, Party) else row.code,
            made_at=row.created_at,
            changed_at=row.updated_at,
        )
        for row in rows
    )
