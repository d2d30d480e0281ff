from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from robust.core.registry import HomeItem
from robust.organisation.models import Role, Unit
from robust.organisation.views import menu
from tests.factories import DAY, give_role, make_account, make_unit
from tests.web.conftest import words

pytestmark = pytest.mark.django_db

OPEN = HomeItem(
    title="1. Åbn enhederne",
    url=reverse("organisation:unit_open"),
    kind="Første skridt",
    note="Hospitaler, afdelinger og afsnit: Alt, der skrives, hører til et af dem.",
)
ADD = HomeItem(
    title="2. Tilføj konti",
    url=reverse("organisation:account_add"),
    kind="Første skridt",
    note="Én til hver, der skal logge ind; med invitationen vælger de selv adgangskode.",
)
GIVE = HomeItem(
    title="3. Giv roller",
    url=reverse("organisation:account_list"),
    kind="Første skridt",
    note="En rolle på en enhed afgør, hvad man ser og må.",
)


@pytest.fixture
def region() -> Unit:
    return make_unit("Regionen", level="region")


@pytest.fixture
def first(region: Unit):
    return make_account("chef", role=Role.ADMINISTRATOR, unit=region)


def test_first_administrator_is_shown_the_first_steps_in_their_order(client: Client, first):
    client.force_login(first)

    page = client.get("/")

    assert [item.title for item in page.context["page"].waiting] == [
        "1. Åbn enhederne",
        "2. Tilføj konti",
        "3. Giv roller",
        "4. Læs den første plan",
    ]
    assert words(page.content.decode()).startswith("Min dag 4 ting venter på dig.")
    for item in page.context["page"].waiting:
        assert client.get(item.url).status_code == 200


def test_each_first_step_is_gone_when_it_is_done(first, region: Unit):
    at_first = list(menu.waiting(first, day=DAY))
    make_unit("Hospitalet", parent=region, starts_on=DAY + timedelta(days=30))
    with_a_unit = list(menu.waiting(first, day=DAY))
    colleague = make_account()
    with_an_account = list(menu.waiting(first, day=DAY))
    give_role(colleague, Role.EMPLOYEE, region)

    assert (at_first, with_a_unit, with_an_account) == ([OPEN, ADD, GIVE], [ADD, GIVE], [GIVE])
    assert list(menu.waiting(first, day=DAY)) == []


@pytest.mark.parametrize("role", [Role.IMPROVEMENT_CONSULTANT, None])
def test_first_steps_are_for_administrators_of_everything(role: Role | None, region: Unit):
    account = make_account(role=role, unit=region)

    assert list(menu.waiting(account, day=DAY)) == []
