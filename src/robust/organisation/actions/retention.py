"""Deleting what has been kept long enough, and saying how long that is."""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from robust.organisation import queries
from robust.organisation.actions.audit import record
from robust.organisation.models import Account, ApiToken, Employment, JobRun, Person, RetentionRule


@transaction.atomic
def set_retention(*, kind: str, months: int, note: str, actor: Account, now: datetime) -> None:
    """Say for how many months a kind of record is kept here, and why."""
    before = {kept.name: kept.months for kept in queries.kept()}[kind]
    RetentionRule.objects.update_or_create(kind=kind, defaults={"months": months, "note": note})
    detail = {"kind": kind, "old": before, "new": months, "note": note}
    record("retention.changed", actor=actor, now=now, detail=detail)


def apply_retention(*, now: datetime) -> dict[str, int]:
    """Delete of every kind what is older than it is kept, each kind by itself; give how many of each went."""
    gone: dict[str, int] = {}
    for kept in queries.kept():
        before = _months_before(now, kept.months)
        with transaction.atomic():
            gone[kept.name] = kept.kind.drop(before)
            if gone[kept.name]:
                detail = {"kind": kept.name, "before": before, "count": gone[kept.name]}
                record("retention.applied", actor=None, now=now, detail=detail)
    return gone


def drop_expired_months(before: datetime) -> int:
    """Drop the months of the audit trail that ended before the moment, whole; their closing hash is left.

    A month whose chain does not hold is kept, so that somebody can look into it.
    """
    dropped = 0
    for month_on in queries.audit_months():
        if queries.first_of_month(month_on, 1) > before.date():
            break
        if queries.verify_month(month_on) is None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT organisation_audit_drop_month(%s)", [month_on])
            dropped += 1
    return dropped


def check_audit(*, actor: Account | None, now: datetime) -> dict[date, int]:
    """Compute every month's chain again; note that it was done, and give where the broken ones break."""
    places = {month_on: queries.verify_month(month_on) for month_on in queries.audit_months()}
    broken = {month_on: place for month_on, place in places.items() if place}
    detail = {"broken": {month_on.isoformat(): place for month_on, place in broken.items()}}
    record("audit.checked", actor=actor, now=now, detail=detail)
    return broken


def drop_former_people(before: datetime) -> int:
    """Delete those whose last employment ended before the moment, and who may not sign in."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=before.date())
    of_person = Employment.objects.filter(person=OuterRef("pk"))
    former = Person.objects.filter(
        Exists(of_person),
        ~Exists(of_person.filter(still)),
        Q(account__isnull=True) | Q(account__is_active=False),
    )
    going = list(former.values_list("pk", flat=True))
    Employment.objects.filter(person__in=going).delete()
    Person.objects.filter(pk__in=going).delete()
    return len(going)


def drop_ended_jobs(before: datetime) -> int:
    """Delete background jobs that ended before the moment."""
    return JobRun.objects.filter(ended_at__lt=before).delete()[0]


def drop_ended_tokens(before: datetime) -> int:
    """Delete API tokens that stopped working before the moment."""
    over = Q(ends_on__lte=before.date()) | Q(revoked_at__lt=before)
    return ApiToken.objects.filter(over).delete()[0]


def _months_before(now: datetime, months: int) -> datetime:
    first = queries.first_of_month(now.date(), -months)
    return now.replace(year=first.year, month=first.month, day=min(now.day, 28))
