from docx.enum.dml import MSO_THEME_COLOR
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from robust.engines import documents
from robust.engines.documents import Run, Table, TextBlock
from tests.engines.documents.reading import files, shown

W = nsdecls("w")
ACROSS = "<w:gridSpan w:val='2'/>"
DOWN = "<w:vMerge w:val='restart'/>"
MARK = "<w:bookmarkEnd w:id='1'/>"


def body_of(xml: str) -> bytes:
    """A text document whose body is the given paragraphs and tables."""

    def fill(document):
        for node in parse_xml(f"<w:body {W}>{xml}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, node)

    return files.text_document(fill)


def paragraph(text: str, *, run: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_headings_text_and_tables_come_in_the_order_they_stand():
    def fill(document):
        document.core_properties.title = "Plan  for 2024"
        document.add_heading("Handleplan", 0)
        document.add_paragraph("Indledning")
        document.add_heading("Personale", 2)
        files.add_table(document, [["Initiativ", "Status"], ["Mentor", "I gang"]])

    content = files.text_document(fill)
    document = documents.read(content, name="plan")

    seen = [(type(block), getattr(block, "heading_level", None)) for block in document.pages[0].blocks]
    assert (document.kind, document.title) == ("docx", "Plan for 2024")
    assert seen == [(TextBlock, 1), (TextBlock, 0), (TextBlock, 2), (Table, None)]
    assert shown.table(content) == [
        [("A1", "Initiativ"), ("B1", "Status")],
        [("A2", "Mentor"), ("B2", "I gang")],
    ]


def test_a_short_bold_line_is_a_heading_but_a_sentence_or_list_is_not():
    content = body_of(
        paragraph("Personale", run="<w:b/>")
        + paragraph("Dette er vigtigt.", run="<w:b/>")
        + paragraph("Almindelig")
        + paragraph("• Punkt", run="<w:b/>")
    )

    seen = [(block.text, block.heading_level) for block in shown.blocks(content)]
    assert seen[0] == ("Personale", 6)
    assert seen[1][1] == 0


def test_insertions_count_and_deletions_do_not():
    content = body_of(
        "<w:p><w:ins><w:r><w:t>nyt </w:t></w:r></w:ins><w:del><w:r><w:delText>gammelt</w:delText></w:r>"
        "</w:del>"
        "<w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>link</w:t></w:r>"
        "</w:hyperlink></w:p>"
    )

    assert shown.texts(content) == ["nyt link"]


def test_hidden_and_struck_text_is_left_out():
    content = body_of(
        paragraph("a", run="<w:vanish/>")
        + paragraph("b", run="<w:strike/>")
        + paragraph("c", run="<w:dstrike w:val='1'/>")
        + paragraph("d", run="<w:strike w:val='0'/>")
    )

    assert [text for text in shown.texts(content) if text] == ["d"]


def test_special_signs_become_what_they_look_like():
    content = body_of(
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:br/><w:t>d</w:t><w:cr/>"
        "<w:t>e</w:t><w:softHyphen/><!-- note --></w:r><!-- note --></w:p>"
    )

    assert shown.texts(content) == ["a b-c", "d", "e"]


def test_red_comes_from_runs_styles_themes_and_defaults():
    def fill(document):
        own = document.add_paragraph().add_run("selv")
        own.font.color.rgb = RGBColor(0xC0, 0, 0)
        red = document.styles.add_style("Rød", 1)
        red.font.color.rgb = RGBColor(0xFF, 0, 0)
        document.add_paragraph("af stil", style="Rød")
        sign = document.styles.add_style("Tegn", 2)
        sign.font.color.rgb = RGBColor(0xFF, 0, 0)
        document.add_paragraph().add_run("af tegnstil", style="Tegn")
        theme = document.add_paragraph().add_run("af tema")
        theme.font.color.theme_color = MSO_THEME_COLOR.ACCENT_2
        document.add_paragraph("sort")
        automatic = document.add_paragraph(style="Rød").add_run("automatisk")
        automatic._r.get_or_add_rPr().append(parse_xml(f"<w:color {W} w:val='auto'/>"))

    assert shown.red(files.text_document(fill)) == ["selv", "af stil", "af tegnstil", "af tema"]


def test_theme_colours_are_tinted_and_shaded():
    def coloured(more: str) -> list[str]:
        return shown.red(
            body_of(paragraph("ord", run=f"<w:color w:val='000000' w:themeColor='accent2' {more}/>"))
        )

    assert coloured("w:themeShade='BF'") == ["ord"]
    assert coloured("w:themeTint='33'") == []


def test_an_unknown_theme_colour_falls_back_on_the_written_value():
    assert shown.red(body_of(paragraph("ord", run="<w:color w:val='FF0000' w:themeColor='none'/>"))) == [
        "ord"
    ]


def test_a_document_without_theme_and_numbering_is_read():
    bare = files.repacked(
        body_of(paragraph("ord", run="<w:color w:val='FF0000'/>")),
        changed={
            "word/_rels/document.xml.rels": lambda part: part.replace(
                b"relationships/theme", b"relationships/other"
            ).replace(b"relationships/numbering", b"relationships/another")
        },
    )

    assert shown.red(bare) == ["ord"]


def test_lists_are_bulleted_or_counted_by_their_numbering():
    def fill(document):
        for style, text in (
            ("List Number", "a"),
            ("List Bullet", "b"),
            ("List Number", "c"),
            ("List Number 2", "d"),
            ("Normal", "e"),
        ):
            document.add_paragraph(text, style=style)

    read = [(one.marker, one.number, one.text) for one in shown.paragraphs(files.text_document(fill))]

    assert read == [
        ("number", 1, "a"),
        ("bullet", 0, "b"),
        ("number", 2, "c"),
        ("number", 1, "d"),
        ("", 0, "e"),
    ]


def test_levels_below_start_over_and_overrides_hold():
    numbering = (
        "<w:abstractNum w:abstractNumId='90'><w:lvl w:ilvl='0'><w:start w:val='5'/><w:numFmt "
        "w:val='decimal'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:numFmt w:val='lowerLetter'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='90'><w:abstractNumId w:val='90'/></w:num>"
        "<w:num w:numId='91'><w:abstractNumId w:val='90'/><w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'>"
        "<w:numFmt w:val='none'/>"
        "</w:lvl></w:lvlOverride></w:num><w:num w:numId='92'><w:abstractNumId w:val='404'/></w:num>"
    )

    def item(text: str, level: int, number: int = 90) -> str:
        return paragraph(
            text, properties=f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
        )

    content = files.repacked(
        body_of(
            item("a", 0)
            + item("b", 1)
            + item("c", 1)
            + item("d", 0)
            + item("e", 1)
            + item("f", 0, 91)
            + item("g", 0, 92)
        ),
        changed={
            "word/numbering.xml": lambda part: part.replace(
                b"</w:numbering>", numbering.encode() + b"</w:numbering>"
            )
        },
    )

    read = [(one.marker, one.number, one.level, one.text) for one in shown.paragraphs(content)]
    assert read == [
        ("number", 5, 0, "a"),
        ("number", 1, 1, "b"),
        ("number", 2, 1, "c"),
        ("number", 6, 0, "d"),
        ("number", 1, 1, "e"),
        ("", 0, 0, "f"),
        ("", 0, 0, "g"),
    ]  # fmt: skip


def test_merged_cells_resolve_across_and_down_and_late_starts():
    content = body_of(
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        f"<w:tr>{cell('a', ACROSS)}{cell('b', DOWN)}</w:tr>"
        f"<w:tr>{cell('c')}{cell('d')}{cell('mere', '<w:vMerge/>')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('e')}{cell('f')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('slettet')}</w:tr>"
        f"<w:tr>{cell('løs', '<w:vMerge/>')}</w:tr></w:tbl>"
    )

    assert shown.table(content) == [
        [("A1", "a"), ("A1", "a"), ("C1", "b\nmere")],
        [("A2", "c"), ("B2", "d"), ("C1", "b\nmere")],
        [("A3", ""), ("B3", "e"), ("C3", "f")],
        [("A4", "løs"), ("B4", ""), ("C4", "")],
    ]


def test_content_controls_inner_tables_and_text_boxes_are_read():
    box = (
        "<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
        "{}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    inner = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('inde')}</w:tr></w:tbl>"
    content = body_of(
        f"<w:sdt><w:sdtContent>{paragraph('kontrol')}</w:sdtContent></w:sdt>"
        f"<w:p>{box.format(paragraph('boks') + inner + MARK)}</w:p>"
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{inner}<w:p>"
        f"{box.format(paragraph('boks i celle'))}</w:p></w:tc></w:tr></w:tbl>"
    )

    assert [text for text in shown.texts(content) if text] == [
        "kontrol",
        "inde",
        "boks",
        "inde",
        "boks i celle",
    ]


def test_the_fallback_of_a_text_box_is_not_read_again():
    content = body_of(
        "<w:p><w:r><mc:AlternateContent "
        "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='x'><w:txbxContent>{paragraph('boks')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{paragraph('boks')}</w:txbxContent></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>"
    )

    assert [text for text in shown.texts(content) if text] == ["boks"]


def test_pages_end_where_the_document_says():
    rendered = "<w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>"
    content = body_of(
        "<w:p><w:r><w:t>en</w:t></w:r><w:r><w:br w:type='page'/></w:r></w:p>"
        + paragraph("to")
        + f"<w:p>{rendered.format('tre')}</w:p>"
        + f"<w:p><w:pPr><w:pageBreakBefore/></w:pPr>{rendered.format('fire')}</w:p>"
        + f"<w:p><w:r><w:br w:type='page'/></w:r>{rendered.format('fem')}</w:p>"
        + "<w:p><w:r><w:br w:type='column'/><w:t>stadig fem</w:t></w:r></w:p>"
    )

    pages = documents.read(content, name="plan").pages

    assert [(page.number, [block.text for block in page.blocks]) for page in pages] == [
        (1, ["en"]),
        (2, ["to"]),
        (3, ["tre"]),
        (4, ["fire"]),
        (5, ["fem\nstadig fem"]),
    ]


def test_an_empty_document_has_one_empty_page():
    pages = documents.read(files.text_document(lambda document: None), name="plan").pages

    assert [(page.number, page.blocks) for page in pages] == [(1, ())]


def test_the_look_of_a_table_style_is_inherited():
    def fill(document):
        style = document.styles.add_style("Rød tabel", 3)
        style.element.append(parse_xml(f"<w:rPr {W}><w:b/><w:color w:val='FF0000'/></w:rPr>"))
        files.add_table(document, [["a"]]).style = style

    assert shown.paragraphs(files.text_document(fill))[0].runs == (Run(text="a", red=True, bold=True),)


def test_styles_based_on_each_other_end_somewhere():
    def fill(document):
        one, two = document.styles.add_style("En", 1), document.styles.add_style("To", 1)
        one.base_style, two.base_style = two, one
        document.add_paragraph("ord", style="En")

    assert shown.texts(files.text_document(fill)) == ["ord"]
