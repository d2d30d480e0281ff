"""Whom a program may name as owner of an initiative."""

import pytest

from robust.organisation.models import Role
from tests.factories import make_account, make_unit
from tests.programme.calling import answer, api_queries
from tests.programme.factories import make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def leader(hospital):
    return make_account("Ulla Leder", role=Role.WARD_LEADER, unit=hospital)


def test_whoever_may_name_an_owner_finds_the_colleagues_by_name(client, leader, hospital):
    other = make_account("Bo Berg", role=Role.EMPLOYEE, unit=hospital)
    make_account("Bo Elsewhere", role=Role.EMPLOYEE)
    gone = make_account("Bo Gone", role=Role.EMPLOYEE, unit=hospital)
    gone.is_active = False
    gone.save()

    all_of_them = answer(client, leader, "GET", "/accounts")
    found = answer(client, leader, "GET", "/accounts?words=berg%20BO")

    row = {"id": other.pk, "name": "Bo Berg"}
    assert all_of_them == (200, {"count": 2, "items": [row, {"id": leader.pk, "name": "Ulla Leder"}]})
    assert found == (200, {"count": 1, "items": [row]})


def test_who_changes_no_initiative_finds_nobody(client, hospital):
    employee = make_account(role=Role.EMPLOYEE, unit=hospital)
    before = answer(client, employee, "GET", "/accounts")[0]
    make_initiative(unit=hospital, deputy=employee)

    assert (before, answer(client, employee, "GET", "/accounts")[0]) == (403, 200)


def test_the_list_takes_as_many_queries_for_three_as_for_one(client, leader, hospital):
    one = api_queries(client, leader, "/accounts")
    for _number in range(2):
        make_account(role=Role.EMPLOYEE, unit=hospital)

    assert api_queries(client, leader, "/accounts") == one
