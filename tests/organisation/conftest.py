import pytest
from django.test import Client

from robust.organisation.models import Role, Unit
from tests.factories import make_account, make_unit


@pytest.fixture
def hospital() -> Unit:
    return make_unit("Hospitalet", level="hospital")


@pytest.fixture
def administrator(client: Client, hospital: Unit) -> Client:
    """Give a browser in which somebody who administers the whole is signed in."""
    client.force_login(make_account("Ada", role=Role.ADMINISTRATOR, unit=hospital))
    return client


@pytest.fixture
def ward(hospital: Unit) -> Unit:
    return make_unit("Afsnit 1", parent=hospital)
