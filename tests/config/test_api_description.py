"""The API does what its description says, for whatever a program may send."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from robust.organisation import actions
from robust.organisation.models import Role
from tests import factories

TRIES = 20


@pytest.fixture
def _connection_stays_open() -> Iterator[None]:
    """Leave the test's connection alone between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(db, _connection_stays_open):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def key(db) -> str:
    account = factories.make_account(role=Role.ADMINISTRATOR)
    day, now = timezone.localdate(), timezone.now()
    actions.start_job("none", title="Prøv", account=account, arguments={}, now=now)
    said = {"name": "Prøve", "scope": "write", "ends_on": day + timedelta(days=9), "day": day, "now": now}
    _token, secret = actions.create_token(account=account, **said)
    return secret


@pytest.mark.filterwarnings("default")
def test_every_operation_answers_as_described(described, key):
    for operation in (found.ok() for found in described.get_all_operations()):
        everything_about(operation, headers={"Authorization": f"Bearer {key}"})()


def everything_about(operation, *, headers):
    @settings(
        max_examples=TRIES,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy())
    def call(case):
        case.call_and_validate(headers=headers)

    return call
