"""The catalogue of good examples: found, told, taken up at a unit, and what came of it there."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import BaseModel

from robust.core.http import (
    Against,
    AskedId,
    Id,
    Line,
    Named,
    Paged,
    Paging,
    Ref,
    Sent,
    SignedInRequest,
    Words,
    kept_text,
    page_of,
)
from robust.organisation import queries as organisation_queries
from robust.programme import rules
from robust.programme.actions import example as actions
from robust.programme.api import found
from robust.programme.models import Example, ExampleAdoption
from robust.programme.queries import example as example_queries

router = Router(tags=["good examples"])
Telling = Annotated[str, kept_text(20_000)]
Recommended = Annotated[list[Ref], Field(min_length=1, max_length=50)]


class RecommendationAnswer(Schema):
    """A recommendation of the labour inspectorate, and how many examples show it."""

    id: int
    number: int
    name: str
    example_count: int


class RecommendedAnswer(Schema):
    """A recommendation that an example shows."""

    id: int
    number: int
    name: str


class ExampleAnswer(Schema):
    """A good example, and how many places took it up."""

    id: int
    title: str
    place: str
    what_was_done: str
    context: str
    prerequisites: str
    result: str
    why_stopped: str
    recommendations: list[RecommendedAnswer]
    adoption_count: int


class AdoptionAnswer(Schema):
    """A unit that took an example up, what it changed, what came of it, and why it stopped if it did."""

    id: int
    example: int
    unit: Named
    adopted_on: date
    changed: str
    result: str
    why_stopped: str
    initiative: int | None


class ExampleInFullAnswer(ExampleAnswer):
    """The same with who told it and who took it up, latest first."""

    told_by: Named
    adoptions: list[AdoptionAnswer]


class ExampleSent(Sent):
    """An example, told so that others can judge whether it would work for them. No names of people."""

    title: Line
    place: Line
    what_was_done: Annotated[str, kept_text(20_000, is_blank=False)]
    context: Telling = ""
    prerequisites: Telling = ""
    result: Telling = ""
    why_stopped: Telling = ""
    recommendations: Recommended


class AdoptSent(Sent):
    """Where an example is taken up, and what is changed in it."""

    unit: Ref
    changed: Telling = ""


class AdoptionSent(Sent):
    """What a unit changed, what came of it, and why it stopped if it did."""

    changed: Telling = ""
    result: Telling = ""
    why_stopped: Telling = ""


class ExamplesAsked(BaseModel):
    """What is looked for: words in any Danish inflection, best first; and a recommendation by its id."""

    words: Words = ""
    recommendation: AskedId = None


@router.get("/recommendations", response=Paged[RecommendationAnswer], summary="What examples are shown under")
def recommendation_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(example_queries.recommendations(), paging)


@router.get("/examples", response=Paged[ExampleAnswer], summary="Good examples; everybody sees all of them")
def example_list(
    request: SignedInRequest, asked: Query[ExamplesAsked], paging: Query[Paging]
) -> dict[str, Any]:
    wanted = example_queries.examples()
    if asked.recommendation:
        wanted = wanted.filter(recommendations=asked.recommendation)
    if asked.words:
        wanted = example_queries.searched(wanted, asked.words)
    return page_of(wanted, paging, lambda rows: [_example(row) for row in rows])


@router.post("/examples", response={201: ExampleInFullAnswer}, summary="Tell a good example")
def example_create(request: SignedInRequest, sent: ExampleSent) -> Status[Any]:
    example = actions.tell(
        told=_told(sent), recommendations=_shown(sent), actor=request.user, now=timezone.now()
    )
    return Status(201, example_detail(request, example.pk))


@router.get("/examples/{example}", response=ExampleInFullAnswer, summary="One example and who took it up")
def example_detail(request: SignedInRequest, example: Id) -> dict[str, Any]:
    row = get_object_or_404(example_queries.examples().select_related("told_by"), pk=example)
    seen = organisation_queries.units_visible_to(request.user, day=timezone.localdate())
    adoptions = [_adoption(adoption, seen) for adoption in example_queries.adoptions_of(row)]
    return _example(row) | {"told_by": row.told_by, "adoptions": adoptions}


@router.put("/examples/{example}", response=ExampleInFullAnswer, summary="Tell an example anew")
def example_edit(request: SignedInRequest, example: Id, sent: ExampleSent) -> dict[str, Any]:
    now = timezone.now()
    told = _known(example)
    if not rules.can_retell(request.user, told, day=timezone.localdate(now)):
        raise PermissionDenied
    actions.retell(example=told, told=_told(sent), recommendations=_shown(sent), actor=request.user, now=now)
    return example_detail(request, example)


@router.post(
    "/examples/{example}/adoptions",
    response={201: AdoptionAnswer},
    summary="Make an initiative of an example at a unit that you lead; where it goes on already, gives that",
)
def example_adopt(request: SignedInRequest, example: Id, sent: AdoptSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    known = _known(example)
    leading = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    if not leading:
        raise PermissionDenied
    open_ones = leading & organisation_queries.tree_on(day).nodes.keys()
    unit = found.chosen_unit(sent.unit, among=open_ones)
    adoption = actions.adopt(example=known, unit=unit, changed=sent.changed, actor=request.user, now=now)
    return Status(201, _adoption(adoption, leading))


@router.put(
    "/adoptions/{adoption}", response=AdoptionAnswer, summary="Say what came of it at a unit you lead"
)
def adoption_edit(request: SignedInRequest, adoption: Id, sent: AdoptionSent) -> dict[str, Any]:
    now = timezone.now()
    known = get_object_or_404(example_queries.adoptions(), pk=adoption)
    leading = organisation_queries.units_where(request.user, roles=rules.LEADING, day=timezone.localdate(now))
    if known.unit_id not in leading:
        raise PermissionDenied
    actions.tell_result(adoption=known, **sent.model_dump(), actor=request.user, now=now)
    return _adoption(example_queries.adoptions().get(pk=adoption), leading)


def _known(pk: int) -> Example:
    return get_object_or_404(example_queries.examples(), pk=pk)


def _told(sent: ExampleSent) -> dict[str, str]:
    return sent.model_dump(exclude={"recommendations"})


def _shown(sent: ExampleSent) -> list[Any]:
    known = {row.pk: row for row in example_queries.recommendations()}
    try:
        return [known[pk] for pk in sent.recommendations]
    except KeyError as error:
        problem = _("This cannot be chosen here: it does not exist, or you may not use it.")
        raise Against("recommendations", problem) from error


def _example(example: Any) -> dict[str, Any]:
    names = ("id", *actions.TOLD, "adoption_count")
    shown = list(example.recommendations.all())
    return {name: getattr(example, name) for name in names} | {"recommendations": shown}


def _adoption(adoption: ExampleAdoption, seen: frozenset[int]) -> dict[str, Any]:
    names = ("id", "unit", "adopted_on", "changed", "result", "why_stopped")
    initiative = adoption.initiative_id if adoption.unit_id in seen else None
    told = {"example": adoption.example_id, "initiative": initiative}
    return {name: getattr(adoption, name) for name in names} | told
