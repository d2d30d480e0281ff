"""Documents read into a plan: handed in, looked through row by row, taken over or dropped."""

from datetime import date
from typing import Annotated, Any, Literal, get_args

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema, Status
from pydantic import BaseModel
from pydantic.json_schema import SkipJsonSchema

from robust.core.http import (
    BYTES,
    AskedDay,
    AskedId,
    Day,
    Document,
    Id,
    Moment,
    Named,
    Paged,
    Paging,
    Ref,
    SaidText,
    Sent,
    SignedInRequest,
    Text,
    Words,
    a_file,
    file_answer,
    kept_text,
    one_of,
    page_of,
)
from robust.organisation import actions as organisation_actions
from robust.programme import queries, rules
from robust.programme.actions import reading as actions
from robust.programme.actions.taking_over import TakenOver, take_over
from robust.programme.api import found
from robust.programme.forms.reading import ReadingForm
from robust.programme.models import DocumentReading, Initiative, PlanRelation, ProposedRow
from robust.programme.pages.reading import narrowed, refusal_of
from robust.programme.queries.outcome import words
from robust.programme.queries.reading import readings_with

router = Router(tags=["reading"])
State = Annotated[DocumentReading.State, one_of(DocumentReading.State)]
Outcome = Annotated[ProposedRow.Outcome, one_of(ProposedRow.Outcome)]
Choice = Annotated[ProposedRow.Choice, one_of(ProposedRow.Choice)]
RelationKind = Annotated[PlanRelation.Kind, one_of(PlanRelation.Kind)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]
Kind = Literal["", "new", "changed", "unchanged", "left_out", "similar"]
LEFT_OUT: Any = Field(default_factory=str)


class ReadingAnswer(Schema):
    """A document that was handed in, and how far it is; `job` is the one that reads it."""

    id: int
    state: State
    file: str
    plan: Named
    unit: Named
    dated_on: date
    red_since_on: date | None
    coverage_plan: Named | None
    read_by: Named
    created_at: Moment
    applied_at: Moment | None
    job: int | None


class RowCountsAnswer(Schema):
    """How many rows bring what; `similar` are new but look like a known initiative."""

    rows: int
    new: int
    changed: int
    unchanged: int
    left_out: int
    similar: int


class NotUnderstoodAnswer(Schema):
    """Something in the document that did not become a row."""

    page: int
    cell: str
    reason: str
    text: str


class ReadingInFullAnswer(ReadingAnswer):
    """The same with what the document holds: `refusal` says why it cannot be read, `gone` what it lacks."""

    refusal: str
    counts: RowCountsAnswer
    not_understood: list[NotUnderstoodAnswer]
    gone: list[Named]


class RowBeforeAnswer(Schema):
    """The words of a row as the document before had them."""

    text: str
    status: str
    example: str


class RowAnswer(Schema):
    """A proposed row: what the document says, which words were red, and what is to become of it.

    `outcome` says how it stands to the document before, `before` what that one said where it differs.
    """

    number: int
    area: str
    group: str
    text: str
    status: str
    example: str
    coverage: str
    owner: str
    deadline: str
    red: list[str]
    page: int
    cell: str
    choice: Choice
    joined: Named | None
    repeats: int | None
    similar: Named | None
    relation_kind: RelationKind | None
    outcome: Outcome | None
    before: RowBeforeAnswer | None


class TakenOverAnswer(Schema):
    """What came of a document, by count; of the joined rows some brought a change, the others nothing."""

    made: int
    joined: int
    changed: int
    unchanged: int
    left_out: int
    statuses: int


class JoinedAnswer(Schema):
    """How many rows were joined to the initiative they resemble."""

    count: int


class ReadingSent(BaseModel):
    """What is said of a document: its plan, where its examples are from, and the day its status holds for.

    `red_since_on`: if red text marks what is new, the day of the version before. `coverage_plan`: if a column
    says how each initiative stands to another plan.
    """

    plan: Id
    unit: Id
    dated_on: Day
    red_since_on: AskedDay = None
    coverage_plan: AskedId = None


class RowSent(Sent):
    """What is to be different in a row; what is left out stays.

    With the choice `join` and no `joined`, the row is joined to the one it resembles.
    """

    area: Words = LEFT_OUT
    group: Annotated[str, kept_text(300)] = LEFT_OUT
    text: SaidText = LEFT_OUT
    status: Text = LEFT_OUT
    example: Text = LEFT_OUT
    relation_kind: RelationKind | None = None
    choice: Choice = LEFT_OUT
    joined: Ref | None = None


class ReadingsAsked(BaseModel):
    """Which documents are wanted: those with the words in the name of their file, of a plan, in a state."""

    words: Words = ""
    plan: AskedId = None
    state: State | SkipJsonSchema[None] = None


class RowsAsked(BaseModel):
    """Which rows are wanted: `similar` are those that are new but look like a known initiative."""

    kind: Kind = ""


@router.get("/readings", response=Paged[ReadingAnswer], summary="Documents handed in, newest first")
def reading_list(
    request: SignedInRequest, asked: Query[ReadingsAsked], paging: Query[Paging]
) -> dict[str, Any]:
    day = timezone.localdate()
    _refuse_others(request, day=day)
    visible = queries.readings_visible_to(request.user, day=day)
    readings = readings_with(visible, words=asked.words, plan=asked.plan, state=asked.state or "")
    return page_of(readings, paging, lambda rows: [_reading(reading) for reading in rows])


@router.post("/readings", response={201: ReadingAnswer}, summary="Hand in a document to be read")
def reading_create(request: SignedInRequest, sent: Form[ReadingSent], file: File[Document]) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    _refuse_others(request, day=day)
    form = ReadingForm(
        sent.model_dump(),
        {"file": file},
        plans=queries.plans_managed_by(request.user, day=day),
        other_plans=queries.plans_visible_to(request.user, day=day),
        units=queries.places_to_read_for(request.user, day=day),
        today=day,
    )
    found.refuse_what_is_wrong(form)
    reading = actions.start_reading(form.upload(), actor=request.user, now=now)
    return Status(201, _reading(reading))


@router.get("/readings/{reading}", response=ReadingInFullAnswer, summary="One document, and how far it is")
def reading_detail(request: SignedInRequest, reading: Id) -> dict[str, Any]:
    visible = _visible(request, reading)
    told = queries.outcomes_of(visible)
    return _reading(visible) | {
        "refusal": refusal_of(visible),
        "counts": {kind or "rows": len(narrowed(told, kind)) for kind in get_args(Kind)},
        "not_understood": [_left(one) for one in visible.not_understood],
        "gone": [{"id": one.pk, "name": one.title} for one in queries.gone_since(visible)],
    }


@router.get("/readings/{reading}/rows", response=Paged[RowAnswer], summary="What a document proposes")
def reading_rows(
    request: SignedInRequest, reading: Id, asked: Query[RowsAsked], paging: Query[Paging]
) -> dict[str, Any]:
    told = queries.outcomes_of(_visible(request, reading))
    return page_of(narrowed(told, asked.kind), paging, lambda part: [_row(outcome) for outcome in part])


@router.patch(
    "/readings/{reading}/rows/{number}",
    response=RowAnswer,
    summary="Correct a row, join it to an initiative, or leave it out",
)
def reading_row(request: SignedInRequest, reading: Id, number: Number, sent: RowSent) -> dict[str, Any]:
    visible = _visible(request, reading)
    row = get_object_or_404(queries.rows_of(visible), number=number)
    values = _values(request, sent, row, reading=visible)
    actions.correct_row(row, values=values, actor=request.user, now=timezone.now())
    told = queries.outcomes_of(visible)
    return _row(next(outcome for outcome in told if outcome.row.pk == row.pk))


@router.post(
    "/readings/{reading}/join-similar",
    response=JoinedAnswer,
    summary="Join every new row to the initiative it resembles",
)
def reading_join_similar(request: SignedInRequest, reading: Id) -> dict[str, int]:
    visible = _visible(request, reading)
    return {"count": actions.accept_similar(visible, actor=request.user, now=timezone.now())}


@router.post(
    "/readings/{reading}/take-over",
    response=TakenOverAnswer,
    summary="Take a looked-through document over, all of it or nothing",
)
def reading_take_over(request: SignedInRequest, reading: Id) -> TakenOver:
    return take_over(_visible(request, reading), actor=request.user, now=timezone.now())


@router.post("/readings/{reading}/drop", response=ReadingAnswer, summary="Leave a document out")
def reading_drop(request: SignedInRequest, reading: Id) -> dict[str, Any]:
    actions.drop_reading(_visible(request, reading), actor=request.user, now=timezone.now())
    return _reading(_visible(request, reading))


@router.get(
    "/readings/{reading}/file", openapi_extra=a_file(BYTES), summary="The document as it was handed in"
)
def reading_file(request: SignedInRequest, reading: Id) -> HttpResponse:
    kept = queries.documents_visible_to(request.user, day=timezone.localdate())
    file = get_object_or_404(kept, pk=reading).file
    organisation_actions.record("file.downloaded", actor=request.user, now=timezone.now(), subject=file)
    return file_answer(file.name, bytes(file.content), media_type=BYTES)


def _refuse_others(request: SignedInRequest, *, day: date) -> None:
    if not rules.can_manage_some_plans(request.user, day=day):
        raise PermissionDenied


def _visible(request: SignedInRequest, pk: int) -> DocumentReading:
    readings = queries.readings_visible_to(request.user, day=timezone.localdate())
    return get_object_or_404(readings, pk=pk)


def _reading(reading: DocumentReading) -> dict[str, Any]:
    names = ("id", "state", "plan", "unit", "dated_on", "red_since_on", "coverage_plan", "read_by",
             "created_at", "applied_at")  # fmt: skip
    told = {"file": reading.file.name, "job": reading.run_id}
    return {name: getattr(reading, name) for name in names} | told


def _left(left: dict[str, Any]) -> dict[str, Any]:
    source = left["source"]
    return {"page": source["page"], "cell": source["cell"], "reason": left["reason"], "text": left["text"]}


def _row(outcome: queries.RowOutcome) -> dict[str, Any]:
    row, before = outcome.row, outcome.before
    names = ("number", "area", "group", "text", "status", "example", "coverage", "owner", "deadline", "red",
             "page", "cell", "choice")  # fmt: skip
    joined = row.joined or (row.joined_row.joined if row.joined_row else None)
    return {name: getattr(row, name) for name in names} | {
        "joined": _titled(joined),
        "repeats": row.joined_row.number if row.joined_row else None,
        "similar": _titled(row.similar),
        "relation_kind": row.relation_kind or None,
        "outcome": outcome.kind or None,
        "before": dict(zip(("text", "status", "example"), words(before), strict=True)) if before else None,
    }


def _titled(initiative: Initiative | None) -> dict[str, Any] | None:
    return {"id": initiative.pk, "name": initiative.title} if initiative else None


def _values(
    request: SignedInRequest, sent: RowSent, row: ProposedRow, *, reading: DocumentReading
) -> dict[str, Any]:
    values = sent.model_dump(exclude_unset=True, exclude={"joined"})
    if "relation_kind" in values:
        values["relation_kind"] = sent.relation_kind or ""
    if sent.joined:
        initiatives = queries.joinable(reading, request.user, day=timezone.localdate())
        values["joined"] = found.chosen(initiatives, sent.joined, where="joined")
    elif sent.choice == ProposedRow.Choice.JOIN and not (row.joined or row.joined_row):
        values["joined"] = row.similar
    return values
