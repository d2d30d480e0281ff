"""A follow-up as slides: native titles and tables, in Robust's own design or in the hospital's."""

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp
from robust.engines.documents.writing import blank, measuring, paging, slide_template, text
from robust.engines.documents.writing.measuring import Room
from robust.engines.documents.writing.paging import MARGIN_X, MARGIN_Y, Frame, Slide
from robust.engines.documents.writing.slide_template import Area
from robust.engines.documents.writing.tables import Cell, Table, tables

NEW_RED, QUIET = "B00020", "5F5F5F"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BODY, _DENSE, _FOOT = 11.0, 10.0, 10.0
_TITLES = (36.0, 32.0, 28.0, 24.0, 20.0, 16.0, 14.0, 12.0)
_SUBTITLE = 32.0  # more than most designs give the lines below the first title
_DENSE_FROM = 6  # columns
_WIDE_ENOUGH = 780  # points of width from which three sites fit beside each other
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the built-in style "No Style, No Grid"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deck:
    presentation: Any
    follow_up: FollowUp
    layout: Any
    body: Area
    foot: Area
    stretch: float
    locale: str


def write_pptx(follow_up: FollowUp, *, template: bytes | None = None) -> bytes:
    """Write slides, in the given template (PPTX or POTX) if there is one. Raises: TemplateRefused."""
    ready = text.prepared(follow_up)
    if template is None:
        return _written(ready, blank.presentation())
    presentation = slide_template.opened(template)
    with slide_template.refusing_what_breaks():
        return _written(ready, presentation)


def _written(follow_up: FollowUp, presentation: Any) -> bytes:
    deck = _deck(follow_up, presentation)
    _state_properties(deck)
    _add_title_slide(deck)
    sites_at_once = 3 if deck.body.width >= _WIDE_ENOUGH else 2
    for table in tables(deck.follow_up, sites_at_once=sites_at_once):
        if table.rows:
            for slide in paging.slides(table, _frame(deck, table)):
                _add_table_slide(deck, slide)
        elif not table.goes_on:
            _add_empty_slide(deck, table)
    content = io.BytesIO()
    presentation.save(content)
    return content.getvalue()


def _deck(follow_up: FollowUp, presentation: Any) -> _Deck:
    layout = slide_template.table_layout(presentation)
    area = slide_template.body_area(layout, presentation)
    stretch = slide_template.stretch(presentation)
    words = "".join(passage.text for passage in _foot(follow_up))
    foot_lines = measuring.line_ends(
        words, Room(width=area.width - 2 * MARGIN_X, size=_FOOT, stretch=stretch)
    )
    foot_height = len(foot_lines) * _FOOT * measuring.LINE_HEIGHT + 2 * MARGIN_Y
    return _Deck(
        presentation=presentation,
        follow_up=follow_up,
        layout=layout,
        body=replace(area, height=area.height - foot_height - MARGIN_Y),
        foot=replace(area, top=area.bottom - foot_height, height=foot_height),
        stretch=stretch,
        locale=text.LOCALES.get(follow_up.language, follow_up.language),
    )


def _frame(deck: _Deck, table: Table) -> Frame:
    return Frame(
        width=deck.body.width,
        height=deck.body.height,
        size=_DENSE if len(table.columns) >= _DENSE_FROM else _BODY,
        stretch=deck.stretch,
        continued=deck.follow_up.labels.continued,
        mark=deck.follow_up.labels.new_mark,
    )


def _state_properties(deck: _Deck) -> None:
    properties = deck.presentation.core_properties
    dated = datetime.combine(deck.follow_up.dated_on, time(), tzinfo=UTC).replace(tzinfo=None)
    properties.title, properties.subject = deck.follow_up.title, deck.follow_up.statement
    properties.language = deck.locale
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
    properties.created = properties.modified = dated


def _foot(follow_up: FollowUp) -> tuple[Passage, ...]:
    """The line below each table: the days, and what the marks mean, written as they are marked."""
    passages = [Passage(follow_up.statement)]
    if follow_up.shows_changes:
        passages += [
            Passage("    "),
            Passage(f"{follow_up.labels.new_mark}: {follow_up.labels.legend_new}", Change.NEW),
            Passage("    "),
            Passage(follow_up.labels.legend_removed, Change.REMOVED),
        ]
    return tuple(passages)


def _add_title_slide(deck: _Deck) -> None:
    layout = slide_template.title_layout(deck.presentation)
    slide = deck.presentation.slides.add_slide(layout)
    _set_title(deck, slide, deck.follow_up.title)
    subtitle = slide_template.placeholder(slide, slide_template.SUBTITLES)
    place = subtitle if subtitle is not None else _add_box(slide, deck.body)
    days = (deck.follow_up.labels.dated, deck.follow_up.compared)
    lines = [words for words in (deck.follow_up.sender, deck.follow_up.subtitle, *days) if words]
    size = _fitting_size(lines, slide_template.area_of(place) or deck.body, deck.stretch, design=_SUBTITLE)
    _write_lines(
        place.text_frame,
        [(Passage(words),) for words in lines],
        deck.locale,
        size=None if size == _SUBTITLE else size,
    )
    _remove_empty_placeholders(slide)


def _add_empty_slide(deck: _Deck, table: Table) -> None:
    slide = _add_slide(deck, table)
    place = slide_template.placeholder(slide, slide_template.BODIES)
    frame = place.text_frame if place is not None else _add_box(slide, deck.body).text_frame
    _write_lines(frame, [(Passage(deck.follow_up.labels.no_rows),)], deck.locale, size=None)
    _remove_empty_placeholders(slide)


def _add_table_slide(deck: _Deck, page: Slide) -> None:
    slide = _add_slide(deck, page.table)
    frame = _frame(deck, page.table)
    shape = slide.shapes.add_table(
        len(page.table.rows) + 1,
        len(page.table.columns),
        *(Pt(points) for points in (deck.body.left, deck.body.top, deck.body.width, sum(page.heights))),
    )
    _take_place(deck, slide, shape)
    shape.name = page.table.area
    shape._element.nvGraphicFramePr.cNvPr.set("descr", page.table.area)  # what a screen reader says
    grid = shape.table
    _set_grid(grid, page, deck)
    header = tuple(Cell(heading=column.heading) for column in page.table.columns)
    for row, cells in zip(grid.rows, (header, *page.table.rows), strict=True):
        for place, cell in zip(row.cells, cells, strict=True):
            _write_cell(place, cell, deck.locale, frame.size)
    for place in grid.rows[0].cells:
        _draw_line(place, width=19050, colour='<a:schemeClr val="accent1"/>')
    _merge_groups(grid, page.table)
    _remove_empty_placeholders(slide)


def _set_grid(grid: Any, page: Slide, deck: _Deck) -> None:
    grid.horz_banding = False
    grid._tbl.tblPr.find("{*}tableStyleId").text = _NO_STYLE  # the library has no call for it
    for column, share in zip(grid.columns, page.table.widths, strict=True):
        column.width = Pt(share * deck.body.width)
    for row, height in zip(grid.rows, page.heights, strict=True):
        row.height = Pt(height)


def _take_place(deck: _Deck, slide: Any, shape: Any) -> None:
    """Let the table fill the layout's placeholder, so that it follows the template."""
    layout_place = slide_template.body(deck.layout, deck.presentation)
    if layout_place is None:
        return
    index = layout_place.placeholder_format.idx
    place = next(place for place in slide.placeholders if place.placeholder_format.idx == index)
    mark = copy.deepcopy(place.element.find(".//{*}nvPr/{*}ph"))
    shape._element.nvGraphicFramePr.nvPr.append(mark)
    place.element.getparent().remove(place.element)


def _add_slide(deck: _Deck, table: Table) -> Any:
    slide = deck.presentation.slides.add_slide(deck.layout)
    title = f"{table.area} {deck.follow_up.labels.continued}" if table.goes_on else table.area
    _set_title(deck, slide, title)
    foot = _add_box(slide, deck.foot)
    foot.name = "Footer"
    _write_lines(foot.text_frame, [_foot(deck.follow_up)], deck.locale, size=_FOOT, quiet=True)
    _add_number(deck, slide)
    return slide


def _set_title(deck: _Deck, slide: Any, words: str) -> None:
    title = slide_template.placeholder(slide, slide_template.TITLES)
    if title is None:
        above = replace(deck.body, top=MARGIN_Y, height=deck.body.top - 2 * MARGIN_Y)
        title = _add_box(slide, above)
    area = slide_template.area_of(title) or deck.body
    design = slide_template.title_size(deck.presentation, slide.slide_layout)
    size = _fitting_size([words], area, deck.stretch, design=design)
    line = (Passage(" ".join(words.split())),)
    _write_lines(title.text_frame, [line], deck.locale, size=None if size == design else size)


def _fitting_size(lines: Sequence[str], area: Area, stretch: float, *, design: float) -> float:
    """The size at which a title fits its place: the design's, or a smaller one."""
    for size in (design, *(size for size in _TITLES if size < design)):
        room = Room(width=area.width - 15, size=size, stretch=stretch)
        count = sum(len(measuring.line_ends(words, room, bold=True)) for words in lines)
        if count * room.line_height <= area.height - 4:
            return size
    return _TITLES[-1]


def _add_box(slide: Any, area: Area) -> Any:
    box = slide.shapes.add_textbox(*(Pt(points) for points in (area.left, area.top, area.width, area.height)))
    box.text_frame.word_wrap = True
    return box


def _add_number(deck: _Deck, slide: Any) -> None:
    """Show the slide's number where the layout has a place for it."""
    place = slide_template.placeholder(deck.layout, (PP_PLACEHOLDER.SLIDE_NUMBER,))
    if place is None:
        return
    number = copy.deepcopy(place.element)
    number.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
    for words in number.iter("{*}t"):
        words.text = str(len(deck.presentation.slides))
    slide.shapes._spTree.append(number)  # the library has no call that adds a placeholder


def _remove_empty_placeholders(slide: Any) -> None:
    for place in list(slide.placeholders):
        if place.has_text_frame and not place.text_frame.text.strip():
            place.element.getparent().remove(place.element)


def _merge_groups(grid: Any, table: Table) -> None:
    for first, count in table.group_spans:
        last = first + count
        if count > 1 and table.rows[first][table.group_at].lines:
            for number in range(first + 2, last + 1):
                grid.cell(number, table.group_at).text_frame.clear()
            grid.cell(first + 1, table.group_at).merge(grid.cell(last, table.group_at))


def _write_cell(place: Any, cell: Cell, locale: str, size: float) -> None:
    place.margin_left = place.margin_right = Pt(MARGIN_X)
    place.margin_top = place.margin_bottom = Pt(MARGIN_Y)
    heading = [(Passage(cell.heading),)] if cell.heading else []
    _write_lines(place.text_frame, [*heading, *cell.lines], locale, size=size, bold_lines=len(heading))
    _draw_line(place, width=6350, colour='<a:srgbClr val="8A8F98"/>')


def _draw_line(place: Any, *, width: int, colour: str) -> None:
    """Draw the line below a cell."""
    properties = place._tc.get_or_add_tcPr()  # the library has no borders
    for old in properties.findall("{*}lnB"):
        properties.remove(old)
    line = f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill>{colour}</a:solidFill></a:lnB>'
    properties.insert(0, parse_xml(line))


def _write_lines(
    frame: Any,
    lines: Sequence[text.Line],
    locale: str,
    *,
    size: float | None,
    bold_lines: int = 0,
    quiet: bool = False,
) -> None:
    """Write paragraphs as DrawingML at once; through the library each run would take ten look-ups."""
    body = frame._txBody
    for number, line in enumerate(lines):
        paragraph = body.p_lst[0] if number == 0 else etree.SubElement(body, f"{_DRAWING}p")
        if size is not None:
            paragraph.append(_spacing(size))
        for passage in line:
            run = etree.SubElement(paragraph, f"{_DRAWING}r")
            run.append(_look(passage.change, locale, size=size, bold=number < bold_lines, quiet=quiet))
            etree.SubElement(run, f"{_DRAWING}t").text = passage.text
    if not lines and size is not None:
        etree.SubElement(body.p_lst[0], f"{_DRAWING}endParaRPr", sz=_hundredths(size))


def _hundredths(points: float) -> str:
    return str(round(points * 100))


def _spacing(size: float) -> Any:
    """Exact line spacing, so that lines are as tall as they were measured."""
    properties = etree.Element(f"{_DRAWING}pPr")
    spaces = {"lnSpc": size * measuring.LINE_HEIGHT, "spcBef": 0.0, "spcAft": measuring.SPACE_AFTER}
    for name, points in spaces.items():
        etree.SubElement(
            etree.SubElement(properties, _DRAWING + name), f"{_DRAWING}spcPts", val=_hundredths(points)
        )
    return properties


def _look(change: Change, locale: str, *, size: float | None, bold: bool, quiet: bool) -> Any:
    look = etree.Element(f"{_DRAWING}rPr", lang=locale)
    if size is not None:
        look.set("sz", _hundredths(size))
    if bold:
        look.set("b", "1")
    if change is Change.NEW:
        look.set("u", "sng")
    if change is Change.REMOVED:
        look.set("strike", "sngStrike")
    if change is not Change.KEPT or quiet:
        fill = etree.SubElement(look, f"{_DRAWING}solidFill")
        etree.SubElement(fill, f"{_DRAWING}srgbClr", val=NEW_RED if change is Change.NEW else QUIET)
    return look
