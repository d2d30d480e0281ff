"""Each way a background job can start, report and end, without a worker."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from robust.organisation import actions
from robust.organisation.models import AuditEntry, JobRun
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def start(**changes):
    said = {"title": "Læs dokument", "account": None, "arguments": {"pages": 3}, "now": NOW} | changes
    return actions.start_job("read", **said)


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def tick(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def take(run, *, clock=None, is_stopping=lambda: False):
    clock = clock or Clock()
    taken = actions.take_job(run.pk, token=uuid4(), now=clock())
    return actions.RunningJob(taken, clock=clock, is_stopping=is_stopping)


def seen(run):
    run.refresh_from_db()
    return run.state, run.done_count, run.total_count, run.message, run.checkpoint


def queue_state(run):
    return ProcrastinateJob.objects.get(pk=run.queue_job_id).status


def audited():
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_a_started_job_waits_in_the_queue_and_is_audited():
    account = factories.make_account()

    run = start(account=account)

    queued = ProcrastinateJob.objects.get(pk=run.queue_job_id)
    assert (queued.task_name, queued.args, queued.status) == ("robust.run_job", {"run_id": run.pk}, "todo")
    assert seen(run) == ("waiting", 0, None, "", None)
    assert audited() == ["job.started"]


def test_a_job_started_in_a_transaction_that_fails_is_never_queued():
    def start_and_fail():
        with transaction.atomic():
            start()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        start_and_fail()

    assert (JobRun.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_taking_a_job_counts_the_attempt_and_keeps_when_it_first_began():
    run, clock = start(), Clock()

    take(run, clock=clock)
    clock.tick(60)
    again = take(run, clock=clock)

    assert again.arguments == {"pages": 3}
    run.refresh_from_db()
    assert (run.state, run.attempt_count, run.started_at) == ("running", 2, NOW)


def test_a_job_that_is_over_cannot_be_taken():
    run = start()
    take(run).finish()

    assert actions.take_job(run.pk, token=uuid4(), now=NOW) is None


def test_progress_is_written_at_most_once_a_second():
    run, clock = start(), Clock()
    running = take(run, clock=clock)

    running.progress(1, 10, "første")
    clock.tick(0.5)
    running.progress(2, 10, "anden")
    in_between = seen(run)
    clock.tick(0.5)
    running.progress(3, 10, "tredje")

    assert in_between == ("running", 1, 10, "første", None)
    assert seen(run) == ("running", 3, 10, "tredje", None)


def test_a_checkpoint_is_always_written_and_known_to_the_next_attempt():
    run = start()
    running = take(run)

    running.progress(1, 10)
    running.progress(2, 10, checkpoint={"page": 2})

    assert seen(run) == ("running", 2, 10, "", {"page": 2})
    assert take(run).checkpoint == {"page": 2}


def test_a_checkpoint_that_was_rolled_back_is_not_written_by_a_later_report():
    run, clock = start(), Clock()
    running = take(run, clock=clock)
    running.progress(1, 10, checkpoint={"page": 1})

    def report_and_fail():
        with transaction.atomic():
            running.progress(2, 10, checkpoint={"page": 2})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        report_and_fail()
    clock.tick(2)
    running.check()

    assert seen(run) == ("running", 2, 10, "", {"page": 1})


def test_an_attempt_that_was_overtaken_can_neither_report_nor_end():
    run, clock = start(), Clock()
    old = take(run, clock=clock)
    new = take(run)

    clock.tick(2)
    for write in (
        lambda: old.progress(9, 9),
        lambda: old.progress(9, 9, checkpoint={}),
        old.finish,
        old.cancel,
    ):
        with pytest.raises(actions.JobTaken):
            write()
    new.progress(1, 9)

    assert seen(run) == ("running", 1, 9, "", None)


def test_a_finished_job_has_done_everything_and_says_where_the_result_is():
    run = start()
    running = take(run)
    running.progress(2, 10)

    running.finish("10 sider læst", "/programme/")
    running.finish("kaldt igen")

    assert seen(run) == ("done", 10, 10, "10 sider læst", None)
    assert (run.result_url, run.ended_at) == ("/programme/", NOW)


def test_a_failed_job_keeps_its_sentence_to_the_length_that_fits():
    run = start()

    take(run).fail("x" * 600)

    assert seen(run) == ("failed", 0, None, "x" * 500, None)


def test_a_job_released_by_a_stopping_worker_waits_and_has_lost_no_attempt():
    run = start()
    running = take(run, is_stopping=lambda: True)

    with pytest.raises(actions.JobStopped):
        running.progress(1, 2)
    running.release()

    assert seen(run) == ("waiting", 1, 2, "", None)
    assert (run.attempt_count, run.owner_token) == (0, None)


def test_cancelling_a_waiting_job_ends_it_at_once():
    account = factories.make_account()
    run = start(account=account)

    actions.cancel_job(run, actor=account, now=NOW)

    assert seen(run) == ("cancelled", 0, None, "", None)
    assert queue_state(run) == "cancelled"
    assert audited() == ["job.started", "job.cancelled"]


def test_cancelling_a_running_job_stops_it_at_its_next_report():
    account, clock = factories.make_account(), Clock()
    run = start(account=account)
    running = take(run, clock=clock)
    running.progress(1, 2)

    actions.cancel_job(run, actor=account, now=NOW)
    clock.tick(1)
    with pytest.raises(actions.JobCancelled):
        running.progress(2, 2)
    running.cancel()

    assert seen(run) == ("cancelled", 2, 2, "", None)


def test_a_job_cancelled_while_its_worker_was_killed_ends_when_it_is_taken():
    account = factories.make_account()
    run = start(account=account)
    take(run)
    actions.cancel_job(run, actor=account, now=NOW)

    taken = actions.take_job(run.pk, token=uuid4(), now=NOW)

    assert (taken, seen(run)) == (None, ("cancelled", 0, None, "", None))


def test_a_job_that_is_over_cannot_be_cancelled():
    account = factories.make_account()
    run = start(account=account)
    take(run).finish("færdig")

    with pytest.raises(actions.CannotCancel) as refused:
        actions.cancel_job(run, actor=account, now=NOW)

    assert str(refused.value) == "Jobbet er allerede slut. Intet er ændret."
    assert seen(run)[0] == "done"


def test_a_job_without_a_place_in_the_queue_can_be_cancelled():
    account = factories.make_account()
    run = start(account=account)
    JobRun.objects.update(queue_job_id=None)
    run.refresh_from_db()

    actions.cancel_job(run, actor=account, now=NOW)

    assert seen(run)[0] == "cancelled"


def test_a_job_that_keeps_killing_its_worker_is_given_up_with_a_sentence():
    run = start()
    for _attempt in range(5):
        take(run)

    taken = actions.take_job(run.pk, token=uuid4(), now=NOW)

    assert taken is None
    assert seen(run)[3] == (
        "Jobbet er blevet afbrudt 5 gange og er opgivet. Det, der var færdigt, er bevaret. "
        "Start det igen, eller bed din administrator se i loggen."
    )
    assert seen(run)[0] == "failed"


def test_the_job_speaks_the_language_of_who_started_it():
    account = factories.make_account()
    account.language = "en"
    account.save()

    assert [actions.language_of(start(account=account)), actions.language_of(start())] == ["en", "da"]


def set_queue(run, *, status, worker=False):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        worker_id = cursor.fetchone()[0] if worker else None
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s, worker_id = %s WHERE id = %s",
            [status, worker_id, run.queue_job_id],
        )
    return worker_id


def test_rescue_queues_again_what_a_worker_without_heartbeat_was_doing():
    silent, gone, alive = start(), start(), start()
    worker_id = set_queue(silent, status="doing", worker=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '7 s' WHERE id = %s",
            [worker_id],
        )
    set_queue(gone, status="doing")
    set_queue(alive, status="doing", worker=True)

    count = actions.rescue_jobs(now=NOW)

    assert count == 2
    assert [queue_state(run) for run in (silent, gone, alive)] == ["todo", "todo", "doing"]


def test_rescue_queues_an_open_run_that_has_lost_its_place_for_a_minute():
    lost, fresh, over = start(), start(), start()
    take(over).finish()
    for run in (lost, fresh, over):
        set_queue(run, status="aborted")
    JobRun.objects.filter(pk=lost.pk).update(updated_at=NOW - timedelta(seconds=61))
    JobRun.objects.filter(pk=fresh.pk).update(updated_at=NOW - timedelta(seconds=59))

    count = actions.rescue_jobs(now=NOW)

    lost.refresh_from_db()
    assert count == 1
    assert [queue_state(run) for run in (lost, fresh, over)] == ["todo", "aborted", "aborted"]


def refuse_to_queue_again(run):
    """Let the database answer as it does when the worker was only slow and has ended the job in between."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'Job was not found'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE ON procrastinate_jobs "
            "FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()"
        )


def test_rescue_leaves_a_job_that_its_slow_worker_ended_in_between():
    run = start()
    set_queue(run, status="doing")
    refuse_to_queue_again(run)

    assert actions.rescue_jobs(now=NOW) == 0
    assert queue_state(run) == "doing"
