"""Taking a looked-through document over into the plan, all of it or nothing."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Unit
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
    Status,
)

TITLE_LENGTH = 120
SENTENCE = re.compile(r"(?<=[.!?:;])\s|\n")
Choice = ProposedRow.Choice


@dataclass(slots=True, kw_only=True)
class TakenOver:
    """What came of a document, by count."""

    made: int = 0
    joined: int = 0
    left_out: int = 0
    statuses: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class _Work:
    """One document being taken over, by somebody, at a moment."""

    reading: DocumentReading
    actor: Account
    now: datetime
    day: date
    became: dict[int, Initiative] = field(default_factory=dict)
    done: TakenOver = field(default_factory=TakenOver)


@transaction.atomic
def take_over(reading: DocumentReading, *, actor: Account, now: datetime, day: date) -> TakenOver:
    """Make or update an initiative of each row that is not left out, with places, status and source.

    Taking the same document over again changes nothing; a later version adds what is new. Words that a person
    has changed since the previous document stay.

    Raises: CannotChangeReading.
    """
    reading = DocumentReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if reading.state != DocumentReading.State.PREVIEW:
        raise CannotChangeReading(
            _("This document has already been taken over or dropped. Nothing was changed.")
        )
    Plan.objects.select_for_update().get(pk=reading.plan_id)  # two documents make no area twice
    work = _Work(reading, actor, now, day)
    rows = list(queries.rows_of(reading))
    for row in sorted(rows, key=lambda one: (one.joined_row_id is not None, one.number)):
        _take_row(work, row)
    reading.state, reading.applied_at = DocumentReading.State.APPLIED, now
    reading.save(update_fields=["state", "applied_at", "updated_at"])
    detail = {
        name: getattr(work.done, name) for name in ("made", "joined", "left_out", "statuses", "unchanged")
    }
    organisation_actions.record("reading.taken_over", actor=actor, now=now, subject=reading, detail=detail)
    return work.done


def _take_row(work: _Work, row: ProposedRow) -> None:
    if row.choice == Choice.LEAVE_OUT:
        work.done.left_out += 1
        return
    initiative = _known(work, row)
    if initiative is None:
        initiative = _make(work, row)
        work.done.made += 1
    else:
        _update(work, initiative, row)
        work.done.joined += 1
    work.became[row.pk] = initiative
    _place(work, initiative, row)
    _say(work, initiative, row)
    _relate(work, initiative, row)
    _remember(work, initiative, row)


def _remember(work: _Work, initiative: Initiative, row: ProposedRow) -> None:
    ImportedRow.objects.create(
        initiative=initiative,
        reading=work.reading,
        page=row.page,
        cell=row.cell,
        area=row.area,
        group=row.group,
        text=row.text,
        status=_status_text(row),
        example=row.example,
        red=row.red,
        corrections=row.corrections,
    )


def _known(work: _Work, row: ProposedRow) -> Initiative | None:
    if row.choice != Choice.JOIN:
        return None
    if row.joined is not None:
        return row.joined
    return work.became.get(row.joined_row_id) if row.joined_row_id else None


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


def _update(work: _Work, initiative: Initiative, row: ProposedRow) -> None:
    """Bring the words up to date, unless a person has changed them since they were read.

    Where a document prints an initiative twice in different words, the first ones hold.
    """
    before = _read_before(work, initiative, row)
    if before is None or before.text == row.text or initiative.text != before.text:
        return
    initiative.text = row.text
    if initiative.title == title_of(before.text):
        initiative.title = title_of(row.text)
    initiative.save(update_fields=["title", "text", "updated_at"])
    organisation_actions.record(
        "initiative.changed", actor=work.actor, now=work.now, subject=initiative, detail={"changed": ["text"]}
    )


def _read_before(work: _Work, initiative: Initiative, row: ProposedRow) -> ImportedRow | None:
    """Give how an earlier document had it, there where this row stands if it stood there too."""
    rows = ImportedRow.objects.filter(initiative=initiative).exclude(reading=work.reading)
    newest_first = list(rows.order_by("-reading__applied_at", "-id"))
    return next((one for one in newest_first if one.area == row.area), next(iter(newest_first), None))


def _place(work: _Work, initiative: Initiative, row: ProposedRow) -> None:
    plan = work.reading.plan
    area = None
    if row.area:
        area, _made = Area.objects.get_or_create(
            plan=plan, name=row.area, defaults={"order": Area.objects.filter(plan=plan).count()}
        )
    here = Placement.objects.filter(initiative=initiative, plan=plan, area=area, group=row.group)
    if not here.exists():
        Placement.objects.create(
            initiative=initiative, plan=plan, area=area, group=row.group, order=row.number
        )


def _say(work: _Work, initiative: Initiative, row: ProposedRow) -> None:
    """Add what the document says as status of the plan's unit, and its example as status of the site."""
    if _has_said(work, initiative, row):
        work.done.unchanged += 1
        return
    plan_unit, site = work.reading.plan.unit, work.reading.unit
    said: list[tuple[Unit, str]]
    if plan_unit == site:
        said = [(site, "\n".join(part for part in (_status_text(row), row.example) if part))]
    else:
        said = [(plan_unit, _status_text(row)), (site, row.example)]
    for unit, text in said:
        if text:
            _say_at(work, initiative, unit, text, row.red)


def _has_said(work: _Work, initiative: Initiative, row: ProposedRow) -> bool:
    """Say whether the previous document from the same place said the same about it under the same area."""
    rows = ImportedRow.objects.filter(
        initiative=initiative, area=row.area, reading__unit=work.reading.unit, reading__plan=work.reading.plan
    )
    before = rows.order_by("-reading__applied_at", "-id").values_list("status", "example").first()
    return before == (_status_text(row), row.example)


def _status_text(row: ProposedRow) -> str:
    told = [row.status]
    if row.owner:
        told.append(_("Responsible: %(owner)s") % {"owner": row.owner})
    if row.deadline:
        told.append(_("Deadline: %(deadline)s") % {"deadline": row.deadline})
    return "\n".join(part for part in told if part)


def _say_at(work: _Work, initiative: Initiative, unit: Unit, text: str, red: list[str]) -> None:
    dated_on = work.reading.dated_on
    latest = queries.latest_at(initiative, unit_id=unit.pk, day=dated_on)
    if latest and latest.text == text:
        work.done.unchanged += 1
        return
    before = without(text, red)
    since = work.reading.red_since_on
    if latest is None and since and before and before != text:
        _write(work, initiative, unit, before, since, judgement="")
    _write(work, initiative, unit, text, dated_on, judgement=_carried_on(latest))
    work.done.statuses += 1


def _carried_on(latest: Status | None) -> str:
    """Keep the judgement before, of which a document says nothing; a stop needs a reason of its own."""
    if latest is None or latest.judgement == "stopped":
        return ""
    return latest.judgement


def without(text: str, red: list[str]) -> str:
    """Give a text without its red passages, and without the empty lines they leave."""
    for passage in red:
        text = text.replace(passage, "")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _write(
    work: _Work, initiative: Initiative, unit: Unit, text: str, dated_on: date, *, judgement: str
) -> None:
    record_status(
        initiative,
        unit=unit,
        dated_on=dated_on,
        judgement=judgement,
        text=text,
        actor=work.actor,
        now=work.now,
    )


def _relate(work: _Work, initiative: Initiative, row: ProposedRow) -> None:
    plan = work.reading.coverage_plan
    if plan is None or not row.relation_kind:
        return
    PlanRelation.objects.get_or_create(
        initiative=initiative,
        plan=plan,
        defaults={"kind": row.relation_kind, "reason": row.coverage, "owner": work.actor},
    )
