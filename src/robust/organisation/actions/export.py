"""Taking a list along as a sheet: what is fetched is written to the audit trail."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from robust.organisation import bridge
from robust.organisation.actions.audit import record
from robust.organisation.models import Account, Person


def export_list(
    listing: bridge.Listing,
    *,
    actor: Account,
    now: datetime,
    asked: Mapping[str, str] | None = None,
    total: int = 0,
    action: str = "list.exported",
    people: Iterable[Person] = (),
) -> tuple[str, bytes]:
    """Give the file's name and content; each of the people in it finds it under "who has looked at me".

    `asked` is what the list is narrowed to, in words; `total` how many rows there are, where not all fit in.
    """
    asked = asked or {}
    content = bridge.sheet(listing, asked=asked, total=total, account=actor, now=now)
    detail = {"list": str(listing.title), "count": len(listing.rows), "criteria": dict(asked)}
    record(action, actor=actor, now=now, detail=detail | {"people": [person.pk for person in people]})
    return f"{listing.title} {timezone.localdate(now).isoformat()}.xlsx", content
