"""Dividing tables over slides: a row keeps together where it can, and a row taller than a slide goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from robust.engines.documents.writing import measuring
from robust.engines.documents.writing.measuring import Room
from robust.engines.documents.writing.tables import Cell, Table, going_on, marked

MARGIN_X, MARGIN_Y = 4.0, 3.0  # points, on each side of a cell's text
_WORTH_STARTING = 0.4  # of a slide that must be left before a row that is too tall for any begins there

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The room for a table on a slide, in points, and the words for what goes on and what is new."""

    width: float
    height: float
    size: float
    stretch: float
    continued: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    table: Table
    heights: tuple[float, ...]  # of the header row and of each row, in points


def slides(table: Table, frame: Frame) -> Iterator[Slide]:
    """Divide a table with rows over slides so that by the estimate nothing runs off one."""
    header = _height(tuple(Cell(heading=column.heading) for column in table.columns), table, frame)
    room = frame.height - header
    waiting = list(reversed(table.rows))
    while waiting:
        rows, heights = _fill(waiting, room, table, frame)
        yield Slide(table=replace(table, rows=rows), heights=(header, *heights))
        table = replace(table, goes_on=True)
        _tell_group_again(waiting, rows[-1], table, frame.continued)


def _fill(
    waiting: list[Row], room: float, table: Table, frame: Frame
) -> tuple[tuple[Row, ...], tuple[float, ...]]:
    rows: list[Row] = []
    heights: list[float] = []
    left = room
    while waiting:
        row = waiting[-1]
        height = _height(row, table, frame)
        if height > room and left > _WORTH_STARTING * room:
            first, rest = _cut(row, left, table, frame)
            if rows or _length(rest) < _length(row):  # else the slide is too low for cutting to help
                waiting[-1:] = [rest, first]
                row = first
            height = min(_height(row, table, frame), left)
        if height > left:
            break
        rows.append(waiting.pop())
        heights.append(height)
        left -= height
    return tuple(rows), tuple(heights)


def _length(row: Row) -> int:
    return sum(len(passage.text) for cell in row for line in cell.lines for passage in line)


def _height(row: Row, table: Table, frame: Frame) -> float:
    return 2 * MARGIN_Y + max(
        measuring.height_of(cell, _room(share, frame)) for cell, share in zip(row, table.widths, strict=True)
    )


def _room(share: float, frame: Frame) -> Room:
    return Room(width=share * frame.width - 2 * MARGIN_X, size=frame.size, stretch=frame.stretch)


def _cut(row: Row, height: float, table: Table, frame: Frame) -> tuple[Row, Row]:
    """Cut the cells that are too tall; the rest tells group and initiative again, saying that they go on."""
    first: list[Cell] = []
    rest: list[Cell] = []
    for cell, column, share in zip(row, table.columns, table.widths, strict=True):
        taken, left = measuring.cut(cell, _room(share, frame), height=height - 2 * MARGIN_Y)
        if column.kind in ("group", "initiative"):
            left = replace(left, lines=_reminder(cell, frame.continued).lines + left.lines)
        first.append(taken)
        rest.append(left)
    return (
        marked(tuple(first), table.columns, mark=frame.mark),
        marked(tuple(rest), table.columns, mark=frame.mark),
    )


def _reminder(cell: Cell, continued: str) -> Cell:
    if not cell.lines or cell.lines[0][-1].text.endswith(continued):
        return Cell(lines=cell.lines[:1])
    return going_on(cell, continued=continued)


def _tell_group_again(waiting: list[Row], latest: Row, table: Table, continued: str) -> None:
    """Say that the group goes on, at each of the next rows that belong to the group of the latest one."""
    at = table.group_at
    group, again = latest[at], _reminder(latest[at], continued)
    for number in reversed(range(len(waiting))):
        if waiting[number][at] not in (group, again):
            return
        waiting[number] = (*waiting[number][:at], again, *waiting[number][at + 1 :])
