import pytest

from robust.organisation.models import AuditEntry, JobRun, Role
from robust.programme import queries
from robust.programme.actions import reading as actions
from robust.programme.actions.taking_over import take_over
from robust.programme.bridge.reading import ReadDocument
from robust.programme.models import (
    DocumentReading,
    Initiative,
    ProposedRow,
)
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import make_initiative, make_plan
from tests.programme.reading_documents import make_reading

pytestmark = pytest.mark.django_db

INTRODUCTION = "Alle nye sygeplejersker går seks uger ved siden af en erfaren kollega"
NIGHTS = "Nattevagter fordeles på tværs af afsnit og klinikker"


def read(*texts: str, **fields) -> ReadDocument:
    rows = tuple(
        ProposedRow(number=number, text=text, page=1, **fields) for number, text in enumerate(texts, start=1)
    )
    return ReadDocument(rows=rows, not_understood=[])


def taken_over(*rows, **fields) -> DocumentReading:
    reading = make_reading(*rows, **fields)
    take_over(reading, actor=reading.read_by, now=NOW)
    reading.refresh_from_db()
    return reading


def choices(reading) -> list[tuple[int, str, int | None]]:
    return [(row.number, row.choice, row.joined_id) for row in queries.rows_of(reading)]


def test_an_upload_is_kept_and_a_job_reads_it():
    account, plan = make_account(), make_plan()
    upload = actions.Upload(
        name="plan.pptx", content=b"bytes", media_type="x/y", plan=plan, unit=plan.unit, dated_on=DAY
    )

    reading = actions.start_reading(upload, actor=account, now=NOW)

    assert reading.state == "reading"
    assert bytes(reading.file.content) == b"bytes"
    run = JobRun.objects.get()
    assert (run.kind, run.arguments, run.started_by) == (
        "programme_reading",
        {"reading": reading.pk},
        account,
    )


def test_rows_of_a_first_document_are_new():
    reading = make_reading(state="reading")

    actions.keep_proposal(reading, read(INTRODUCTION, NIGHTS), day=DAY)

    assert choices(reading) == [(1, "new", None), (2, "new", None)]


def test_a_second_attempt_at_reading_keeps_the_first_rows():
    reading = make_reading(state="reading")
    actions.keep_proposal(reading, read(INTRODUCTION), day=DAY)

    actions.keep_proposal(reading, read(INTRODUCTION, NIGHTS), day=DAY)

    assert choices(reading) == [(1, "new", None)]


def test_a_later_version_finds_its_initiatives_again():
    first = taken_over({"text": INTRODUCTION, "area": "Personale"}, {"text": NIGHTS, "area": "Personale"})
    introduction = Initiative.objects.get(text=INTRODUCTION)
    later = make_reading(plan=first.plan, by=first.read_by, state="reading")

    actions.keep_proposal(later, read(f"{INTRODUCTION} på afsnittet", "Noget helt andet"), day=DAY)

    assert choices(later) == [(1, "join", introduction.pk), (2, "new", None)]
    assert [one.text for one in queries.gone_since(later)] == [NIGHTS]


def test_another_document_is_no_later_version_and_takes_nothing_away():
    first = taken_over({"text": INTRODUCTION, "area": "Personale"})
    other = make_reading(plan=first.plan, by=first.read_by, state="reading")

    actions.keep_proposal(other, read("Noget helt andet"), day=DAY)

    assert list(queries.gone_since(other)) == []


def test_a_row_that_says_the_same_as_a_known_initiative_is_joined_and_a_similar_one_suggested():
    hospital = make_unit(level="hospital")
    account = make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)
    plan = make_plan(unit=hospital)
    same = make_initiative(INTRODUCTION, unit=hospital)
    similar = make_initiative("Nattevagter fordeles mellem afsnit", unit=hospital)
    reading = make_reading(plan=plan, by=account, state="reading")

    actions.keep_proposal(reading, read(INTRODUCTION, NIGHTS), day=DAY)

    assert choices(reading) == [(1, "join", same.pk), (2, "new", None)]
    assert [row.similar_id for row in queries.rows_of(reading)] == [same.pk, similar.pk]


def test_a_row_that_repeats_another_is_offered_for_joining():
    reading = make_reading(state="reading")

    actions.keep_proposal(reading, read(INTRODUCTION, NIGHTS, INTRODUCTION), day=DAY)

    rows = list(queries.rows_of(reading))
    assert [(row.choice, row.joined_row and row.joined_row.number) for row in rows] == [
        ("new", None),
        ("new", None),
        ("join", 1),
    ]


def test_a_refused_document_says_why():
    reading = make_reading(state="reading")

    actions.refuse_reading(reading, {"code": "macros", "found": None, "allowed": None}, now=NOW)

    reading.refresh_from_db()
    assert (reading.state, reading.refusal["code"]) == ("refused", "macros")


def test_a_document_that_was_read_is_not_refused_after_all():
    reading = make_reading({"text": NIGHTS}, state="preview")

    actions.refuse_reading(reading, {"code": "broken"}, now=NOW)

    reading.refresh_from_db()
    assert (reading.state, bytes(reading.file.content)) == ("preview", b"not opened")


def test_a_corrected_row_is_saved_and_audited():
    reading = make_reading({"text": INTRODUCTION})
    row = queries.rows_of(reading).get()

    actions.correct_row(row, values={"text": NIGHTS, "area": "Vagt"}, actor=reading.read_by, now=NOW)

    row.refresh_from_db()
    assert (row.text, row.area) == (NIGHTS, "Vagt")
    detail = AuditEntry.objects.get(action="reading.row_corrected").detail
    assert detail == {"row": 1, "changed": ["area", "text"]}


def test_a_row_that_is_no_longer_joined_forgets_what_it_was_joined_to_unless_it_is_only_left_out():
    known = make_initiative()
    reading = make_reading({"text": NIGHTS, "choice": "join", "joined": known})
    row = queries.rows_of(reading).get()

    actions.correct_row(row, values={"choice": "leave_out"}, actor=reading.read_by, now=NOW)
    left_out = choices(reading)
    actions.correct_row(row, values={"choice": "new"}, actor=reading.read_by, now=NOW)

    assert left_out == [(1, "leave_out", known.pk)]
    assert choices(reading) == [(1, "new", None)]


def test_joining_to_nothing_is_refused():
    reading = make_reading({"text": NIGHTS})
    row = queries.rows_of(reading).get()

    with pytest.raises(actions.CannotChangeReading):
        actions.correct_row(row, values={"choice": "join"}, actor=reading.read_by, now=NOW)


def test_all_similar_rows_are_joined_at_once():
    known = make_initiative()
    reading = make_reading({"text": "a", "similar": known}, {"text": "b"})

    count = actions.accept_similar(reading, actor=reading.read_by, now=NOW)

    assert count == 1
    assert choices(reading) == [(1, "join", known.pk), (2, "new", None)]


def test_a_dropped_document_leaves_nothing_behind_but_that_it_was_read():
    reading = make_reading({"text": NIGHTS})

    actions.drop_reading(reading, actor=reading.read_by, now=NOW)

    reading.refresh_from_db()
    assert reading.state == "dropped"
    assert ProposedRow.objects.count() == 0
    with pytest.raises(actions.CannotChangeReading):
        actions.drop_reading(reading, actor=reading.read_by, now=NOW)
