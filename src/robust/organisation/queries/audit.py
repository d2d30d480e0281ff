"""Reading the audit trail: what was done, who has looked at whom, and whether the chain is unbroken."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from robust.organisation.models import AuditClosing, AuditEntry, Person, RoleAssignment

_MONTHS = """
SELECT right(child.relname, 7) FROM pg_inherits
JOIN pg_class child ON child.oid = inhrelid
WHERE inhparent = 'organisation_auditentry'::regclass ORDER BY 1
"""

_CHAIN = """
SELECT link.position, link.digest, organisation_audit_text(entry)
FROM (SELECT * FROM organisation_auditlink WHERE month_on = %(month)s) link
FULL JOIN (SELECT * FROM organisation_auditentry WHERE month_on = %(month)s) entry
    ON link.entry_id = entry.id
ORDER BY link.position NULLS LAST
"""

_HEADS = """
SELECT month, head.position, head.digest FROM unnest(%s::date[]) month, LATERAL (
    SELECT position, digest FROM organisation_auditlink
    WHERE month_on = month AND position IS NOT NULL ORDER BY position DESC LIMIT 1
) head ORDER BY month DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """How long a month's chain is, and the digest it ends with: worth writing down elsewhere."""

    month_on: date
    entry_count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldThen:
    """A role somebody held at the time, and the unit it was held at."""

    role: str
    unit_id: int


def audit_entries(
    *,
    words: str = "",
    action: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> QuerySet[AuditEntry]:
    """Give the entries with the words in actor or subject, newest first; the last day is included."""
    entries = AuditEntry.objects.order_by("-occurred_at", "-id")
    if words:
        entries = entries.filter(Q(actor_name__icontains=words) | Q(subject_name__icontains=words))
    if action:
        entries = entries.filter(action=action)
    if from_on:
        entries = entries.filter(occurred_at__date__gte=from_on, month_on__gte=first_of_month(from_on, -1))
    if until_on:
        entries = entries.filter(occurred_at__date__lte=until_on, month_on__lte=first_of_month(until_on, 1))
    return entries


def entries_about(person: Person) -> QuerySet[AuditEntry]:
    """Give what others did that concerns the person: looked, listed, searched, changed."""
    account = getattr(person, "account", None)
    about = Q(about_person_id=person.pk) | Q(detail__people__contains=[person.pk])
    by_others = ~Q(actor_id=account.pk) | Q(actor_id__isnull=True) if account else Q()
    return AuditEntry.objects.filter(about, by_others).order_by("-occurred_at", "-id")


def roles_at_the_time(entries: Iterable[AuditEntry]) -> dict[int, tuple[HeldThen, ...]]:
    """Give, by entry, the roles that its actor held when it happened."""
    wanted = list(entries)
    actors = {entry.actor_id for entry in wanted if entry.actor_id}
    held: dict[int, list[RoleAssignment]] = {}
    for assignment in RoleAssignment.objects.filter(account__in=actors).order_by("role", "id"):
        held.setdefault(assignment.account_id, []).append(assignment)
    return {
        entry.id: tuple(
            HeldThen(role=assignment.get_role_display(), unit_id=assignment.unit_id)
            for assignment in held.get(entry.actor_id or 0, ())
            if _held_on(assignment, timezone.localdate(entry.occurred_at))
        )
        for entry in wanted
    }


def audit_months() -> tuple[date, ...]:
    """Give the first day of every month that the trail has room for, also months still to come."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS)
        return tuple(date(int(name[:4]), int(name[5:]), 1) for (name,) in cursor.fetchall())


def chain_heads() -> tuple[ChainHead, ...]:
    """Give where the chain of each month stands, newest month first; months without entries are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [list(audit_months())])
        rows = cursor.fetchall()
    return tuple(ChainHead(month_on=month, entry_count=count, digest=digest) for month, count, digest in rows)


def audit_closings() -> QuerySet[AuditClosing]:
    """Give what is left of the months that were dropped, newest first."""
    return AuditClosing.objects.order_by("-month_on")


def verify_month(month_on: date) -> int | None:
    """Compute a month's chain again and give the first place where it does not hold, or None.

    An entry that was changed, taken out or slipped in shows; so does a link. Reads the month in one go, so a
    month that is being written to is seen as it stood at one moment.
    """
    place, digest = 1, month_on.isoformat()
    for position, stored, written in _chain_of(month_on):
        if position != place or written is None:
            return place
        digest = hashlib.sha256((digest + written).encode()).hexdigest()
        if digest != stored:
            return place
        place += 1
    return None


def first_of_month(day: date, step: int = 0) -> date:
    """Give the first day of the month so many months later."""
    years, month = divmod(day.month - 1 + step, 12)
    return date(day.year + years, month + 1, 1)


def _chain_of(month_on: date) -> Iterator[tuple[int | None, str | None, str | None]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN, {"month": month_on})
        while rows := cursor.fetchmany(2000):
            yield from rows


def _held_on(assignment: RoleAssignment, day: date) -> bool:
    return assignment.starts_on <= day and (assignment.ends_on is None or day < assignment.ends_on)
