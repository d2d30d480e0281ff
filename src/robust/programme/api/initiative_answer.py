"""What programs are shown of initiatives: in a list with the latest status at each place, or in full."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from robust.core.http import Moment, Named, Number, SignedInRequest, one_of
from robust.organisation import queries as organisation_queries
from robust.programme import queries
from robust.programme.api.change import SourceAnswer
from robust.programme.api.status import JudgementValue
from robust.programme.models import Initiative, PlanRelation, ProblemInitiative, Status
from robust.thread import queries as thread_queries
from robust.thread.models import End

KindOfInitiative = Annotated[Initiative.Kind, one_of(Initiative.Kind)]
RelationKind = Annotated[PlanRelation.Kind, one_of(PlanRelation.Kind)]
Level = Annotated[ProblemInitiative.Level, one_of(ProblemInitiative.Level)]


class PlaceAnswer(Schema):
    """Where an initiative stands: plan, area, track and group."""

    id: int
    plan: Named
    area: Named | None
    track: Named | None
    group: str


class LatestAnswer(Schema):
    """The latest that was said at a place."""

    id: int
    unit: Named
    dated_on: date
    judgement: JudgementValue | None
    text: str
    reason: str
    recorded_by: str


class InitiativeAnswer(Schema):
    """An initiative, where it stands in the plans you see, and the latest status at each place."""

    id: int
    title: str
    kind: KindOfInitiative
    unit: Named
    owner: Named | None
    party: Named | None
    starts_on: date | None
    ends_on: date | None
    next_review_on: date | None
    awaits_decision: bool
    placements: list[PlaceAnswer]
    latest: list[LatestAnswer]


class WebLinkAnswer(Schema):
    """An address where more stands."""

    id: int
    label: str
    url: str


class FundingAnswer(Schema):
    """Money set aside."""

    id: int
    amount_dkk: Number
    source: str
    decided_on: date | None


class WorksOnAnswer(Schema):
    """A problem that the initiative works on, at a level."""

    problem: int
    text: str
    track: Named
    level: Level


class StandsToAnswer(Schema):
    """How the initiative stands to another plan, why, who looks after it, and the track it lives in."""

    plan: Named
    kind: RelationKind
    reason: str
    owner: Named | None
    track: Named | None


class InitiativeInFullAnswer(InitiativeAnswer):
    """All that hangs on an initiative; send `version` back with a change, and nobody's words are lost."""

    text: str
    deputy: Named | None
    forum: Named | None
    decision_wanted: str
    adopted_from: int | None
    ideas: list[int]
    links: list[WebLinkAnswer]
    funding: list[FundingAnswer]
    problems: list[WorksOnAnswer]
    relations: list[StandsToAnswer]
    sources: list[SourceAnswer]
    version: Moment


def initiative_answers(initiatives: Iterable[Initiative], *, units: frozenset[int]) -> list[dict[str, Any]]:
    """Show initiatives that were read for a list, with the latest status at each place; one query more."""
    rows = list(initiatives)
    latest = queries.latest_by_initiative(
        [initiative.pk for initiative in rows], units=units, day=timezone.localdate()
    )
    return [
        _initiative(row) | {"latest": [_latest(status) for status in latest.get(row.pk, ())]} for row in rows
    ]


def initiative_in_full(request: SignedInRequest, pk: int) -> dict[str, Any]:
    """Show an initiative that the account sees. Raises: Http404."""
    units = organisation_queries.units_visible_to(request.user, day=timezone.localdate())
    visible = queries.initiatives_visible_to(request.user, day=timezone.localdate(), units=units)
    row = get_object_or_404(queries.with_sources(queries.in_full(visible, units=units)), pk=pk)
    (shown,) = initiative_answers([row], units=units)
    end = End(thing="initiative", id=pk)
    thread = thread_queries.thread_of(
        end, request.user, day=timezone.localdate(), without=("decision", "read")
    )
    origins = {(strand.kind, strand.end.thing): strand.end.id for strand in thread.came_from}
    ideas = [strand.end for strand in thread.came_from if strand.kind == "became"]
    names = ("text", "deputy", "forum", "decision_wanted")
    return (
        shown
        | {name: getattr(row, name) for name in names}
        | {
            "adopted_from": origins.get(("adopted", "example")),
            "ideas": sorted(end.id for end in ideas if end.thing == "idea"),
            "links": list(row.links.all()),
            "funding": list(row.funding.all()),
            "problems": [_problem(link) for link in row.problems.all()],
            "relations": list(row.plan_relations.all()),
            "sources": [_source(source) for source in row.sources.all()],
            "version": row.updated_at,
        }
    )


LISTED = ("id", "title", "kind", "unit", "owner", "party", "starts_on", "ends_on", "next_review_on",
          "awaits_decision")  # fmt: skip


def _initiative(row: Initiative) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LISTED} | {"placements": list(row.placements.all())}


def _latest(status: Status) -> dict[str, Any]:
    names = ("id", "unit", "dated_on", "text", "reason")
    said = {"judgement": status.judgement or None, "recorded_by": status.recorded_by.name}
    return {name: getattr(status, name) for name in names} | said


def _problem(link: ProblemInitiative) -> dict[str, Any]:
    problem = link.problem
    return {"problem": problem.pk, "text": problem.text, "track": problem.track, "level": link.level}


def _source(source: Any) -> dict[str, Any]:
    return {"file": source.reading.file.name, "page": source.page, "cell": source.cell}
