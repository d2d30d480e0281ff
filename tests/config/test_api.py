"""The frame of the API: who may call, how it refuses, and that its description is what it does."""

import importlib
import json
import pkgutil
from dataclasses import astuple
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django.asserts import assertContains

from robust.config.api import AGAINST_THE_RULES, api
from robust.config.api_reference import GROUPS
from robust.organisation import actions
from robust.organisation.models import ApiToken, JobRun, Role
from robust.programme import actions as programme_actions
from tests import factories

pytestmark = pytest.mark.django_db
BAD_KEY = "Det kræver en nøgle, der virker. Lav en under Mine nøgler, og send den som Authorization: Bearer."


@pytest.fixture
def account():
    return factories.make_account("Mette Holm", email="mette@example.org")


def key(account, *, scope="write", days=9) -> dict[str, str]:
    day, now = timezone.localdate(), timezone.now()
    _token, secret = actions.create_token(
        account=account, name="Ark", scope=scope, ends_on=day + timedelta(days=days), day=day, now=now
    )
    return {"Authorization": f"Bearer {secret}"}


def start(account) -> JobRun:
    return actions.start_job("read", title="Læs", account=account, arguments={}, now=timezone.now())


def test_a_key_acts_for_its_account_and_its_use_is_kept(client, account):
    unit = factories.make_unit()
    factories.give_role(account, Role.WARD_LEADER, unit)

    answer = client.get("/api/v1/me", headers=key(account, scope="read"))

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "id": account.pk,
            "name": "Mette Holm",
            "email": "mette@example.org",
            "language": "da",
            "roles": [{"role": "ward_leader", "unit": unit.pk}],
        },
    )
    assert ApiToken.objects.get().used_at is not None


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer rb_wrong"}, {"Authorization": "Basic bWV0dGU6eA=="}]
)
def test_without_a_key_that_works_nothing_is_said(client, headers):
    answer = client.get("/api/v1/me", headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"detail": BAD_KEY, "problems": []})
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_is_no_key(client, account):
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/api/v1/me").status_code == 401


def test_a_key_for_reading_changes_nothing(client, account):
    run = start(account)

    answer = client.post(f"/api/v1/jobs/{run.pk}/cancel", headers=key(account, scope="read"))

    run.refresh_from_db()
    assert (answer.status_code, answer.json()["detail"]) == (
        403,
        "Denne nøgle må kun læse. Lav en, der også må skrive.",
    )
    assert run.state == "waiting"


def test_refusals_are_in_the_language_of_the_account(client, account):
    account.language = "en"
    account.save()

    answer = client.get("/api/v1/jobs/1", headers=key(account))

    assert answer.json() == {"detail": "There is no such thing, or you may not see it.", "problems": []}


@pytest.mark.parametrize(("reason", "said"), [("", "Det må du ikke."), ("Kun ejeren.", "Kun ejeren.")])
def test_what_a_rule_forbids_is_said_in_its_words(rf, reason, said):
    answer = api.on_exception(rf.get("/api/v1/me"), PermissionDenied(reason))

    assert (answer.status_code, json.loads(answer.content)) == (403, {"detail": said, "problems": []})


def test_jobs_are_seen_and_cancelled_by_their_own_account_only(client, account):
    mine, others = start(account), start(factories.make_account())
    headers = key(account)

    seen = client.get("/api/v1/jobs?words=læs&state=waiting", headers=headers).json()
    cancelled = client.post(f"/api/v1/jobs/{mine.pk}/cancel", headers=headers).json()
    again = client.post(f"/api/v1/jobs/{mine.pk}/cancel", headers=headers)
    elsewhere = client.post(f"/api/v1/jobs/{others.pk}/cancel", headers=headers)

    assert (seen["count"], [job["id"] for job in seen["items"]]) == (1, [mine.pk])
    assert (cancelled["state"], cancelled["done"], cancelled["total"]) == ("cancelled", 0, None)
    assert (again.status_code, again.json()["detail"]) == (409, "Jobbet er allerede slut. Intet er ændret.")
    assert elsewhere.status_code == 404


def test_what_is_not_as_described_is_said_with_its_place(client, account):
    answer = client.get("/api/v1/jobs?limit=0", headers=key(account))

    assert (answer.status_code, answer.json()) == (
        422,
        {
            "detail": "Noget i forespørgslen er ikke som beskrevet. Intet er ændret.",
            "problems": [{"where": "query.limit", "problem": "Input should be greater than or equal to 1"}],
        },
    )


@pytest.mark.parametrize(
    ("path", "media_type", "body"),
    [
        ("examples", "application/json", b"{"),
        ("examples", "application/json", b" " * 3_000_000),
        ("readings", "multipart/form-data; boundary=", b"x"),
    ],
)
def test_what_cannot_be_read_is_said_so(client, account, path, media_type, body):
    factories.give_role(account, Role.IMPROVEMENT_CONSULTANT, factories.make_unit())

    answer = client.generic("POST", f"/api/v1/{path}", body, content_type=media_type, headers=key(account))

    said = "Forespørgslen kan ikke læses. Send den som beskrevet."
    assert (answer.status_code, answer.json()) == (400, {"detail": said, "problems": []})


def test_the_description_is_openapi_3_1_and_names_each_refusal(client):
    described = client.get("/api/v1/openapi.json").json()

    responses = described["paths"]["/api/v1/me"]["get"]["responses"]
    assert described["openapi"] == "3.1.0"
    assert sorted(responses) == ["200", "400", "401", "403", "404", "409", "422"]
    assert described["components"]["securitySchemes"] == {"ApiKey": {"type": "http", "scheme": "bearer"}}


def test_every_operation_has_a_place_in_the_reference(client, account):
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    described = api.get_openapi_schema()["paths"]

    groups = client.get("/api/").context["groups"]

    assert sorted(
        f"{one.method.lower()} {one.path}" for group in groups for one in group.operations
    ) == sorted(f"{method} {path}" for path, found in described.items() for method in found)


def test_the_reference_shows_what_is_asked_and_sent(client, account):
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get("/api/")

    operations = {
        f"{one.method} {one.path}": one for group in page.context["groups"] for one in group.operations
    }
    one = operations["PUT /api/v1/plans/{plan}"]
    assert [(part.name, part.kind, part.is_required) for part in one.asked] == [
        ("plan", "whole number", True)
    ]
    assert [(part.name, part.kind, part.is_required) for part in one.sent] == [
        ("name", "text, at most 200", True),
        ("short_name", "text, at most 40", True),
        ("purpose", "text, at most 10000", False),
        ("unit", "whole number", True),
        ("starts_on", "day", True),
        ("ends_on", "day or null", False),
        ("areas", "list of parts or null", False),
        ("areas[].id", "whole number or null", False),
        ("areas[].name", "text, at most 200", True),
    ]
    kind = ("kind", "one of effort, trial, policy, project", False)
    assert kind in [astuple(part) for part in operations["POST /api/v1/initiatives"].sent]
    assertContains(page, '<code lang="en">areas[].name</code> (kræves)')


def test_the_reference_speaks_danish_around_what_is_described_in_english(client, account):
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get("/api/")

    paths = api.get_openapi_schema()["paths"].values()
    told = {tag for path in paths for one in path.values() for tag in one["tags"]}
    assert told <= set(GROUPS)
    assert "Møder og beslutninger" in [group.name for group in page.context["groups"]]
    assertContains(page, "<summary>I adressen (1)</summary>")
    assertContains(page, '<span class="rows__facts" lang="en">')


def test_every_refusal_of_an_action_is_409():
    """What an action refuses is against the rules of the house, and no error of the program."""
    refusals = {
        found
        for module in pkgutil.iter_modules(programme_actions.__path__)
        for found in vars(importlib.import_module(f"{programme_actions.__name__}.{module.name}")).values()
        if isinstance(found, type) and issubclass(found, Exception)
        if found.__module__.startswith(programme_actions.__name__)
    }

    assert [refusal for refusal in refusals if refusal not in AGAINST_THE_RULES] == []
