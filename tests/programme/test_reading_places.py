"""The place that a document speaks of: chosen from the tree, the own hospital at first."""

import pytest
from django.urls import reverse

from robust.organisation.models import Role
from tests.factories import give_role, make_account, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return make_unit("Ørnehospitalet", level="hospital", parent=make_unit("Regionen", level="region"))


@pytest.fixture
def consultant(own):
    return make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=own)


def place_asked_for(client, consultant):
    client.force_login(consultant)
    return client.get(reverse("programme:reading_create")).context["form"]["unit"]


def test_places_stand_under_what_they_belong_to_and_the_own_hospital_is_chosen(client, consultant, own):
    ward = make_unit("Afsnit 1", parent=own)
    give_role(consultant, Role.EMPLOYEE, ward)

    asked = place_asked_for(client, consultant)

    assert [str(name) for _value, name in asked.field.choices] == [
        "vælg et sted",
        "Regionen",
        "\u2003Ørnehospitalet",
        "\u2003\u2003Afsnit 1",
    ]
    assert asked.value() == own.pk


def test_no_hospital_is_chosen_for_somebody_in_two(client, consultant):
    give_role(consultant, Role.EMPLOYEE, make_unit(level="hospital"))

    assert place_asked_for(client, consultant).value() is None
