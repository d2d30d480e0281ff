import pytest
from pptx.oxml import parse_xml
from pptx.util import Cm

from robust.engines import documents
from robust.engines.documents import Box, Picture
from tests.engines.documents.reading import files, shown

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def test_placeholders_take_their_bullets_and_place_from_the_layout():
    def fill(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Indsatser"
        slide.placeholders[1].text = "Mentor"

    block = shown.blocks(files.presentation_of(fill))[0]

    assert [one.marker for one in block.paragraphs] == ["bullet"]
    assert block.box == Box(left=36, top=126, right=684, bottom=pytest.approx(482.375, abs=0.01))


def test_groups_are_opened_and_their_children_put_in_place():
    def fill(presentation):
        slide = files.add_slide(presentation, "Titel")
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        inner.shapes.add_textbox(Cm(2), Cm(4), Cm(5), Cm(1)).text_frame.text = "i gruppe"
        group.left, group.top, group.width, group.height = Cm(4), Cm(8), Cm(10), Cm(2)

    block = shown.blocks(files.presentation_of(fill))[0]

    assert block.text == "i gruppe"
    assert [round(side) for side in (block.box.left, block.box.top, block.box.right, block.box.bottom)] == [
        113,
        227,
        397,
        283,
    ]


def test_a_group_without_a_frame_leaves_its_children_where_they_are():
    def fill(presentation):
        slide = files.add_slide(presentation, None)
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(Cm(2), Cm(4), Cm(5), Cm(1)).text_frame.text = "ord"
        frame = group._element.grpSpPr.find(f"{{{A[9:-1]}}}xfrm")
        group._element.grpSpPr.remove(frame)

    assert shown.blocks(files.presentation_of(fill))[0].box.left == Cm(2) / 12_700


def test_hidden_slides_are_marked_and_hidden_shapes_left_out():
    def fill(presentation):
        slide = files.add_slide(presentation, "Skjult", ["synlig", "usynlig"])
        slide._element.set("show", "0")
        slide.shapes[2]._element.nvSpPr.cNvPr.set("hidden", "1")

    page = documents.read(files.presentation_of(fill), name="plan").pages[0]

    assert (page.hidden, [block.text for block in page.blocks]) == (True, ["synlig"])


def test_slide_numbers_and_footers_are_no_content():
    def fill(presentation):
        slide = files.add_slide(presentation, "Titel", ["7"])
        slide.shapes[1].name = "Pladsholder til slidenummer"
        slide.shapes._spTree.append(
            parse_xml(
                f"<p:sp {A} {P}><p:nvSpPr><p:cNvPr id='9' name='x'/><p:cNvSpPr/><p:nvPr><p:ph "
                f"type='ftr'/></p:nvPr>"
                "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>fod</a:t></a:r></a:p></p:txBody>"
                "</p:sp>"
            )
        )

    assert shown.blocks(files.presentation_of(fill)) == []


def test_notes_are_kept_apart_and_empty_ones_left_out():
    def fill(presentation):
        files.add_slide(presentation, "A").notes_slide.notes_text_frame.text = "- husk"
        files.add_slide(presentation, "B").notes_slide.notes_text_frame.text = " "

    content = files.presentation_of(fill)

    assert [(block.text, block.hidden) for block in shown.blocks(content)] == [("husk", True)]
    assert shown.blocks(content, page=2) == []


def test_large_pictures_are_told_of_and_small_ones_are_not():
    import io

    def fill(presentation):
        slide = files.add_slide(presentation, None)
        slide.shapes.add_picture(io.BytesIO(PIXEL), Cm(1), Cm(1), Cm(1), Cm(1))
        slide.shapes.add_picture(io.BytesIO(PIXEL), Cm(1), Cm(4), Cm(15), Cm(9))

    assert [type(block) for block in shown.blocks(files.presentation_of(fill))] == [Picture]


def test_the_words_of_a_drawing_are_read():
    def fill(presentation):
        slide = files.add_slide(presentation, "Spor")
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI

        words = (
            f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {A}>'
            f"<dgm:ptLst>"
            "<dgm:pt><dgm:t><a:bodyPr/><a:p><a:r><a:t>Initiativ</a:t></a:r></a:p></dgm:t></dgm:pt>"
            "<dgm:pt><dgm:t><a:bodyPr/><a:p/></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
        )
        blank = words.replace("<a:p><a:r><a:t>Initiativ</a:t></a:r></a:p>", "<a:p/>")
        for number, xml in enumerate((words, blank), start=1):
            uri = PackURI(f"/ppt/diagrams/data{number}.xml")
            part = Part(
                uri,
                "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
                slide.part.package,
                xml.encode(),
            )
            relation = slide.part.relate_to(
                part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
            )
            slide.shapes._spTree.append(
                parse_xml(
                    f"<p:graphicFrame {A} {P} "
                    f"xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
                    "<p:nvGraphicFramePr><p:cNvPr id='5' name='d'/><p:cNvGraphicFramePr/><p:nvPr/>"
                    "</p:nvGraphicFramePr>"
                    "<p:xfrm><a:off x='0' y='0'/><a:ext cx='9' cy='9'/></p:xfrm><a:graphic>"
                    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/diagram'>"
                    f"<dgm:relIds xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' "
                    f"r:dm='{relation}'/>"
                    "</a:graphicData></a:graphic></p:graphicFrame>"
                )
            )

    assert shown.texts(files.presentation_of(fill)) == ["Initiativ"]


def test_alternate_content_is_read_once():
    def fill(presentation):
        slide = files.add_slide(presentation, None)
        shape = (
            f"<p:sp {A} {P}><p:nvSpPr><p:cNvPr id='9' name='x'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
            "<p:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
        both = (
            "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            f"<mc:Choice Requires='x'>{shape.format('ny')}</mc:Choice><mc:Fallback>"
            f"{shape.format('gammel')}</mc:Fallback>"
            "</mc:AlternateContent>"
        )
        slide.shapes._spTree.append(parse_xml(both))
        slide.shapes._spTree.append(
            parse_xml(
                "<mc:AlternateContent "
                "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'/>"
            )
        )

    assert shown.texts(files.presentation_of(fill)) == ["ny"]
