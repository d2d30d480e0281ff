"""The frame by keyboard: search, menus, the unit in focus, rows of a list, and a list that does not come."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from robust.organisation.models import Account, Role, Unit
from tests.factories import make_account, make_unit
from tests.programme.factories import make_initiative

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hospital() -> Unit:
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def account(hospital: Unit) -> Account:
    return make_account("Iben Rosenlyng", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def initiatives(hospital: Unit) -> str:
    for title in ("Fast overlap", "Mentor på nattevagten", "Rolig time"):
        make_initiative(title, unit=hospital)
    return "/programme/initiatives/"


@pytest.fixture
def site(live_server, context: BrowserContext, account: Account) -> str:
    client = Client()
    client.force_login(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return str(live_server.url)


def test_slash_goes_to_the_search_but_not_while_one_writes(site: str, page: Page):
    page.goto(f"{site}/")

    page.keyboard.press("/")
    page.keyboard.type("24/7")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Søg")
    expect(page.locator("#words")).to_have_value("24/7")


def test_first_tab_leads_past_the_menu(site: str, page: Page):
    page.goto(f"{site}/settings/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("#id_language_0")).to_be_focused()


def test_menu_closes_by_escape_and_gives_the_focus_back(site: str, page: Page):
    page.goto(f"{site}/")
    person = page.locator("summary", has_text="Iben Rosenlyng")

    person.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Mine indstillinger")).to_be_focused()
    page.keyboard.press("Escape")

    expect(person).to_be_focused()
    expect(page.get_by_role("link", name="Mine indstillinger")).to_be_hidden()


def test_unit_is_put_in_focus_from_the_menu_and_the_page_stays(site: str, page: Page):
    page.goto(f"{site}/search/?words=overlap")

    page.locator("summary", has_text="Alle mine enheder").click()
    page.get_by_role("button", name="Psykiatrien").click()

    expect(page.locator("summary", has_text="Psykiatrien")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search/\?words=overlap$"))


def test_unit_is_put_in_focus_without_scripts(site: str, browser, context: BrowserContext):
    bare = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = bare.new_page()
    page.goto(f"{site}/search/?words=overlap")

    page.locator("summary", has_text="Alle mine enheder").click()
    page.get_by_role("link", name="Vælg enhed").click()
    page.get_by_role("button", name="Psykiatrien").click()

    expect(page.locator("summary", has_text="Psykiatrien")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search/\?words=overlap$"))
    bare.close()


def test_arrows_walk_the_rows_and_enter_opens_one(site: str, page: Page, initiatives: str):
    page.goto(site + initiatives)
    rows = page.locator("table[data-rows] tbody tr")

    rows.first.focus()
    page.keyboard.press("End")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Mentor på nattevagten")


def test_list_that_cannot_be_fetched_says_so_and_stays(
    site: str, page: Page, context: BrowserContext, initiatives: str
):
    page.goto(site + initiatives)
    sentence = page.get_by_text("Det gik ikke igennem, og intet er ændret.")
    expect(sentence).to_be_hidden()

    context.set_offline(True)
    page.locator("#filter_judgement").select_option("at_risk")
    expect(sentence).to_be_visible()
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(3)
    context.set_offline(False)
    page.locator("#filter_judgement").select_option("")

    expect(sentence).to_be_hidden()
