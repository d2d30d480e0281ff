"""What taking a read document over would write, row by row, found without writing.

The preview shows it and the action does it, so that neither can promise what the other does not keep.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from robust.programme.models import (
    DocumentReading,
    ImportedRow,
    Initiative,
    Judgement,
    Placement,
    Plan,
    PlanRelation,
    ProposedRow,
    Status,
)
from robust.programme.queries.reading import nearest_imported, printed, rows_of
from robust.programme.queries.status import NEWEST_FIRST

Choice = ProposedRow.Choice
Outcome = ProposedRow.Outcome
_Key = int  # an initiative's id, or minus the id of the row that makes one
_Said = tuple[str, str]  # text and judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A status that a document brings to a place."""

    unit_id: int
    text: str
    dated_on: date
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What becomes of a row: how it stands to the document before, and each thing that is written.

    `initiative` is none where the row makes one or repeats a row that does. `before` is the row as the
    document before had it; `text` the new wording of the initiative.
    """

    row: ProposedRow
    kind: str
    key: _Key = 0
    initiative: Initiative | None = None
    before: ImportedRow | None = None
    text: str | None = None
    is_placed: bool = False
    relates_to: Plan | None = None
    sayings: tuple[Saying, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether the row makes an initiative of its own."""
        return self.key == -self.row.pk

    @property
    def writes(self) -> bool:
        """Whether anything is written on an initiative; where it was read is noted in any case."""
        changes = self.text is not None or self.is_placed or bool(self.relates_to or self.sayings)
        return self.is_made or changes


def outcomes_of(reading: DocumentReading) -> list[RowOutcome]:
    """Say of each row what becomes of it, in the order in which rows are taken over; at most five queries.

    Of a document that has been taken over it says what became of them.
    """
    rows = list(rows_of(reading))
    if reading.state != DocumentReading.State.PREVIEW:
        return [RowOutcome(row=row, kind=row.outcome) for row in rows]
    known = _known(reading, rows)
    in_turn = sorted(rows, key=lambda row: (row.joined_row_id is not None, row.number))
    return [_outcome(known, row) for row in in_turn]


def without(text: str, red: Sequence[str]) -> str:
    """Give a text without its red passages, and without the empty lines they leave."""
    for passage in red:
        text = text.replace(passage, "")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def status_text(row: ProposedRow) -> str:
    """Give what a row says of how far it is, in the hospital's language whoever takes it over."""
    if not (row.owner or row.deadline):
        return row.status
    told = [row.status]
    with translation.override(settings.LANGUAGE_CODE):
        if row.owner:
            told.append(_("Responsible: %(owner)s") % {"owner": row.owner})
        if row.deadline:
            told.append(_("Deadline: %(deadline)s") % {"deadline": row.deadline})
    return "\n".join(part for part in told if part)


@dataclass(slots=True, kw_only=True)
class _Known:
    """What stands before the document is taken over, kept up to date row by row."""

    reading: DocumentReading
    imported: dict[int, list[ImportedRow]]
    said: dict[tuple[_Key, int], _Said]
    places: set[tuple[_Key, str, str]]
    related: set[_Key]
    texts: dict[_Key, str]
    became: dict[int, tuple[_Key, Initiative | None]] = field(default_factory=dict)


def _known(reading: DocumentReading, rows: Iterable[ProposedRow]) -> _Known:
    joined = {row.joined.pk: row.joined for row in rows if row.joined and row.choice == Choice.JOIN}
    imported: dict[int, list[ImportedRow]] = defaultdict(list)
    for known in nearest_imported(reading).filter(initiative__in=joined):
        imported[known.initiative_id].append(known)
    units = {reading.plan.unit_id, reading.unit_id}
    entries = Status.objects.filter(initiative__in=joined, unit__in=units, dated_on__lte=reading.dated_on)
    latest = entries.order_by("initiative_id", "unit_id", *NEWEST_FIRST).distinct("initiative_id", "unit_id")
    placed = Placement.objects.filter(plan=reading.plan_id, initiative__in=joined)
    related = PlanRelation.objects.filter(plan=reading.coverage_plan_id, initiative__in=joined)
    told = latest.values_list("initiative_id", "unit_id", "text", "judgement")
    return _Known(
        reading=reading,
        imported=imported,
        said={(initiative, unit): (text, judgement) for initiative, unit, text, judgement in told},
        places={
            (initiative, area or "", group)
            for initiative, area, group in placed.values_list("initiative_id", "area__name", "group")
        },
        related=set(related.values_list("initiative_id", flat=True)),
        texts={initiative.pk: initiative.text for initiative in joined.values()},
    )


def _outcome(known: _Known, row: ProposedRow) -> RowOutcome:
    if row.choice == Choice.LEAVE_OUT:
        return RowOutcome(row=row, kind=Outcome.LEFT_OUT)
    key, initiative = known.became[row.pk] = _target(known, row)
    before = _before(known, row, key)
    found = RowOutcome(
        row=row,
        kind=Outcome.NEW,
        key=key,
        initiative=initiative,
        before=before,
        text=_new_text(known, row, key, before),
        is_placed=_is_placed(known, row, key, before),
        relates_to=_relates_to(known, row, key),
        sayings=tuple(_sayings(known, row, key)),
    )
    return _as_known(found) if initiative else found


def _as_known(found: RowOutcome) -> RowOutcome:
    """Tell a row of a known initiative that brings something from one that stands as it stood."""
    is_changed = found.writes or (found.before is not None and words(found.before) != words(found.row))
    kind = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
    return replace(found, kind=kind)


def words(row: ProposedRow | ImportedRow) -> tuple[str, str, str]:
    """Give the words of a row that become words of the plan: text, status, example."""
    status = status_text(row) if isinstance(row, ProposedRow) else row.status
    return row.text, status, row.example


def _target(known: _Known, row: ProposedRow) -> tuple[_Key, Initiative | None]:
    if row.choice == Choice.JOIN and row.joined:
        return row.joined.pk, row.joined
    if row.choice == Choice.JOIN and row.joined_row_id in known.became:
        return known.became[row.joined_row_id]
    return -row.pk, None


def _before(known: _Known, row: ProposedRow, key: _Key) -> ImportedRow | None:
    """Give the row as the document before had it: the one under the same area, likest in its words."""
    own = _own(known, row, key)
    return max(
        own, key=lambda one: (words(one) == words(row), _is_printed_alike(one, row), -one.pk), default=None
    )


def _is_printed_alike(known: ImportedRow, row: ProposedRow) -> bool:
    return printed(known, "text") == printed(row, "text")


def _own(known: _Known, row: ProposedRow, key: _Key) -> list[ImportedRow]:
    """Find what the document before from the same place had of it, under the same area if it stood there."""
    own = [one for one in known.imported.get(key, ()) if one.reading.unit_id == known.reading.unit_id]
    return [one for one in own if one.area == row.area] or own


def _new_text(known: _Known, row: ProposedRow, key: _Key, before: ImportedRow | None) -> str | None:
    """Give the wording that takes the place of the one before, unless a person has changed that one.

    Where a document prints an initiative twice in different words, the first ones hold.
    """
    last = before or _read_elsewhere(known, row, key)
    if last is None or last.text == row.text or last.reading.dated_on > known.reading.dated_on:
        return None
    if last.text != known.texts[key]:
        return None
    known.texts[key] = row.text
    return row.text


def _read_elsewhere(known: _Known, row: ProposedRow, key: _Key) -> ImportedRow | None:
    """Give how the newest document from another place had the initiative, under the same area if there."""
    newest_first = sorted(
        known.imported.get(key, ()),
        key=lambda one: (one.area == row.area, one.reading.dated_on, one.pk),
        reverse=True,
    )
    return next(iter(newest_first), None)


def _is_placed(known: _Known, row: ProposedRow, key: _Key, before: ImportedRow | None) -> bool:
    """Whether the row gets a place it has not; what a person has moved since stays where it is."""
    place = (key, row.area, row.group)
    stood_there = before is not None and (before.area, before.group) == (row.area, row.group)
    if stood_there or place in known.places:
        return False
    known.places.add(place)
    return True


def _relates_to(known: _Known, row: ProposedRow, key: _Key) -> Plan | None:
    """Give the plan that the coverage column speaks of, where nothing is said of it yet."""
    if not row.relation_kind or key in known.related:
        return None
    known.related.add(key)
    return known.reading.coverage_plan


def _sayings(known: _Known, row: ProposedRow, key: _Key) -> Iterator[Saying]:
    """Give what the document says as status of the plan's unit, and its example as status of the site."""
    told = words(row)[1:]
    if any(words(one)[1:] == told for one in _own(known, row, key)):
        return
    plan_unit, site = known.reading.plan.unit_id, known.reading.unit_id
    status, example = told
    if plan_unit == site:
        yield from _sayings_at(known, row, (key, site), "\n".join(part for part in told if part))
    else:
        yield from _sayings_at(known, row, (key, plan_unit), status)
        yield from _sayings_at(known, row, (key, site), example)


def _sayings_at(known: _Known, row: ProposedRow, at: tuple[_Key, int], text: str) -> Iterator[Saying]:
    reading, latest = known.reading, known.said.get(at)
    if not text or (latest and latest[0] == text):
        return
    before = without(text, row.red)
    if latest is None and reading.red_since_on and before and before != text:
        yield Saying(unit_id=at[1], text=before, dated_on=reading.red_since_on, judgement="")
    judgement = _carried_on(latest)
    known.said[at] = (text, judgement)
    yield Saying(unit_id=at[1], text=text, dated_on=reading.dated_on, judgement=judgement)


def _carried_on(latest: _Said | None) -> str:
    """Keep the judgement before, of which a document says nothing; a stop needs a reason of its own."""
    if latest is None or latest[1] == Judgement.STOPPED:
        return ""
    return latest[1]
