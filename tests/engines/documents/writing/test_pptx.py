from typing import Any

from pptx.util import Pt

from robust.engines.documents.comparing import Passage
from robust.engines.documents.follow_up import Section, Site, Status
from robust.engines.documents.writing.pptx import write_pptx
from tests.engines.documents.writing import decks
from tests.engines.documents.writing.follow_ups import AT_RISK, NORTH, follow_up, row, sentences, status

FOOT = (
    "Opfølgning pr. 22. november 2026 · Sammenlignet med 3. marts 2026"
    "    ny: rød og understreget er nyt siden 3. marts 2026    gråt og gennemstreget gælder ikke længere"
)


def slides_of(*sections: Section, template: bytes | None = None, **changes: object) -> list[Any]:
    return list(decks.opened(write_pptx(follow_up(*sections, **changes), template=template)).slides)


def grid_of(slide: Any) -> Any:
    [table] = [shape for shape in slide.shapes if shape.has_table]
    return table.table


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_the_first_slide_states_title_and_both_days() -> None:
    first = slides_of()[0]

    assert (first.slide_layout.name, texts(first)) == (
        "Title Slide",
        [
            "Opfølgning på planen",
            "To hospitaler\nOpfølgning pr. 22. november 2026\nSammenlignet med 3. marts 2026",
        ],
    )


def test_an_area_is_a_slide_with_native_title_table_and_foot() -> None:
    [_, slide] = slides_of()

    assert slide.shapes.title.text_frame.text == "Personale"
    assert texts(slide) == ["Personale", FOOT, "2"]
    assert [[cell.text_frame.text for cell in row.cells] for row in grid_of(slide).rows] == [
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


def test_new_words_are_red_and_underlined_and_removed_ones_grey_and_struck() -> None:
    [_, slide] = slides_of()
    runs = grid_of(slide).cell(1, 5).text_frame.paragraphs[1].runs

    assert [
        (
            run.text,
            str(run.font.color.rgb) if run.font.color.type else "",
            run.font.underline,
            strike(run),
            run.font.size,
        )
        for run in runs
    ] == [
        ("Begyndt i ", "", None, None, Pt(10)),
        ("maj ", "5F5F5F", None, "sngStrike", Pt(10)),
        ("juni", "B00020", True, None, Pt(10)),
        (".", "", None, None, Pt(10)),
    ]
    assert {run._r.rPr.get("lang") for run in runs} == {"da-DK"}


def strike(run: Any) -> str | None:
    value: str | None = run._r.rPr.get("strike")
    return value


def test_rows_of_a_group_share_one_group_cell() -> None:
    [_, slide] = slides_of(Section(area="A", rows=(row(), row(), row(group="Vagter"))))
    grid = grid_of(slide)

    assert [(grid.cell(at, 1).text_frame.text, grid.cell(at, 1).is_merge_origin) for at in range(1, 4)] == [
        ("God introduktion", True),
        ("", False),
        ("Vagter", False),
    ]


def test_an_area_without_initiatives_says_so() -> None:
    [_, slide] = slides_of(Section(area="Tomt område"))

    assert texts(slide) == ["Tomt område", "Her er ingen indsatser endnu.", FOOT, "2"]


def test_sites_beyond_three_go_to_further_slides_where_the_area_goes_on() -> None:
    sites = tuple(Site(name=name, heading=f"Eksempler {name}") for name in ("Nord", "Syd", "Øst", "Vest"))
    told = row(sites=(Status(), Status(), Status(), status("", "Begyndt.", AT_RISK)))

    [_, first, second, empty] = slides_of(Section(area="A", rows=(told,)), Section(area="Tom"), sites=sites)

    assert (first.shapes.title.text_frame.text, second.shapes.title.text_frame.text) == ("A", "A (fortsat)")
    assert [cell.text_frame.text for cell in grid_of(second).rows[1].cells] == [
        "ny",
        "God introduktion",
        "Fast mentor til nye kolleger (fortsat)",
        "",
        "▲ i risiko · 3. november 2026\nBegyndt.",
    ]
    assert empty.shapes.title.text_frame.text == "Tom"


def test_without_marks_there_is_neither_margin_nor_legend() -> None:
    [_, slide] = slides_of(mark_changes=False)

    assert texts(slide)[1] == "Opfølgning pr. 22. november 2026 · Sammenlignet med 3. marts 2026"
    assert grid_of(slide).cell(0, 0).text_frame.text == "Gruppe"
    assert grid_of(slide).cell(1, 3).text_frame.text.endswith("Seks mentorer. Syv afsnit er med.")


def test_tables_stay_above_the_foot_and_within_the_slide() -> None:
    rows = tuple(
        row(status=Status(text=(Passage(sentences(at + 1, seed=at)),)), group=f"G{at // 3}")
        for at in range(20)
    )
    deck = decks.opened(write_pptx(follow_up(Section(area="A", rows=rows))))

    for slide in list(deck.slides)[1:]:
        table = next(shape for shape in slide.shapes if shape.has_table)
        foot = next(shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text == FOOT)
        assert table.top + sum(row.height for row in table.table.rows) <= foot.top
        assert table.left + table.width <= deck.slide_width
        assert foot.top + foot.height <= deck.slide_height


def test_letters_are_never_smaller_than_ten_points() -> None:
    sites = tuple(Site(name=name, heading=name) for name in ("Nord", "Syd", "Øst"))
    slides = slides_of(sites=sites)

    sizes = {
        run.font.size
        for slide in slides
        for shape in slide.shapes
        for frame in (
            [cell.text_frame for cell in shape.table.iter_cells()] if shape.has_table else [shape.text_frame]
        )
        for paragraph in frame.paragraphs
        for run in paragraph.runs
        if run.font.size is not None
    }

    assert min(sizes) == Pt(10)


def test_a_title_too_long_for_its_place_is_set_smaller() -> None:
    long = "Et meget langt områdenavn om fastholdelse, introduktion og kompetenceudvikling " * 2

    [_, short_slide, long_slide] = slides_of(Section(area="Kort"), Section(area=long))

    sizes = [
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size for slide in (short_slide, long_slide)
    ]
    assert sizes == [None, Pt(20)]


def test_a_title_too_long_for_any_size_gets_the_smallest() -> None:
    [_, slide] = slides_of(Section(area="Område " * 200))

    assert slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size == Pt(12)


def test_the_deck_names_its_title_language_and_no_author() -> None:
    properties = decks.opened(write_pptx(follow_up(language="en"))).core_properties

    assert (properties.title, properties.subject, properties.language, properties.author) == (
        "Opfølgning på planen",
        "Opfølgning pr. 22. november 2026 · Sammenlignet med 3. marts 2026",
        "en-GB",
        "",
    )


def test_the_deck_is_wide_and_has_only_the_layouts_it_needs() -> None:
    deck = decks.opened(write_pptx(follow_up()))

    assert round(deck.slide_width / deck.slide_height, 3) == round(16 / 9, 3)
    assert [layout.name for layout in deck.slide_layouts] == [
        "Title Slide",
        "Title and Content",
        "Title Only",
    ]


def test_two_sites_stand_beside_each_other_in_a_narrow_template() -> None:
    sites = (NORTH, *(Site(name=name, heading=name) for name in ("Syd", "Øst")))

    [_, first, second] = slides_of(sites=sites, template=decks.saved(decks.house_style()))

    assert [cell.text_frame.text for cell in grid_of(first).rows[0].cells][-2:] == ["Eksempler Nord", "Syd"]
    assert [cell.text_frame.text for cell in grid_of(second).rows[0].cells][-1:] == ["Øst"]
