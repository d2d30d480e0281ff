"""What the screens for reading a document show."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from robust.engines.documents.comparing import Passage
from robust.programme.models import DocumentReading, Initiative, ProposedRow
from robust.programme.queries import RowOutcome
from robust.programme.queries.outcome import words

State = DocumentReading.State
Choice = ProposedRow.Choice
Outcome = ProposedRow.Outcome

REFUSALS: dict[str, Promise] = {
    "broken": gettext_lazy(
        "The file is damaged and cannot be opened. Open it in its program, save it anew and try again."
    ),
    "empty": gettext_lazy("The file is empty. Choose the right file and try again."),
    "encrypted": gettext_lazy("The file is locked with a password. Save it without one and try again."),
    "external_entity": gettext_lazy(
        "The file refers to content outside itself and is not opened for safety's sake."
    ),
    "macros": gettext_lazy(
        "The file holds macros and is not opened for safety's sake. Save it as .pptx, .docx or .xlsx."
    ),
    "no_text": gettext_lazy("The file holds pictures of text, not text. Find the file it was printed from."),
    "too_complex": gettext_lazy(
        "The document is too intricate to read. Save it in another format, or split it."
    ),
    "too_large": gettext_lazy("The file is too large. Save it without pictures, or split it."),
    "too_many_pages": gettext_lazy(
        "The document has too many pages. Split it and read the parts one by one."
    ),
    "too_much_text": gettext_lazy(
        "The document holds too much text. Split it and read the parts one by one."
    ),
    "unknown_kind": gettext_lazy(
        "Only PowerPoint, Word, Excel, CSV and PDF can be read. Save the file as one of them."
    ),
    "unpacks_too_large": gettext_lazy(
        "The file unpacks to far more than its size and is not opened for safety's sake."
    ),
    "unsafe_names": gettext_lazy(
        "The file is packed in an unsafe way and is not opened. Save it anew and try again."
    ),
    "takes_too_long": gettext_lazy(
        "The document took too long to read. Save it in another format, or split it."
    ),
}
REASONS: dict[str, Promise] = {
    "agenda": gettext_lazy("agenda"),
    "challenges": gettext_lazy("challenges"),
    "data_sources": gettext_lazy("sources of data"),
    "footnote": gettext_lazy("footnote"),
    "goals": gettext_lazy("goals"),
    "heading_only": gettext_lazy("heading without content"),
    "hidden": gettext_lazy("hidden in the document"),
    "legend": gettext_lazy("explanation of signs"),
    "no_initiative_column": gettext_lazy("table without a column of initiatives"),
    "notes": gettext_lazy("speaker's notes"),
    "numbers": gettext_lazy("table of figures"),
    "picture": gettext_lazy("picture or drawing"),
    "purpose": gettext_lazy("purpose"),
    "row_without_initiative": gettext_lazy("row without an initiative"),
    "success_criteria": gettext_lazy("signs of success"),
    "text": gettext_lazy("other text"),
    "too_complex": gettext_lazy("too intricate to read"),
}
KINDS: tuple[tuple[str, Promise], ...] = (
    ("", gettext_lazy("All rows")),
    ("new", pgettext_lazy("rows", "New")),
    ("similar", pgettext_lazy("rows", "Looks like a known one")),
    ("changed", pgettext_lazy("rows", "Changed")),
    ("unchanged", pgettext_lazy("rows", "Unchanged")),
    ("gone", pgettext_lazy("rows", "Gone")),
    ("left_out", pgettext_lazy("rows", "Left out")),
)
Compare = Callable[[str, str], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text; red as it was in the document."""

    text: str
    red: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One proposed row as it is looked through."""

    pk: int
    number: int
    area: str
    group: str
    text: list[list[Piece]]
    status: list[list[Piece]]
    example: list[list[Piece]]
    coverage: str
    relation: str
    owner: str
    deadline: str
    page: int
    cell: str
    choice: str
    becomes: str
    joined_pk: int | None
    joined_title: str
    repeats: int | None
    similar_pk: int | None
    similar_title: str
    kind: str
    text_changes: tuple[Passage, ...]
    status_changes: tuple[Passage, ...]
    example_changes: tuple[Passage, ...]
    writes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Rows that follow one another; those in which nothing is new are folded away."""

    is_folded: bool
    rows: list[RowView]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTab:
    """One way to narrow the rows, with how many there are."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something in the document that did not become a row."""

    page: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    """A document being looked through, or what came of it."""

    answer: str
    refusal: str
    tabs: list[KindTab]
    similar_count: int
    left: list[Left]
    gone: list[Initiative]


def reading_detail(
    reading: DocumentReading, *, told: Collection[RowOutcome], gone: Collection[Initiative], kind: str
) -> ReadingPage:
    """Say what a document holds, in a sentence and in figures."""
    counts = {code: len(narrowed(told, code)) for code, _label in KINDS} | {"gone": len(gone)}
    tabs = [KindTab(code=code, label=str(label), count=counts[code]) for code, label in KINDS]
    return ReadingPage(
        answer=_answer(reading, counts),
        refusal=refusal_of(reading),
        tabs=[tab for tab in tabs if tab.count or tab.code in ("", kind)],
        similar_count=counts["similar"],
        left=[left_view(one) for one in reading.not_understood] if not kind else [],
        gone=list(gone) if kind in ("", "gone") else [],
    )


def narrowed(told: Iterable[RowOutcome], kind: str) -> list[RowOutcome]:
    """Keep the rows of a kind, in the order in which they stand in the document."""
    in_order = sorted(told, key=lambda outcome: outcome.row.number)
    if kind == "similar":
        return [one for one in in_order if one.row.similar_id and one.row.choice == Choice.NEW]
    return [one for one in in_order if kind in ("", one.kind)]


def _answer(reading: DocumentReading, counts: dict[str, int]) -> str:
    if reading.state == State.READING:
        return _("The document is being read. You can leave the page; it waits for you under My jobs.")
    if reading.state == State.REFUSED:
        return _("The document could not be read. Nothing was changed.")
    if reading.state == State.DROPPED:
        return _("The document was dropped. Nothing was taken over.")
    if not counts[""]:
        return _("No initiatives were found. Below stands what the document holds.")
    found = ngettext("%(rows)d row", "%(rows)d rows", counts[""]) % {"rows": counts[""]}
    figures = counts | {"found": found, "plan": reading.plan.name}
    if reading.state == State.APPLIED:
        return (
            _(
                "%(found)s taken over into %(plan)s: "
                "%(new)d new, %(changed)d changed, %(unchanged)d unchanged."
            )
            % figures
        )
    return (
        _(
            "%(found)s: %(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(gone)d gone. "
            "Look them through, then take them over."
        )
        % figures
    )


def refusal_of(reading: DocumentReading) -> str:
    """Give the sentence that says why a document was refused, or nothing."""
    if not reading.refusal:
        return ""
    sentence = str(REFUSALS[reading.refusal["code"]])
    found, allowed = reading.refusal.get("found"), reading.refusal.get("allowed")
    if found is None or allowed is None:
        return sentence
    return _("%(sentence)s (Found: %(found)s; at most: %(allowed)s.)") % {
        "sentence": sentence,
        "found": found,
        "allowed": allowed,
    }


def left_view(left: dict[str, Any]) -> Left:
    """Show something that was not understood."""
    return Left(page=left["source"]["page"], reason=str(REASONS[left["reason"]]), text=left["text"])


def stretches(
    told: Iterable[RowOutcome], *, reading: DocumentReading, compare: Compare, folds: bool
) -> list[Stretch]:
    """Show rows in the order of the document, with those in which nothing is new folded away if asked."""
    shown = [row_view(outcome, reading=reading, compare=compare) for outcome in told]
    runs = groupby(shown, key=lambda row: folds and row.kind == Outcome.UNCHANGED)
    return [Stretch(is_folded=is_folded, rows=list(rows)) for is_folded, rows in runs]


def row_view(outcome: RowOutcome, *, reading: DocumentReading, compare: Compare) -> RowView:
    """Show one row, and what is new in it."""
    row = outcome.row
    joined = row.joined or (row.joined_row.joined if row.joined_row else None)
    text, status, example = _changes(outcome, compare)
    return RowView(
        pk=row.pk,
        number=row.number,
        area=row.area,
        group=row.group,
        text=lines(row.text, row.red),
        status=lines(row.status, row.red),
        example=lines(row.example, row.red),
        coverage=row.coverage,
        relation=row.get_relation_kind_display(),
        owner=row.owner,
        deadline=row.deadline,
        page=row.page,
        cell=row.cell,
        choice=row.choice,
        becomes=row.get_choice_display(),
        joined_pk=joined.pk if joined else None,
        joined_title=joined.title if joined else "",
        repeats=row.joined_row.number if row.joined_row else None,
        similar_pk=row.similar_id if row.choice == Choice.NEW else None,
        similar_title=row.similar.title if row.similar else "",
        kind=outcome.kind,
        text_changes=text,
        status_changes=status,
        example_changes=example,
        writes=_written(outcome, reading),
    )


def _changes(outcome: RowOutcome, compare: Compare) -> list[tuple[Passage, ...]]:
    """Compare text, status and example with the document before; nothing where they stand as they stood."""
    if outcome.before is None:
        return [(), (), ()]
    pairs = zip(words(outcome.before), words(outcome.row), strict=True)
    return [compare(before, after) if before != after else () for before, after in pairs]


def _written(outcome: RowOutcome, reading: DocumentReading) -> list[str]:
    """Name what taking over will write on a known initiative."""
    if outcome.kind != Outcome.CHANGED or reading.state != State.PREVIEW:
        return []
    row = outcome.row
    named = {reading.plan.unit_id: reading.plan.unit.name, reading.unit_id: reading.unit.name}
    said = [named[saying.unit_id] for saying in outcome.sayings if saying.dated_on == reading.dated_on]
    heading = " · ".join(part for part in (row.area, row.group) if part) or reading.plan.name
    written = [_("the wording of the initiative")] if outcome.text is not None else []
    written += [_("a status at %(place)s") % {"place": place} for place in said]
    written += [_("a place under %(heading)s") % {"heading": heading}] if outcome.is_placed else []
    if outcome.relates_to:
        written.append(_("how it stands to %(plan)s") % {"plan": outcome.relates_to.name})
    return written or [_("nothing: what stands here stays")]


def pieces(text: str, red: Sequence[str]) -> list[Piece]:
    """Split a text where its red passages begin and end."""
    passages = [re.escape(passage) for passage in sorted(red, key=len, reverse=True) if passage]
    if not passages:
        return [Piece(text=text, red=False)] if text else []
    parts = re.split(f"({'|'.join(passages)})", text)
    return [Piece(text=part, red=place % 2 == 1) for place, part in enumerate(parts) if part]


def lines(text: str, red: Sequence[str]) -> list[list[Piece]]:
    """Give the lines of a text as they stood below each other; a red passage may go on in the next."""
    found: list[list[Piece]] = [[]]
    for piece in pieces(text, red):
        first, *more = piece.text.split("\n")
        found[-1].append(Piece(text=first, red=piece.red))
        found.extend([Piece(text=line, red=piece.red)] for line in more)
    return [line for line in found if any(piece.text for piece in line)]
