"""A consultant says what an idea became, finds the way between them, and takes a connection back."""

import pytest
from playwright.sync_api import expect

from robust.organisation.models import Role, Unit
from robust.thread.models import Link
from tests.factories import make_account, make_unit
from tests.journeys.looking import PHONE
from tests.programme.factories import make_initiative
from tests.programme.factories_more import make_idea

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
REASON = "Aftenvagten foreslog det, og vi prøver det af."


@pytest.fixture
def hospital() -> Unit:
    return make_unit("Psykiatrien", level="hospital")


def test_what_an_idea_became_is_said_once_and_seen_from_both_ends(come_in, hospital):
    idea = make_idea("Telefonen slukket ved overlevering", unit=hospital)
    initiative = make_initiative("Ro om overleveringen", unit=hospital)
    consultant = come_in(make_account("Iben Rosenlyng", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital))
    panel = consultant.page.locator("#thread")

    consultant.opens(f"/programme/initiatives/{initiative.pk}/")
    consultant.follows("Forbind med noget")
    consultant.sees("Forbind med noget")
    consultant.writes("Søg efter det, den hænger sammen med", "telefon")
    consultant.presses("Søg")
    consultant.looks_everywhere()
    consultant.page.get_by_label("Telefonen slukket ved overlevering (idé)").check()
    consultant.page.get_by_label("kom fra", exact=True).check()
    consultant.writes("Hvorfor?", REASON)
    consultant.presses("Forbind")

    consultant.sees("Ro om overleveringen")
    expect(panel).to_contain_text(REASON)
    consultant.looks_everywhere()
    consultant.follows("Telefonen slukket ved overlevering")
    consultant.sees("Telefonen slukket ved overlevering")
    expect(panel.get_by_role("link", name="Ro om overleveringen")).to_be_visible()

    consultant.page.set_viewport_size(PHONE)
    consultant.follows("Tråden")
    panel.get_by_role("button", name="Afslut forbindelsen").click()
    consultant.reads("Forbindelsen er afsluttet.")
    expect(panel).not_to_contain_text(REASON)
    consultant.presses("Fortryd")
    consultant.reads("De to er forbundet igen.")
    expect(panel).to_contain_text(REASON)

    assert consultant.faults == []
    assert list(Link.objects.order_by("id").values_list("kind", "source_id", "target_id")) == [
        ("became", idea.pk, initiative.pk),
        ("became", idea.pk, initiative.pk),
    ]
