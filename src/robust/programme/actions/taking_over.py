"""Taking a looked-through document over into the plan, all of it or nothing."""

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account
from robust.programme import queries
from robust.programme.actions.reading import CannotChangeReading
from robust.programme.actions.status import record_status
from robust.programme.models import (
    Area,
    DocumentReading,
    ImportedRow,
    Initiative,
    Placement,
    Plan,
    PlanRelation,
    ProposedRow,
)
from robust.programme.queries import RowOutcome

TITLE_LENGTH = 120
ABBREVIATIONS = r"(?<!f\.eks\.)(?<!bl\.a\.)(?<!mhp\.)(?<!fx\.)(?<!inkl\.)(?<!ca\.)(?<!nr\.)(?<!evt\.)"
SENTENCE = re.compile(rf"(?<=[.!?:;]){ABBREVIATIONS}\s|\n")
Outcome = ProposedRow.Outcome


@dataclass(slots=True, kw_only=True)
class TakenOver:
    """What came of a document, by count; of the joined rows some brought a change, the others nothing."""

    made: int = 0
    joined: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    statuses: int = 0


@dataclass(slots=True)
class _Work:
    """One document being taken over, by somebody, at a moment."""

    reading: DocumentReading
    actor: Account
    now: datetime
    became: dict[int, Initiative] = field(default_factory=dict)
    done: TakenOver = field(default_factory=TakenOver)


@transaction.atomic
def take_over(reading: DocumentReading, *, actor: Account, now: datetime) -> TakenOver:
    """Make or update an initiative of each row that is not left out, just as the preview says.

    Taking the same document over again changes nothing but notes where it was read; a later version adds
    what is new. Words that a person has changed since the previous document stay.

    Raises: CannotChangeReading.
    """
    reading = DocumentReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if reading.state != DocumentReading.State.PREVIEW:
        raise CannotChangeReading(
            _("This document has already been taken over or dropped. Nothing was changed.")
        )
    Plan.objects.select_for_update().get(pk=reading.plan_id)  # two documents make no area twice
    work = _Work(reading, actor, now)
    outcomes = queries.outcomes_of(reading)
    for outcome in outcomes:
        _take(work, outcome)
    _close(work, outcomes)
    return work.done


def _close(work: _Work, outcomes: list[RowOutcome]) -> None:
    for outcome in outcomes:
        outcome.row.outcome = outcome.kind
    ProposedRow.objects.bulk_update([outcome.row for outcome in outcomes], ["outcome"])
    work.reading.state, work.reading.applied_at = DocumentReading.State.APPLIED, work.now
    work.reading.save(update_fields=["state", "applied_at", "updated_at"])
    organisation_actions.record(
        "reading.taken_over",
        actor=work.actor,
        now=work.now,
        subject=work.reading,
        detail=asdict(work.done),
    )


def _take(work: _Work, outcome: RowOutcome) -> None:
    _count(work.done, outcome)
    if outcome.kind == Outcome.LEFT_OUT:
        return
    initiative = _initiative(work, outcome)
    if outcome.text is not None:
        _reword(work, initiative, outcome.text)
    if outcome.is_placed:
        _place(work, initiative, outcome.row)
    for saying in outcome.sayings:
        _say(work, initiative, saying)
    if outcome.relates_to:
        _relate(work, initiative, outcome.row, outcome.relates_to)
    _remember(work, initiative, outcome.row)


def _count(done: TakenOver, outcome: RowOutcome) -> None:
    done.left_out += outcome.kind == Outcome.LEFT_OUT
    done.made += outcome.is_made
    done.joined += outcome.kind != Outcome.LEFT_OUT and not outcome.is_made
    done.changed += outcome.kind == Outcome.CHANGED and outcome.writes
    done.unchanged += outcome.kind != Outcome.LEFT_OUT and not outcome.writes


def _initiative(work: _Work, outcome: RowOutcome) -> Initiative:
    if outcome.is_made:
        work.became[outcome.key] = _make(work, outcome.row)
    elif outcome.initiative:
        work.became.setdefault(outcome.key, outcome.initiative)
    return work.became[outcome.key]


def _remember(work: _Work, initiative: Initiative, row: ProposedRow) -> None:
    ImportedRow.objects.create(
        initiative=initiative,
        reading=work.reading,
        page=row.page,
        cell=row.cell,
        area=row.area,
        group=row.group,
        text=row.text,
        status=queries.status_text(row),
        example=row.example,
        red=row.red,
        corrections=row.corrections,
    )


def title_of(text: str) -> str:
    """Give the first sentence or line of a text, cut between words where it is long."""
    first = SENTENCE.split(text.strip(), maxsplit=1)[0].strip().rstrip(".:;")
    if len(first) <= TITLE_LENGTH:
        return first
    return first[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;–-") + " …"


def _make(work: _Work, row: ProposedRow) -> Initiative:
    initiative = Initiative.objects.create(
        title=title_of(row.text), text=row.text, unit=work.reading.plan.unit
    )
    organisation_actions.record("initiative.created", actor=work.actor, now=work.now, subject=initiative)
    return initiative


def _reword(work: _Work, initiative: Initiative, text: str) -> None:
    if initiative.title == title_of(initiative.text):
        initiative.title = title_of(text)
    initiative.text = text
    initiative.save(update_fields=["title", "text", "updated_at"])
    organisation_actions.record(
        "initiative.changed", actor=work.actor, now=work.now, subject=initiative, detail={"changed": ["text"]}
    )


def _place(work: _Work, initiative: Initiative, row: ProposedRow) -> None:
    plan = work.reading.plan
    area = None
    if row.area:
        area, _made = Area.objects.get_or_create(
            plan=plan, name=row.area, defaults={"order": Area.objects.filter(plan=plan).count()}
        )
    Placement.objects.create(initiative=initiative, plan=plan, area=area, group=row.group, order=row.number)


def _say(work: _Work, initiative: Initiative, saying: queries.Saying) -> None:
    site = work.reading.unit
    record_status(
        initiative,
        unit=site if saying.unit_id == site.pk else work.reading.plan.unit,
        dated_on=saying.dated_on,
        judgement=saying.judgement,
        text=saying.text,
        actor=work.actor,
        now=work.now,
    )
    work.done.statuses += saying.dated_on == work.reading.dated_on


def _relate(work: _Work, initiative: Initiative, row: ProposedRow, plan: Plan) -> None:
    PlanRelation.objects.create(
        initiative=initiative, plan=plan, kind=row.relation_kind, reason=row.coverage, owner=work.actor
    )
