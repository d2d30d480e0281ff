import io
from datetime import datetime

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp, Section, Status
from robust.engines.documents.writing.xlsx import write_xlsx
from tests.engines.documents.writing.follow_ups import follow_up, row

RED, DAY = "FFB00020", datetime.fromisoformat("2026-11-03")
HEADER = (
    "Område",
    "Gruppe",
    "Initiativ",
    "Sted",
    "Vurdering",
    "Status",
    "Dato for status",
    "Nyt",
    "Ansvarlig",
    "Kilde",
)


def sheet_of(told: FollowUp, **options: bool) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(told)), **options)
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def rows_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=4, values_only=True))


def test_each_initiative_has_a_row_per_site_that_said_something() -> None:
    assert rows_of(sheet_of(follow_up())) == [
        HEADER,
        (
            "Personale",
            "God introduktion",
            "Fast mentor til nye kolleger",
            "Fælles",
            "● på sporet",
            "Seks mentorer. Syv afsnit er med.",
            DAY,
            "ny",
            "Kim Dahl",
            "Plan 2026, side 4",
        ),
        (
            "Personale",
            "God introduktion",
            "Fast mentor til nye kolleger",
            "Nord",
            "▲ i risiko",
            "Begyndt i juni.",
            DAY,
            "ny",
            "Kim Dahl",
            "Plan 2026, side 4",
        ),
    ]


def test_an_initiative_without_any_status_still_has_its_row() -> None:
    bare = row(status=Status(), sites=(), owner="", source="")

    told = rows_of(sheet_of(follow_up(Section(area="A", rows=(bare,)), Section(area="Tomt"))))

    assert told[1:] == [
        ("A", "God introduktion", "Fast mentor til nye kolleger", *[cell or None for cell in [""] * 7])
    ]


def test_the_head_states_title_days_and_legend() -> None:
    sheet = sheet_of(follow_up())

    assert [sheet.cell(number, 1).value for number in (1, 2, 3)] == [
        "Opfølgning på planen",
        "Opfølgning pr. 22. november 2026 · Sammenlignet med 3. marts 2026",
        "ny: rød og understreget er nyt siden 3. marts 2026",
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:J6", "$4:$4")


def test_nothing_is_marked_without_a_day_to_compare_with() -> None:
    sheet = sheet_of(follow_up(compared_on=None), rich_text=True)

    assert sheet["A3"].value is None
    assert [row[7] for row in rows_of(sheet)] == ["Nyt", None, None]
    assert sheet["F5"].value == "Seks mentorer. Syv afsnit er med."


def test_new_words_are_red_and_underlined_within_the_cell() -> None:
    value = sheet_of(follow_up(), rich_text=True)["F5"].value

    assert isinstance(value, CellRichText)
    kept, space, new = value
    assert (str(kept), str(space), str(new)) == ("Seks mentorer.", " ", "Syv afsnit er med.")
    assert (new.font.color.rgb, new.font.u) == (RED, "single")


def test_a_cell_that_is_new_as_a_whole_is_red() -> None:
    fresh = row(status=Status(text=(Passage("Alt nyt.", Change.NEW),)))
    cell = sheet_of(follow_up(Section(area="A", rows=(fresh,))))["F5"]

    assert (cell.value, cell.font.color.rgb, cell.font.u) == ("Alt nyt.", RED, "single")


def test_nothing_that_people_wrote_is_computed_or_linked() -> None:
    hostile = '=HYPERLINK("http://example.org","klik")'
    told = row(
        hostile,
        group="=1+1",
        owner="+1",
        source="https://example.org",
        status=Status(text=(Passage("@SUM(1)"),)),
    )

    sheet = sheet_of(follow_up(Section(area="-2+3", rows=(told,)), title="=TITEL()"))

    cells = [cell for cells in sheet.iter_rows() for cell in cells if cell.value not in (None, DAY)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}
    assert all(cell.quotePrefix for cell in sheet[5] if cell.value not in (None, DAY))
    assert [sheet["A5"].value, sheet["B5"].value, sheet["C5"].value] == ["-2+3", "=1+1", hostile]
    assert sheet.title == "=TITEL()"


def test_a_status_longer_than_a_cell_goes_on_in_a_further_row() -> None:
    long = "a" * 32_000 + "b" * 100
    told = row(status=Status(text=(Passage("Kort. "), Passage(long, Change.NEW))), sites=())

    rows = rows_of(sheet_of(follow_up(Section(area="A", rows=(told,)))))

    assert "".join(str(row[5]) for row in rows[1:]) == f"Kort. {long}"
    assert len(rows) == 3


def test_a_text_with_very_many_changes_is_written_plain() -> None:
    patches = tuple(Passage(f"ord{at} ", Change.NEW if at % 2 else Change.KEPT) for at in range(900))
    told = row(status=Status(text=patches), sites=())

    value = sheet_of(follow_up(Section(area="A", rows=(told,))), rich_text=True)["F5"].value

    assert value == "".join(f"ord{at} " for at in range(900))


def test_the_sheet_name_is_one_that_a_spreadsheet_takes() -> None:
    assert (
        sheet_of(follow_up(title="Plan [2026]: 'alt'/intet * og en hel del mere")).title
        == "Plan 2026 altintet  og en hel d"
    )
    assert sheet_of(follow_up(title="[]")).title == "Sheet1"
