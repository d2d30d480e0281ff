import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from robust.organisation import queries
from robust.organisation.models import Role, RoleAssignment
from tests.factories import DAY, make_account, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return make_account(role=Role.EMPLOYEE, unit=make_unit())


def test_trees_and_roles_are_read_once_in_a_request(reader, django_assert_num_queries):
    with queries.reading_once(), django_assert_num_queries(4):
        for _ in range(3):
            queries.tree_on(DAY)
            queries.units_visible_to(reader, day=DAY)
            queries.units_where(reader, roles=[Role.EMPLOYEE], day=DAY)


def test_what_was_read_is_forgotten_afterwards(reader):
    with queries.reading_once():
        before = queries.roles_on(reader, day=DAY)
        RoleAssignment.objects.all().delete()
        meanwhile = queries.roles_on(reader, day=DAY)

    assert (before, meanwhile, queries.roles_on(reader, day=DAY)) == (before, before, ())


def test_each_account_has_its_own_roles(reader):
    stranger = make_account()

    with queries.reading_once():
        held = [len(queries.roles_on(account, day=DAY)) for account in (reader, stranger)]

    assert held == [1, 0]


def test_a_page_reads_the_tree_once(client, reader):
    client.force_login(reader)

    with CaptureQueriesContext(connection) as run:
        client.get(reverse("web:home"))

    assert sum("organisation_unitperiod" in query["sql"] for query in run.captured_queries) == 1
