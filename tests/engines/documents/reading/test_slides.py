from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.util import Cm

from robust.engines import documents
from robust.engines.documents import Run, Table, TextBlock
from tests.engines.documents.reading import files, shown

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def one_box(change):
    def fill(presentation):
        slide = files.add_slide(presentation, None)
        frame = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(2)).text_frame
        change(frame)

    return files.presentation_of(fill)


def box_of_xml(paragraph: str, *, style: str = "", list_style: str = ""):
    """A slide with one shape whose text is the given DrawingML."""

    def fill(presentation):
        slide = files.add_slide(presentation, None)
        slide.shapes._spTree.append(
            parse_xml(
                f"<p:sp {A} {P}><p:nvSpPr><p:cNvPr id='9' name='x'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
                f"<p:spPr/>{style}"
                f"<p:txBody><a:bodyPr/><a:lstStyle>{list_style}</a:lstStyle>{paragraph}</p:txBody></p:sp>"
            )
        )

    return files.presentation_of(fill)


def run(colour: str, text: str = "ord") -> str:
    return f"<a:p><a:r><a:rPr><a:solidFill>{colour}</a:solidFill></a:rPr><a:t>{text}</a:t></a:r></a:p>"


def test_a_slide_gives_its_title_boxes_and_tables_in_reading_order():
    content = files.deck(("Personale (2/3)", ["Øverst", [["Tema", "Initiativ"], ["Intro", "Mentor"]]]))

    document = documents.read(content, name="plan")

    page = document.pages[0]
    assert (document.kind, page.number, page.title) == ("pptx", 1, "Personale (2/3)")
    assert [type(block) for block in page.blocks] == [TextBlock, Table]
    assert shown.table(content) == [
        [("A1", "Tema"), ("B1", "Initiativ")],
        [("A2", "Intro"), ("B2", "Mentor")],
    ]


def test_merged_cells_stand_in_every_place_they_cover():
    def fill(presentation):
        slide = files.add_slide(presentation, "Personale")
        table = slide.shapes.add_table(3, 3, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, [["a", "b", "c"], ["d", "", "e"], ["", "", "f"]])
        table.cell(1, 0).merge(table.cell(2, 1))

    assert shown.table(files.presentation_of(fill)) == [
        [("A1", "a"), ("B1", "b"), ("C1", "c")],
        [("A2", "d"), ("A2", "d"), ("C2", "e")],
        [("A2", "d"), ("A2", "d"), ("C3", "f")],
    ]


def test_red_is_found_however_it_is_written():
    reds = [
        '<a:srgbClr val="FF0000"/>',
        '<a:srgbClr val="C00000"/>',
        '<a:srgbClr val="EE0000"/>',
        '<a:prstClr val="red"/>',
        '<a:scrgbClr r="100000" g="0" b="0"/>',
        '<a:scrgbClr r="100%" g="0%" b="0%"/>',
        '<a:hslClr hue="0" sat="100000" lum="50000"/>',
        '<a:sysClr val="x" lastClr="FF0000"/>',
        '<a:srgbClr val="FF0000"><a:lumMod val="75000"/></a:srgbClr>',
        '<a:schemeClr val="accent2"/>',
    ]

    found = [shown.red(box_of_xml(run(colour))) for colour in reds]

    assert found == [["ord"]] * len(reds)


def test_other_colours_are_not_red():
    others = [
        '<a:srgbClr val="000000"/>',
        '<a:srgbClr val="990033"/>',
        '<a:srgbClr val="ED7D31"/>',
        '<a:srgbClr val="FFCCCC"/>',
        '<a:srgbClr val="xyz"/>',
        '<a:prstClr val="blue"/>',
        '<a:schemeClr val="tx1"/>',
        (
            '<a:srgbClr val="FF0000"><a:tint val="20000"/><a:satMod val="10000"/><a:lumOff val="40000"/>'
            "</a:srgbClr>"
        ),
        "<a:unknown/>",
    ]

    assert [shown.red(box_of_xml(run(colour))) for colour in others] == [[]] * len(others)


def test_a_theme_colour_that_is_red_counts():
    def change(frame):
        frame.text = "ord"
        frame.paragraphs[0].runs[0].font.color.theme_color = MSO_THEME_COLOR.ACCENT_2

    content = files.repacked(
        one_box(change),
        changed={"ppt/theme/theme1.xml": lambda part: part.replace(b"C0504D", b"FF0000")},
    )

    assert shown.red(content) == ["ord"]


def test_colour_and_weight_come_from_the_nearest_style_that_names_them():
    red = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'
    own_list = box_of_xml(
        "<a:p><a:r><a:t>ord</a:t></a:r></a:p>",
        list_style=f"<a:lvl1pPr><a:defRPr b='1'>{red}</a:defRPr></a:lvl1pPr>",
    )
    of_shape = box_of_xml(
        "<a:p><a:r><a:t>ord</a:t></a:r></a:p>",
        style='<p:style><a:lnRef idx="0"/><a:fillRef idx="0"/><a:effectRef idx="0"/>'
        '<a:fontRef idx="minor"><a:srgbClr val="FF0000"/></a:fontRef></p:style>',
    )

    assert shown.paragraphs(own_list)[0].runs == (Run(text="ord", red=True, bold=True),)
    assert shown.paragraphs(of_shape)[0].runs == (Run(text="ord", red=True),)


def test_a_table_style_colours_its_cells():
    style = (
        f'<a:tblStyle {A} styleId="{{R}}" styleName="r"><a:wholeTbl><a:tcTxStyle b="on"><a:srgbClr '
        f'val="FF0000"/>'
        "</a:tcTxStyle></a:wholeTbl><a:firstRow><a:tcTxStyle><a:srgbClr val='000000'/></a:tcTxStyle>"
        "</a:firstRow>"
        "</a:tblStyle></a:tblStyleLst>"
    ).encode()

    def fill(presentation):
        slide = files.add_slide(presentation, None)
        table = slide.shapes.add_table(3, 2, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, [["a", "b"], ["c", "d"], ["e", "f"]])
        table.first_col = table.last_row = True
        table._tbl.tblPr.find(f"{{{A[9:-1]}}}tableStyleId").text = "{R}"

    def add(part: bytes) -> bytes:
        start = part.rstrip().removesuffix(b"/>").removesuffix(b"</a:tblStyleLst>")
        return start + (b"" if start.endswith(b">") else b">") + style

    content = files.repacked(files.presentation_of(fill), changed={"ppt/tableStyles.xml": add})

    assert shown.red(content) == ["c", "d", "e", "f"]


def test_struck_text_is_left_out():
    content = box_of_xml(
        '<a:p><a:r><a:t>ny </a:t></a:r><a:r><a:rPr strike="sngStrike"/><a:t>gammel</a:t></a:r></a:p>'
    )

    assert shown.texts(content) == ["ny"]


def test_soft_breaks_part_paragraphs_and_fields_are_read():
    content = box_of_xml(
        "<a:p><a:r><a:t>en</a:t></a:r><a:br/><a:fld id='x' type='y'><a:t>to</a:t></a:fld><a:endParaRPr/>"
        "</a:p>"
    )

    assert shown.texts(content) == ["en", "to"]


def test_numbers_are_counted_as_the_program_counts_them():
    number, start = "<a:buAutoNum type='arabicPeriod'/>", "<a:buAutoNum type='arabicPeriod' startAt='4'/>"
    lines = [(0, number, "a"), (1, number, "b"), (1, number, "c"), (0, number, "d"), (0, "<a:buNone/>", "e"),
             (0, start, "f"), (0, "<a:buChar char='x'/>", "g"), (0, number, "")]  # fmt: skip
    content = box_of_xml(
        "".join(
            f"<a:p><a:pPr lvl='{level}'>{sign}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>"
            for level, sign, text in lines
        )
    )

    read = [(one.marker, one.number, one.level, one.text) for one in shown.paragraphs(content)]

    assert read == [
        ("number", 1, 0, "a"),
        ("number", 1, 1, "b"),
        ("number", 2, 1, "c"),
        ("number", 2, 0, "d"),
        ("", 0, 0, "e"),
        ("number", 4, 0, "f"),
        ("bullet", 0, 0, "g"),
        ("", 0, 0, ""),
    ]  # fmt: skip


def test_a_title_of_several_lines_is_one_line():
    def fill(presentation):
        files.add_slide(presentation, "En\nto").shapes.title.text_frame.paragraphs[0].runs[
            0
        ].font.color.rgb = RGBColor(9, 9, 9)

    assert documents.read(files.presentation_of(fill), name="x").pages[0].title == "En to"


def test_a_bullet_typed_in_a_run_of_its_own_is_left_out():
    content = box_of_xml("<a:p><a:r><a:rPr b='1'/><a:t>•</a:t></a:r><a:r><a:t> ord</a:t></a:r></a:p>")

    assert [(one.marker, one.text) for one in shown.paragraphs(content)] == [("bullet", "ord")]


def test_numbers_typed_behind_bullets_are_numbers():
    lines = "".join(
        f"<a:p><a:pPr><a:buChar char='•'/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>"
        for text in ("1. Introdage", "2. Fast makker", "Løs ende")
    )

    assert [(one.marker, one.number, one.text) for one in shown.paragraphs(box_of_xml(lines))] == [
        ("number", 1, "Introdage"),
        ("number", 2, "Fast makker"),
        ("bullet", 0, "Løs ende"),
    ]


def test_a_deck_without_theme_and_table_styles_is_read():
    bare = files.repacked(
        files.deck(("Titel", [[["a", "b"]]])),
        changed={
            "ppt/_rels/presentation.xml.rels": lambda part: part.replace(b'/tableStyles"', b'/other"'),
            "ppt/slideMasters/_rels/slideMaster1.xml.rels": lambda part: part.replace(b'/theme"', b'/other"'),
        },
    )

    assert shown.texts(bare) == ["a", "b"]


def test_a_theme_with_an_empty_entry_is_read():
    content = files.repacked(
        box_of_xml(run('<a:schemeClr val="accent2"/>')),
        changed={"ppt/theme/theme1.xml": lambda part: part.replace(b'<a:srgbClr val="C0504D"/>', b"")},
    )

    assert shown.red(content) == []


def test_changes_of_colour_that_do_not_change_the_hue_are_passed_over():
    assert shown.red(box_of_xml(run('<a:srgbClr val="FF0000"><a:alpha val="50000"/></a:srgbClr>'))) == ["ord"]


def test_shapes_without_text_and_placeholders_without_a_frame_say_nothing():
    def fill(presentation):
        slide = files.add_slide(presentation, None)
        slide.shapes._spTree.append(
            parse_xml(
                f"<p:sp {A} {P}><p:nvSpPr><p:cNvPr id='9' name='x'/><p:cNvSpPr/><p:nvPr><p:ph idx='77'/>"
                f"</p:nvPr></p:nvSpPr>"
                "<p:spPr/></p:sp>"
            )
        )

    assert shown.blocks(files.presentation_of(fill)) == []


def test_bands_of_a_table_style_colour_every_other_row():
    style = (
        f'<a:tblStyle {A} styleId="{{R}}" styleName="r"><a:band1H><a:tcTxStyle><a:srgbClr val="FF0000"/>'
        f"</a:tcTxStyle>"
        "</a:band1H></a:tblStyle></a:tblStyleLst>"
    ).encode()

    def fill(presentation):
        table = files.add_slide(presentation, None).shapes.add_table(4, 1, Cm(1), Cm(3), Cm(20), Cm(5)).table
        files.fill_table(table, [["a"], ["b"], ["c"], ["d"]])
        table._tbl.tblPr.find(f"{{{A[9:-1]}}}tableStyleId").text = "{R}"

    def fill_plain(presentation):
        fill(presentation)
        table = presentation.slides[0].shapes[0].table
        table.first_row = table.horz_banding = False

    def add(part: bytes) -> bytes:
        start = part.rstrip().removesuffix(b"/>").removesuffix(b"</a:tblStyleLst>")
        return start + (b"" if start.endswith(b">") else b">") + style

    banded, plain = (
        files.repacked(files.presentation_of(one), changed={"ppt/tableStyles.xml": add})
        for one in (fill, fill_plain)
    )

    assert shown.red(banded) == ["b", "d"]
    assert shown.red(plain) == []
