"""Take every list along, and compare the sheet with what stands on the page."""

import io
import re

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet

from robust.organisation import actions
from robust.organisation.models import (
    Account,
    AuditEntry,
    JobRun,
    Party,
    Person,
    RetentionRule,
    Unit,
    UnitPeriod,
)
from robust.programme.models import Example, Forum, Idea, Initiative, Plan
from tests.architecture.access import World
from tests.architecture.lists import LISTS, NOT_TO_TAKE_ALONG, WITHOUT_TIMES
from tests.architecture.test_access import NAMES, lines_of, signed_in, world
from tests.factories import NOW, make_employment
from tests.programme.factories import make_decision, make_reminder, make_status
from tests.programme.factories_more import make_relation

FACTS = 5  # title, three facts, and a blank line stand above the column heads
HOSTILE = "=HYPERLINK(1)"

pytestmark = pytest.mark.django_db
house = world  # the same hospital as for the walk through the addresses


def test_every_list_can_be_taken_along_or_says_why_not():
    lists = {name for name in NAMES if name.endswith("_list") and not name.startswith("api:")}

    assert lists - set(LISTS) - set(NOT_TO_TAKE_ALONG) == set()
    assert {name for name in (*LISTS, *NOT_TO_TAKE_ALONG) if name not in NAMES} == set()


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_sheet_holds_the_rows_of_the_list_and_no_formula(name: str, house: World):
    furnish(house)
    client = signed_in(house, LISTS[name].who)
    line = lines_of(name)[0]
    address = f"{reverse(name, kwargs=line.example(house))}?{LISTS[name].query}"

    page = client.get(address).content.decode()
    answer = client.get(f"{address}&format=xlsx")
    sheet = sheet_of(answer.content)

    heads = [cell.value for cell in sheet[FACTS + 1]]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert None not in heads
    assert sheet.max_row - FACTS - 1 == count_on(page) > 0
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if is_unguarded(cell)] == []
    assert "format=xlsx" in page
    assert AuditEntry.objects.filter(
        action__endswith=".exported", actor_id=house.accounts[LISTS[name].who].pk
    ).exists()


@pytest.mark.parametrize("name", sorted(set(LISTS) - WITHOUT_TIMES))
def test_the_list_marks_in_words_what_came_since_the_previous_visit(name: str, house: World):
    furnish(house)
    client = signed_in(house, LISTS[name].who)
    address = reverse(name, kwargs=lines_of(name)[0].example(house))

    at_first = client.get(address).content.decode()
    Account.objects.update(previous_visit_at=NOW)
    later = client.get(address).content.decode()

    assert "siden dit seneste besøg" not in at_first
    assert "siden dit seneste besøg" in later


def furnish(house: World) -> None:
    """Let every list have a row, and what people wrote begin like formulas."""
    consultant, administrator = (
        house.accounts[who] for who in (LISTS["programme:idea_list"].who, LISTS["organisation:job_list"].who)
    )
    JobRun.objects.create(kind="reading", title=HOSTILE, started_by=administrator)
    make_employment(administrator.person, house.ward)
    actions.record("person.viewed", actor=consultant, now=timezone.now(), about=administrator.person)
    make_decision(house.things["decided"], house.things["meeting"])
    status = make_status(house.things["untold"], unit=house.ward)
    make_reminder(house.things["round"], house.things["untold"], consultant, answered_with=status)
    make_relation(house.things["decided"], house.things["other_plan"])
    RetentionRule.objects.create(kind="jobs", months=2)
    for model, field in (
        (Initiative, "title"),
        (Idea, "title"),
        (Example, "title"),
        (Plan, "name"),
        (Plan, "short_name"),
        (Forum, "name"),
        (Party, "name"),
        (Person, "name"),
        (Unit, "name"),
        (UnitPeriod, "name"),
    ):
        for row in model.objects.all():
            setattr(row, field, f"{HOSTILE}{row.pk}")
            row.save()
    Account.objects.update(name=HOSTILE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the audit trail makes its chain at the commit


def sheet_of(content: bytes) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def is_unguarded(cell: openpyxl.cell.Cell) -> bool:
    """A text that begins like a formula is a text in the file, and marked so that it stays one."""
    begins = isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
    return cell.data_type == "f" or (begins and not (cell.data_type == "s" and cell.quotePrefix))


def count_on(page: str) -> int:
    """Read how many rows the page says there are."""
    found = re.search(r'class="list-head">\s*<p role="status">(.*?)</p>', page, re.DOTALL)
    assert found, "the list has no head"
    number = re.search(r"\d+", found[1])
    assert number
    return int(number[0])
