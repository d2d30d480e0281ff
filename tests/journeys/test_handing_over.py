"""An improvement consultant hands the board the follow-up, with what is new in red."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pptx import Presentation
from pptx.dml.color import RGBColor

from robust.organisation.models import Role, Unit
from robust.programme.models import Plan
from tests.factories import make_account, make_unit
from tests.journeys.visitor import Visitor
from tests.programme.factories import make_area, make_initiative, make_plan, make_status

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("worker")]
TODAY = timezone.localdate()
MEETING = TODAY - timedelta(days=28)
OLD, NEW = "Seks er i korpset.", "Seks er i korpset. Otte er klar fra maj."


@pytest.fixture
def hospital() -> Unit:
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def plan(hospital: Unit) -> Plan:
    plan = make_plan("Robust Psykiatri", unit=hospital)
    moved = make_initiative("Fælles vagtkorps", plan=plan, area=make_area(plan, "Vagter"))
    make_status(moved, dated_on=MEETING - timedelta(days=9), text=OLD)
    make_status(moved, dated_on=TODAY, text=NEW)
    still = make_initiative("Mentor på nattevagten", plan=plan, area=plan.areas.get())
    make_status(still, dated_on=MEETING - timedelta(days=9), text="Mentorerne er valgt.")
    return plan


@pytest.fixture
def consultant(hospital: Unit, come_in) -> Visitor:
    visitor: Visitor = come_in(
        make_account("Iben Rosenlyng", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)
    )
    return visitor


def hand_over(consultant: Visitor, plan: Plan, kind: str, folder: Path) -> Path:
    """Order the follow-up from the plan's page, and fetch it when it is written."""
    consultant.opens(f"/programme/plans/{plan.pk}/")
    consultant.sees(plan.name)
    consultant.follows("Udlever")
    consultant.sees("Udlever")
    consultant.writes("Markér det, der er nyt siden", MEETING.isoformat())
    consultant.presses(kind)
    link = consultant.page.get_by_role("link", name="Hent")
    link.wait_for(timeout=60_000)
    consultant.sees(plan.name)
    with consultant.page.expect_download() as waiting:
        link.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def red_and_underlined(deck: Path) -> Iterator[str]:
    """Give the words of the tables that are red, where each red word is underlined too."""
    for slide in Presentation(str(deck)).slides:
        for shape in slide.shapes:
            cells = shape.table.iter_cells() if shape.has_table else ()
            for run in (run for cell in cells for par in cell.text_frame.paragraphs for run in par.runs):
                color = run.font.color
                is_red = color.type is not None and _is_red(color.rgb)
                assert is_red == bool(run.font.underline)
                if is_red:
                    yield run.text.strip()


def _is_red(color: RGBColor) -> bool:
    red, green, blue = color
    return red > 2 * max(green, blue)


def words_in(deck: Path) -> str:
    shapes = (shape for slide in Presentation(str(deck)).slides for shape in slide.shapes)
    tables = (shape.table for shape in shapes if shape.has_table)
    return "\n".join(cell.text_frame.text for table in tables for cell in table.iter_cells())


def test_slides_have_the_new_words_in_red_and_underlined(consultant, plan, tmp_path):
    deck = hand_over(consultant, plan, "Slides (PowerPoint)", tmp_path)

    assert deck.suffix == ".pptx"
    assert list(red_and_underlined(deck)) == ["ny", "Otte er klar fra maj."]
    assert [text in words_in(deck) for text in ("Seks er i korpset.", "Mentorerne er valgt.")] == [True, True]


def test_print_and_sheet_hold_the_same_initiatives(consultant, plan, tmp_path):
    with pdfplumber.open(hand_over(consultant, plan, "Print (PDF)", tmp_path)) as printed:
        page = " ".join("\n".join(one.extract_text() for one in printed.pages).split())
    book = load_workbook(hand_over(consultant, plan, "Regneark (Excel)", tmp_path))
    cells = {str(cell.value) for sheet in book for row in sheet for cell in row}

    held = ("Fælles vagtkorps", "Mentor på nattevagten", "Otte er klar fra maj")
    assert [text in page for text in held] == [True] * 3
    assert [any(text in cell for cell in cells) for text in held] == [True] * 3
