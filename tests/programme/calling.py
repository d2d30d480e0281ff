"""Call the API as a program does: with a key of an account, and JSON there and back."""

import json
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from robust.organisation import actions
from robust.organisation.models import Account, AuditEntry

NOT_THERE = (404, "Det findes ikke, eller du må ikke se det.")
NOT_ALLOWED = (403, "Det må du ikke.")


def key_of(account: Account, *, scope: str = "write") -> dict[str, str]:
    """Make a key for an account, as the header that a request sends."""
    now = timezone.now()
    day = timezone.localdate(now)
    _token, secret = actions.create_token(
        account=account, name="Program", scope=scope, ends_on=day + timedelta(days=9), day=day, now=now
    )
    return {"Authorization": f"Bearer {secret}"}


def call(
    client: Client, account: Account, method: str, path: str, body: Any = None, *, scope: str = "write"
) -> HttpResponse:
    """Ask `method` of a path below /api/v1 with a new key; a body goes as JSON."""
    return _send(client, method, path, body, headers=key_of(account, scope=scope))


def answer(client: Client, account: Account, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Call, and give the status and what stands in the answer."""
    response = call(client, account, method, path, body)
    return response.status_code, response.json() if response.content else None


def only_reads(client: Client, account: Account, method: str, path: str, body: Any = None) -> bool:
    """Tell whether a key that may only read is refused in so many words."""
    response = call(client, account, method, path, body, scope="read")
    refusal = "Denne nøgle må kun læse. Lav en, der også må skrive."
    return (response.status_code, response.json()["detail"]) == (403, refusal)


def problems(client: Client, account: Account, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Call, and give the status of a refusal and the places it names (its sentence where it names none)."""
    status, said = answer(client, account, method, path, body)
    return status, [problem["where"] for problem in said["problems"]] or said["detail"]


def api_queries(client: Client, account: Account, path: str) -> int:
    """Count the queries of a second GET with the same key, when what is read once per process is there."""
    headers = key_of(account)
    _send(client, "GET", path, None, headers=headers)
    with CaptureQueriesContext(connection) as context:
        assert _send(client, "GET", path, None, headers=headers).status_code == 200
    return len(context)


def audited() -> list[tuple[str, dict[str, Any]]]:
    """Give what the audit trail holds besides the keys, oldest first."""
    entries = AuditEntry.objects.exclude(action="token.created").order_by("id")
    return list(entries.values_list("action", "detail"))


def _send(client: Client, method: str, path: str, body: Any, *, headers: dict[str, str]) -> HttpResponse:
    text = "" if body is None else json.dumps(body)
    with translation.override("da"):  # a request speaks its account's language to its end
        return client.generic(
            method, f"/api/v1{path}", text, content_type="application/json", headers=headers
        )
