"""Follow-ups as documents: ordered, written by a job, fetched; and the hospital's own slide template."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from ninja import Field, File, Query, Router, Schema, Status
from pydantic import BaseModel
from pydantic.json_schema import SkipJsonSchema

from robust.core.http import (
    Against,
    AskedId,
    Day,
    Document,
    Id,
    Moment,
    Named,
    Paged,
    Paging,
    Ref,
    Sent,
    SignedInRequest,
    a_file,
    file_answer,
    one_of,
    page_of,
)
from robust.organisation import actions as organisation_actions
from robust.organisation.models import JobRun
from robust.programme import queries
from robust.programme.actions import handout as actions
from robust.programme.api import found
from robust.programme.bridge.follow_up import CannotUseTemplate, check_template
from robust.programme.forms.handout import HandoutForm, TemplateForm
from robust.programme.models import Handout, Plan, SlideTemplate
from robust.programme.pages.handout import template_refusal
from robust.programme.queries import handout as handout_queries

router = Router(tags=["handing over"])
KindOfHandout = Annotated[Handout.Kind, one_of(Handout.Kind)]
NOT_WRITTEN = (JobRun.State.FAILED, JobRun.State.CANCELLED)


class HandoutAnswer(Schema):
    """A follow-up as a document. While it is being written, ask again; `message` says why it was not."""

    id: int
    plan: Named
    kind: KindOfHandout
    dated_on: date
    compared_on: date | None
    state: Literal["being_written", "written", "not_written"]
    message: str
    file: str | None
    job: int | None
    created_at: Moment


class TemplateAnswer(Schema):
    """The slide template that is used for a plan: its unit's own, or that of the nearest unit above."""

    unit: Named
    file: str


class HandoutSent(Sent):
    """A follow-up to be written; `pptx` slides, `docx` text, `pdf` print, `xlsx` sheet.

    What is left out is as on the screen: today, compared with the latest meeting before, the hospitals with a
    column each. Where `compared_on` is null, nothing is marked as new.
    """

    kind: KindOfHandout = Handout.Kind.SLIDES
    dated_on: Day | None = None
    compared_on: Day | None = None
    sites: Annotated[list[Ref], Field(max_length=200)] | None = None


class HandoutsAsked(BaseModel):
    """Which of one's own follow-ups are wanted."""

    plan: AskedId = None
    kind: KindOfHandout | SkipJsonSchema[None] = None


@router.get("/handouts", response=Paged[HandoutAnswer], summary="Follow-ups you ordered, newest first")
def handout_list(
    request: SignedInRequest, asked: Query[HandoutsAsked], paging: Query[Paging]
) -> dict[str, Any]:
    mine = handout_queries.handouts_visible_to(request.user)
    wanted = handout_queries.handouts_with(mine, plan=asked.plan, kind=asked.kind or "")
    return page_of(wanted, paging, lambda rows: [_handout(row) for row in rows])


@router.post("/plans/{plan}/handouts", response={201: HandoutAnswer}, summary="Order a follow-up")
def handout_create(request: SignedInRequest, plan: Id, sent: HandoutSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = found.visible_plan(request, plan, day=day)
    sites = handout_queries.sites_of(visible, request.user, day=day)
    form = HandoutForm(_wanted(sent, visible, sites=sites, day=day), sites=sites, today=day)
    found.refuse_what_is_wrong(form)
    handout = actions.order_handout(form.order(visible), actor=request.user, now=now)
    return Status(201, _handout(handout))


@router.get("/handouts/{handout}", response=HandoutAnswer, summary="How far a follow-up is")
def handout_detail(request: SignedInRequest, handout: Id) -> dict[str, Any]:
    return _handout(_mine(request, handout))


@router.get(
    "/handouts/{handout}/file",
    openapi_extra=a_file(*actions.MEDIA_TYPES.values()),
    summary="The follow-up as a document",
)
def handout_file(request: SignedInRequest, handout: Id) -> HttpResponse:
    file = _mine(request, handout).file
    if file is None:
        raise Http404
    organisation_actions.record("file.downloaded", actor=request.user, now=timezone.now(), subject=file)
    return file_answer(file.name, bytes(file.content), media_type=file.media_type)


@router.get("/plans/{plan}/slide-template", response=TemplateAnswer, summary="The slide template of a plan")
def template_detail(request: SignedInRequest, plan: Id) -> dict[str, Any]:
    day = timezone.localdate()
    template = handout_queries.template_for(found.visible_plan(request, plan, day=day).unit_id, day=day)
    if template is None:
        raise Http404
    return _template(template)


@router.post("/plans/{plan}/slide-template", response={201: TemplateAnswer}, summary="Use a slide template")
def template_edit(request: SignedInRequest, plan: Id, file: File[Document]) -> Status[Any]:
    now = timezone.now()
    managed = found.managed_plan(request, plan, day=timezone.localdate(now))
    form = TemplateForm({}, MultiValueDict({"file": [file]}))
    found.refuse_what_is_wrong(form)
    content = file.read()
    try:
        check_template(content)
    except CannotUseTemplate as error:
        raise Against("file", template_refusal(error.code)) from error
    template = actions.set_template(
        managed.unit, name=str(file.name), content=content, actor=request.user, now=now
    )
    return Status(201, _template(template))


@router.delete("/plans/{plan}/slide-template", response={204: None}, summary="Go back to plain slides")
def template_remove(request: SignedInRequest, plan: Id) -> Status[None]:
    now = timezone.now()
    managed = found.managed_plan(request, plan, day=timezone.localdate(now))
    actions.stop_using_template(managed.unit, actor=request.user, now=now)
    return Status(204, None)


def _mine(request: SignedInRequest, pk: int) -> Handout:
    return get_object_or_404(handout_queries.handouts_visible_to(request.user), pk=pk)


def _wanted(sent: HandoutSent, plan: Plan, *, sites: Any, day: date) -> dict[str, Any]:
    """Give what is sent with what the screen proposes for the rest."""
    dated_on = sent.dated_on or day
    since = sent.compared_on
    if "compared_on" not in sent.model_fields_set:
        since, _meeting = queries.usual_comparison_day(unit_id=plan.unit_id, day=dated_on)
    columns = handout_queries.usual_sites(sites) if sent.sites is None else sent.sites
    return {"kind": sent.kind, "dated_on": dated_on, "compared_on": since, "sites": columns}


def _handout(handout: Handout) -> dict[str, Any]:
    names = ("id", "plan", "kind", "dated_on", "compared_on", "created_at")
    run, file = handout.run, handout.file
    is_given_up = file is None and (run is None or run.state in NOT_WRITTEN)
    return {name: getattr(handout, name) for name in names} | {
        "state": "written" if file else "not_written" if is_given_up else "being_written",
        "message": run.message if run and is_given_up else "",
        "file": file.name if file else None,
        "job": handout.run_id,
    }


def _template(template: SlideTemplate) -> dict[str, Any]:
    return {"unit": template.unit, "file": template.file.name}
