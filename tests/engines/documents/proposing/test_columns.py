import pytest
from pptx.util import Cm

from robust.engines import documents
from tests.engines.documents.proposing import plans
from tests.engines.documents.reading import files


def test_columns_are_known_in_any_order():
    table = [
        ["Status", "Indsats", "Tema", "Ansvarlig", "Tidsplan"],
        ["I gang", "Mentorordning", "Intro", "HR", "Q3"],
    ]

    assert plans.of_table(table, "area", "group", "text", "status", "owner", "deadline") == [
        ("Personale", "Intro", "Mentorordning", "I gang", "HR", "Q3")
    ]


def test_english_headers_are_known():
    table = [
        ["Theme", "Action", "Owner", "Due", "Progress"],
        ["Onboarding", "Mentor scheme", "HR", "June", "On track"],
    ]

    assert plans.of_table(table, "group", "text", "status", "owner", "deadline", title="Retention") == [
        ("Onboarding", "Mentor scheme", "On track", "HR", "June")
    ]


def test_long_headers_are_known():
    table = [
        [
            "Indsatsområde",
            "Konkrete handlinger",
            "Hvem er ansvarlig?",
            "Hvornår forventes det gennemført?",
            "Status pr. 1. maj",
        ],
        ["Intro", "Lave en folder", "HR", "Maj", "Færdig"],
    ]

    assert plans.of_table(table, "group", "text", "owner", "deadline", "status") == [
        ("Intro", "Lave en folder", "HR", "Maj", "Færdig")
    ]


def test_what_who_and_when_make_a_plan():
    table = [["Hvad", "Hvem", "Hvornår"], ["Fælles morgenmøde", "Ledelsen", "1. maj"]]

    assert plans.of_table(table, "text", "owner", "deadline") == [("Fælles morgenmøde", "Ledelsen", "1. maj")]


def test_purposes_go_with_the_text_and_unknown_columns_with_the_status_under_their_header():
    table = [
        ["Prøvehandling", "Formål", "Lokale", "Status"],
        ["Visitation", "Kortere ventetid", "Stue 4", "Startet"],
    ]

    assert plans.of_table(table, "text", "status") == [
        ("Visitation\nFormål: Kortere ventetid", "Lokale: Stue 4\nStartet")
    ]


def test_columns_without_header_text_lose_nothing():
    table = [["Initiativ", "Status", ""], ["Mentor", "I gang", "Se bilag"]]

    assert plans.of_table(table, "text", "status") == [("Mentor", "I gang\nSe bilag")]


def test_a_first_header_that_is_no_kind_of_column_is_the_area():
    table = [
        ["Kommuner", "Initiativer og status", "Forankring/opfølgning"],
        ["Akut", "Samarbejde om hjemmet", "Klyngen"],
    ]

    found = plans.of_table(table, "area", "group", "text", "example", title="Opfølgning på 360-gradersplanen")

    assert found == [("Kommuner", "Akut", "Samarbejde om hjemmet", "Klyngen")]


@pytest.mark.parametrize("area", ["Hospitaler", "Aktivitet", "Udvikling og resultater", "Robust psykiatri"])
def test_an_area_may_sound_like_another_column(area):
    table = [[area, "Initiativer og status", "Eksempler AUH"], ["Akut", "Samarbejde om hjemmet", "Klyngen"]]

    found = plans.of_table(table, "area", "group", "text", title="Opfølgning på initiativer")

    assert found == [(area, "Akut", "Samarbejde om hjemmet")]


def test_a_heading_that_names_a_subject_is_the_area_before_an_unknown_header():
    table = [["Delemne xyz", "Initiativ"], ["Akut", "Samarbejde"]]

    assert plans.of_table(table, "area", "group", title="Hospitaler") == [("Hospitaler", "Akut")]


def test_area_and_group_columns_are_told_apart():
    table = [
        ["Område", "Tema", "Initiativ"],
        ["Personale", "Intro", "Mentor"],
        ["", "", "Buddy"],
        ["Patienter", "Møder", "Kaffe"],
    ]

    assert plans.of_table(table, "area", "group", "text", title="Opfølgning") == [
        ("Personale", "Intro", "Mentor"),
        ("Personale", "Intro", "Buddy"),
        ("Patienter", "Møder", "Kaffe"),
    ]


def test_two_groups_become_area_and_group_and_two_areas_too():
    groups = [["Tema", "Undertema", "Kategori", "Initiativ"], ["A", "B", "C", "Mentor"]]
    areas = [["Område", "Spor", "Track", "Initiativ"], ["A", "B", "C", "Mentor"]]

    assert plans.of_table(groups, "area", "group", "status", title="Opfølgning") == [
        ("A", "B", "Kategori: C")
    ]
    assert plans.of_table(areas, "area", "group", "status", title="Opfølgning") == [("A", "B", "Track: C")]
    assert plans.of_table(
        [["Område", "Spor", "Tema", "Initiativ"], ["A", "B", "C", "Mentor"]], "area", "group", "status"
    ) == [("A", "C", "Spor: B")]
    assert plans.of_table(
        [["Område", "Tema", "Emne", "Initiativ"], ["A", "B", "C", "Mentor"]], "area", "group", "status"
    ) == [("A", "C", "Tema: B")]


def test_sites_are_groups_where_nothing_else_is():
    assert plans.of_table([["Hospital", "Initiativ"], ["Nord", "Mentor"]], "group", "text") == [
        ("Nord", "Mentor")
    ]
    assert plans.of_table([["Tema", "Sted", "Initiativ"], ["A", "Nord", "Mentor"]], "group", "status") == [
        ("A", "Sted: Nord")
    ]


def test_several_columns_of_examples_keep_their_names():
    table = [["Tema", "Initiativ", "AUH", "RH Randers"], ["Intro", "Forløb", "6 uger", "4 uger"]]

    assert plans.of_table(table, "example") == [("AUH: 6 uger\nRH Randers: 4 uger",)]


def test_coverage_is_known_by_its_header_or_by_what_its_cells_say():
    named = [["Initiativ", "Omfattet af planen"], ["Gode forløb", "Spor 2"]]
    told = [
        ["Initiativ", "Vurdering af ord"],
        ["Gode forløb", "En del af Robust psykiatri"],
        ["Senior", "Ikke relevant"],
    ]

    assert plans.of_table(named, "text", "coverage") == [("Gode forløb", "Spor 2")]
    assert plans.of_table(told, "text", "coverage") == [
        ("Gode forløb", "En del af Robust psykiatri"),
        ("Senior", "Ikke relevant"),
    ]


def test_a_numbered_first_column_is_no_content():
    assert plans.of_table([["Nr.", "Kommuner", "Initiativ"], ["1", "Akut", "Møder"]], title="Status") == [
        ("Kommuner", "Akut", "Møder", "")
    ]


def test_a_header_of_two_rows_is_read_together():
    def fill(presentation):
        slide = files.add_slide(presentation, "Personale")
        table = slide.shapes.add_table(3, 4, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(
            table,
            [["Tema", "Initiativ", "Status", ""], ["", "", "Forår", "Efterår"], ["A", "Mentor", "x", "y"]],
        )
        table.cell(0, 2).merge(table.cell(0, 3))
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(1, 1))

    assert plans.rows(files.presentation_of(fill), "group", "text", "status") == [
        ("A", "Mentor", "Status Forår: x\nStatus Efterår: y")
    ]


def test_names_below_a_merged_header_belong_to_it():
    def fill(presentation):
        slide = files.add_slide(presentation, "Personale")
        table = slide.shapes.add_table(3, 3, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(
            table,
            [
                ["Initiativ og status", "", "Ansvarlig"],
                ["Initiativ", "Status", "Hvem"],
                ["Mentor", "x", "HR"],
            ],
        )
        table.cell(0, 0).merge(table.cell(0, 1))

    assert plans.rows(files.presentation_of(fill), "text", "status", "owner") == [("Mentor", "x", "HR")]


def test_a_header_in_boxes_above_the_table_counts():
    def fill(presentation):
        slide = files.add_slide(presentation, "Opfølgning")
        for left, text in ((1, "Hospitaler"), (9, "Initiativer og status"), (17, "Eksempler AUH")):
            slide.shapes.add_textbox(Cm(left), Cm(3), Cm(7), Cm(0.8)).text_frame.text = text
        table = slide.shapes.add_table(1, 3, Cm(1), Cm(4), Cm(24), Cm(2)).table
        files.fill_table(table, [["Akut", "Samarbejde om hjemmet", "Klyngen"]])

    content = files.presentation_of(fill)

    assert plans.rows(content, "area", "group", "text", "example") == [
        ("Hospitaler", "Akut", "Samarbejde om hjemmet", "Klyngen")
    ]
    assert plans.reasons(content) == []


def test_boxes_that_name_no_columns_are_text():
    def fill(presentation):
        slide = files.add_slide(presentation, "Indsatser")
        for left, text in ((1, "Et"), (9, "To")):
            slide.shapes.add_textbox(Cm(left), Cm(3), Cm(7), Cm(0.8)).text_frame.text = text
        table = slide.shapes.add_table(1, 2, Cm(1), Cm(4), Cm(24), Cm(2)).table
        files.fill_table(table, [["Akut", "Samarbejde om patienter i hjemmet"]])

    content = files.presentation_of(fill)

    assert plans.rows(content, "group", "text") == [("Akut", "Samarbejde om patienter i hjemmet")]
    assert [reason for reason, _ in plans.reasons(content)] == ["text", "text"]


def test_a_table_without_header_is_read_by_its_text_where_a_plan_is_spoken_of():
    short_first = [["Vagter", "Fordele vagter jævnt mellem klinik og afsnit", "I gang"]]
    long_first = [["Fordele vagter jævnt mellem klinik og sengeafsnit hele året rundt", "I gang", "HR"]]

    assert plans.of_table(short_first, title="Indsatser på vagter") == [
        ("Indsatser på vagter", "Vagter", "Fordele vagter jævnt mellem klinik og afsnit", "I gang")
    ]
    assert plans.of_table(long_first, "group", "text", "status", title="Handleplan") == [
        ("", "Fordele vagter jævnt mellem klinik og sengeafsnit hele året rundt", "I gang\nHR")
    ]
    assert plans.refused(short_first, title="Kantinen") == ["no_initiative_column"]
    assert plans.refused([["a", "b"]], title="Handleplan") == ["no_initiative_column"]


@pytest.mark.parametrize(
    ("title", "table", "reason"),
    [
        ("Dagsorden", [["Tid", "Emne", "Ansvarlig"], ["9.00", "Status på indsatser", "HR"]], "agenda"),
        ("Deltagere", [["Navn", "Stilling", "Telefon"], ["Anna", "Leder", "1234"]], "agenda"),
        ("Risici", [["Risiko", "Sandsynlighed", "Ansvarlig"], ["Mangel", "Høj", "HR"]], "challenges"),
        ("Udfordringer", [["Tema", "Løfte", "Ansvarlig"], ["Intro", "Folder", "HR"]], "challenges"),
        ("Mål", [["Mål", "Indikator", "Status"], ["Lavere flow", "Tal fra HR", "På vej"]], "goals"),
        ("Personale", [["Navn", "Telefon"], ["Anna", "ring til mig"]], "no_initiative_column"),
        ("Personale", [["Tema", "Emne"], ["Intro", "Mentor"]], "no_initiative_column"),
        ("Data", [["", "2021", "2022"], ["Tilgang", "30,3 %", "27,5 %"]], "numbers"),
    ],
)
def test_tables_of_other_things_are_listed_and_not_proposed(title, table, reason):
    assert plans.refused(table, title=title) == [reason]


def test_problems_beside_an_owner_are_solved_by_the_unknown_column():
    table = [["Tema", "Løfte", "Ansvarlig"], ["Intro", "Folder", "HR"]]

    assert plans.of_table(table, "group", "text", "owner") == [("Intro", "Folder", "HR")]
    assert plans.of_table([["Tema", "Status"], ["Intro", "I gang"]], "text", "status") == [
        ("Intro", "I gang")
    ]


def test_a_list_of_one_column_under_its_name_is_a_plan():
    assert plans.of_table([["Initiativer"], ["Mentorordning"], ["Buddy"]], "text") == [
        ("Mentorordning",),
        ("Buddy",),
    ]


def test_an_unknown_column_before_a_group_is_the_area_unless_there_is_one():
    assert plans.of_table([["Felt", "Tema", "Initiativ"], ["Drift", "Intro", "Mentor"]], "area", "group") == [
        ("Drift", "Intro")
    ]
    assert plans.of_table(
        [["Felt", "Område", "Tema", "Initiativ"], ["x", "Drift", "Intro", "Mentor"]],
        "area",
        "group",
        "status",
    ) == [("Drift", "Intro", "Felt: x")]


def test_a_table_of_no_rows_is_listed():
    empty = documents.Page(number=1, title="", blocks=(documents.Table(rows=()),))

    proposal = documents.propose(documents.Document(kind="docx", title="", pages=(empty,)))

    assert [one.reason for one in proposal.not_understood] == ["no_initiative_column"]


def filled(rows, *, bold=(), merged=()):
    """A deck of one table, with bold columns and cells merged down a column."""

    def fill(presentation):
        slide = files.add_slide(presentation, "Opfølgning på initiativer")
        table = slide.shapes.add_table(len(rows), len(rows[0]), Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, rows)
        for column in bold:
            for row in range(len(rows)):
                for paragraph in table.cell(row, column).text_frame.paragraphs:
                    for run in paragraph.runs:
                        run.font.bold = True
        for top, bottom, column in merged:
            table.cell(top, column).merge(table.cell(bottom, column))

    return files.presentation_of(fill)


def test_the_column_of_an_area_is_found_wherever_it_stands():
    texts = [
        "Samarbejde om patienter i eget hjem sammen med kommunen",
        "Fælles vagtplan på tværs af alle afsnit i huset",
    ]
    header, first, second = (
        ["Initiativer og status", "Eksempler AUH", "Hospitaler"],
        [texts[0], "", "Akut"],
        [texts[1], "x", ""],
    )
    wanted = [("Hospitaler", "Akut", texts[0]), ("Hospitaler", "Akut", texts[1])]

    bold = filled([header, first, second], bold=[2])
    merged = filled([header, first, second], merged=[(1, 2, 2)])
    short = filled([header, first, [*second[:2], "Akut"]])

    assert [plans.rows(content, "area", "group", "text") for content in (bold, merged, short)] == [wanted] * 3


def test_a_column_of_long_or_missing_texts_is_no_area():
    long = " ".join(["ord"] * 14)
    table = [["Initiativer og status", "Hospitaler", "Sundhed"], ["Messe", long, ""], ["Video", long, ""]]

    assert plans.of_table(table, "area", "group", "text", title="Opfølgning") == [
        ("Opfølgning", "", "Messe"),
        ("Opfølgning", "", "Video"),
    ]


def test_a_merged_column_is_the_group_where_there_is_no_header():
    texts = [
        "Samarbejde om patienter i eget hjem sammen med kommunen",
        "Fælles vagtplan på tværs af alle afsnit i huset, også om natten og i ferien",
    ]
    last = filled([[texts[0], "x", "Akut"], [texts[1], "y", ""]], merged=[(0, 1, 2)])
    first = filled(
        [["Et langt navn på en hel gruppe af mange", texts[0]], ["", texts[1]]],
        merged=[(0, 1, 0)],
    )

    assert plans.rows(last, "group", "text") == [("Akut", texts[0]), ("Akut", texts[1])]
    assert plans.rows(first, "text") == [(texts[0],), (texts[1],)]
