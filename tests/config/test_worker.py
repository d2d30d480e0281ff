"""The worker in this very process: it stops when asked, and comes back when the database does."""

import asyncio
import os
import signal
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from robust.config import worker
from robust.core import registry
from robust.organisation import actions
from robust.organisation.actions import RunningJob
from robust.organisation.models import JobRun

pytestmark = pytest.mark.django_db(transaction=True)


def stop(running: RunningJob) -> None:
    running.finish("stoppet")
    os.kill(os.getpid(), signal.SIGTERM)


def cut_every_connection(running: RunningJob) -> None:
    running.finish("afbrudt")
    cut()
    start("stop")


def cut() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def start_one_in_vain(running: RunningJob) -> None:
    with suppress(RuntimeError), transaction.atomic():
        start("stop")
        raise RuntimeError
    stop(running)


def start(kind: str) -> None:
    actions.start_job(kind, title=kind, account=None, arguments={}, now=timezone.now())


def ended() -> list[tuple[str, str, str]]:
    connection.close()
    return list(JobRun.objects.order_by("id").values_list("kind", "state", "message"))


@pytest.fixture(autouse=True)
def _kinds_of_jobs() -> None:
    registry.offer("job", "stop", stop)
    registry.offer("job", "cut", cut_every_connection)
    registry.offer("job", "vain", start_one_in_vain)


def test_the_worker_does_what_waits_and_stops_when_asked():
    start("stop")

    worker.run(concurrency=1, pause=pytest.fail)

    assert ended() == [("stop", "done", "stoppet")]


def test_what_a_job_starts_in_a_transaction_that_fails_is_never_queued():
    start("vain")

    worker.run(concurrency=1, pause=pytest.fail)

    assert ended() == [("vain", "done", "stoppet")]
    assert ProcrastinateJob.objects.filter(task_name="robust.run_job", status="todo").count() == 0


def test_the_worker_goes_on_when_its_connections_are_cut():
    start("cut")

    worker.run(concurrency=1, pause=lambda _seconds: None)

    assert ended() == [("cut", "done", "afbrudt"), ("stop", "done", "stoppet")]


def test_a_stop_counts_even_when_the_database_goes_before_it_is_carried_out(monkeypatch):
    async def stopped_while_the_database_goes(_concurrency: int) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as asked:
            raise ConnectorException from asked

    monkeypatch.setattr(worker, "_work", stopped_while_the_database_goes)

    worker.run(concurrency=1, pause=pytest.fail)


def test_the_worker_waits_longer_and_longer_for_a_database_that_is_not_there(caplog):
    start("stop")
    port, pauses = connection.settings_dict["PORT"], list[float]()
    connection.settings_dict["PORT"] = "1"

    def wait(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 6:
            connection.settings_dict["PORT"] = port

    try:
        worker.run(concurrency=1, pause=wait)
    finally:
        connection.settings_dict["PORT"] = port

    assert ended() == [("stop", "done", "stoppet")]
    assert pauses == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0]
    assert "The worker has lost the database. It tries again in 15 s." in caplog.messages
