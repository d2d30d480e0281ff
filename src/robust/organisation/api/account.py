"""Who the key acts for, and the background jobs of that account."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import BaseModel
from pydantic.json_schema import SkipJsonSchema

from robust.core.http import Id, Moment, Paged, Paging, SignedInRequest, Words, one_of, page_of
from robust.organisation import actions, queries
from robust.organisation.models import JobRun, Role

router = Router(tags=["organisation"])
RoleValue = Annotated[Role, one_of(Role)]
JobState = Annotated[JobRun.State, one_of(JobRun.State)]


class HeldRoleAnswer(Schema):
    """A role, and the unit at which and below which it is held."""

    role: RoleValue
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
    state: JobState
    done: int = Field(alias="done_count")
    total: int | None = Field(alias="total_count")
    message: str
    result_url: str
    created_at: Moment
    started_at: Moment | None
    ended_at: Moment | None


class JobsAsked(BaseModel):
    """Which jobs are wanted: those with the words in their title, in a state."""

    words: Words = ""
    state: JobState | SkipJsonSchema[None] = None


@router.get("/me", response=AccountAnswer, summary="Who the key acts for")
def me(request: SignedInRequest) -> dict[str, Any]:
    account = request.user
    held = queries.roles_on(account, day=timezone.localdate())
    return {
        "id": account.pk,
        "name": account.name,
        "email": account.email,
        "language": account.language,
        "roles": [{"role": one.role, "unit": one.unit_id} for one in held],
    }


@router.get("/jobs", response=Paged[JobAnswer], summary="My background jobs, newest first")
def job_list(request: SignedInRequest, asked: Query[JobsAsked], paging: Query[Paging]) -> dict[str, Any]:
    return page_of(queries.jobs_with(_jobs(request), words=asked.words, state=asked.state or ""), paging)


@router.get("/jobs/{job}", response=JobAnswer, summary="How far one job is")
def job_detail(request: SignedInRequest, job: Id) -> JobRun:
    return get_object_or_404(_jobs(request), pk=job)


@router.post("/jobs/{job}/cancel", response=JobAnswer, summary="Cancel a job; what it had finished is kept")
def job_cancel(request: SignedInRequest, job: Id) -> JobRun:
    run = get_object_or_404(_jobs(request), pk=job)
    actions.cancel_job(run, actor=request.user, now=timezone.now())
    run.refresh_from_db()
    return run


def _jobs(request: SignedInRequest) -> QuerySet[JobRun]:
    return queries.jobs_of(request.user)
