import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from robust.engines.documents.follow_up import FollowUp, Section, Site, Status
from robust.engines.documents.writing.docx import write_docx
from tests.engines.documents.writing.follow_ups import AT_RISK, NORTH, follow_up, row, status


def document_of(told: FollowUp) -> Any:
    return Document(io.BytesIO(write_docx(told)))


def test_areas_are_headings_and_the_head_states_the_days() -> None:
    document = document_of(follow_up(Section(area="Personale", rows=(row(),)), Section(area="Tomt område")))

    assert [(part.style.name, part.text) for part in document.paragraphs] == [
        ("Title", "Opfølgning på planen"),
        ("Subtitle", "To hospitaler"),
        ("Subtitle", "Opfølgning pr. 22. november 2026 · Sammenlignet med 3. marts 2026"),
        (
            "Normal",
            "ny: rød og understreget er nyt siden 3. marts 2026    gråt og gennemstreget gælder ikke længere",
        ),
        ("Heading 1", "Personale"),
        ("Heading 1", "Tomt område"),
        ("Normal", "Her er ingen indsatser endnu."),
    ]


def test_a_row_stands_in_a_native_table_whose_header_repeats() -> None:
    [table] = document_of(follow_up()).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Nyt", "Gruppe", "Initiativ", "Ansvarlig", "Status", "Eksempler Nord", "Eksempler Syd"],
        [
            "ny",
            "God introduktion",
            "Fast mentor til nye kolleger",
            "Kim Dahl",
            "● på sporet · 3. november 2026\nSeks mentorer. Syv afsnit er med.",
            "▲ i risiko · 3. november 2026\nBegyndt i maj juni.",
            "",
        ],
    ]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False]


def test_new_words_are_red_and_underlined_and_removed_ones_struck() -> None:
    [table] = document_of(follow_up()).tables
    runs = table.cell(1, 5).paragraphs[1].runs

    assert [(run.text, str(run.font.color.rgb), run.underline, run.font.strike) for run in runs] == [
        ("Begyndt i ", "None", None, None),
        ("maj ", "5F5F5F", None, True),
        ("juni", "B00020", True, None),
        (".", "None", None, None),
    ]


def test_the_page_is_landscape_a4_in_the_language_of_the_document() -> None:
    document = document_of(follow_up(language="da"))
    section, language = document.sections[0], document.styles.element.find(f".//{qn('w:lang')}")

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert language.get(qn("w:val")) == "da-DK"
    properties = document.core_properties
    assert (properties.title, properties.language, properties.author) == ("Opfølgning på planen", "da-DK", "")


def test_the_footer_counts_the_pages_by_fields() -> None:
    footer = document_of(follow_up(compared_on=None)).sections[0].footer

    assert [paragraph.text for paragraph in footer.paragraphs] == [
        "Opfølgning pr. 22. november 2026    ",
        "Side  af ",
    ]
    fields = [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_sites_that_do_not_fit_beside_each_other_get_a_further_table() -> None:
    sites = (NORTH, *(Site(name=name, heading=name) for name in ("Syd", "Øst", "Vest")))
    told = row(sites=(Status(), Status(), Status(), status("", "Begyndt.", AT_RISK)))

    document = document_of(
        follow_up(Section(area="A", rows=(told,)), Section(area="Tom"), sites=sites, subtitle="")
    )

    assert [[cell.text for cell in table.rows[0].cells] for table in document.tables] == [
        ["Nyt", "Gruppe", "Initiativ", "Ansvarlig", "Status", "Eksempler Nord", "Syd"],
        ["Nyt", "Gruppe", "Initiativ", "Øst", "Vest"],
    ]
    assert document.tables[1].cell(1, 2).text == "Fast mentor til nye kolleger (fortsat)"
