"""What the worker does: run the jobs that people start, rescue those of killed workers, and keep house."""

import logging
from collections.abc import Callable
from functools import partial
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from robust.core import registry
from robust.organisation import actions
from robust.organisation.actions import RunningJob

Handler = Callable[[RunningJob], None]
logger = logging.getLogger(__name__)
KEPT_HOURS = 7 * 24


@app.task(name=actions.JOB_TASK, pass_context=True, retry=RetryStrategy(wait=1))
def run_job(context: JobContext, *, run_id: int) -> None:
    """Make one attempt at a run; a planned stop or a lost database puts it back in the queue."""
    run = actions.take_job(run_id, token=uuid4(), now=timezone.now())
    if run is None:
        return
    running = RunningJob(run, clock=timezone.now, is_stopping=context.should_abort)
    with translation.override(actions.language_of(run)):
        try:
            _attempt(running)()
        except actions.JobTaken:
            logger.warning("Job %s was taken over by another worker; this attempt ends.", run.pk)


def _attempt(running: RunningJob) -> Callable[[], None]:
    """Let the handler work, and give the way to end the run that fits how that went."""
    try:
        _handler(running)(running)
    except actions.JobCancelled:
        return running.cancel
    except actions.JobStopped:
        return partial(_give_back, running)
    except actions.JobFailed as error:
        return partial(running.fail, str(error))
    except (actions.JobTaken, OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Job %s failed.", running.run.pk)
        return partial(running.fail, _unexpected() % {"number": running.run.pk})
    return running.finish


def _handler(running: RunningJob) -> Handler:
    handlers: dict[str, Handler] = dict(registry.offered("job"))
    if running.run.kind not in handlers:
        raise actions.JobFailed(_("This version of Robust does not know this kind of job. Start it again."))
    return handlers[running.run.kind]


def _give_back(running: RunningJob) -> None:
    running.release()
    raise JobAborted


def _unexpected() -> str:
    return _(
        "Something went wrong in the program, and it stands in the log as job %(number)d. "
        "What the job had finished is kept. Start it again; "
        "if it fails again, give your administrator the number."
    )


@app.periodic(cron="* * * * * */10")
@app.task(name="robust.rescue_jobs", queueing_lock="rescue_jobs", priority=100)
def rescue_jobs(timestamp: int) -> None:
    """Put the jobs of killed workers back in the queue, every ten seconds."""
    actions.rescue_jobs(now=timezone.now())


@app.periodic(cron="47 2 * * *")
@app.task(name="robust.apply_retention", queueing_lock="apply_retention")
def apply_retention(timestamp: int) -> None:
    """Delete every night what has been kept long enough, and say in the log what went."""
    gone = {kind: count for kind, count in actions.apply_retention(now=timezone.now()).items() if count}
    logger.info("Kept long enough and deleted: %s", gone or "nothing")


@app.periodic(cron="7 4 * * 0")
@app.task(name="robust.check_audit", queueing_lock="check_audit")
def check_audit(timestamp: int) -> None:
    """Compute the chains of the audit trail again every Sunday; a broken one is an error in the log."""
    for month_on, place in actions.check_audit(actor=None, now=timezone.now()).items():
        logger.error("The audit trail of %s is broken at entry %d.", month_on, place)


@app.periodic(cron="17 * * * *")
@app.task(name="robust.clear_sessions", queueing_lock="clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete the sessions that have run out."""
    SessionStore.clear_expired()


@app.periodic(cron="27 3 * * *")
@app.task(name="robust.clear_queue", queueing_lock="clear_queue")
async def clear_queue(timestamp: int) -> None:
    """Delete what is left in the queue of jobs that failed or were stopped a week ago."""
    await app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
