"""A document that is read again: what a person corrected or left out stays so."""

from datetime import timedelta

import pytest

from robust.programme.actions import reading as actions
from robust.programme.actions.taking_over import take_over
from robust.programme.bridge.reading import ReadDocument
from robust.programme.models import DocumentReading, Initiative, ProposedRow
from tests.factories import DAY, NOW
from tests.programme.reading_documents import make_reading

pytestmark = pytest.mark.django_db
NIGHTS = "Nattevagter fordeles på tværs af afsnit og klinikker"


def correct(reading: DocumentReading, number: int, **values) -> None:
    row = reading.rows.get(number=number)
    actions.correct_row(row, values=values, actor=reading.read_by, now=NOW)


def test_what_was_corrected_is_corrected_again_when_the_same_words_are_read():
    first = make_reading({"text": "Nattevagter dles", "group": "Vagt", "status": "Begyndt", "area": "A"})
    correct(first, 1, text="Nattevagter deles", group="Vagter", status="Begyndt på P1")
    take_over(first, actor=first.read_by, now=NOW)
    again = make_reading(plan=first.plan, by=first.read_by, state="reading")
    printed = ProposedRow(
        number=1, page=1, text="Nattevagter dles", group="Vagt", status="Slut", area="A", cell="B2"
    )

    actions.keep_proposal(again, ReadDocument(rows=(printed,), not_understood=[]), day=DAY)

    row = again.rows.get()
    assert (row.choice, row.text, row.group, row.status) == ("join", "Nattevagter deles", "Vagter", "Slut")
    assert row.corrections == {
        "text": ["Nattevagter dles", "Nattevagter deles"],
        "group": ["Vagt", "Vagter"],
    }


def test_a_correction_that_is_taken_back_is_none():
    reading = make_reading({"text": "Nattevagter dles"})

    correct(reading, 1, text="Nattevagter deles")
    correct(reading, 1, text="Nattevagter dles")

    assert reading.rows.get().corrections == {}


def test_what_was_left_out_is_left_out_again_under_the_same_area_only():
    first = make_reading({"text": NIGHTS, "area": "A"}, {"text": NIGHTS, "area": "B", "choice": "leave_out"})
    take_over(first, actor=first.read_by, now=NOW)
    again = make_reading(plan=first.plan, by=first.read_by, state="reading")
    rows = tuple(
        ProposedRow(number=number, page=1, text=NIGHTS, area=area) for number, area in enumerate("ABC", 1)
    )

    actions.keep_proposal(again, ReadDocument(rows=rows, not_understood=[]), day=DAY)

    assert list(again.rows.order_by("number").values_list("choice", flat=True)) == [
        "join",
        "leave_out",
        "new",
    ]


def test_what_was_left_out_once_and_taken_in_since_is_not_left_out():
    first = make_reading({"text": NIGHTS, "area": "A", "choice": "leave_out"})
    take_over(first, actor=first.read_by, now=NOW)
    second = make_reading({"text": NIGHTS, "area": "A"}, plan=first.plan, by=first.read_by)
    take_over(second, actor=first.read_by, now=NOW)
    third = make_reading(plan=first.plan, by=first.read_by, state="reading")
    row = ProposedRow(number=1, page=1, text=NIGHTS, area="A")

    actions.keep_proposal(third, ReadDocument(rows=(row,), not_understood=[]), day=DAY)

    assert third.rows.get().choice == "join"


def test_an_initiative_printed_twice_in_different_words_keeps_the_first():
    reading = make_reading({"text": NIGHTS, "area": "A"}, {"text": NIGHTS + " snart", "area": "B"})
    repeat = reading.rows.get(number=2)
    repeat.choice, repeat.joined_row = "join", reading.rows.get(number=1)
    repeat.save()
    take_over(reading, actor=reading.read_by, now=NOW)

    again = make_reading(
        {"text": NIGHTS, "area": "A", "choice": "join", "joined": Initiative.objects.get()},
        {"text": NIGHTS + " snart", "area": "B", "choice": "join", "joined": Initiative.objects.get()},
        plan=reading.plan,
        by=reading.read_by,
    )
    first = Initiative.objects.get().text
    take_over(again, actor=reading.read_by, now=NOW + timedelta(minutes=5))

    assert [first, Initiative.objects.get().text] == [NIGHTS, NIGHTS]
