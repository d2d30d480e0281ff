"""What the pages of the background jobs show."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from robust.organisation.models import JobRun


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """One job: how far it is, what it says, and what can be done with it."""

    id: int
    title: str
    state: str
    state_label: str
    message: str
    done_count: int
    total_count: int | None
    started_at: datetime | None
    asked_at: datetime
    ended_at: datetime | None
    result_url: str
    cancel_url: str
    is_open: bool
    is_being_cancelled: bool


def job_page(run: JobRun) -> JobPage:
    """Show one job."""
    is_open = run.ended_at is None
    return JobPage(
        id=run.pk,
        title=run.title,
        state=run.state,
        state_label=run.get_state_display(),
        message=run.message,
        done_count=run.done_count,
        total_count=run.total_count,
        started_at=run.started_at,
        asked_at=run.created_at,
        ended_at=run.ended_at,
        result_url=run.result_url,
        cancel_url="" if not is_open else reverse("organisation:job_cancel", args=[run.pk]),
        is_open=is_open,
        is_being_cancelled=is_open and run.cancel_requested_at is not None,
    )
