"""An improvement consultant takes in the plan that the hospital already has as slides."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from robust.organisation.models import Account, Role, Unit
from robust.programme.models import Initiative, Plan, Status
from tests.factories import make_account, make_unit
from tests.journeys.visitor import Visitor
from tests.programme.factories import make_initiative, make_plan
from tests.programme.reading_documents import follow_up_slides

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("worker")]
ROWS = (
    ("Vagter", "Fast makker i nattevagten de frste tre måneder", "Begyndt på to afsnit i marts"),
    ("Vagter", "Vikarkorps med faste afsnit", "Seks i korpset"),
    ("Ledelse", "Lederen er med i vagten en gang om måneden", ""),
)


@pytest.fixture
def hospital() -> Unit:
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def plan(hospital: Unit) -> Plan:
    return make_plan("Robust Psykiatri", unit=hospital)


@pytest.fixture
def consultant(hospital: Unit, come_in) -> Visitor:
    account: Account = make_account("Iben Rosenlyng", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)
    visitor: Visitor = come_in(account)
    return visitor


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "opfølgning.pptx"
    path.write_bytes(follow_up_slides(*ROWS, heading="Personale"))
    return path


def hand_in(consultant: Visitor, plan: Plan, document: Path) -> None:
    """Hand in from the room's first page, and wait until the rows are there."""
    consultant.opens("/programme/initiatives/")
    consultant.follows("Læs et dokument")
    consultant.sees("Læs et dokument")
    consultant.page.get_by_label("Dokument", exact=True).set_input_files(document)
    consultant.chooses("Plan", plan.name)
    consultant.chooses("Eksempler er fra", plan.unit.name)
    consultant.presses("Læs dokumentet")
    expect(row(consultant, 1)).to_be_attached(timeout=60_000)  # folded away where nothing is new
    consultant.sees(document.name)


def row(consultant: Visitor, number: int) -> Locator:
    return consultant.page.locator(f"#row-{number}")


def correct(consultant: Visitor, number: int, label: str, text: str) -> None:
    consultant.follows(f"Ret række {number}", exact=True)
    consultant.sees(f"Række {number}")
    consultant.writes(label, text)
    consultant.presses("Gem rækken")
    consultant.reads(f"Række {number} er gemt.")


def stock() -> list[tuple[str, list[str]]]:
    """What is known of each initiative: its title, and what was said of it."""
    said = Status.objects.order_by("id").values_list("initiative_id", "text")
    return [
        (title, [text for initiative, text in said if initiative == pk])
        for pk, title in Initiative.objects.order_by("title").values_list("pk", "title")
    ]


def test_a_deck_is_corrected_joined_and_taken_over_and_read_again_without_doubles(consultant, plan, deck):
    make_initiative("Vikarkorps med faste afsnit på hospitalet", plan=plan)

    hand_in(consultant, plan, deck)
    correct(consultant, 1, "Indsats", "Fast makker i nattevagten de første tre måneder")
    correct(consultant, 3, "Gruppe", "Ledere")
    row(consultant, 2).get_by_role("button", name="Føj til").click()
    expect(row(consultant, 2)).to_contain_text("Føjes til")
    consultant.presses("Overtag")
    consultant.reads("Overtaget: 2 nye indsatser, 1 opdateret, 2 nye statusser.")
    consultant.follows("Se planen")
    consultant.sees("Robust Psykiatri")
    consultant.follows("Fast makker i nattevagten")
    consultant.sees("Fast makker i nattevagten de første tre måneder")
    consultant.follows("opfølgning.pptx")
    consultant.sees("opfølgning.pptx")
    first = stock()

    hand_in(consultant, plan, deck)
    consultant.page.get_by_text("3 rækker er uændrede").click()
    expect(row(consultant, 3)).to_be_visible()
    consultant.follows("Uændrede")
    consultant.sees("opfølgning.pptx")
    expect(row(consultant, 3)).to_be_visible()
    consultant.presses("Overtag")
    consultant.reads("Overtaget: 0 nye indsatser, 0 opdateret, 0 nye statusser.")

    assert first == [
        ("Fast makker i nattevagten de første tre måneder", ["Begyndt på to afsnit i marts"]),
        ("Lederen er med i vagten en gang om måneden", []),
        ("Vikarkorps med faste afsnit på hospitalet", ["Seks i korpset"]),
    ]
    assert stock() == first


def test_the_regions_own_deck_is_taken_over_and_read_again_without_doubles(consultant, plan, shared_folder):
    deck = shared_folder / "data/decks/360_opfoelgning_randers.pptx"

    hand_in(consultant, plan, deck)
    correct(consultant, 1, "Gruppe", "Opgaver")
    consultant.presses("Overtag")
    consultant.reads(re.compile(r"Overtaget: \d+ nye indsatser"))
    first = stock()
    hand_in(consultant, plan, deck)
    consultant.presses("Overtag")
    consultant.reads("Overtaget: 0 nye indsatser, 0 opdateret, 0 nye statusser.")

    assert len(first) >= 20
    assert stock() == first
