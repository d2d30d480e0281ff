"""A row of a document that has been taken over or dropped is shown, not asked for."""

import pytest
from django.urls import reverse

from robust.organisation.models import Role
from tests.factories import NOW, make_account, make_unit
from tests.programme.factories import make_plan
from tests.programme.reading_documents import make_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(unit=make_unit(level="hospital"))


@pytest.fixture
def web(client, plan):
    client.force_login(make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=plan.unit))
    return client


@pytest.mark.parametrize("settled", [{"state": "applied", "applied_at": NOW}, {"state": "dropped"}])
def test_a_settled_row_is_shown_without_a_form(web, plan, settled):
    read = make_reading({"text": "Nattevagter", "status": "Aftalt\nBegyndt"}, plan=plan, **settled)

    page = web.get(reverse("programme:reading_row", args=[read.pk, 1])).text

    assert "Det er afgjort og bliver, som det er." in page
    assert '<span class="reading-line">Aftalt</span><span class="reading-line">Begyndt</span>' in page
    assert 'name="text"' not in page


def test_a_settled_row_that_is_sent_all_the_same_says_why_it_stays(web, plan):
    read = make_reading({"text": "Nattevagter"}, plan=plan, state="applied", applied_at=NOW)

    response = web.post(
        reverse("programme:reading_row", args=[read.pk, 1]), {"text": "Dagvagter", "choice": "new"}
    )

    assert response.status_code == 422
    assert "Dokumentet er allerede overtaget" in response.text
    assert 'name="text"' not in response.text
    assert "Nattevagter" in response.text
