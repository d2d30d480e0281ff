"""Tables on slides, with merged cells and the look of the table's style."""

from lxml import etree

from robust.engines.documents.model import Table
from robust.engines.documents.reading import slide_text
from robust.engines.documents.reading.grid import Placed, grid
from robust.engines.documents.reading.slide_styles import SlideStyles
from robust.engines.documents.reading.slide_text import A


def table(node: etree._Element, styles: SlideStyles) -> Table:
    """Read one table; cells that a merged cell covers give way to it."""
    rows = node.findall(f"{A}tr")
    placed = [
        _placed(node, cell, styles, row=row, column=column, is_last_row=row == len(rows) - 1)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line.findall(f"{A}tc"))
        if not _is_covered(cell)
    ]
    width = max((len(line.findall(f"{A}tc")) for line in rows), default=0)
    return Table(rows=grid(placed, row_count=len(rows), column_count=width))


def _is_covered(cell: etree._Element) -> bool:
    return any(cell.get(name) in ("1", "true") for name in ("hMerge", "vMerge"))


def _placed(
    node: etree._Element,
    cell: etree._Element,
    styles: SlideStyles,
    *,
    row: int,
    column: int,
    is_last_row: bool,
) -> Placed:
    body = cell.find(f"{A}txBody")
    style = styles.of_cell(node, row=row, is_last_row=is_last_row, column=column)
    return Placed(
        row=row,
        column=column,
        paragraphs=() if body is None else slide_text.paragraphs(body, style),
        row_span=int(cell.get("rowSpan", "1")),
        column_span=int(cell.get("gridSpan", "1")),
    )
