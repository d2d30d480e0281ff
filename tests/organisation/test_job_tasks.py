"""What the worker makes of each way in which a job's handler can end."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted
from procrastinate.job_context import AbortReason

from robust.core import registry
from robust.organisation import actions, jobs
from robust.organisation.actions import RunningJob
from robust.organisation.models import JobRun
from tests import factories

pytestmark = pytest.mark.django_db
Handler = Callable[[RunningJob], None]


def attempt(handler: Handler, *, kind: str = "try", stopping: bool = False) -> JobRun:
    registry.offer("job", "try", handler)
    account = factories.make_account()
    run = actions.start_job(kind, title="Prøv", account=account, arguments={}, now=timezone.now())
    context = JobContext(
        app=app,
        job=ProcrastinateJob.objects.get(pk=run.queue_job_id).procrastinate_job,
        start_timestamp=time.time(),
        abort_reason=lambda: AbortReason.SHUTDOWN if stopping else None,
    )
    try:
        jobs.run_job(context, run_id=run.pk)
    finally:
        run.refresh_from_db()
    return run


@pytest.fixture(autouse=True)
def _no_kind_is_left() -> Iterator[None]:
    yield
    registry.offer("job", "try", lambda running: None)


def test_a_handler_that_returns_has_done_the_job():
    run = attempt(lambda running: running.progress(1, 2, "halvt"))

    assert (run.state, run.done_count, run.message) == ("done", 2, "")


def test_a_handler_may_end_the_job_itself():
    run = attempt(lambda running: running.finish("Læst", "/programme/"))

    assert (run.state, run.message, run.result_url) == ("done", "Læst", "/programme/")


def test_a_reason_that_a_person_understands_is_what_they_read():
    def refuse(running: RunningJob) -> None:
        raise actions.JobFailed("Filen er beskyttet med en adgangskode.")

    run = attempt(refuse)

    assert (run.state, run.message) == ("failed", "Filen er beskyttet med en adgangskode.")


def test_a_fault_of_ours_becomes_a_sentence_with_a_number_and_stands_in_the_log(caplog):
    run = attempt(lambda running: running.arguments["missing"])

    assert run.state == "failed"
    assert run.message == (
        f"Noget gik galt i programmet, og det står i loggen som job {run.pk}. Det, jobbet havde nået, er "
        "bevaret. Start det igen. Går det galt igen, så giv din administrator nummeret."
    )
    assert [record.message for record in caplog.records] == [f"Job {run.pk} failed."]


def test_a_job_of_an_unknown_kind_fails_with_a_sentence():
    run = attempt(lambda running: None, kind="from-the-future")

    assert (run.state, run.message) == (
        "failed",
        "Denne version af Robust kender ikke den slags job. Start det igen.",
    )


def test_a_job_that_is_cancelled_ends_as_cancelled():
    def cancelled(running: RunningJob) -> None:
        actions.cancel_job(running.run, actor=running.run.started_by, now=timezone.now())
        running.check()

    assert attempt(cancelled).state == "cancelled"


def test_a_planned_stop_gives_the_job_back_to_the_queue():
    run_ids: list[int] = []

    def stopped(running: RunningJob) -> None:
        run_ids.append(running.run.pk)
        running.check()

    with pytest.raises(JobAborted):
        attempt(stopped, stopping=True)

    assert JobRun.objects.get(pk=run_ids[0]).state == "waiting"


def test_a_lost_database_leaves_the_job_to_the_next_attempt():
    run_ids: list[int] = []

    def lost(running: RunningJob) -> None:
        run_ids.append(running.run.pk)
        raise OperationalError

    with pytest.raises(OperationalError):
        attempt(lost)

    assert JobRun.objects.get(pk=run_ids[0]).state == "running"


def test_an_attempt_that_was_overtaken_ends_in_silence(caplog):
    def overtaken(running: RunningJob) -> None:
        JobRun.objects.filter(pk=running.run.pk).update(owner_token=None)
        running.check()

    run = attempt(overtaken)

    assert run.state == "running"
    assert [record.message for record in caplog.records] == [
        f"Job {run.pk} was taken over by another worker; this attempt ends."
    ]


def test_a_job_that_is_over_is_not_done_again():
    done: list[int] = []
    run = attempt(lambda running: done.append(running.run.pk))
    context = JobContext(
        app=app,
        job=ProcrastinateJob.objects.get(pk=run.queue_job_id).procrastinate_job,
        start_timestamp=time.time(),
        abort_reason=lambda: None,
    )

    jobs.run_job(context, run_id=run.pk)

    assert done == [run.pk]


def test_the_worker_looks_every_ten_seconds_for_jobs_of_killed_workers():
    run = actions.start_job("try", title="Prøv", account=None, arguments={}, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [run.queue_job_id])

    jobs.rescue_jobs(timestamp=0)

    assert ProcrastinateJob.objects.get(pk=run.queue_job_id).status == "todo"
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons["robust.rescue_jobs"] == "* * * * * */10"


def test_sessions_that_have_run_out_are_deleted():
    for key, hours in (("old", -1), ("new", 1)):
        ends_at = timezone.now() + timedelta(hours=hours)
        Session.objects.create(session_key=key, session_data="", expire_date=ends_at)

    jobs.clear_sessions(timestamp=0)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_what_is_left_of_failed_jobs_leaves_the_queue_after_a_week():
    old = actions.start_job("try", title="Gammel", account=None, arguments={}, now=timezone.now())
    new = actions.start_job("try", title="Ny", account=None, arguments={}, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '8 days' WHERE job_id = %s",
            [old.queue_job_id],
        )

    async_to_sync(jobs.clear_queue.func)(timestamp=0)

    assert list(ProcrastinateJob.objects.values_list("id", flat=True)) == [new.queue_job_id]


def test_what_has_been_kept_long_enough_is_deleted_every_night():
    run = attempt(lambda running: None)
    JobRun.objects.filter(pk=run.pk).update(
        created_at=timezone.now() - timedelta(days=400), ended_at=timezone.now() - timedelta(days=400)
    )

    jobs.apply_retention(timestamp=0)

    assert JobRun.objects.count() == 0


def test_a_broken_chain_of_the_audit_trail_is_an_error_in_the_log(caplog):
    attempt(lambda running: None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE organisation_auditentry SET actor_name = 'en anden'")
        cursor.execute("SET session_replication_role = DEFAULT")

    jobs.check_audit(timestamp=0)

    month_on = timezone.now().date().replace(day=1)
    assert caplog.messages == [f"The audit trail of {month_on} is broken at entry 1."]
