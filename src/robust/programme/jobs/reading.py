"""The background job that reads an uploaded document."""

from django.utils import timezone

from robust.organisation.actions import RunningJob
from robust.programme import queries
from robust.programme.actions import reading as reading_actions
from robust.programme.bridge.reading import CannotRead, read_document


def read_uploaded(running: RunningJob) -> None:
    """Read the document that the job names and keep what it says for its person to look through."""
    reading = queries.reading_to_do(running.arguments["reading"])
    running.progress(0, 2)
    try:
        read = read_document(bytes(reading.file.content), name=reading.file.name, check=running.check)
    except CannotRead as error:
        refusal = {"code": error.code, "found": error.found, "allowed": error.allowed}
        reading_actions.refuse_reading(reading, refusal, now=timezone.now())
    else:
        running.progress(1, 2)
        reading_actions.keep_proposal(reading, read, day=timezone.localdate())
    running.finish(result_url=reading.get_absolute_url())
