"""A board member sees what is new since the last meeting and decides; the owner hears of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from robust.organisation.models import Account, Role, Unit
from robust.programme.models import Decision, Initiative
from tests.factories import make_account, make_unit
from tests.programme.factories import make_forum, make_initiative, make_meeting, make_status

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
REASON = "Prøv det på to afsnit, og kom tilbage i juni."


@pytest.fixture
def hospital() -> Unit:
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def owner(hospital: Unit) -> Account:
    return make_account("Hanne Bækgaard", role=Role.WARD_LEADER, unit=hospital)


@pytest.fixture
def initiative(hospital: Unit, owner: Account) -> Initiative:
    """An initiative that waits for the next meeting, with something said before the last one and since."""
    today = timezone.localdate()
    forum = make_forum("Hospitalsledelsen", unit=hospital)
    for days in (-20, 1):
        make_meeting(forum, held_on=today + timedelta(days=days))
    initiative = make_initiative(
        "12-timers vagter i weekenden",
        unit=hospital,
        owner=owner,
        forum=forum,
        awaits_decision=True,
        decision_wanted="Skal vi prøve 12-timers vagter?",
    )
    make_status(initiative, dated_on=today - timedelta(days=30), text="Spurgt i MED.")
    make_status(initiative, dated_on=today - timedelta(days=2), text="MED siger ja.")
    return initiative


def test_a_decision_stands_on_the_initiative_and_reaches_its_owner(come_in, hospital, owner, initiative):
    board = make_account("Åge Fjordbo", role=Role.BOARD, unit=hospital)
    member, leader = come_in(board), come_in(owner)

    member.opens("/")
    member.sees("Min dag")
    member.follows("1 indsats venter på beslutning i Hospitalsledelsen")
    expect(member.page.get_by_role("heading", name="Venter på beslutning")).to_be_visible()
    expect(member.page.locator("ins", has_text="MED siger ja")).to_be_visible()
    waiting = member.page.get_by_role("article").filter(has_text="Skal vi prøve 12-timers vagter?")
    waiting.get_by_text("Beslut", exact=True).click()
    waiting.get_by_label("godkendt", exact=True).check()
    waiting.get_by_label("Begrundelse").fill(REASON)
    member.looks()
    waiting.get_by_role("button", name="Gem beslutningen").click()
    member.reads(REASON)
    member.looks()

    leader.opens("/")
    leader.sees("Min dag")
    leader.reads(f"Godkendt: {REASON}")
    leader.follows("12-timers vagter i weekenden")
    leader.sees("12-timers vagter i weekenden")
    leader.reads(REASON)

    decided = Decision.objects.values_list("initiative", "outcome", "reason", "decided_by")
    assert list(decided) == [(initiative.pk, "approved", REASON, board.pk)]
