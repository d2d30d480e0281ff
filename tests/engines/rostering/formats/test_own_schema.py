import json

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings

from robust.engines.rostering.formats import own, own_schema
from robust.engines.rostering.problem import Problem
from tests.engines.rostering.formats.strategies import problems
from tests.engines.rostering.formats.test_own import SMALL

_VALIDATOR = jsonschema_rs.Draft202012Validator(own_schema.schema())


def test_the_schema_is_one() -> None:
    assert jsonschema_rs.meta.is_valid(own_schema.schema())


def test_the_schema_accepts_clock_times_and_demands_for_many_days() -> None:
    assert list(_VALIDATOR.iter_errors(json.loads(SMALL))) == []


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(problem=problems())
def test_the_schema_accepts_what_is_written(problem: Problem) -> None:
    assert list(_VALIDATOR.iter_errors(json.loads(own.problem_as_json(problem)))) == []


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ('"day_count": 14', '"day_count": "14"'),
        ('"every_day": true', '"every_day": true, "day": 1'),
        ('"kind": "rest"', '"kind": "peace"'),
        ('"07:15"', '"7.15"'),
        ('["tue"]', '["tuesday"]'),
        ('"id": "bo"', '"name": "bo"'),
        ('"id": "bo"', '"id": "bo", "age": 61'),
    ],
)
def test_the_schema_refuses_what_has_another_form(found: str, instead: str) -> None:
    assert list(_VALIDATOR.iter_errors(json.loads(SMALL.replace(found, instead)))) != []
