import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from robust.engines.documents import Listing, write_listing


def sheet_of(listing: Listing, *facts: str) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(write_listing(listing, facts=facts)))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def test_a_list_is_a_title_facts_heads_and_rows_with_their_own_kinds_of_values() -> None:
    listing = Listing(
        title="Idéer",
        columns=("Titel", "Støtter", "Sendt", "Set", "Timer"),
        rows=[
            (
                "Fælles frokost",
                12,
                date(2026, 3, 2),
                datetime.fromisoformat("2026-03-02T07:15"),
                Decimal("37.5"),
            ),
            ("Uden", 0, None, None, ""),
        ],
    )

    sheet = sheet_of(listing, "Hentet i dag", "2 rækker")

    assert sheet.title == "Idéer"
    assert list(sheet.iter_rows(values_only=True)) == [
        ("Idéer", None, None, None, None),
        ("Hentet i dag", None, None, None, None),
        ("2 rækker", None, None, None, None),
        (None, None, None, None, None),
        ("Titel", "Støtter", "Sendt", "Set", "Timer"),
        (
            "Fælles frokost",
            12,
            datetime.fromisoformat("2026-03-02"),
            datetime.fromisoformat("2026-03-02T07:15"),
            37.5,
        ),
        ("Uden", 0, None, None, None),
    ]
    assert [cell.data_type for cell in sheet[6]] == ["s", "n", "d", "d", "n"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A5:E7", "B6")


@pytest.mark.parametrize("words", ["=1+1", "+45", "-x", "@SUM(A1)", '=cmd|"/c calc"!A1'])
def test_what_begins_like_a_formula_stays_the_text_it_is(words: str) -> None:
    sheet = sheet_of(Listing(title=words, columns=(words,), rows=[(words,)]), words)

    found = [cell for row in sheet.iter_rows() for cell in row if cell.value]

    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in found] == [(words, "s", True)] * 4


def test_what_no_sheet_can_hold_is_left_out_and_long_text_cut() -> None:
    listing = Listing(title="[]:*?/", columns=("a\x01b",), rows=[("x" * 40_000,), ("\x02ja",)])

    sheet = sheet_of(listing)

    assert sheet.title == "Sheet1"
    assert [len(str(cell.value)) for cell in sheet["A"] if cell.value] == [6, 2, 32_000, 2]
    assert sheet.column_dimensions["A"].width < 62


def test_a_list_without_rows_is_its_heads() -> None:
    sheet = sheet_of(Listing(title="Tom", columns=("Titel",), rows=[]))

    assert list(sheet.iter_rows(values_only=True)) == [("Tom",), (None,), ("Titel",)]
