from tests.engines.documents.proposing import plans
from tests.engines.documents.reading import files

TABLE = [["Initiativ", "Status"], ["Mentor", "a"]]
GROUPED = [["Tema", "Initiativ"], ["Intro", "Mentor"]]


def areas(content: bytes) -> list[tuple[str, ...]]:
    return plans.rows(content, "area", "group")


def test_the_heading_of_a_slide_or_sheet_is_the_area():
    def fill(book):
        book.active.title = "Personale"
        for row in (["Handleplan for Hospital Nord"], [], *GROUPED):
            book.active.append(row)

    assert areas(files.deck(("Hospitaler", [TABLE]))) == [("Hospitaler", "")]
    assert areas(files.workbook(fill)) == [("Personale", "Intro")]


def test_a_slide_without_title_stands_under_the_one_before():
    assert areas(files.deck(("Hospitaler", [TABLE]), (None, [TABLE]))) == [
        ("Hospitaler", ""),
        ("Hospitaler", ""),
    ]


def test_a_title_over_tables_of_different_areas_is_no_area():
    def named(area):
        return [[area, "Initiativ"], ["Intro", "Mentor"]]

    content = files.deck(("Psykiatri Syd", [named("Personale")]), ("Psykiatri Syd", [named("Kommuner")]))

    assert areas(content) == [("Personale", "Intro"), ("Kommuner", "Intro")]


def test_headings_in_text_give_area_and_group():
    def fill(document):
        document.add_heading("Handleplan for Medicinsk Afdeling", 0)
        document.add_heading("Personale", 1)
        document.add_heading("Introduktion", 2)
        files.add_table(document, TABLE)
        document.add_heading("Vagter", 2)
        files.add_table(document, TABLE)
        document.add_heading("Patienter", 1)
        files.add_table(document, GROUPED)
        document.add_paragraph("Messe", style="List Number")

    assert areas(files.text_document(fill)) == [
        ("Personale", "Introduktion"),
        ("Personale", "Vagter"),
        ("Patienter", "Intro"),
        ("Patienter", ""),
    ]


def test_lists_under_headings_of_two_levels_have_area_and_group():
    def fill(document):
        document.add_heading("Personale", 1)
        document.add_heading("Introduktion", 2)
        document.add_paragraph("Messe", style="List Number")

    assert areas(files.text_document(fill)) == [("Personale", "Introduktion")]


def test_a_caption_above_a_table_is_its_group_or_where_nothing_else_is_its_area():
    assert areas(files.deck(("Hospitaler", ["Medicinsk", TABLE, "Kirurgisk", TABLE]))) == [
        ("Hospitaler", "Medicinsk"),
        ("Hospitaler", "Kirurgisk"),
    ]
    assert areas(files.deck(("Overblik", ["Medicinsk", TABLE]))) == [("Medicinsk", "")]
    assert areas(
        files.deck(("Overblik", ["Medicinsk", [["Kommuner", "Initiativ"], ["Akut", "Mentor"]]]))
    ) == [("Kommuner", "Akut")]


def test_sentences_and_generic_lines_above_a_table_are_no_captions():
    content = files.deck(("Hospitaler", ["Her ses det hele samlet.", TABLE, "Status pr. 1. maj 2024", TABLE]))

    assert areas(content) == [("Hospitaler", ""), ("Hospitaler", "")]
    assert [text for _, text in plans.reasons(content)] == [
        "Her ses det hele samlet.",
        "Status pr. 1. maj 2024",
    ]


def test_without_any_other_name_the_heading_is_the_area_after_all():
    assert areas(files.deck(("Handleplan 2024", [TABLE]))) == [("Handleplan 2024", "")]
    assert areas(b"Initiativ;Status\nMentor;a\n") == [("", "")]


def test_a_deck_about_a_kind_of_unit_gives_its_tables_that_area():
    content = files.deck(("Bedre ambulatorier", []), ("Overblik over initiativer", [TABLE]))

    assert areas(content) == [("Ambulatorier", "")]
