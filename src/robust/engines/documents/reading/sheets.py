"""Reads XLSX: each sheet as a page, with merged cells and font colours, and what is hidden kept apart."""

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

import openpyxl
from lxml import etree
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock as RichText
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.worksheet.worksheet import Worksheet

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Block, Document, Page, Paragraph, Run, Table, TextBlock
from robust.engines.documents.reading.colours import Rgb, from_hex, is_red, theme_colours, tinted
from robust.engines.documents.reading.grid import Placed, grid, reference
from robust.engines.documents.reading.paragraphs import paragraphs_of, with_typed_markers

THEME_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
)
WIDEST = 200  # columns; what stands farther right is no plan
LONGEST_HEADING = 12  # words
Places = Mapping[tuple[int, int], SheetCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A merged range, rows and columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


def read(content: bytes, *, limits: Limits) -> Document:
    """Read a workbook; hidden sheets, rows and columns are read and marked. Raises: DocumentRefused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of what it does not keep; nothing is written back
        workbook = openpyxl.load_workbook(io.BytesIO(content), rich_text=True, data_only=True)
    sheets = [sheet for sheet in workbook.worksheets if isinstance(sheet, Worksheet)]
    if len(sheets) > limits.pages:
        raise DocumentRefused("too_many_pages", found=len(sheets), allowed=limits.pages)
    theme = _theme(workbook.loaded_theme)
    pages = []
    for number, sheet in enumerate(sheets, start=1):
        cells = _filled(sheet)
        if len(cells) > limits.cells:
            raise DocumentRefused("too_much_text", found=len(cells), allowed=limits.cells)
        pages.append(_page(sheet, cells, number, theme))
    title = " ".join((workbook.properties.title or "").split())
    return Document(kind="xlsx", title=title, pages=tuple(pages))


def _filled(sheet: Worksheet) -> dict[tuple[int, int], SheetCell]:
    """Cells that hold something, from the sheet's own store: its used range can have millions of places."""
    return {
        (row - 1, column - 1): cell
        for (row, column), cell in sheet._cells.items()
        if column <= WIDEST and isinstance(cell, SheetCell) and _is_filled(cell)
    }


def _is_filled(cell: SheetCell) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _page(sheet: Worksheet, cells: Places, number: int, theme: Mapping[str, Rgb]) -> Page:
    spans = [
        Span(top=one.min_row - 1, left=one.min_col - 1, bottom=one.max_row - 1, right=one.max_col - 1)
        for one in sheet.merged_cells.ranges
    ]
    hidden_rows = {index - 1 for index, row in sheet.row_dimensions.items() if row.hidden}
    hidden_columns = set(_hidden_columns(sheet))
    shown = {
        place: cell
        for place, cell in cells.items()
        if place[0] not in hidden_rows and place[1] not in hidden_columns
    }
    hidden = {place: cell for place, cell in cells.items() if place not in shown}
    blocks: list[Block] = [block for part in _parts(shown, spans) for block in _blocks(part, spans, theme)]
    blocks.extend(TextBlock(paragraphs=_plain(cell), hidden=True) for cell in cells.values() if cell.comment)
    if hidden:
        blocks.append(Table(rows=_grid(hidden, (), theme), hidden=True))
    return Page(
        number=number, title=sheet.title.strip(), blocks=tuple(blocks), hidden=sheet.sheet_state != "visible"
    )


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            yield from range((dimension.min or 1) - 1, dimension.max or 1)


def _plain(cell: SheetCell) -> tuple[Paragraph, ...]:
    return paragraphs_of([Run(text=cell.comment.text if cell.comment else "")])


def _parts(cells: Places, spans: Iterable[Span]) -> Iterator[dict[tuple[int, int], SheetCell]]:
    """Divide a sheet where, after a blank row, a row with a single cell heads something new."""
    in_row: dict[int, int] = {}
    for row, _ in cells:
        in_row[row] = in_row.get(row, 0) + 1
    covered = {row for span in spans for row in range(span.top, span.bottom + 1) if span.bottom > span.top}
    rows = sorted(in_row)
    part: set[int] = set()
    for index, row in enumerate(rows):
        after_blank = index > 0 and rows[index - 1] < row - 1 and row - 1 not in covered
        if after_blank and in_row[row] == 1 and part:
            yield {place: cell for place, cell in cells.items() if place[0] in part}
            part = set()
        part.add(row)
    if part:
        yield {place: cell for place, cell in cells.items() if place[0] in part}


def _blocks(cells: Places, spans: Iterable[Span], theme: Mapping[str, Rgb]) -> Iterator[Block]:
    """Rows with a single cell above the first row with more are headings; the rest is a table, or text."""
    rows = sorted({row for row, _ in cells})
    counts = {row: sum(place[0] == row for place in cells) for row in rows}
    first = next((row for row in rows if counts[row] > 1), None)
    above = [row for row in rows if first is None or row < first]
    heading_cells = [cells[place] for place in sorted(cells) if place[0] in above]
    if first is None and len(heading_cells) == 1 and _is_short(heading_cells[0]):
        yield TextBlock(paragraphs=_paragraphs(heading_cells[0], theme), heading_level=1)
        return
    if first is None:
        paragraphs = [one for cell in heading_cells for one in _paragraphs(cell, theme)]
        yield TextBlock(paragraphs=with_typed_markers(paragraphs))
        return
    for cell in heading_cells:
        yield TextBlock(paragraphs=_paragraphs(cell, theme), heading_level=2 if _is_short(cell) else 0)
    yield Table(rows=_grid({place: cell for place, cell in cells.items() if place[0] >= first}, spans, theme))


def _is_short(cell: SheetCell) -> bool:
    return len(str(cell.value).split()) <= LONGEST_HEADING


def _grid(cells: Places, spans: Iterable[Span], theme: Mapping[str, Rgb]) -> tuple[tuple, ...]:  # type: ignore[type-arg]
    """Lay cells out in a rectangle from their first column on, leaving blank and hidden rows out."""
    merged = {(span.top, span.left): span for span in spans}
    covered_rows = {
        row for place, span in merged.items() if place in cells for row in range(span.top, span.bottom + 1)
    }
    rows = sorted(
        {row for row, _ in cells} | {row for row in covered_rows if row >= min(row for row, _ in cells)}
    )
    columns = sorted({column for _, column in cells})
    row_of, column_of = (
        {row: i for i, row in enumerate(rows)},
        {column: i for i, column in enumerate(columns)},
    )
    placed = []
    for (row, column), cell in sorted(cells.items()):
        span = merged.get((row, column), Span(top=row, left=column, bottom=row, right=column))
        placed.append(
            Placed(
                row=row_of[row],
                column=column_of[column],
                paragraphs=with_typed_markers(_paragraphs(cell, theme)),
                row_span=sum(span.top <= one <= span.bottom for one in rows),
                column_span=sum(span.left <= one <= span.right for one in columns),
                reference=reference(row, column),
            )
        )
    return grid(placed, row_count=len(rows), column_count=len(columns))


def _paragraphs(cell: SheetCell, theme: Mapping[str, Rgb]) -> tuple[Paragraph, ...]:
    font = cell.font
    if font is not None and font.strike:
        return ()
    red, bold = is_red(_colour(font.color, theme)) if font else False, bool(font and font.b)
    value = cell.value
    if not isinstance(value, CellRichText):
        return paragraphs_of([Run(text=_shown(cell), red=red, bold=bold)])
    runs = []
    for part in value:
        if isinstance(part, RichText):
            if not part.font.strike:
                own = is_red(_colour(part.font.color, theme)) if part.font.color is not None else False
                runs.append(Run(text=part.text, red=own, bold=bool(part.font.b)))
        else:
            runs.append(Run(text=part, red=red, bold=bold))
    return paragraphs_of(runs)


def _shown(cell: SheetCell) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y") if value.time() == time(0) else value.strftime("%d.%m.%Y %H:%M")
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_percent = "%" in (cell.number_format or "")
        return f"{value * 100:.10g}%" if is_percent else f"{value:.15g}"
    return str(value)


def _colour(colour: Color | None, theme: Mapping[str, Rgb]) -> Rgb | None:
    if colour is None:
        return None
    base: Rgb | None = None
    if colour.type == "theme" and 0 <= colour.theme < len(THEME_ORDER):
        base = theme.get(THEME_ORDER[colour.theme])
    elif colour.type == "indexed" and 0 <= colour.indexed < len(COLOR_INDEX):
        base = from_hex(COLOR_INDEX[colour.indexed])
    elif colour.type == "rgb":
        base = from_hex(colour.rgb)
    return tinted(base, float(colour.tint or 0)) if base is not None else None


def _theme(content: bytes | None) -> dict[str, Rgb]:
    if not content:
        return {}
    return theme_colours(etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True)))
