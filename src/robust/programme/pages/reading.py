"""What the screens for reading a document show."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from robust.programme.models import DocumentReading, Initiative, ProposedRow
from robust.programme.queries.reading import RowCounts

State = DocumentReading.State

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
    ("join", pgettext_lazy("rows", "Joined")),
    ("leave_out", pgettext_lazy("rows", "Left out")),
)


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
    text: list[Piece]
    status: list[Piece]
    example: list[Piece]
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
    reading: DocumentReading, *, counts: RowCounts, gone: Collection[Initiative]
) -> ReadingPage:
    """Say what a document holds, in a sentence and in figures."""
    by_code = {
        "": counts.rows,
        "new": counts.new,
        "similar": counts.unchosen_similar,
        "join": counts.joined,
        "leave_out": counts.left_out,
    }
    tabs = [KindTab(code=code, label=str(label), count=by_code[code]) for code, label in KINDS]
    return ReadingPage(
        answer=_answer(reading, counts),
        refusal=refusal_of(reading),
        tabs=[tab for tab in tabs if tab.count or not tab.code],
        similar_count=counts.unchosen_similar,
        left=[left_view(one) for one in reading.not_understood],
        gone=list(gone),
    )


def _answer(reading: DocumentReading, counts: RowCounts) -> str:
    if reading.state == State.READING:
        return _("The document is being read. You can leave the page; it waits for you under My jobs.")
    if reading.state == State.REFUSED:
        return _("The document could not be read. Nothing was changed.")
    if reading.state == State.DROPPED:
        return _("The document was dropped. Nothing was taken over.")
    if reading.state == State.APPLIED:
        return _("%(new)d new and %(joined)d known initiatives were taken over into %(plan)s.") % {
            "new": counts.new,
            "joined": counts.joined,
            "plan": reading.plan.name,
        }
    found = ngettext("%(rows)d row was found", "%(rows)d rows were found", counts.rows) % {
        "rows": counts.rows
    }
    if not counts.rows:
        return _("No initiatives were found. Below stands what the document holds.")
    return _("%(found)s: %(new)d new, %(joined)d known. Look them through, then take them over.") % {
        "found": found,
        "new": counts.new,
        "joined": counts.joined,
    }


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


def rows_view(rows: Iterable[ProposedRow]) -> list[RowView]:
    """Show rows with what was red in the document."""
    return [row_view(row) for row in rows]


def row_view(row: ProposedRow) -> RowView:
    """Show one row."""
    joined = row.joined or (row.joined_row.joined if row.joined_row else None)
    return RowView(
        pk=row.pk,
        number=row.number,
        area=row.area,
        group=row.group,
        text=pieces(row.text, row.red),
        status=pieces(row.status, row.red),
        example=pieces(row.example, row.red),
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
        similar_pk=row.similar_id if row.choice == ProposedRow.Choice.NEW else None,
        similar_title=row.similar.title if row.similar else "",
    )


def pieces(text: str, red: Sequence[str]) -> list[Piece]:
    """Split a text where its red passages begin and end."""
    passages = [re.escape(passage) for passage in sorted(red, key=len, reverse=True) if passage]
    if not passages:
        return [Piece(text=text, red=False)] if text else []
    parts = re.split(f"({'|'.join(passages)})", text)
    return [Piece(text=part, red=place % 2 == 1) for place, part in enumerate(parts) if part]
