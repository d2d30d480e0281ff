import copy
import io
import zipfile
from typing import Any

import pytest
from pptx.util import Emu, Inches

from robust.engines.documents.follow_up import Section
from robust.engines.documents.writing import slide_template
from robust.engines.documents.writing.pptx import write_pptx
from robust.engines.documents.writing.slide_template import Area, TemplateRefused
from tests.engines.documents.writing import decks
from tests.engines.documents.writing.follow_ups import follow_up, row

EMPTY = follow_up(Section(area="Tomt"))


def written(template: bytes) -> Any:
    return decks.opened(write_pptx(follow_up(), template=template))


def table_of(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_table)


def title_of(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


def test_the_templates_layouts_are_used_and_its_sample_slides_are_gone() -> None:
    deck = written(decks.saved(decks.house_style()))

    assert [(slide.slide_layout.name, title_of(slide)) for slide in deck.slides] == [
        ("Title Slide", "Opfølgning på planen"),
        ("Title and Content", "Personale"),
    ]
    with zipfile.ZipFile(io.BytesIO(decks.saved(deck))) as package:
        names = [name for name in package.namelist() if name.startswith("ppt/slides/slide")]
    assert sorted(names) == ["ppt/slides/slide1.xml", "ppt/slides/slide2.xml"]


def test_the_table_fills_the_templates_place_for_content() -> None:
    deck = written(decks.saved(decks.house_style(Title_and_Content=(1, 2, 8, 4))))
    table = table_of(deck.slides[1])

    assert (table.left, table.top) == (Inches(1), Inches(2))
    assert table.width == pytest.approx(Inches(8), abs=20)
    assert table.placeholder_format.idx == 1
    assert [shape.name for shape in deck.slides[1].placeholders if shape.placeholder_format.idx == 1] == [
        "Personale"
    ]


def test_a_template_file_is_opened_like_a_deck() -> None:
    deck = written(decks.as_template(decks.saved(decks.house_style())))

    assert [title_of(slide) for slide in deck.slides] == ["Opfølgning på planen", "Personale"]


def test_titles_keep_the_size_of_the_template() -> None:
    deck = decks.opened(write_pptx(EMPTY, template=decks.saved(decks.house_style())))

    assert deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].font.size is None


def test_without_a_place_for_content_the_table_stands_below_the_title() -> None:
    template = decks.house_style()
    for layout in list(template.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only") and not is_used(template, layout):
            template.slide_layouts.remove(layout)
    remove_places(template.slide_layouts.get_by_name("Title and Content"), {1})

    deck = written(decks.saved(template))

    title = deck.slides[1].shapes.title
    assert table_of(deck.slides[1]).top == title.top + title.height + 6 * 12700
    assert table_of(deck.slides[1]).left == Emu(int(deck.slide_width * 0.05))


def is_used(deck: Any, layout: Any) -> bool:
    return any(slide.slide_layout == layout for slide in deck.slides)


def remove_places(layout: Any, numbers: set[int]) -> None:
    for place in list(layout.placeholders):
        if place.placeholder_format.idx in numbers:
            place.element.getparent().remove(place.element)


def bare_template() -> bytes:
    template = decks.house_style()
    for layout in template.slide_layouts:
        remove_places(layout, set(range(20)))
    return decks.saved(template)


def test_places_that_stay_empty_are_taken_away() -> None:
    template = decks.house_style()
    place = template.slide_layouts.get_by_name("Title and Content").placeholders[1].element
    caption = copy.deepcopy(place)
    caption.find(".//{*}nvPr/{*}ph").set("idx", "20")
    place.addnext(caption)
    template.slide_layouts.get_by_name("Title and Content").placeholders[2].height = Inches(1)

    deck = written(decks.saved(template))

    assert [place.placeholder_format.idx for place in deck.slides[1].placeholders] == [0, 1, 12]


def test_a_template_without_any_placeholders_gets_text_boxes() -> None:
    deck = written(bare_template())

    first, second = deck.slides
    assert [shape.text_frame.text for shape in first.shapes] == [
        "Opfølgning på planen",
        "To hospitaler\nOpfølgning pr. 22. november 2026\nSammenlignet med 3. marts 2026",
    ]
    assert next(shape.text_frame.text for shape in second.shapes if shape.has_text_frame) == "Personale"
    assert table_of(second).top == Emu(int(deck.slide_height * 0.2))


def test_an_empty_area_is_told_in_a_text_box_where_there_is_no_place_for_it() -> None:
    deck = decks.opened(write_pptx(EMPTY, template=bare_template()))

    assert [shape.text_frame.text for shape in deck.slides[1].shapes][-1] == "Her er ingen indsatser endnu."


def test_a_place_that_lies_off_the_slide_is_not_used() -> None:
    template = decks.house_style(Title_and_Content=(8, 2, 9, 4))

    deck = written(decks.saved(template))

    assert table_of(deck.slides[1]).left == Emu(int(deck.slide_width * 0.05))


def test_links_from_the_design_to_sample_slides_are_taken_out() -> None:
    template = decks.house_style()
    box = template.slide_layouts[1].shapes
    button = template.slide_master.placeholders[0]
    relation = template.slide_master.part.relate_to(
        template.slides[0].part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    )
    link = button.element.nvSpPr.cNvPr.get_or_add_hlinkClick()
    link.rId = relation

    deck = written(decks.saved(template))

    assert box is not None
    assert b"hlinkClick" not in decks.part(decks.saved(deck), "ppt/slideMasters/slideMaster1.xml")
    assert [title_of(slide) for slide in deck.slides] == ["Opfølgning på planen", "Personale"]


def test_lists_of_sections_and_shows_do_not_point_at_slides_that_are_gone() -> None:
    content = decks.rewritten(
        decks.saved(decks.house_style()),
        name="ppt/presentation.xml",
        old=b"</p:defaultTextStyle>",
        new=b"</p:defaultTextStyle><p:extLst><p:ext uri='{521415D9}'/></p:extLst>",
    )

    deck = written(content)

    assert (
        b"extLst" not in decks.part(decks.saved(deck), "ppt/presentation.xml").split(b"defaultTextStyle>")[-1]
    )


@pytest.mark.parametrize(
    ("typeface", "stretch"), [("Arial", 1.0), ("Helvetica Neue", 1.0), ("Verdana", 1.2), ("Region Sans", 1.2)]
)
def test_unknown_typefaces_are_given_more_room(typeface: str, stretch: float) -> None:
    content = decks.rewritten(
        decks.saved(decks.house_style()),
        name="ppt/theme/theme1.xml",
        old=b'<a:minorFont><a:latin typeface="Calibri"',
        new=f'<a:minorFont><a:latin typeface="{typeface}"'.encode(),
    )

    assert slide_template.stretch(slide_template.opened(content)) == stretch


def test_a_design_without_a_theme_is_given_more_room() -> None:
    deck = slide_template.opened(decks.saved(decks.house_style()))
    rels = deck.slide_masters[0].part.rels
    rels.pop(next(identity for identity, relation in rels.items() if relation.reltype.endswith("/theme")))

    assert slide_template.stretch(deck) == 1.2


def test_a_theme_that_names_no_typeface_is_given_more_room() -> None:
    content = decks.rewritten(
        decks.saved(decks.house_style()), name="ppt/theme/theme1.xml", old=b"minorFont", new=b"otherFont"
    )

    assert slide_template.stretch(slide_template.opened(content)) == 1.2


def test_a_design_that_says_nothing_of_title_size_has_the_usual_one() -> None:
    deck = slide_template.opened(decks.saved(decks.house_style()))
    style = deck.slide_master.element.find(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr")
    del style.attrib["sz"]

    assert slide_template.title_size(deck, deck.slide_layouts[1]) == 44.0


def test_a_shape_without_a_place_has_no_area() -> None:
    deck = slide_template.opened(decks.saved(decks.house_style()))
    layout = deck.slide_layouts[1]
    remove_places(deck.slide_master, {0, 1, 2, 3, 4})
    for place in list(deck.slide_master.placeholders):
        place.element.getparent().remove(place.element)

    assert slide_template.area_of(layout.placeholders[0]) is None
    assert slide_template.body_area(layout, deck) == Area(left=36, top=108, width=648, height=388.8)


def refusal(content: bytes) -> str:
    with pytest.raises(TemplateRefused) as refused:
        write_pptx(follow_up(Section(area="A", rows=(row(),))), template=content)
    return refused.value.code


def test_files_that_are_no_template_are_refused_with_the_reason() -> None:
    deck = decks.saved(decks.house_style())
    macros = decks.repacked(deck, {"ppt/vbaProject.bin": b"\x00"})
    entity = decks.rewritten(
        deck,
        name="ppt/presentation.xml",
        old=b"<p:presentation",
        new=b'<!DOCTYPE a [<!ENTITY b "c">]><p:presentation',
    )

    assert [
        refusal(content)
        for content in (
            b"",
            b"not a deck",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
            macros,
            entity,
            decks.repacked(deck, {"ppt/media/bomb.png": bytes(3_000_000)})[:-40],
        )
    ] == ["broken", "broken", "encrypted", "macros", "external_entity", "broken"]


def test_a_package_of_another_kind_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w/>")

    assert refusal(content.getvalue()) == "not_slides"


def test_a_deck_that_unpacks_to_far_too_much_is_refused() -> None:
    content = io.BytesIO(decks.saved(decks.house_style()))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("ppt/media/bomb.xml", bytes(80_000_000))

    assert refusal(content.getvalue()) == "too_large"


@pytest.mark.parametrize("part", [b"<a", b"<a/>", b""])
@pytest.mark.parametrize(
    "name", ["ppt/presentation.xml", "ppt/slideLayouts/slideLayout2.xml", "docProps/core.xml"]
)
def test_a_deck_with_a_broken_part_is_refused(name: str, part: bytes) -> None:
    assert refusal(decks.repacked(decks.saved(decks.house_style()), {name: part})) == "broken"


def test_a_template_is_tried_out_before_it_is_kept() -> None:
    good = decks.saved(decks.house_style())
    layout = "ppt/slideLayouts/slideLayout2.xml"

    slide_template.check_template(good)
    with pytest.raises(TemplateRefused) as refused:
        slide_template.check_template(decks.repacked(good, {layout: b"<a/>"}))

    assert refused.value.code == "broken"


def test_a_deck_with_a_missing_part_is_refused() -> None:
    content = decks.rewritten(
        decks.saved(decks.house_style()),
        name="ppt/_rels/presentation.xml.rels",
        old=b"slideMasters/slideMaster1.xml",
        new=b"slideMasters/missing.xml",
    )

    assert refusal(content) == "broken"


def test_a_deck_without_layouts_is_refused() -> None:
    template = decks.house_style()
    for slide in list(template.slides._sldIdLst):
        template.part.drop_rel(slide.rId)
        template.slides._sldIdLst.remove(slide)
    for layout in list(template.slide_layouts):
        template.slide_layouts.remove(layout)

    assert refusal(decks.saved(template)) == "broken"
