"""For programs: who the key acts for, and the background jobs of that account."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema
from ninja.errors import HttpError

from robust.organisation import actions, queries
from robust.organisation.models import Account, JobRun, Role

router = Router(tags=["organisation"])
JOBS_ON_A_PAGE = 50
LARGEST_ID = 2**63 - 1
JobId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]


class HeldRoleAnswer(Schema):
    """A role, and the unit at which and below which it is held."""

    role: Role
    unit: int


class AccountAnswer(Schema):
    """The account that the key acts for."""

    id: int
    name: str
    email: str
    language: str
    roles: list[HeldRoleAnswer]


class JobAnswer(Schema):
    """How far a background job is, and what came of it."""

    id: int
    kind: str
    title: str
    state: JobRun.State
    done: int = Field(alias="done_count")
    total: int | None = Field(alias="total_count")
    message: str
    result_url: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@router.get("/me", response=AccountAnswer, summary="Who the key acts for")
def me(request: HttpRequest) -> dict[str, Any]:
    account = _account(request)
    held = queries.roles_on(account, day=timezone.localdate())
    return {
        "id": account.pk,
        "name": account.name,
        "email": account.email,
        "language": account.language,
        "roles": [{"role": one.role, "unit": one.unit_id} for one in held],
    }


@router.get("/jobs", response=list[JobAnswer], summary="My background jobs, newest first, 50 on a page")
def job_list(request: HttpRequest, page: PageNumber = 1) -> list[JobRun]:
    first = (page - 1) * JOBS_ON_A_PAGE
    return list(queries.jobs_of(_account(request))[first : first + JOBS_ON_A_PAGE])


@router.get("/jobs/{job}", response=JobAnswer, summary="How far one job is")
def job_detail(request: HttpRequest, job: JobId) -> JobRun:
    return get_object_or_404(queries.jobs_of(_account(request)), pk=job)


@router.post("/jobs/{job}/cancel", response=JobAnswer, summary="Cancel a job; what it had finished is kept")
def job_cancel(request: HttpRequest, job: JobId) -> JobRun:
    account = _account(request)
    run = get_object_or_404(queries.jobs_of(account), pk=job)
    try:
        actions.cancel_job(run, actor=account, now=timezone.now())
    except actions.CannotCancel as error:
        raise HttpError(409, str(error)) from error
    run.refresh_from_db()
    return run


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101 - the key has seen to it
    return request.user
