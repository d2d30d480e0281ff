"""A follow-up as a text document: landscape A4, real headings, tables whose header rows repeat."""

import io
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp
from robust.engines.documents.writing import text
from robust.engines.documents.writing.tables import Cell, Table, tables

NEW_RED, GREY = RGBColor(0xB0, 0x00, 0x20), RGBColor(0x5F, 0x5F, 0x5F)
_INK = RGBColor(0x1B, 0x1F, 0x24)
_BORDERS = f"""<w:tblBorders {nsdecls("w")}>
<w:top w:val="single" w:sz="12" w:color="0B5C6B"/><w:bottom w:val="single" w:sz="4" w:color="8A8F98"/>
<w:insideH w:val="single" w:sz="4" w:color="8A8F98"/></w:tblBorders>"""
_MARGINS = f"""<w:tblCellMar {nsdecls("w")}>
<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>"""
_TYPEFACE = "Arial"
_WIDTH_MM, _HEIGHT_MM, _MARGIN_MM = 297, 210, 18
_SIZES = {"Normal": 9.0, "Title": 22.0, "Heading 1": 14.0, "Subtitle": 12.0, "Footer": 8.5}


def write_docx(follow_up: FollowUp) -> bytes:
    """Write a Word document in which each area is a heading with its table."""
    ready = text.prepared(follow_up)
    document = Document()
    locale = text.LOCALES.get(ready.language, ready.language)
    _set_styles(document, locale)
    _set_page(document, ready)
    _state_properties(document, ready, locale)
    _write_head(document, ready)
    for table in tables(ready):
        _write_section(document, table, ready)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_styles(document: Any, locale: str) -> None:
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.size, style.font.name, style.font.color.rgb = Pt(size), _TYPEFACE, _INK
        style.font.italic = False
        for spacing in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spacing)
        fonts = style.element.rPr.rFonts
        for theme_font in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme_font}"), None)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    document.styles["Title"].element.pPr.remove(border)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:val"), locale)


def _set_page(document: Any, follow_up: FollowUp) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDTH_MM), Mm(_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{follow_up.statement}    ")
    _add_legend(footer, follow_up)
    _add_page_number(section.footer.add_paragraph(), follow_up.labels.page)


def _add_legend(paragraph: Any, follow_up: FollowUp) -> None:
    if follow_up.shows_changes:
        labels = follow_up.labels
        _add_run(paragraph, Passage(f"{labels.new_mark}: {labels.legend_new}", Change.NEW))
        paragraph.add_run("    ")
        _add_run(paragraph, Passage(labels.legend_removed, Change.REMOVED))


def _add_page_number(paragraph: Any, words: str) -> None:
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    paragraph.add_run(before)
    _add_field(paragraph, "PAGE")
    paragraph.add_run(between)
    _add_field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _add_field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)  # the library has no fields


def _state_properties(document: Any, follow_up: FollowUp, locale: str) -> None:
    properties = document.core_properties
    properties.title, properties.subject = follow_up.title, follow_up.statement
    properties.language = locale
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
    properties.created = properties.modified = datetime.combine(follow_up.dated_on, time())  # written as UTC


def _write_head(document: Any, follow_up: FollowUp) -> None:
    document.add_paragraph(follow_up.title, style="Title")
    for words in (follow_up.subtitle, follow_up.statement):
        if words:
            document.add_paragraph(words, style="Subtitle")
    if follow_up.shows_changes:
        _add_legend(document.add_paragraph(), follow_up)


def _write_section(document: Any, table: Table, follow_up: FollowUp) -> None:
    if table.goes_on:
        if table.rows:
            document.add_paragraph()
            _write_table(document, table)
        return
    document.add_heading(table.area, level=1)
    if table.rows:
        _write_table(document, table)
    else:
        document.add_paragraph(follow_up.labels.no_rows)


def _write_table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=len(table.rows) + 1, cols=len(table.columns))
    grid.autofit = False
    settings = grid._tbl.tblPr  # the library has no borders and margins
    settings.find(qn("w:tblLayout")).addprevious(parse_xml(_BORDERS))
    settings.find(qn("w:tblLook")).addprevious(parse_xml(_MARGINS))
    widths = [Mm(share * (_WIDTH_MM - 2 * _MARGIN_MM)) for share in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    header = tuple(Cell(heading=column.heading) for column in table.columns)
    for row, cells in zip(grid.rows, (header, *table.rows), strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a row keeps together
        for place, cell, width in zip(row.cells, cells, widths, strict=True):
            place.width = width
            _write_cell(place, cell)
    grid.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))  # stands again on each page


def _write_cell(place: Any, cell: Cell) -> None:
    lines = [(Passage(cell.heading),)] if cell.heading else []
    for number, line in enumerate((*lines, *cell.lines)):
        paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
        for passage in line:
            run = _add_run(paragraph, passage)
            run.bold = True if number < len(lines) else None


def _add_run(paragraph: Any, passage: Passage) -> Any:
    run = paragraph.add_run(passage.text)
    if passage.change is Change.NEW:
        run.font.color.rgb, run.font.underline = NEW_RED, True
    if passage.change is Change.REMOVED:
        run.font.color.rgb, run.font.strike = GREY, True
    return run
