"""Tables as rectangles: spans resolved, each place holding the cell that covers it."""

from collections.abc import Iterable
from dataclasses import dataclass

from robust.engines.documents.model import Cell, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell as it is written in a file, before its spans are resolved; places count from 0."""

    row: int
    column: int
    paragraphs: tuple[Paragraph, ...]
    row_span: int = 1
    column_span: int = 1
    reference: str = ""


def reference(row: int, column: int) -> str:
    """Name a place as spreadsheets do; row 0 and column 0 are A1."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


def grid(placed: Iterable[Placed], *, row_count: int, column_count: int) -> tuple[tuple[Cell, ...], ...]:
    """Fill a rectangle; a place keeps the first cell that claims it, or becomes a blank one."""
    places: dict[tuple[int, int], Cell] = {}
    for one in placed:
        cell = Cell(
            paragraphs=one.paragraphs,
            row=one.row,
            column=one.column,
            reference=one.reference or reference(one.row, one.column),
        )
        for row in range(one.row, min(one.row + one.row_span, row_count)):
            for column in range(one.column, min(one.column + one.column_span, column_count)):
                places.setdefault((row, column), cell)
    return tuple(
        tuple(places.get((row, column)) or _blank(row, column) for column in range(column_count))
        for row in range(row_count)
    )


def _blank(row: int, column: int) -> Cell:
    return Cell(paragraphs=(), row=row, column=column, reference=reference(row, column))
