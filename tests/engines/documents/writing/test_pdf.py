import io

import pdfplumber
import pytest

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp, Section, Status
from robust.engines.documents.writing import pdf
from robust.engines.documents.writing.pdf import write_pdf
from tests.engines.documents.writing.follow_ups import follow_up, row, sentences


def text_of(told: FollowUp) -> str:
    with pdfplumber.open(io.BytesIO(write_pdf(told))) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def test_the_print_is_tagged_and_names_title_language_and_standard() -> None:
    with pdfplumber.open(io.BytesIO(write_pdf(follow_up()))) as document:
        catalog = document.doc.catalog
        roles = {element["type"] for page in document.pages for element in flat(page.structure_tree)}
        title = document.metadata["Title"]
        standard = catalog["Metadata"].resolve().get_data()

    assert (title, catalog["Lang"], catalog["MarkInfo"]["Marked"]) == ("Opfølgning på planen", b"da", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in standard
    assert {"Table", "THead", "TH", "TBody", "TR", "TD", "H1"} <= roles


def flat(elements: list[dict[str, object]]) -> list[dict[str, object]]:
    children = [child for element in elements for child in flat(element.get("children", []))]  # type: ignore[arg-type]
    return [*elements, *children]


def test_the_same_follow_up_gives_the_same_bytes() -> None:
    assert write_pdf(follow_up()) == write_pdf(follow_up())


def test_areas_headings_days_and_texts_are_printed() -> None:
    printed = " ".join(
        text_of(follow_up(Section(area="Personale", rows=(row(),)), Section(area="Tomt område"))).split()
    )

    for words in (
        "Opfølgning på planen To hospitaler",
        "Opfølgning pr. 22. november 2026 · Sammenlignet med 3. marts 2026",
        "Nyt Gruppe Initiativ Ansvarlig Status Eksempler Nord Eksempler Syd",
        "▲ i risiko",
        "Tomt område Her er ingen indsatser endnu.",
        "Side 1 af 1",
    ):
        assert words in printed


def test_new_words_are_red_and_removed_ones_grey() -> None:
    with pdfplumber.open(io.BytesIO(write_pdf(follow_up()))) as document:
        chars = [char for page in document.pages for char in page.chars]
    red = "".join(char["text"] for char in chars if color(char) == (0.69, 0.0, 0.13))

    assert "Syv" in red
    assert "juni" in red
    assert "mentorer" not in red


def color(char: dict[str, tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(round(share, 2) for share in char["non_stroking_color"])


def test_without_a_day_to_compare_with_there_is_no_legend() -> None:
    assert "understreget" not in text_of(follow_up(compared_on=None))


def test_text_that_looks_like_source_is_only_text() -> None:
    hostile = '#panic("x") *fed* $x^2$ = Overskrift \\ @ref <label> #read("/etc/passwd") {page}'

    assert hostile in " ".join(text_of(follow_up(Section(area=hostile, rows=(row(hostile),)))).split())


def test_a_sign_that_the_typeface_lacks_becomes_a_square() -> None:
    printed = text_of(follow_up(Section(area="Tak 😀 漢", rows=(row("a\u030a\u200b \x07"),))))

    assert "Tak □ □" in printed
    assert "å" in printed


def test_every_sign_that_is_let_through_can_be_printed() -> None:
    held = "".join(chr(code) for code in range(0x20, 0x2800) if pdf._HELD.match(chr(code)))
    told = row(" ".join(held), status=Status(text=(Passage(" ".join(held), Change.NEW),)))

    assert write_pdf(follow_up(Section(area="A", rows=(told,)))).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_status_of_several_pages_is_printed_whole(language: str) -> None:
    long = "\n".join(sentences(12, seed=number) for number in range(12))
    told = follow_up(
        Section(area="A", rows=(row(status=Status(text=(Passage(long),))), row())), language=language
    )

    with pdfplumber.open(io.BytesIO(write_pdf(told))) as document:
        pages = len(document.pages)
        printed = "".join(page.extract_text() for page in document.pages)

    assert pages >= 3
    assert printed.count("Seks mentorer.") == 1
    assert f"Side {pages} af {pages}" in printed
