"""The tables that slides, text documents and print share: their columns and cells."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from robust.engines.documents import comparing
from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp, Row, Section, Site, Status
from robust.engines.documents.writing import text

ColumnKind = Literal["mark", "group", "initiative", "owner", "status", "site"]
WEIGHTS: dict[ColumnKind, int] = {
    "mark": 7,
    "group": 20,
    "initiative": 26,
    "owner": 15,
    "status": 29,
    "site": 24,
}
REMINDER = 90  # characters of an initiative that are told again where it goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    kind: ColumnKind
    heading: str

    @property
    def weight(self) -> int:
        return WEIGHTS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A bold line of its own (may be empty) above paragraphs of passages."""

    heading: str = ""
    lines: tuple[text.Line, ...] = ()

    @property
    def is_new(self) -> bool:
        return any(passage.change is Change.NEW for line in self.lines for passage in line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`goes_on` is true for the further tables of a section whose sites do not fit beside each other."""

    area: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    goes_on: bool = False

    @property
    def widths(self) -> tuple[float, ...]:
        """The share of the table's width that each column takes."""
        total = sum(column.weight for column in self.columns)
        return tuple(column.weight / total for column in self.columns)

    @property
    def group_at(self) -> int:
        return next(number for number, column in enumerate(self.columns) if column.kind == "group")

    @property
    def group_spans(self) -> tuple[tuple[int, int], ...]:
        """First row and number of rows of each run of rows in the same group."""
        spans: list[tuple[int, int]] = []
        for _, run in groupby(enumerate(self.rows), key=lambda numbered: numbered[1][self.group_at]):
            numbers = [number for number, _ in run]
            spans.append((numbers[0], len(numbers)))
        return tuple(spans)


def tables(follow_up: FollowUp, *, sites_at_once: int = 3) -> tuple[Table, ...]:
    """Lay a prepared follow-up out as tables, one per section and per so many sites."""
    return tuple(
        table
        for section in follow_up.sections
        for table in _section_tables(follow_up, section, sites_at_once)
    )


def plain_cell(words: str) -> Cell:
    """Wrap words in which nothing changed."""
    return Cell(lines=text.lines(comparing.plain(words)))


def marked(row: tuple[Cell, ...], columns: tuple[Column, ...], *, mark: str) -> tuple[Cell, ...]:
    """Set the mark in the margin where something in the row is new, and take it away where nothing is."""
    is_new = any(cell.is_new for cell, column in zip(row, columns, strict=True) if column.kind != "mark")
    mark_cell = Cell(lines=((Passage(mark, Change.NEW),),)) if is_new else Cell()
    return tuple(
        mark_cell if column.kind == "mark" else cell for cell, column in zip(row, columns, strict=True)
    )


def going_on(cell: Cell, *, continued: str) -> Cell:
    """Tell the beginning of an initiative again, with the word that says that it goes on."""
    words = " ".join(comparing.as_it_is_now(line) for line in cell.lines)
    if len(words) > REMINDER:
        words = words[:REMINDER].rsplit(" ", 1)[0] + "…"
    return plain_cell(f"{words} {continued}".strip())


def _section_tables(follow_up: FollowUp, section: Section, sites_at_once: int) -> Iterator[Table]:
    for first, count in _shares(len(follow_up.sites), sites_at_once):
        shown_sites = follow_up.sites[first : first + count]
        columns = tuple(_columns(follow_up, shown_sites, is_first=first == 0))
        rows = tuple(_cells(row, columns, first, follow_up.labels.continued) for row in section.rows)
        mark = follow_up.labels.new_mark
        yield Table(
            area=section.area,
            columns=columns,
            rows=tuple(marked(row, columns, mark=mark) for row in rows),
            goes_on=first > 0,
        )


def _shares(sites: int, at_once: int) -> Iterator[tuple[int, int]]:
    """First site and number of sites of each table: as few tables as will do, as even as they can be."""
    left, tables_left = sites, max(math.ceil(sites / at_once), 1)
    while tables_left:
        count = math.ceil(left / tables_left)
        yield sites - left, count
        left, tables_left = left - count, tables_left - 1


def _columns(follow_up: FollowUp, sites: tuple[Site, ...], *, is_first: bool) -> Iterator[Column]:
    labels = follow_up.labels
    rows = [row for section in follow_up.sections for row in section.rows]
    if follow_up.shows_changes:
        yield Column(kind="mark", heading=labels.new_column)
    yield Column(kind="group", heading=labels.group)
    yield Column(kind="initiative", heading=labels.initiative)
    if is_first and any(row.owner for row in rows):
        yield Column(kind="owner", heading=labels.owner)
    if is_first and (not sites or any(not row.status.is_blank for row in rows)):
        yield Column(kind="status", heading=labels.status)
    for site in sites:
        yield Column(kind="site", heading=site.heading)


def _cells(row: Row, columns: tuple[Column, ...], first_site: int, continued: str) -> tuple[Cell, ...]:
    initiative = Cell(lines=text.lines(row.initiative))
    by_kind = {
        "mark": Cell(),
        "group": plain_cell(row.group),
        "initiative": going_on(initiative, continued=continued) if first_site else initiative,
        "owner": plain_cell(row.owner),
        "status": _status_cell(row.status),
    }
    sites = iter(row.sites[first_site:])
    return tuple(
        _status_cell(next(sites, Status())) if column.kind == "site" else by_kind[column.kind]
        for column in columns
    )


def _status_cell(status: Status) -> Cell:
    return Cell() if status.is_blank else Cell(heading=status.heading, lines=text.lines(status.text))
