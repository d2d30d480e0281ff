"""Ruled tables on printed pages, with boxes that lie over them taken away first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page as PdfPage
from pdfplumber.table import TableFinder, TableSettings

from robust.engines.documents.model import Box, Cell, Table
from robust.engines.documents.reading import pdf_columns, pdf_lines
from robust.engines.documents.reading.grid import Placed, grid
from robust.engines.documents.reading.pdf_lines import Char

Shape = Mapping[str, Any]
Bounds = tuple[float, float, float, float]
NEAR = 2.5
SMALLEST_WIDTH = 40
LONGEST_UNDERLINE = 250
MOST_CELLS = 10_000  # of a page; more is a drawing
PADDING = 6  # the most that is taken for the margin inside a cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """The tables of a page, text boxes that lie over them, and the characters in neither."""

    tables: tuple[Table, ...]
    boxes: tuple[tuple[Char, ...], ...]
    rest: tuple[Char, ...]


def ruled(page: PdfPage, *, drawn_lines: int) -> Ruled:
    """Find the tables of a page that has no more than so many drawn lines."""
    chars = [char for char in _not_struck(page) if char["text"].strip()]
    shapes = [*page.rects, *page.curves]
    if len(shapes) + len(page.lines) > drawn_lines:
        return Ruled(tables=(), boxes=(), rest=tuple(chars))
    floating = list(_floating(page))
    boxes, under = _taken_out(chars, floating)
    away = {id(shape) for shape, _ in floating}
    edges = [
        edge for edge in page.edges if not _is_of_any(edge, [shape for shape in shapes if id(shape) in away])
    ]
    settings = {"vertical_strategy": "explicit", "horizontal_strategy": "explicit"}
    tables, rest = _tables(page, edges, under, settings)
    if not tables:
        tables, rest = _unruled(under, edges)
    return Ruled(tables=tuple(tables), boxes=boxes, rest=tuple(rest))


def _not_struck(page: PdfPage) -> Iterator[Char]:
    """Leave out characters with a line through their middle."""
    thin = [
        one for one in (*page.lines, *page.rects) if one["height"] < 2 and one["width"] < 0.9 * page.width
    ]
    for char in page.chars:
        upper, lower = (char["top"] + share * char["height"] for share in (0.4, 0.75))
        middle = (char["x0"] + char["x1"]) / 2
        if not any(upper < one["top"] < lower and one["x0"] - 1 <= middle <= one["x1"] + 1 for one in thin):
            yield char


def _tables(
    page: PdfPage, edges: Sequence[Shape], chars: list[Char], settings: Mapping[str, Any]
) -> tuple[list[Table], list[Char]]:
    vertical = [edge for edge in edges if edge["orientation"] == "v"]
    horizontal = [edge for edge in edges if edge["orientation"] == "h"]
    across, down = (
        {round(edge[side]) for edge in lot} for lot, side in ((vertical, "x0"), (horizontal, "top"))
    )
    if not across or not down or len(across) * len(down) > MOST_CELLS:
        return [], chars
    resolved = TableSettings.resolve(
        {**settings, "explicit_vertical_lines": vertical, "explicit_horizontal_lines": horizontal}
    )
    tables, rest = [], chars
    for found in TableFinder(page, resolved).tables:
        table, inside = _table([cell for cell in found.cells if cell is not None], rest)
        if table is not None:
            tables.append(table)
            rest = [char for char in rest if id(char) not in inside]
    return tables, rest


def _unruled(chars: list[Char], edges: Iterable[Shape]) -> tuple[list[Table], list[Char]]:
    rules = [
        edge["top"] for edge in edges if edge["orientation"] == "h" and edge["width"] > LONGEST_UNDERLINE
    ]
    tables: list[Table] = []
    while bounds := pdf_columns.cells(chars, rules=rules):
        table, inside = _table(bounds, chars)
        if table is None or not inside:
            break
        tables.append(table)
        chars = [char for char in chars if id(char) not in inside]
    return tables, chars


def _table(bounds: Sequence[Bounds], chars: Sequence[Char]) -> tuple[Table | None, set[int]]:
    columns = _edges([edge for bound in bounds for edge in (bound[0], bound[2])])
    rows = _edges([edge for bound in bounds for edge in (bound[1], bound[3])])
    if len(columns) < 3:
        return None, set()
    inside: set[int] = set()
    placed = []
    for bound in bounds:
        own = [char for char in chars if _holds(bound, char)]
        inside |= {id(char) for char in own}
        row, column = _index(rows, bound[1]), _index(columns, bound[0])
        placed.append(
            Placed(
                row=row,
                column=column,
                paragraphs=_cell_paragraphs(bound, own),
                row_span=max(1, _index(rows, bound[3]) - row),
                column_span=max(1, _index(columns, bound[2]) - column),
            )
        )
    cells = grid(placed, row_count=len(rows) - 1, column_count=len(columns) - 1)
    box = Box(left=columns[0], top=rows[0], right=columns[-1], bottom=rows[-1])
    return Table(rows=tuple(_without_empty_columns(cells)), box=box), inside


def _cell_paragraphs(bound: Bounds, chars: Sequence[Char]) -> tuple[Any, ...]:
    lines = pdf_lines.lines_of(chars, split_columns=False)
    padding = min(PADDING, min((line.left for line in lines), default=bound[0]) - bound[0])
    return pdf_lines.paragraphs(lines, right_edge=bound[2] - max(0.0, padding))


def _without_empty_columns(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Leave out columns in which no cell begins that says anything: slivers between double lines."""
    width = len(rows[0]) if rows else 0
    kept = [
        column
        for column in range(width)
        if any(not row[column].is_blank and row[column].column == column for row in rows)
        or all(row[column].column == column for row in rows)
    ]
    for row in rows:
        yield tuple(row[column] for column in kept)


def _edges(positions: Iterable[float]) -> list[float]:
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > NEAR:
            found.append(position)
    return found


def _index(edges: Sequence[float], position: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))


def _holds(bound: Bounds, char: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(bound[0] <= x <= bound[2] and bound[1] <= y <= bound[3])


def _bounds(shape: Shape) -> Bounds:
    return shape["x0"], shape["top"], shape["x1"], shape["bottom"]


def _floating(page: PdfPage) -> Iterator[tuple[Shape, int]]:
    """Shapes with text of their own that share no side with others: boxes laid over or beside a table."""
    order = painting_order(page)
    chars = [
        (char, place) for char, place in zip(page.chars, order["char"], strict=False) if char["text"].strip()
    ]
    rects = page.rects
    for kind, shapes in (("rect", rects), ("curve", page.curves)):
        for shape, place in zip(shapes, order[kind], strict=False):
            if _may_float(shape, page) and (kind == "curve" or not _shares_side(shape, rects)):
                own = [char for char, later in chars if later > place and _holds(_bounds(shape), char)]
                if own and shape["height"] > 1.6 * own[0]["size"]:
                    yield shape, place


def _may_float(shape: Shape, page: PdfPage) -> bool:
    area = shape["width"] * shape["height"]
    return bool(shape["width"] >= SMALLEST_WIDTH and area < 0.3 * page.width * page.height)


def _shares_side(shape: Shape, others: Iterable[Shape]) -> bool:
    """Say if a shape lies edge to edge with another, as the cells of a table do."""
    return any(not _same_place(shape, other) and _touch(shape, other) for other in others)


def _touch(shape: Shape, other: Shape) -> bool:
    wide = min(shape["x1"], other["x1"]) - max(shape["x0"], other["x0"])
    tall = min(shape["bottom"], other["bottom"]) - max(shape["top"], other["top"])
    beside = min(abs(other["x1"] - shape["x0"]), abs(other["x0"] - shape["x1"])) < NEAR
    below = min(abs(other["bottom"] - shape["top"]), abs(other["top"] - shape["bottom"])) < NEAR
    return bool(
        (beside and tall > 0.5 * min(shape["height"], other["height"]))
        or (below and wide > 0.5 * min(shape["width"], other["width"]))
    )


def _same_place(shape: Shape, other: Shape) -> bool:
    """One box is often drawn twice, once filled and once outlined."""
    return all(abs(one - two) < NEAR for one, two in zip(_bounds(shape), _bounds(other), strict=True))


def painting_order(page: PdfPage) -> dict[str, list[int]]:
    """Tell when each character and shape is painted, by kind and in the order the library lists them."""
    order: dict[str, list[int]] = {"char": [], "rect": [], "curve": []}
    kinds = {"LTChar": "char", "LTRect": "rect", "LTCurve": "curve"}

    def walk(parent: Iterable[Any]) -> Iterator[str]:
        for child in parent:
            name = type(child).__name__
            if name in kinds:
                yield kinds[name]
            elif name == "LTFigure":
                yield from walk(child)

    for place, kind in enumerate(walk(page.layout)):
        order[kind].append(place)
    return order


def _taken_out(
    chars: Sequence[Char], floating: Sequence[tuple[Shape, int]]
) -> tuple[tuple[tuple[Char, ...], ...], list[Char]]:
    """Part the text of floating boxes from the rest; what was painted before a box lies under it."""
    boxes: list[tuple[Char, ...]] = []
    rest = list(chars)
    for shape, place in floating:
        own = tuple(
            char for char in rest if char.get("painted", place) >= place and _holds(_bounds(shape), char)
        )
        if own:
            boxes.append(own)
            taken = {id(char) for char in own}
            rest = [char for char in rest if id(char) not in taken]
    return tuple(boxes), rest


def _is_of_any(edge: Shape, shapes: Iterable[Shape]) -> bool:
    return any(
        edge["x0"] >= shape["x0"] - 0.5
        and edge["x1"] <= shape["x1"] + 0.5
        and edge["top"] >= shape["top"] - 0.5
        and edge["bottom"] <= shape["bottom"] + 0.5
        and _on_border(edge, shape)
        for shape in shapes
    )


def _on_border(edge: Shape, shape: Shape) -> bool:
    if edge["orientation"] == "v":
        return bool(min(abs(edge["x0"] - shape["x0"]), abs(edge["x0"] - shape["x1"])) < 0.5)
    return bool(min(abs(edge["top"] - shape["top"]), abs(edge["top"] - shape["bottom"])) < 0.5)
