from datetime import UTC, date, datetime

from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock as RichText
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.styles.colors import Color

from robust.engines import documents
from robust.engines.documents import Run, Table, TextBlock
from tests.engines.documents.reading import files, shown


def sheet(*rows, change=lambda sheet: None) -> bytes:
    def fill(book):
        for row in rows:
            book.active.append(row)
        change(book.active)

    return files.workbook(fill)


def test_each_sheet_is_a_page_and_hidden_ones_are_marked():
    def fill(book):
        book.active.title = "Personale"
        book.create_sheet("Gemt").sheet_state = "hidden"
        book.create_chartsheet("Figur").add_chart(BarChart())

    document = documents.read(files.workbook(fill), name="plan")

    assert document.kind == "xlsx"
    assert [(page.number, page.title, page.hidden) for page in document.pages] == [
        (1, "Personale", False),
        (2, "Gemt", True),
    ]


def test_cells_keep_their_own_references_and_merged_ones_are_resolved():
    def change(sheet):
        sheet.merge_cells("B3:B4")
        sheet.merge_cells("C3:D3")

    content = sheet([], [None, "a", "b", "c"], [None, "d", "e"], [None, None, "f", "g"], change=change)

    assert shown.table(content) == [
        [("B2", "a"), ("C2", "b"), ("D2", "c")],
        [("B3", "d"), ("C3", "e"), ("C3", "e")],
        [("B3", "d"), ("C4", "f"), ("D4", "g")],
    ]


def test_values_are_shown_as_people_write_them():
    def change(sheet):
        sheet["C1"].number_format = "0%"

    content = sheet(
        [
            1,
            2.5,
            0.25,
            True,
            date(2024, 5, 1),
            datetime(2024, 5, 1, 7, 15, tzinfo=UTC).replace(tzinfo=None),
            "a\nb",
        ],
        change=change,
    )

    assert [text for _, text in shown.table(content)[0]] == [
        "1",
        "2.5",
        "25%",
        "True",
        "01.05.2024",
        "01.05.2024 07:15",
        "a\nb",
    ]


def test_a_date_without_time_is_shown_as_a_date():
    assert (
        shown.table(sheet([datetime(2024, 5, 1, tzinfo=UTC).replace(tzinfo=None), date(2024, 6, 1)]))[0][0][1]
        == "01.05.2024"
    )


def test_red_comes_from_cells_words_themes_and_palettes():
    def change(sheet):
        sheet["A1"].font = Font(color="FFC00000")
        sheet["B1"].font = Font(color=Color(theme=5))
        sheet["C1"].font = Font(color=Color(indexed=10))
        sheet["D1"].font = Font(color=Color(auto=True))
        sheet["E1"].font = Font(color=Color(theme=99))
        sheet["F1"].font = Font(color="FFFF0000", strike=True)
        sheet["H1"].font = Font()
        sheet["G1"].value = CellRichText(
            "sort ",
            RichText(InlineFont(color="FFFF0000", b=True), "rød"),
            RichText(InlineFont(strike=True), "væk"),
            RichText(InlineFont(), " sort"),
        )

    runs = [run for one in shown.paragraphs(sheet(list("abcdefgh"), change=change)) for run in one.runs]

    assert runs == [
        Run(text="a", red=True),
        Run(text="b", red=True),
        Run(text="c", red=True),
        Run(text="d"),
        Run(text="e"),
        Run(text="sort "),
        Run(text="rød", red=True, bold=True),
        Run(text=" sort"),
        Run(text="h"),
    ]


def test_rows_and_columns_that_are_hidden_are_kept_apart():
    def change(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.column_dimensions["A"].width = 40

    blocks = shown.blocks(sheet(["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"], change=change))

    seen = [
        ([[cell.text for cell in row] for row in block.rows], block.hidden)
        for block in blocks
        if isinstance(block, Table)
    ]
    assert seen == [
        ([["a", "b"], ["g", "h"]], False),
        ([["", "", "c"], ["d", "e", "f"], ["", "", "i"]], True),
    ]


def test_comments_are_kept_apart():
    def change(sheet):
        sheet["A1"].comment = Comment("husk", "hr")

    blocks = shown.blocks(sheet(["a", "b"], change=change))

    assert [(block.text, block.hidden) for block in blocks if isinstance(block, TextBlock)] == [
        ("husk", True)
    ]


def test_single_cells_above_a_table_are_headings_and_long_ones_text():
    long = " ".join(["ord"] * 13)
    blocks = shown.blocks(
        sheet(["Personale"], [], ["Intro"], [long], ["Initiativ", "Status"], ["Mentor", "I gang"])
    )

    seen = [(block.text, block.heading_level) for block in blocks if isinstance(block, TextBlock)]
    assert seen == [("Personale", 1), ("Intro", 2), (long, 0)]


def test_a_blank_row_inside_a_table_does_not_end_it():
    blocks = shown.blocks(sheet(["a", "b"], [], ["c", "d"], [], ["e"], ["f", "g"]))

    assert [
        [[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)
    ] == [
        [["a", "b"], ["c", "d"]],
        [["f", "g"]],
    ]


def test_cells_in_one_column_are_text_with_its_list_signs():
    blocks = shown.blocks(sheet(["Indsatser"], ["1. Mentor"], ["2. Buddy"]))

    assert [(one.marker, one.text) for one in blocks[0].paragraphs] == [
        ("", "Indsatser"),
        ("number", "Mentor"),
        ("number", "Buddy"),
    ]


def test_a_cell_far_away_costs_nothing():
    def change(sheet):
        sheet["A1048576"].alignment = Alignment(wrap_text=True)
        sheet["XFD1"] = "langt væk"

    assert shown.table(sheet(["a", "b"], change=change)) == [[("A1", "a"), ("B1", "b")]]


def test_a_workbook_without_theme_is_read():
    coloured = sheet(
        ["a", "b"], change=lambda sheet: setattr(sheet["A1"], "font", Font(color=Color(theme=5)))
    )
    content = files.repacked(coloured, dropped=["xl/theme/theme1.xml"])

    assert shown.red(content) == []
