"""Somebody's sign-in ends while they write: they are told, sign in beside, and lose nothing."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from robust.organisation.models import Role
from robust.programme.models import Status, StatusDraft
from tests.factories import make_account, make_unit
from tests.journeys.looking import PHONE
from tests.programme.factories import make_initiative

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "hvide-vinterugler-42"
FIELD = "Hvor langt er I?"
GONE = "Du er ikke længere logget ind."


@pytest.fixture
def ward():
    return make_unit("Afsnit P2", parent=make_unit("Psykiatrien", level="hospital"))


@pytest.fixture
def leader(ward):
    account = make_account("Hanne Bækgaard", role=Role.WARD_LEADER, unit=ward)
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def initiative(ward):
    return make_initiative("Overlap mellem dag og aften", unit=ward)


@pytest.fixture
def come_in_late(come_in):
    """The browser writes every 401 into its console; here it is what was to happen."""
    visitors = []

    def sign_in_late(account, **more):
        visitors.append(come_in(account, **more))
        return visitors[-1]

    yield sign_in_late
    for visitor in visitors:
        visitor.faults = [fault for fault in visitor.faults if " 401 " not in fault]


@pytest.fixture
def writer(come_in_late, leader, initiative):
    """Somebody whose draft has been kept once, and whose sign-in has ended since."""
    visitor = come_in_late(leader, viewport=PHONE)
    visitor.opens(f"/programme/initiatives/{initiative.pk}/status/")
    visitor.writes(FIELD, "Vi mangler to.")
    expect(visitor.page.locator("[data-saved]")).to_contain_text("Kladde gemt")
    Session.objects.all().delete()
    return visitor


def sign_in(page, account):
    page.locator("input[name=login]").fill(account.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_whoever_is_signed_out_while_writing_signs_in_beside_and_goes_on(writer, leader):
    page = writer.page
    writer.writes(FIELD, "Vi mangler én.")
    writer.reads(GONE)
    expect(page.locator("[data-saved]")).to_be_empty()
    expect(page.get_by_label(FIELD)).to_have_value("Vi mangler én.")
    page.get_by_role("button", name="Gem status").click(trial=True)
    writer.looks()

    with page.expect_popup() as beside:
        writer.follows("Log ind i et nyt faneblad")
    sign_in(beside.value, leader)
    expect(beside.value.get_by_role("heading", level=1, name="Min dag")).to_be_visible()
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_text(GONE)).to_be_hidden()
    expect(page.locator("[data-saved]")).to_contain_text("Kladde gemt")
    kept = list(StatusDraft.objects.values_list("account", "text"))
    page.get_by_text("på sporet").first.tap()
    page.get_by_role("button", name="Gem status").tap()
    writer.reads("Din status er gemt.")

    assert kept == [(leader.pk, "Vi mangler én.")]
    assert list(Status.objects.values_list("recorded_by", "text")) == [(leader.pk, "Vi mangler én.")]


def test_a_page_goes_on_with_nobody_elses_sign_in(writer, ward):
    other = make_account("Ida Holm", role=Role.WARD_LEADER, unit=ward)
    other.set_password(PASSWORD)
    other.save()
    page = writer.page
    writer.writes(FIELD, "Kun for Hanne.")
    writer.reads(GONE)

    with page.expect_popup() as beside:
        writer.follows("Log ind i et nyt faneblad")
    sign_in(beside.value, other)
    expect(beside.value.get_by_role("heading", level=1, name="Min dag")).to_be_visible()
    with page.expect_response("**/") as asked:
        page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    asked.value.finished()
    with page.expect_response("**/draft/") as refused:
        writer.writes(FIELD, "Stadig kun for Hanne.")

    assert refused.value.status == 401
    expect(page.get_by_text(GONE)).to_be_visible()
    assert list(StatusDraft.objects.values_list("account__name", "text")) == [
        ("Hanne Bækgaard", "Vi mangler to.")
    ]


def test_a_status_sent_after_the_end_of_the_sign_in_comes_back_as_the_draft(writer, leader, initiative):
    page = writer.page
    page.get_by_role("button", name="Gem status").tap()
    page.wait_for_url(re.compile(r"/account/login/\?next="))

    sign_in(page, leader)

    writer.reads("Det er din kladde, gemt")
    expect(page.get_by_label(FIELD)).to_have_value("Vi mangler to.")
    writer.looks()
    page.get_by_role("button", name="Slet kladden").tap()
    writer.reads("Din kladde er slettet.")
    expect(page.get_by_label(FIELD)).to_have_value("")
    assert not StatusDraft.objects.exists()


def test_a_part_of_any_page_tells_the_same(come_in_late, leader):
    visitor = come_in_late(leader)
    visitor.opens("/")
    visitor.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    visitor.page.locator(".menu--unit summary").click()

    visitor.reads(GONE)
    expect(visitor.page.locator("[data-request-failed]")).to_be_hidden()
