import re

import pytest
from django.test import Client
from django.urls import reverse

from robust.core.registry import Place, Room, offer
from robust.organisation.models import Account
from robust.web import pages
from tests.web.conftest import words

pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def programme(only_ours: None) -> None:
    """Offer a room whose places are pages of the shell, so that their addresses exist."""
    places = (
        Place(label="Enheder", url_name="web:unit_list"),
        Place(label="Indstillinger", url_name="web:settings"),
    )
    room = Room(label="Indsatser", url_name="web:search", order=2, mark="programme", places=places)
    offer("room", "programme", room)


def room(label: str, url_name: str, order: int = 1) -> Room:
    return Room(label=label, url_name=url_name, order=order, mark="day")


def test_rooms_stand_in_their_order_and_only_those_offered():
    lines = pages.rooms(
        [("b", room("B", "web:search", 2)), ("web", room("A", "web:home", 0))], here="web:home"
    )

    assert [(line.label, line.url, line.current) for line in lines] == [
        ("A", "/", "page"),
        ("B", "/search/", ""),
    ]


def test_room_is_current_on_every_page_of_its_domain_but_the_first_page_only_on_itself():
    offers = [("web", room("A", "web:home", 0)), ("programme", room("B", "web:search", 2))]

    assert [line.current for line in pages.rooms(offers, here="programme:plan_detail")] == ["", "true"]
    assert [line.current for line in pages.rooms(offers, here="web:settings")] == ["", ""]


def test_place_is_current_on_the_list_and_on_the_things_in_it():
    places = [Place(label="Enheder", url_name="web:unit_list"), Place(label="Søg", url_name="web:search")]

    def current(here: str) -> list[str]:
        return [line.current for line in pages.menu(places, here=here)]

    assert current("web:unit_list") == ["page", ""]
    assert current("web:unit_switch") == ["true", ""]
    assert current("web:unitary") == ["", ""]
    assert current("web:search") == ["", "page"]


@pytest.mark.usefixtures("programme")
def test_frame_has_each_landmark_once_and_one_heading(signed_in: Client):
    html = signed_in.get("/search/").content.decode()

    assert [
        len(re.findall(tag, html)) for tag in ('<header class="top"', "<main ", "<h1>", 'href="#main"')
    ] == [
        1,
        1,
        1,
        1,
    ]
    assert re.findall(r'<nav class="(\w[\w-]*)" aria-label="([^"]+)"', html) == [
        ("rail", "Rum"),
        ("room-nav", "Indsatser"),
        ("bottom-bar", "Rum på telefonen"),
    ]


@pytest.mark.usefixtures("programme")
def test_frame_opens_the_places_of_the_current_room_only(signed_in: Client):
    inside = signed_in.get("/search/").content.decode()
    outside = signed_in.get("/").content.decode()

    assert ("rail__places" in inside, "rail__places" in outside) == (True, False)
    assert '<a class="room" href="/search/" aria-current="page">' in inside


def test_bottom_bar_holds_at_most_five_places(signed_in: Client):
    for number in range(6):
        offer("room", f"room{number}", room(f"Rum {number}", "web:search", number + 1))

    html = signed_in.get("/").content.decode()

    bar = html[html.index('<nav class="bottom-bar"') :]
    assert bar.count("<li>") == 5


def test_person_menu_leads_to_what_is_offered_and_out(signed_in: Client, account: Account):
    offer("menu", "organisation", lambda account, *, day: [Place(label=account.name, url_name="web:search")])

    html = signed_in.get("/settings/").content.decode()

    menu = html[html.index("menu__list--end") :]
    assert '<li><a href="/search/">Bo Lund</a></li>' in menu
    assert re.findall(r"<button>([^<]+)</button>", menu) == ["Skift bruger", "Log ud"]
    assert f'name="next" value="{reverse("account_login")}?next=%2Fsettings%2F"' in menu


def test_switch_user_leads_to_the_door_and_back_to_the_page(signed_in: Client):
    door = f"{reverse('account_login')}?next=%2Fsettings%2F"

    assert signed_in.post(reverse("account_logout"), {"next": door})["Location"] == door


def test_message_is_said_once_with_its_undo(signed_in: Client):
    signed_in.post("/settings/", {"language": "da", "theme": "light", "density": "compact"})

    first = words(signed_in.get("/search/").content.decode())
    second = words(signed_in.get("/search/").content.decode())

    assert first.startswith("Dine indstillinger er gemt. Søg")
    assert second.startswith("Søg")
