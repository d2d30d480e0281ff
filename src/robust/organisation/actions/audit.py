"""Writing to the audit trail: what was done, searched, read, exported, signed in to."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from robust.organisation.models import Account, Person

_NULL_CHARACTER = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to be written to the audit trail; no actor means that the system did it by itself."""

    action: str
    actor: Account | None
    now: datetime
    subject: Model | None = None
    about: Person | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def record(
    action: str,
    *,
    actor: Account | None,
    now: datetime,
    subject: Model | None = None,
    about: Person | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one line to the audit trail, in the caller's transaction; the chain is made at its commit.

    `action` is "subject.what_happened"; `detail` must be plain values (dates and numbers may be as they are).
    """
    entry = Entry(action=action, actor=actor, now=now, subject=subject, about=about, detail=detail or {})
    record_many([entry])


def record_many(entries: Iterable[Entry]) -> None:
    """Write many lines to the audit trail at once, in the caller's transaction."""
    rows = [_row(entry) for entry in entries]
    if rows:
        text = json.dumps(rows, cls=_Plain, ensure_ascii=False)
        with connection.cursor() as cursor:
            cursor.execute("SELECT organisation_audit_write(%s::jsonb)", [text])


def record_reading(
    what: str,
    *,
    actor: Account,
    now: datetime,
    people: Iterable[Person],
    criteria: dict[str, Any] | None = None,
) -> None:
    """Write that a list or search of people was shown: by which criteria, and who stood in it.

    Each of these people finds it under "who has looked at me".
    """
    detail = {"people": [person.pk for person in people], "criteria": criteria or {}}
    record(what, actor=actor, now=now, detail=detail)


class _Plain(DjangoJSONEncoder):
    """Leave out the one character that PostgreSQL cannot keep."""

    def encode(self, o: Any) -> str:
        return _NULL_CHARACTER.sub(r"\1", super().encode(o))


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "occurred_at": entry.now.isoformat(),
        "action": entry.action,
        "actor_id": entry.actor.pk if entry.actor else None,
        "actor_name": entry.actor.name if entry.actor else "",
        "subject_type": entry.subject._meta.label_lower if entry.subject else "",
        "subject_id": entry.subject.pk if entry.subject else None,
        "subject_name": str(entry.subject)[:300] if entry.subject else "",
        "about_person_id": entry.about.pk if entry.about else None,
        "detail": entry.detail,
    }
