from pptx.dml.color import RGBColor
from pptx.util import Cm

from robust.engines.documents import Source
from tests.engines.documents.proposing import plans
from tests.engines.documents.reading import files

HEADER = ["Tema", "Initiativ", "Status"]
COMBINED = ["Kommuner", "Initiativer og status", "Eksempler AUH"]


def stacked(cell: str, *, example: str = "") -> list[tuple[str, str, str]]:
    """Text, status and example of what stands in one cell of a combined column."""
    return plans.of_table(
        [COMBINED, ["Akut", cell, example]], "text", "status", "example", title="Opfølgning"
    )


def merged(rows: list[list[str]], *spans: tuple[int, int, int, int], title: str = "Personale") -> bytes:
    def fill(presentation):
        slide = files.add_slide(presentation, title)
        table = slide.shapes.add_table(len(rows), len(rows[0]), Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, rows)
        for top, left, bottom, right in spans:
            table.cell(top, left).merge(table.cell(bottom, right))

    return files.presentation_of(fill)


def test_each_row_links_to_its_page_block_and_cell():
    content = files.deck(
        ("A", []), ("Personale", ["Noget andet først.", [HEADER, ["Intro", "Mentor", "I gang"]]])
    )

    assert [one.source for one in plans.proposed(content).initiatives] == [Source(page=2, block=2, cell="B2")]


def test_a_group_merged_down_or_left_blank_holds_for_the_rows_below():
    rows = [HEADER, ["Intro", "Mentor", "a"], ["", "Buddy", "b"], ["", "Folder", "c"]]

    assert plans.rows(merged(rows, (1, 0, 2, 0)), "group", "text") == [
        ("Intro", "Mentor"),
        ("Intro", "Buddy"),
        ("Intro", "Folder"),
    ]


def test_a_status_merged_over_several_rows_belongs_to_each():
    rows = [HEADER, ["Intro", "Mentor", "fælles"], ["", "Buddy", ""]]

    assert plans.rows(merged(rows, (1, 2, 2, 2)), "text", "status") == [
        ("Mentor", "fælles"),
        ("Buddy", "fælles"),
    ]


def test_an_initiative_merged_over_several_rows_is_one_with_all_that_stands_beside_it():
    rows = [["Initiativ", "Status", "Ansvarlig"], ["Mentor", "a", "HR"], ["", "b", ""], ["Buddy", "c", ""]]

    assert plans.rows(merged(rows, (1, 0, 2, 0), (1, 2, 2, 2)), "text", "status", "owner") == [
        ("Mentor", "a\nb", "HR"),
        ("Buddy", "c", ""),
    ]


def test_a_cell_merged_over_text_and_status_is_read_once():
    rows = [HEADER, ["Intro", "Mentor", ""], ["Vagter", "Plan", "x"]]

    assert plans.rows(merged(rows, (1, 1, 1, 2)), "text", "status") == [("Mentor", ""), ("Plan", "x")]


def test_a_row_over_the_whole_width_heads_the_rows_below():
    rows = [
        ["Initiativ", "Status"],
        ["Rekruttering", ""],
        ["Messe", "a"],
        ["Fastholdelse", ""],
        ["Senior", "b"],
    ]
    grouped = [HEADER, ["Rekruttering", "", ""], ["Intro", "Messe", "a"]]

    assert plans.rows(merged(rows, (1, 0, 1, 1), (3, 0, 3, 1)), "area", "group", "text") == [
        ("Personale", "Rekruttering", "Messe"),
        ("Personale", "Fastholdelse", "Senior"),
    ]
    assert plans.rows(merged(grouped, (1, 0, 1, 2)), "area", "group", "text") == [
        ("Rekruttering", "Intro", "Messe")
    ]


def test_a_long_text_or_a_legend_over_the_whole_width_heads_nothing():
    long = " ".join(["ord"] * 20)
    rows = [["Initiativ", "Status"], [long, ""], ["Messe", "a"]]
    content = merged(rows, (1, 0, 1, 1))

    assert plans.rows(content, "group", "text") == [("", "Messe")]
    assert plans.reasons(content) == [("text", long)]


def test_rows_with_only_a_short_first_cell_head_the_others_where_the_table_begins_with_one():
    table = [["Initiativ", "Status"], ["Personale", ""], ["Messe", "a"], ["Patienter", ""], ["Møder", "b"]]

    assert plans.of_table(table, "group", "text", title="Handleplan") == [
        ("Personale", "Messe"),
        ("Patienter", "Møder"),
    ]


def test_a_bold_first_cell_alone_heads_the_rows_below():
    def fill(presentation):
        slide = files.add_slide(presentation, "Handleplan")
        table = slide.shapes.add_table(4, 2, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, [["Initiativ", "Status"], ["Senior", "x"], ["Personale", ""], ["Messe", "a"]])
        table.cell(2, 0).text_frame.paragraphs[0].runs[0].font.bold = True

    assert plans.rows(files.presentation_of(fill), "group", "text") == [
        ("", "Senior"),
        ("Personale", "Messe"),
    ]


def test_an_initiative_without_status_is_still_one():
    table = [["Initiativ", "Status"], ["Messe", "a"], ["Senior", ""], ["Møder", "b"]]

    assert plans.of_table(table, "text", "status") == [("Messe", "a"), ("Senior", ""), ("Møder", "b")]


def test_a_row_without_text_goes_on_with_the_row_above():
    table = [HEADER, ["Intro", "Mentor", "a"], ["", "", "mere"], ["", "", ""]]

    assert plans.of_table(table, "text", "status") == [("Mentor", "a\nmere")]


def test_what_stands_without_an_initiative_is_listed():
    table = [
        HEADER,
        ["", "", "løs"],
        ["Intro", "", "status alene"],
        ["Alene", "", ""],
        ["Vagter", "Plan", ""],
        ["Til sidst", "", ""],
    ]
    content = files.deck(("Personale", [table]))

    assert plans.rows(content, "group", "text") == [("Vagter", "Plan")]
    assert plans.reasons(content) == [
        ("row_without_initiative", "løs"),
        ("row_without_initiative", "Intro | status alene"),
        ("row_without_initiative", "Til sidst"),
    ]


def test_rows_above_the_header_are_listed():
    table = [["Vores plan", "udgave 3", ""], HEADER, ["Intro", "Mentor", "a"]]
    content = files.deck(("Personale", [table]))

    assert plans.rows(content, "text") == [("Mentor",)]
    assert plans.reasons(content) == [("text", "Vores plan | udgave 3")]


def test_a_header_repeated_inside_a_table_is_no_row_and_may_name_another_area():
    table = [
        COMBINED,
        ["Akut", "Møder", ""],
        COMBINED,
        ["Plan", "Kaffe", ""],
        ["Hospitaler", *COMBINED[1:]],
        ["Drift", "Senge", ""],
    ]

    assert plans.of_table(table, "area", "group", "text", title="Opfølgning") == [
        ("Kommuner", "Akut", "Møder"),
        ("Kommuner", "Plan", "Kaffe"),
        ("Hospitaler", "Drift", "Senge"),
    ]


def test_another_header_inside_a_table_changes_the_columns():
    table = [
        ["Tema", "Initiativ", "Status"],
        ["A", "Messe", "x"],
        ["Indsats", "Ansvarlig", "Tema"],
        ["Senior", "HR", "B"],
    ]

    assert plans.of_table(table, "group", "text", "owner") == [("A", "Messe", ""), ("B", "Senior", "HR")]


def test_words_of_continuation_are_left_out_of_groups_and_areas():
    content = files.deck(
        ("Personale", [[HEADER, ["Akut", "Møder", ""]]]),
        ("Personale (fortsat)", [[HEADER, ["Akut (fortsat fra sidste side)", "Kaffe", ""]]]),
        ("Personale (3/3)", [[HEADER, ["Akut - fortsat", "Te", ""]]]),
    )

    assert plans.rows(content, "area", "group", "text") == [
        ("Personale", "Akut", "Møder"),
        ("Personale", "Akut", "Kaffe"),
        ("Personale", "Akut", "Te"),
    ]


def test_a_table_without_header_on_the_next_slide_goes_on_with_columns_area_and_group():
    content = files.deck(
        ("Opfølgning", [[COMBINED, ["Akut", "Møder", ""]]]),
        ("Opfølgning", [[["", "Kaffe til alle", "x"], ["Plan", "Te", ""]]]),
    )

    assert plans.rows(content, "area", "group", "text", "example") == [
        ("Kommuner", "Akut", "Møder", ""),
        ("Kommuner", "Akut", "Kaffe til alle", "x"),
        ("Kommuner", "Plan", "Te", ""),
    ]


def test_a_row_cut_by_a_page_break_is_put_together():
    content = files.deck(
        ("Opfølgning", [[COMBINED, ["Akut", "Møder med kommuner om", ""]]]),
        ("Opfølgning", [[["", "hjemmet", "x"], ["", "Kaffe", ""]]]),
        ("Opfølgning", [[COMBINED, ["", "På møde 8. februar 2022 aftalt te.", ""]]]),
    )

    assert plans.rows(content, "text", "example") == [
        ("Møder med kommuner om\nhjemmet", "x"),
        ("Kaffe\nPå møde 8. februar 2022 aftalt te.", ""),
    ]


def test_a_header_alone_in_its_table_counts_for_the_table_below():
    content = files.deck(("Opfølgning", [[COMBINED], [["Akut", "Møder om hjemmet", "x"]]]))

    assert plans.rows(content, "area", "group", "text", "example") == [
        ("Kommuner", "Akut", "Møder om hjemmet", "x")
    ]


def test_initiative_and_status_are_parted_at_blank_lines_dates_verbs_and_red():
    assert stacked("Styrke introduktionen\n\nDer er afsat midler.") == [
        ("Styrke introduktionen", "Der er afsat midler.", "")
    ]
    assert stacked("Styrke introduktionen\nRegionen har afsat midler.") == [
        ("Styrke introduktionen", "Regionen har afsat midler.", "")
    ]
    assert stacked("Styrke introduktionen\nAftalt 9. nov. 2021") == [
        ("Styrke introduktionen", "Aftalt 9. nov. 2021", "")
    ]
    assert stacked("Styrke introduktionen\n• for nye\n• for alle") == [
        ("Styrke introduktionen\nfor nye\nfor alle", "", "")
    ]
    assert stacked("Fælles møder, som afholdes hver måned") == [
        ("Fælles møder, som afholdes hver måned", "", "")
    ]


def test_initiatives_stacked_in_one_cell_are_parted_at_blank_lines():
    cell = (
        "Øge bemandingen\nDer er ansat flere.\n\nPrøvehandling, hvor der bookes tid\nDet er "
        "afprøvet.\n\nDet går godt."
    )

    assert stacked(cell, example="Se bilag") == [
        ("Øge bemandingen", "Der er ansat flere.", "Se bilag"),
        ("Prøvehandling, hvor der bookes tid", "Det er afprøvet.\n\nDet går godt.".replace("\n\n", "\n"), ""),
    ]


def test_numbered_and_bold_initiatives_in_one_cell_are_parted():
    def fill(presentation):
        slide = files.add_slide(presentation, "Opfølgning")
        table = slide.shapes.add_table(2, 3, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, [COMBINED, ["Akut", "Messe\nDer er afholdt en.\nSenior\nIntet nyt.", ""]])
        for index in (0, 2):
            table.cell(1, 1).text_frame.paragraphs[index].runs[0].font.bold = True

    assert stacked("1. Messe\n2. Senior\n3. Buddy") == [
        ("Messe", "", ""),
        ("Senior", "", ""),
        ("Buddy", "", ""),
    ]
    assert plans.rows(files.presentation_of(fill), "text", "status") == [
        ("Messe", "Der er afholdt en."),
        ("Senior\nIntet nyt.", ""),
    ]


def test_cells_with_as_many_parts_are_dealt_out():
    table = [
        ["Tema", "Indsats", "Status", "Ansvarlig"],
        ["A", "Messe\n\nSenior", "• i gang\n• slut", "HR\n\nAL"],
    ]

    assert plans.of_table(table, "text", "status", "owner") == [
        ("Messe", "i gang", "HR"),
        ("Senior", "slut", "AL"),
    ]


def test_a_row_with_one_status_stays_one_row():
    table = [["Tema", "Indsats", "Status"], ["A", "Messe\n\nSenior", "i gang"], ["B", "• et\n• to", "slut"]]

    assert plans.of_table(table, "text", "status") == [("Messe\nSenior", "i gang"), ("et\nto", "slut")]


def test_bullets_alone_under_a_group_are_initiatives():
    table = [["Tema", "Indsatser"], ["Rekruttering", "• Messe\n• Video"], ["Fastholdelse", "• Senior"]]

    assert plans.of_table(table, "group", "text") == [
        ("Rekruttering", "Messe"),
        ("Rekruttering", "Video"),
        ("Fastholdelse", "Senior"),
    ]


def test_bullets_without_a_group_describe_one_initiative():
    assert plans.of_table([["Indsats", "Ansvarlig"], ["• Messe\n• Video", ""]], "text") == [("Messe\nVideo",)]


def test_red_passages_are_told_paragraph_by_paragraph():
    def fill(presentation):
        slide = files.add_slide(presentation, "Opfølgning")
        table = slide.shapes.add_table(2, 3, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, [COMBINED, ["Akut", "Møder", ""]])
        paragraph = table.cell(1, 1).text_frame.add_paragraph()
        for text, is_red in (
            ("Det er klar. ", False),
            ("Nyt ", True),
            (" ", False),
            ("i går", True),
            (" og ", False),
            ("...", True),
        ):
            run = paragraph.add_run()
            run.text = text
            run.font.color.rgb = RGBColor(255 if is_red else 0, 0, 0)
        second = table.cell(1, 1).text_frame.add_paragraph().add_run()
        second.text = "Mere nyt"
        second.font.color.rgb = RGBColor(192, 0, 0)

    assert plans.rows(files.presentation_of(fill), "red") == [(("Nyt i går", "Mere nyt"),)]


def test_a_legend_inside_a_cell_is_left_out():
    table = [
        COMBINED,
        ["Akut", "Møder\nOpdateringer m/ rød skrift", ""],
        ["Opdateringer m/ rød skrift", "", "x"],
    ]
    content = files.deck(("Opfølgning", [table]))

    assert plans.rows(content, "text", "status")[0] == ("Møder", "")


def test_a_short_row_that_names_columns_but_no_initiative_is_content():
    table = [
        ["Tema", "Initiativ", "Status", "Ansvarlig"],
        ["Afdeling", "Status", "Hvem", ""],
        ["A", "Messe", "x", "y"],
    ]

    assert plans.of_table(table, "text", "owner") == [("Status", ""), ("Messe", "y")]


def test_an_unknown_column_with_a_legend_alone_says_nothing():
    table = [["Initiativ", "Lokale"], ["Messe", "Opdateringer m/ rød skrift"]]

    assert plans.of_table(table, "text", "status") == [("Messe", "")]


def test_a_slide_that_begins_in_lower_case_after_an_empty_table_begins_a_row():
    content = files.deck(
        ("Opfølgning", [[COMBINED, ["Akut", "", ""]]]),
        ("Opfølgning", [[COMBINED, ["", "messe for nye", "x"]]]),
    )

    assert plans.rows(content, "text", "example") == [("messe for nye", "x")]
