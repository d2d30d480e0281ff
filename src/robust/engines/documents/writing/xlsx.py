"""A follow-up as a sheet: a row per initiative and site, with filters, computing nothing people wrote."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import Any

import xlsxwriter

from robust.engines.documents import comparing
from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp, Row, Section, Status
from robust.engines.documents.writing import measuring, text
from robust.engines.documents.writing.measuring import Room
from robust.engines.documents.writing.tables import Cell

_MOST_CHARACTERS = 32_000  # a cell holds 32,767
_MOST_RUNS = 400  # a text with more changes than this is written plain
_HEADER_ROW = 3
_WIDTHS = (18, 26, 44, 20, 18, 60, 14, 8, 24, 26)
_FORBIDDEN_IN_NAMES = str.maketrans("", "", "[]:*?/\\'\n")
_LONGEST_NAME, _LONGEST_FOOTER = 31, 150
_LINE, _TALLEST, _POINTS_PER_WIDTH = 15.0, 409.0, 5.2  # points
_TEXT = {"text_wrap": True, "valign": "top", "quote_prefix": True}
_NEW = {"font_color": "#B00020", "underline": 1}

_Value = str | date | tuple[Passage, ...] | None


def write_xlsx(follow_up: FollowUp) -> bytes:
    """Write a sheet; new text is red and underlined, removed text is left out."""
    ready = text.prepared(follow_up)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        _state_properties(book, ready)
        sheet = _Sheet(book, name=ready.title)
        sheet.write_head(ready)
        rows = list(_rows(ready))
        for number, row in enumerate(rows, start=_HEADER_ROW + 1):
            sheet.write_row(number, row)
        sheet.finish(rows=len(rows), follow_up=ready)
    return content.getvalue()


def _state_properties(book: Any, follow_up: FollowUp) -> None:
    dated = datetime.combine(follow_up.dated_on, time())  # written as UTC
    book.set_properties({"title": follow_up.title, "subject": follow_up.statement, "created": dated})


def _columns(follow_up: FollowUp) -> tuple[str, ...]:
    labels = follow_up.labels
    return (
        labels.area,
        labels.group,
        labels.initiative,
        labels.site,
        labels.judgement,
        labels.status,
        labels.stated_on,
        labels.new_column,
        labels.owner,
        labels.source,
    )


def _rows(follow_up: FollowUp) -> Iterator[tuple[_Value, ...]]:
    for section in follow_up.sections:
        for row in section.rows:
            for site, status in _told(row, follow_up):
                yield from _site_rows(section, row, site, status, mark=follow_up.labels.new_mark)


def _told(row: Row, follow_up: FollowUp) -> list[tuple[str, Status]]:
    sites = zip((site.name for site in follow_up.sites), row.sites, strict=False)
    told = [(follow_up.labels.all_sites, row.status), *sites]
    return [(site, status) for site, status in told if not status.is_blank] or [("", Status())]


def _site_rows(
    section: Section, row: Row, site: str, status: Status, *, mark: str
) -> Iterator[tuple[_Value, ...]]:
    judgement = f"{status.judgement.shape} {status.judgement.word}" if status.judgement else ""
    is_new = any(
        passage.change is Change.NEW and passage.text.strip() for passage in (*row.initiative, *status.text)
    )
    for piece in _pieces(status.text):
        yield (
            section.area,
            row.group,
            next(_pieces(row.initiative)),
            site,
            judgement,
            piece,
            status.stated_on,
            mark if is_new else "",
            row.owner,
            row.source,
        )


def _pieces(passages: Sequence[Passage]) -> Iterator[tuple[Passage, ...]]:
    """What stands now, in pieces that a cell can hold; a longer text goes on in a further row."""
    standing = [passage for passage in text.shown(passages) if passage.change is not Change.REMOVED]
    if len(standing) > _MOST_RUNS:
        standing = list(comparing.plain(comparing.as_it_is_now(standing)))
    piece: list[Passage] = []
    room = _MOST_CHARACTERS
    for passage in standing:
        left = passage.text
        while len(left) > room:
            yield (*piece, Passage(left[:room], passage.change))
            piece, left, room = [], left[room:], _MOST_CHARACTERS
        piece.append(Passage(left, passage.change))
        room -= len(left)
    yield tuple(piece)


def _height(row: Sequence[_Value]) -> float:
    """The height that shows the longest text of a row, as far as a sheet allows."""
    heights = [_LINE]
    for value, width in zip(row, _WIDTHS, strict=True):
        passages = (
            value if isinstance(value, tuple) else comparing.plain(value) if isinstance(value, str) else ()
        )
        cell = Cell(lines=text.lines(passages))
        heights.append(
            measuring.height_of(cell, Room(width=width * _POINTS_PER_WIDTH, size=11)) * _LINE / 13.2
        )
    return min(max(heights), _TALLEST)


class _Sheet:
    """The one sheet, with the formats that its cells share."""

    def __init__(self, book: Any, *, name: str) -> None:
        safe = name.translate(_FORBIDDEN_IN_NAMES).strip()[:_LONGEST_NAME].strip()
        self.sheet = book.add_worksheet(safe or None)
        self.title = book.add_format({"bold": True, "font_size": 16, "quote_prefix": True})
        self.line = book.add_format({"quote_prefix": True})
        self.header = book.add_format({**_TEXT, "bold": True, "bottom": 2, "bottom_color": "#0B5C6B"})
        self.cell = book.add_format({**_TEXT, "bottom": 1, "bottom_color": "#8A8F98"})
        self.new_cell = book.add_format({**_TEXT, **_NEW, "bottom": 1, "bottom_color": "#8A8F98"})
        self.day = book.add_format(
            {"valign": "top", "align": "left", "num_format": 14, "bottom": 1, "bottom_color": "#8A8F98"}
        )
        self.kept = book.add_format({})
        self.new = book.add_format(_NEW)

    def write_head(self, follow_up: FollowUp) -> None:
        self.sheet.write_string(0, 0, follow_up.title, self.title)
        self.sheet.write_string(1, 0, follow_up.statement, self.line)
        if follow_up.shows_changes:
            legend = f"{follow_up.labels.new_mark}: {follow_up.labels.legend_new}"
            self.sheet.write_string(2, 0, legend, self.new)
        for column, (heading, width) in enumerate(zip(_columns(follow_up), _WIDTHS, strict=True)):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(_HEADER_ROW, column, heading, self.header)

    def write_row(self, number: int, row: Iterable[_Value]) -> None:
        row = tuple(row)
        self.sheet.set_row(number, _height(row))
        for column, value in enumerate(row):
            if isinstance(value, tuple):
                self._write_passages(number, column, value)
            elif isinstance(value, date):
                moment = datetime.combine(value, time())  # a day, no moment
                self.sheet.write_datetime(number, column, moment, self.day)
            elif value:
                self.sheet.write_string(number, column, value[:_MOST_CHARACTERS], self.cell)
            else:
                self.sheet.write_blank(number, column, None, self.cell)

    def _write_passages(self, number: int, column: int, passages: Sequence[Passage]) -> None:
        if not passages:
            self.sheet.write_blank(number, column, None, self.cell)
        elif len(passages) == 1:
            style = self.new_cell if passages[0].change is Change.NEW else self.cell
            self.sheet.write_string(number, column, passages[0].text, style)
        else:
            runs = (
                (self.new if passage.change is Change.NEW else self.kept, passage.text)
                for passage in passages
            )
            self.sheet.write_rich_string(number, column, *chain.from_iterable(runs), self.cell)

    def finish(self, *, rows: int, follow_up: FollowUp) -> None:
        last_column = len(_WIDTHS) - 1
        self.sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + rows, last_column)
        self.sheet.freeze_panes(_HEADER_ROW + 1, 0)
        self.sheet.repeat_rows(_HEADER_ROW)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        page = follow_up.labels.page.replace("&", "&&").replace("{pages}", "&N").replace("{page}", "&P")
        statement = follow_up.statement.replace("&", "&&")[:_LONGEST_FOOTER]
        self.sheet.set_footer(f"&L{statement}&R{page}")
