"""The API does what its description says, for whatever a program may send."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from robust.config.api import api
from robust.organisation import actions
from robust.organisation.models import Account, Role
from robust.programme.models import Handout, SlideTemplate
from tests import factories
from tests.programme.calling import key_of
from tests.programme.factories import (
    make_area,
    make_forum,
    make_initiative,
    make_meeting,
    make_plan,
    make_problem,
    make_round,
    make_status,
    make_track,
)
from tests.programme.factories_more import (
    make_adoption,
    make_example,
    make_idea,
    make_question,
    make_relation,
    make_share,
)
from tests.programme.reading_documents import make_reading

TRIES = 10
LET_IN = {200, 201, 202, 204, 409}  # what the rules of the house are against was let in and looked at
OPERATIONS = [(method, path) for path, found in api.get_openapi_schema()["paths"].items() for method in found]
READING = [operation for operation in OPERATIONS if operation[0] == "get"]
WRITING = [operation for operation in OPERATIONS if operation[0] != "get"]


@pytest.fixture(scope="module")
def _connection_stays_open() -> Iterator[None]:
    """Leave the test's connection alone between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def described(_connection_stays_open):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def account(db) -> Account:
    hospital = factories.make_unit(level="hospital")
    account = factories.make_account(role=Role.ADMINISTRATOR, unit=hospital)
    for role in (Role.IMPROVEMENT_CONSULTANT, Role.BOARD):
        factories.give_role(account, role, hospital)
    return account


@pytest.fixture
def ids(account) -> dict[str, Any]:
    """Put a plan there with all that hangs on it, and give the ids by the names that requests use."""
    unit = account.roles.first().unit
    plan, other = make_plan(unit=unit), make_plan(unit=unit)
    area, track = make_area(plan), make_track(plan)
    meeting = make_meeting(make_forum(unit=unit), held_on=timezone.localdate())
    waiting = {"forum": meeting.forum, "awaits_decision": True, "decision_wanted": "Skal vi?"}
    initiative = make_initiative(plan=plan, area=area, track=track, owner=account, **waiting)
    problem = make_problem(track, "Uro", initiative)
    make_relation(initiative, plan)
    SlideTemplate.objects.create(unit=unit, file=factories.make_stored_file())
    rows = {
        "unit": unit,
        "plan": plan,
        "gaps_to": other,
        "area": area,
        "track": track,
        "initiative": initiative,
        "owner": account,
        "problem": problem,
        "link": problem.initiatives.get(),
        "status": make_status(initiative, by=account),
        "forum": meeting.forum,
        "meeting": meeting,
        "question": make_question(initiative, meeting),
        "reading": make_reading({"text": "Ro på stuen"}, plan=plan, by=account),
        "idea": make_idea(unit=unit),
        "example": make_example(told_by=account),
        "adoption": make_adoption(make_example(), unit),
        "round": make_round(plan),
        "share": make_share(unit=unit),
        "handout": make_handout(plan, account),
        "job": actions.start_job("none", title="Prøv", account=account, arguments={}, now=timezone.now()),
    }
    ids = {name: row.pk for name, row in rows.items()}
    return ids | {"number": 1, "thing": "initiative", "id": initiative.pk}


def make_handout(plan, account) -> Handout:
    written = {"dated_on": factories.DAY, "file": factories.make_stored_file(media_type="application/pdf")}
    return Handout.objects.create(plan=plan, kind="pdf", made_by=account, **written)


class TestReading:
    @pytest.mark.filterwarnings("default")
    @pytest.mark.parametrize(("method", "path"), READING)
    def test_what_is_read_is_as_described(self, described, account, ids, method, path):
        answered = everything_about(described[path][method], account, ids)

        assert LET_IN & answered or not is_known(path, ids)


class TestWriting:
    @pytest.mark.filterwarnings("default")
    @pytest.mark.parametrize(("method", "path"), WRITING)
    def test_what_is_written_is_answered_as_described(self, described, account, ids, method, path):
        answered = everything_about(described[path][method], account, ids)

        assert LET_IN & answered or not is_known(path, ids)


def test_no_two_descriptions_have_one_name():
    """The description holds one for each name: of two, one would be shown in the other's place."""
    own = (model for model in all_below(BaseModel) if model.__module__.startswith("robust."))
    names = Counter(model.__name__ for model in own)

    assert [name for name, count in names.items() if count > 1] == []


def all_below(model: type) -> set[type]:
    return {below for child in model.__subclasses__() for below in (child, *all_below(child))}


def everything_about(operation, account, ids) -> set[int]:
    """Send what the description allows, then what it does not; most of it with ids that are there.

    What is not described in an address or header is passed over, so not all that is undescribed is refused.
    """
    headers, answered = key_of(account), set()

    @settings(
        max_examples=TRIES,
        phases=[Phase.generate],
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=st.one_of(strategies_of(operation)), is_real=st.sampled_from([True, True, False]))
    def call(case, is_real):
        if is_real:
            for part in ("path_parameters", "query", "body"):
                setattr(case, part, with_ids(getattr(case, part), ids))
        response = case.call_and_validate(headers=headers, excluded_checks=[negative_data_rejection])
        answered.add(response.status_code)

    call()
    return answered


def strategies_of(operation):
    yield operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if operation.body:
        yield operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def with_ids(sent: Any, ids: dict[str, Any]) -> Any:
    if isinstance(sent, list):
        return [with_ids(part, ids) for part in sent]
    if not isinstance(sent, dict):
        return sent
    return {
        name: ids[name] if is_an_id(value, like=ids.get(name)) else with_ids(value, ids)
        for name, value in sent.items()
    }


def is_an_id(value: Any, *, like: Any) -> bool:
    if isinstance(like, str):
        return isinstance(value, str)
    return isinstance(like, int) and type(value) is int and 1 <= value < 2**63


def is_known(path: str, ids: dict[str, Any]) -> bool:
    """The thread has names and ids of its own."""
    return "/thread" not in path and set(re.findall(r"{(\w+)}", path)) <= set(ids)
