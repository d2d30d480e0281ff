"""How long each kind of record is kept."""

from dataclasses import dataclass
from datetime import datetime

from robust.core.registry import RetentionKind, offered
from robust.organisation.models import RetentionRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kind of record, and for how many months this hospital keeps it."""

    name: str
    kind: RetentionKind
    months: int
    note: str
    changed_at: datetime | None = None


def kept() -> tuple[Kept, ...]:
    """Give every kind of record that a domain offers, with the hospital's own time where it has set one."""
    own = {rule.kind: rule for rule in RetentionRule.objects.all()}
    return tuple(
        Kept(
            name=name,
            kind=kind,
            months=own[name].months if name in own else kind.months,
            note=own[name].note if name in own else "",
            changed_at=own[name].updated_at if name in own else None,
        )
        for name, kind in offered("retention")
    )
