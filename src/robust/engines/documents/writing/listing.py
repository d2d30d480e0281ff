"""A list as a sheet: a title, when and by whom it was fetched, and the rows with their values as they are."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from robust.engines.documents.writing import text

_MOST_CHARACTERS = 32_000  # a cell holds 32,767
_NARROWEST, _WIDEST = 10, 60
_FORBIDDEN_IN_NAMES = str.maketrans("", "", "[]:*?/\\'\n")
_LONGEST_NAME = 31
_TOP = {"valign": "top"}

Value = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list as it stands on a page; moments have no time zone, a formula is a text like any other."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_listing(listing: Listing, *, facts: Sequence[str] = ()) -> bytes:
    """Write a sheet: the title, a line for each fact, the column heads with filters, and a row per row.

    A text is written as text also where it begins like a formula. Source: OWASP, "CSV Injection".
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        safe = text.printable(listing.title).translate(_FORBIDDEN_IN_NAMES).strip()[:_LONGEST_NAME].strip()
        sheet = book.add_worksheet(safe or None)
        book.set_properties({"title": text.printable(listing.title)})
        _write_head(book, sheet, listing, facts)
        _write_rows(book, sheet, listing, first=_head_row(facts) + 1)
        _finish(sheet, listing, head_row=_head_row(facts))
    return content.getvalue()


def _head_row(facts: Sequence[str]) -> int:
    return len(facts) + 2


def _write_head(book: Any, sheet: Any, listing: Listing, facts: Sequence[str]) -> None:
    line = book.add_format({"quote_prefix": True})
    title = book.add_format({"bold": True, "font_size": 16, "quote_prefix": True})
    head = book.add_format({**_TOP, "bold": True, "bottom": 2, "text_wrap": True, "quote_prefix": True})
    sheet.write_string(0, 0, text.printable(listing.title), title)
    for number, fact in enumerate(facts, start=1):
        sheet.write_string(number, 0, text.printable(fact)[:_MOST_CHARACTERS], line)
    for number, words in enumerate(listing.columns):
        sheet.write_string(_head_row(facts), number, text.printable(words), head)


def _write_rows(book: Any, sheet: Any, listing: Listing, *, first: int) -> None:
    words = book.add_format({**_TOP, "text_wrap": True, "quote_prefix": True})
    day = book.add_format({**_TOP, "align": "left", "num_format": 14})  # the reader's own way to write a day
    moment = book.add_format({**_TOP, "align": "left", "num_format": 22})
    figure = book.add_format(_TOP)
    for number, row in enumerate(listing.rows, start=first):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(number, column, datetime.combine(value, time()), day)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(number, column, value, figure)
            elif value:
                sheet.write_string(number, column, text.printable(value)[:_MOST_CHARACTERS], words)


def _finish(sheet: Any, listing: Listing, *, head_row: int) -> None:
    for number, words in enumerate(listing.columns):
        longest = max([len(words), *(len(str(row[number] or "")) for row in listing.rows)])
        sheet.set_column(number, number, min(max(longest + 2, _NARROWEST), _WIDEST))
    sheet.autofilter(head_row, 0, head_row + len(listing.rows), len(listing.columns) - 1)
    sheet.freeze_panes(head_row + 1, 1)
    sheet.repeat_rows(head_row)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
