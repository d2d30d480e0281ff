"""Background jobs: start, cancel, take, report and end; only the attempt that owns a run writes to it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from robust.organisation.actions.audit import record
from robust.organisation.models import Account, JobRun

QUEUE = JobManager(connector=DjangoConnector())  # always in the caller's transaction, in the worker too
JOB_TASK = "robust.run_job"
MOST_ATTEMPTS = 5
BETWEEN_REPORTS = timedelta(seconds=1)
SILENT_WORKER = timedelta(seconds=6)
ORPHANED_AFTER = timedelta(minutes=1)
OPEN = (JobRun.State.WAITING, JobRun.State.RUNNING)


class CannotCancel(Exception):
    """The job is already over."""


class JobFailed(Exception):
    """The job cannot be done, for a reason that its person can understand; the text is what they read."""


class JobCancelled(Exception):
    """The person has asked for the job to be cancelled."""


class JobStopped(Exception):
    """The worker is stopping; another one goes on from the checkpoint."""


class JobTaken(Exception):
    """Another attempt has taken the job over; this one may not write any more."""


@transaction.atomic
def start_job(
    kind: str, *, title: str, account: Account | None, arguments: dict[str, Any], now: datetime
) -> JobRun:
    """Queue a job of an offered kind; it starts when the caller's transaction commits, else not at all."""
    run = JobRun.objects.create(
        kind=kind, title=title, started_by=account, arguments=arguments, updated_at=now
    )
    _queue(run)
    record("job.started", actor=account, now=now, subject=run, detail={"kind": kind})
    return run


@transaction.atomic
def cancel_job(run: JobRun, *, actor: Account, now: datetime) -> None:
    """Cancel at once what waits, and ask a running job to stop at its next report.

    Raises: CannotCancel.
    """
    is_open = JobRun.objects.filter(pk=run.pk, state__in=OPEN)
    if not is_open.update(cancel_requested_at=now, updated_at=now):
        raise CannotCancel(_("The job is already over. Nothing was changed."))
    is_open.filter(state=JobRun.State.WAITING).update(state=JobRun.State.CANCELLED, ended_at=now)
    if run.queue_job_id:
        QUEUE.cancel_job_by_id(run.queue_job_id, abort=True)
    record("job.cancelled", actor=actor, now=now, subject=run)


@transaction.atomic
def take_job(run_id: int, *, token: UUID, now: datetime) -> JobRun | None:
    """Make the attempt with this token the owner of a run; None when there is nothing (more) to do."""
    run = JobRun.objects.select_for_update().filter(pk=run_id, state__in=OPEN).first()
    if run is None:
        return None
    if run.cancel_requested_at:
        _end(run, state=JobRun.State.CANCELLED, now=now)
        return None
    if run.attempt_count >= MOST_ATTEMPTS:
        with translation.override(language_of(run)):
            run.message = _(
                "The job was interrupted %d times and has been given up. "
                "What it had finished is kept. Start it again, or ask your administrator to look at the log."
            ) % (run.attempt_count)
        _end(run, state=JobRun.State.FAILED, now=now)
        return None
    run.owner_token, run.state = token, JobRun.State.RUNNING
    run.attempt_count += 1
    run.started_at = run.started_at or now
    run.save(update_fields=["owner_token", "state", "attempt_count", "started_at", "updated_at"])
    return run


def language_of(run: JobRun) -> str:
    """Give the language of the person who started the job."""
    return run.started_by.language if run.started_by else "da"


class RunningJob:
    """One attempt at a job, as its handler sees it.

    A handler calls `progress` often; most calls cost nothing. A call with a checkpoint is always written, so
    a handler that saves its rows and its checkpoint in one transaction does each piece exactly once, however
    often it is interrupted. Without a transaction of the handler's own, a report is seen at once.
    """

    def __init__(
        self, run: JobRun, *, clock: Callable[[], datetime], is_stopping: Callable[[], bool]
    ) -> None:
        self.run = run
        self._clock = clock
        self._is_stopping = is_stopping
        self._reported_at = clock() - BETWEEN_REPORTS

    @property
    def arguments(self) -> dict[str, Any]:
        arguments: dict[str, Any] = self.run.arguments
        return arguments

    @property
    def checkpoint(self) -> dict[str, Any] | None:
        return self.run.checkpoint

    def progress(
        self, done: int, total: int | None = None, message: str = "", checkpoint: dict[str, Any] | None = None
    ) -> None:
        """Tell how far the job is: at most once a second, or always where a checkpoint is given.

        Raises: JobCancelled, JobStopped, JobTaken.
        """
        self.run.done_count, self.run.total_count, self.run.message = done, total, message[:500]
        is_due = self._is_due()
        if is_due or self._is_stopping():
            self._heed()
        if checkpoint is not None:
            self._write(self._clock(), checkpoint=checkpoint)
            self.run.checkpoint = checkpoint
        elif is_due:
            self._write(self._clock())

    def check(self) -> None:
        """Notice a wish to cancel or stop without telling anything. Raises as `progress` does."""
        self.progress(self.run.done_count, self.run.total_count, self.run.message)

    def finish(self, message: str = "", result_url: str = "") -> None:
        """End the job well, with what its person should read and where the result is. Raises: JobTaken."""
        if self.run.state == JobRun.State.DONE:
            return
        self.run.message, self.run.result_url = message[:500], result_url
        self.run.done_count = max(self.run.done_count, self.run.total_count or 0)
        self._end(JobRun.State.DONE)

    def fail(self, message: str) -> None:
        """End the job with the sentence that says why. Raises: JobTaken."""
        self.run.message = message[:500]
        self._end(JobRun.State.FAILED)

    def cancel(self) -> None:
        """End the job because its person wanted that. Raises: JobTaken."""
        self._end(JobRun.State.CANCELLED)

    def release(self) -> None:
        """Give the job back for another worker; a planned stop is no attempt. Raises: JobTaken."""
        self.run.state = JobRun.State.WAITING
        self._write(self._clock(), owner_token=None, attempt_count=F("attempt_count") - 1)

    def _is_due(self) -> bool:
        return self._clock() - self._reported_at >= BETWEEN_REPORTS

    def _heed(self) -> None:
        found = self._mine().values_list("cancel_requested_at", flat=True)
        if not found:
            raise JobTaken
        if found[0]:
            raise JobCancelled
        if self._is_stopping():
            raise JobStopped

    def _end(self, state: JobRun.State) -> None:
        self.run.state = state
        now = self._clock()
        self._write(now, ended_at=now)

    def _write(self, now: datetime, **more: Any) -> None:
        run = self.run
        written = self._mine().update(
            state=run.state,
            done_count=run.done_count,
            total_count=run.total_count,
            message=run.message,
            result_url=run.result_url,
            updated_at=now,
            **more,
        )
        if not written:
            raise JobTaken
        self._reported_at = now

    def _mine(self) -> Any:
        return JobRun.objects.filter(
            pk=self.run.pk, owner_token=self.run.owner_token, state=JobRun.State.RUNNING
        )


def rescue_jobs(*, now: datetime) -> int:
    """Queue again what killed workers were doing, and open runs that have lost their place in the queue.

    Give how many. A worker counts as killed after six seconds without a heartbeat.
    """
    silent = Q(worker=None) | Q(worker__last_heartbeat__lt=Now() - SILENT_WORKER)
    stalled = ProcrastinateJob.objects.filter(silent, status="doing").order_by("id")
    queued = ProcrastinateJob.objects.filter(id=OuterRef("queue_job_id"), status__in=["todo", "doing"])
    count = sum(_retry(job_id, now=now) for job_id in stalled.values_list("id", flat=True))
    orphans = JobRun.objects.filter(~Exists(queued), state__in=OPEN, updated_at__lt=now - ORPHANED_AFTER)
    for run in orphans.order_by("id"):
        _queue(run)
        count += 1
    return count


def _retry(job_id: int, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            QUEUE.retry_job_by_id(job_id, retry_at=now)
    except ConnectorException:  # its worker was only slow, and has ended the job in between
        return False
    return True


def _queue(run: JobRun) -> None:
    run.queue_job_id = configure_task(name=JOB_TASK, job_manager=QUEUE).defer(run_id=run.pk)
    run.save(update_fields=["queue_job_id", "updated_at"])


def _end(run: JobRun, *, state: JobRun.State, now: datetime) -> None:
    run.state, run.ended_at = state, now
    run.save(update_fields=["state", "ended_at", "message", "updated_at"])
