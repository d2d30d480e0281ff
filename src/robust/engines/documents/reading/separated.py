"""Reads CSV in the encodings and with the separators that spreadsheets write."""

import csv
import io

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Cell, Document, Page, Run, Table
from robust.engines.documents.reading.grid import reference
from robust.engines.documents.reading.paragraphs import paragraphs_of, with_typed_markers

SEPARATORS = ";\t,|"


def read(content: bytes, *, limits: Limits) -> Document:
    """Read separated text as one page with one table. Raises: DocumentRefused."""
    text = _decoded(content)
    if "\0" in text:
        raise DocumentRefused("broken")
    if len(text) > limits.characters:
        raise DocumentRefused("too_much_text", found=len(text), allowed=limits.characters)
    rows = _rows(text)
    width = max(map(len, rows.values()), default=0)
    if width * len(rows) > limits.cells:
        raise DocumentRefused("too_much_text", found=width * len(rows), allowed=limits.cells)
    cells = tuple(
        tuple(_cell(value, number, column) for column, value in enumerate(row + [""] * (width - len(row))))
        for number, row in rows.items()
    )
    blocks = (Table(rows=cells),) if cells else ()
    return Document(kind="csv", title="", pages=(Page(number=1, title="", blocks=blocks),))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> dict[int, list[str]]:
    """Rows that are not blank, by their number in the file."""
    separator = max(SEPARATORS, key=lambda sign: _fit(text[:20_000], sign))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return {number: row for number, row in enumerate(reader) if any(map(str.strip, row))}
    except csv.Error as error:
        raise DocumentRefused("broken") from error


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How often the header has the separator, and how many rows have as many cells as the header."""
    widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    like_first = sum(width == widths[0] for width in widths) if widths and widths[0] > 1 else 0
    return like_first, widths[0] if widths else 0


def _cell(value: str, row: int, column: int) -> Cell:
    paragraphs = with_typed_markers(paragraphs_of([Run(text=value)]))
    return Cell(paragraphs=paragraphs, row=row, column=column, reference=reference(row, column))
