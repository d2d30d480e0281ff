"""A ward leader tells how far an initiative is, from Min dag on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from robust.organisation.models import Role
from robust.programme.models import Status
from tests.factories import make_account, make_unit
from tests.journeys.looking import PHONE
from tests.programme.factories import make_initiative, make_status

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_two_taps_and_a_sentence_from_min_dag(come_in):
    today = timezone.localdate()
    ward = make_unit("Afsnit P2", parent=make_unit("Psykiatrien", level="hospital"))
    hanne = make_account("Hanne Bækgaard", role=Role.WARD_LEADER, unit=ward)
    initiative = make_initiative(
        "Overlap mellem dag og aften", unit=ward, owner=hanne, next_review_on=today - timedelta(days=1)
    )
    make_status(initiative, dated_on=today - timedelta(days=40), judgement="at_risk", text="Vi mangler to.")
    leader = come_in(hanne, viewport=PHONE)

    leader.opens("/")
    leader.sees("Min dag")
    leader.page.get_by_role("link", name="Overlap mellem dag og aften").tap()
    leader.sees("Skriv status")
    expect(leader.page.get_by_label("Hvor langt er I?")).to_have_value("Vi mangler to.")
    leader.writes("Hvor langt er I?", "Vi mangler én, og den starter 1. maj.")
    leader.page.get_by_role("button", name="Gem status").tap()
    leader.reads("Din status er gemt.")
    leader.sees("Afsnit P2")

    told = Status.objects.filter(recorded_by=hanne)
    assert list(told.values_list("unit__name", "dated_on", "judgement", "text")) == [
        ("Afsnit P2", today, "at_risk", "Vi mangler én, og den starter 1. maj.")
    ]
