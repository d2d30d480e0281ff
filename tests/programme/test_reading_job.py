from datetime import UTC, datetime
from uuid import uuid4

import pytest

from robust.organisation import actions as organisation_actions
from robust.organisation.models import AuditEntry
from robust.programme import queries
from robust.programme.actions import reading as actions
from robust.programme.jobs.reading import read_uploaded
from robust.programme.models import DocumentReading
from tests.factories import DAY, NOW, make_account
from tests.programme.factories import make_plan
from tests.programme.reading_documents import follow_up_slides

pytestmark = pytest.mark.django_db


def run(content: bytes) -> DocumentReading:
    account, plan = make_account(), make_plan()
    upload = actions.Upload(
        name="plan.pptx", content=content, media_type="x/y", plan=plan, unit=plan.unit, dated_on=DAY
    )
    reading = actions.start_reading(upload, actor=account, now=NOW)
    taken = organisation_actions.take_job(reading.run_id, token=uuid4(), now=NOW)
    running = organisation_actions.RunningJob(
        taken, clock=lambda: datetime.now(UTC), is_stopping=lambda: False
    )
    read_uploaded(running)
    reading.refresh_from_db()
    return reading


def test_an_uploaded_deck_becomes_rows_to_look_through():
    reading = run(follow_up_slides(("Vagt", "Nattevagter deles", "P2 er med")))

    assert reading.state == "preview"
    assert [(row.text, row.example) for row in queries.rows_of(reading)] == [
        ("Nattevagter deles", "P2 er med")
    ]
    reading.run.refresh_from_db()
    assert (reading.run.state, reading.run.result_url) == ("done", reading.get_absolute_url())


def test_a_document_that_cannot_be_read_is_refused_and_the_job_is_over():
    reading = run(b"neither slides nor text")

    assert reading.state == "refused"
    assert reading.refusal["code"] == "unknown_kind"
    reading.run.refresh_from_db()
    assert reading.run.state == "done"


def test_a_document_that_is_refused_is_not_kept():
    reading = run(b"neither slides nor text")

    reading.file.refresh_from_db()
    assert (bytes(reading.file.content), reading.file.size_bytes) == (b"", 23)
    assert AuditEntry.objects.filter(action="file.emptied", subject_id=reading.file_id).count() == 1
