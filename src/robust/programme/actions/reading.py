"""Reading a document into a plan: from the upload to the corrected preview."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Unit
from robust.programme import queries
from robust.programme.bridge.reading import ReadDocument
from robust.programme.models import DocumentReading, ImportedRow, Plan, ProposedRow
from robust.programme.queries.similar import KnownTexts

JOB = "programme_reading"
SAME_SHARE = 0.9
LATER_VERSION_SHARE = 0.6
SIMILAR_SHARE = 0.45
CORRECTABLE = ("area", "group", "text", "status", "example")
Choice = ProposedRow.Choice
State = DocumentReading.State


class CannotChangeReading(Exception):
    """The document has been taken over or dropped in the meantime, or a choice does not hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What somebody says about a document when handing it in."""

    name: str
    content: bytes
    media_type: str
    plan: Plan
    unit: Unit
    dated_on: date
    red_since_on: date | None = None
    coverage_plan: Plan | None = None


@transaction.atomic
def start_reading(upload: Upload, *, actor: Account, now: datetime) -> DocumentReading:
    """Keep the file and let a background job read it."""
    file = organisation_actions.store_file(
        name=upload.name, content=upload.content, media_type=upload.media_type, actor=actor, now=now
    )
    reading = DocumentReading.objects.create(
        file=file,
        plan=upload.plan,
        unit=upload.unit,
        dated_on=upload.dated_on,
        red_since_on=upload.red_since_on,
        coverage_plan=upload.coverage_plan,
        read_by=actor,
    )
    reading.run = organisation_actions.start_job(
        JOB,
        title=_("Read %(file)s") % {"file": file.name},
        account=actor,
        arguments={"reading": reading.pk},
        now=now,
    )
    reading.save(update_fields=["run", "updated_at"])
    organisation_actions.record("reading.started", actor=actor, now=now, subject=reading)
    return reading


@transaction.atomic
def keep_proposal(reading: DocumentReading, read: ReadDocument, *, day: date) -> None:
    """Keep what was read as rows to look through, each with its likeliest choice; done once."""
    reading = DocumentReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if reading.state != State.READING:
        return
    rows = list(read.rows)
    for row in rows:
        row.reading = reading
    _match(reading, rows, day=day)
    joined_rows = _take_joined_rows(rows)
    ProposedRow.objects.bulk_create(rows)
    _join_doubles(rows, joined_rows)
    reading.not_understood = read.not_understood
    reading.state = State.PREVIEW
    reading.save(update_fields=["not_understood", "state", "updated_at"])


@transaction.atomic
def refuse_reading(reading: DocumentReading, refusal: dict[str, Any], *, now: datetime) -> None:
    """Note why a document could not be read, as a code with numbers, and throw its bytes away."""
    refused = DocumentReading.objects.filter(pk=reading.pk, state=State.READING)
    if refused.update(state=State.REFUSED, refusal=refusal):
        organisation_actions.empty_file(reading.file, now=now)


def _match(reading: DocumentReading, rows: Sequence[ProposedRow], *, day: date) -> None:
    """Join rows to what earlier documents brought, then point to what looks similar elsewhere."""
    imported = {row.pk: row for row in queries.nearest_imported(reading)}
    before = KnownTexts((pk, queries.printed(row, "text")) for pk, row in imported.items())
    taken: set[int] = set()
    rows = _not_left_out_before(reading, rows, imported.values())
    found = [(like.share, row, imported[like.key]) for row in rows
             for like in before.alike(row.text, least_share=LATER_VERSION_SHARE)]  # fmt: skip
    ranked = sorted(found, key=lambda one: (-one[0], one[1].area != one[2].area, one[1].number, one[2].pk))
    for _share, row, known in ranked:
        if row.joined_id is None and known.pk not in taken:
            taken.add(known.pk)
            row.joined_id, row.choice = known.initiative_id, Choice.JOIN
            _correct_again(row, known)
    _suggest(reading, [row for row in rows if row.joined_id is None], day=day)


def _not_left_out_before(
    reading: DocumentReading, rows: Sequence[ProposedRow], imported: Iterable[ImportedRow]
) -> list[ProposedRow]:
    """Leave out again what was left out of an earlier document under the same area; give the others."""
    places = {(queries.printed(row, "area"), queries.printed(row, "text")) for row in imported}
    left_out = queries.left_out_before(reading.plan) - places
    for row in rows:
        if (row.area, row.text) in left_out:
            row.choice = Choice.LEAVE_OUT
    return [row for row in rows if row.choice != Choice.LEAVE_OUT]


def _correct_again(row: ProposedRow, known: ImportedRow) -> None:
    """Correct the words that stand in the document as they did when a person corrected them."""
    for name, (printed, corrected) in known.corrections.items():
        if getattr(row, name) == printed:
            setattr(row, name, corrected)
            row.corrections[name] = [printed, corrected]


def _suggest(reading: DocumentReading, rows: Sequence[ProposedRow], *, day: date) -> None:
    texts = queries.texts_of(reading.read_by, plan=reading.plan, day=day)
    known = KnownTexts((pk, part) for pk, title, text in texts for part in (title, text, f"{title}\n{text}"))
    for row in rows:
        likeness = next(iter(known.alike(row.text, least_share=SIMILAR_SHARE)), None)
        if likeness is None:
            continue
        row.similar_id = likeness.key
        if likeness.share >= SAME_SHARE:
            row.joined_id, row.choice = likeness.key, Choice.JOIN


def _take_joined_rows(rows: Sequence[ProposedRow]) -> dict[int, int]:
    """Say by number which new rows repeat an earlier row of the same document."""
    new = [row for row in rows if row.choice == Choice.NEW]
    doubles: dict[int, int] = {}
    for place, row in enumerate(new):
        earlier = KnownTexts(
            (other.number, other.text) for other in new[:place] if other.number not in doubles
        )
        likeness = next(iter(earlier.alike(row.text, least_share=SAME_SHARE)), None)
        if likeness:
            doubles[row.number] = likeness.key
    return doubles


def _join_doubles(rows: Sequence[ProposedRow], doubles: dict[int, int]) -> None:
    by_number = {row.number: row for row in rows}
    changed = []
    for number, first in doubles.items():
        row = by_number[number]
        row.choice, row.joined_row = Choice.JOIN, by_number[first]
        changed.append(row)
    ProposedRow.objects.bulk_update(changed, ["choice", "joined_row"])


@transaction.atomic
def correct_row(row: ProposedRow, *, values: dict[str, Any], actor: Account, now: datetime) -> None:
    """Change a row of the preview: its words, what it becomes, and what it is joined to.

    Raises: CannotChangeReading.
    """
    reading = DocumentReading.objects.select_for_update(of=("self",)).get(pk=row.reading_id)
    _refuse_unless_open(reading)
    row.corrections = _corrections(ProposedRow.objects.get(pk=row.pk), values)
    for name, value in values.items():
        setattr(row, name, value)
    if row.choice == Choice.NEW:
        row.joined, row.joined_row = None, None
    elif row.choice == Choice.JOIN and row.joined is None and row.joined_row is None:
        raise CannotChangeReading(_("Choose the initiative that the row is to be joined to."))
    row.save()
    detail = {"row": row.number, "changed": sorted(values)}
    organisation_actions.record("reading.row_corrected", actor=actor, now=now, subject=reading, detail=detail)


@transaction.atomic
def choose_as_before(
    row: ProposedRow, *, was: dict[str, Any] | None = None, became: str = "", actor: Account, now: datetime
) -> None:
    """Choose for a row what was chosen before. Raises: CannotTakeBack, CannotChangeReading."""
    if was is None:
        raise organisation_actions.CannotTakeBack(organisation_actions.TOO_LATE)
    if row.choice != became:
        raise organisation_actions.CannotTakeBack(organisation_actions.CHANGED_SINCE)
    values = {"choice": was["choice"], "joined_id": was["joined"], "joined_row_id": was["joined_row"]}
    correct_row(row, values=values, actor=actor, now=now)


def _corrections(row: ProposedRow, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Keep what the document says beside what a person makes of it, field by field."""
    kept: dict[str, list[str]] = dict(row.corrections)
    for name in values.keys() & set(CORRECTABLE):
        printed = queries.printed(row, name)
        kept.pop(name, None)
        if values[name] != printed:
            kept[name] = [printed, values[name]]
    return kept


@transaction.atomic
def accept_similar(reading: DocumentReading, *, actor: Account, now: datetime) -> int:
    """Join every new row to the initiative it resembles; give how many. Raises: CannotChangeReading."""
    reading = DocumentReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    _refuse_unless_open(reading)
    rows = list(queries.rows_of(reading, kind="similar"))
    for row in rows:
        row.choice, row.joined = Choice.JOIN, row.similar
    ProposedRow.objects.bulk_update(rows, ["choice", "joined"])
    organisation_actions.record(
        "reading.similar_joined", actor=actor, now=now, subject=reading, detail={"rows": len(rows)}
    )
    return len(rows)


@transaction.atomic
def drop_reading(reading: DocumentReading, *, actor: Account, now: datetime) -> None:
    """Leave a document out; its rows go, the file and the fact that it was read stay.

    Raises: CannotChangeReading.
    """
    reading = DocumentReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    _refuse_unless_open(reading)
    ProposedRow.objects.filter(reading=reading).delete()
    reading.state = State.DROPPED
    reading.save(update_fields=["state", "updated_at"])
    organisation_actions.record("reading.dropped", actor=actor, now=now, subject=reading)


def _refuse_unless_open(reading: DocumentReading) -> None:
    if reading.state != State.PREVIEW:
        raise CannotChangeReading(
            _("This document has already been taken over or dropped. Nothing was changed.")
        )
