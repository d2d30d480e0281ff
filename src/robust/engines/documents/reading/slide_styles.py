"""Where shapes and tables of a slide find their styles: layout, master, theme and table styles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.slide import Slide

from robust.engines.documents.reading.colours import Rgb, drawing_colour, theme_colours
from robust.engines.documents.reading.slide_text import A, TextStyle

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TITLE_TYPES = ("title", "ctrTitle")
DEFAULT_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideStyles:
    theme: Mapping[str, Rgb]
    layout: etree._Element
    master: etree._Element
    table_styles: Mapping[str, etree._Element]

    def plain(self) -> TextStyle:
        return TextStyle(theme=self.theme)

    def of_shape(self, shape: etree._Element) -> TextStyle:
        """Find what a shape's text inherits."""
        reference = shape.find(f"{P}style/{A}fontRef")
        colour = drawing_colour(reference, self.theme)
        lists = tuple(self._list_styles(shape)) if colour is None else ()  # a shape's own style comes first
        return TextStyle(theme=self.theme, list_styles=lists, colour=colour)

    def of_cell(self, table: etree._Element, *, row: int, is_last_row: bool, column: int) -> TextStyle:
        """Find the font colour and weight that a table's style gives to a cell."""
        properties = table.find(f"{A}tblPr")
        style_id = "" if properties is None else properties.findtext(f"{A}tableStyleId") or ""
        style = self.table_styles.get(style_id)
        if properties is None or style is None:
            return self.plain()
        colour, bold = None, False
        for part in _table_parts(properties, row=row, is_last_row=is_last_row, column=column):
            look = style.find(f"{A}{part}/{A}tcTxStyle")
            if look is not None:
                colour = drawing_colour(look, self.theme) or colour
                bold = bold or look.get("b") == "on"
        return TextStyle(theme=self.theme, colour=colour, bold=bold)

    def inherited_frame(self, shape: etree._Element) -> etree._Element | None:
        """Find where a placeholder without a place of its own lies."""
        frames = (frame for twin in self._twins(shape) for frame in twin.iterfind(f"{P}spPr/{A}xfrm"))
        return next(frames, None)

    def _list_styles(self, shape: etree._Element) -> Iterator[etree._Element]:
        for twin in self._twins(shape):
            yield from twin.iterfind(f"{P}txBody/{A}lstStyle")
        kind = _placeholder(shape)[0]
        name = "otherStyle" if kind is None else "titleStyle" if kind in TITLE_TYPES else "bodyStyle"
        yield from self.master.iterfind(f"{P}txStyles/{P}{name}")

    def _twins(self, shape: etree._Element) -> Iterator[etree._Element]:
        """The layout's and the master's placeholders that a placeholder takes after."""
        kind, index = _placeholder(shape)
        if kind is None:
            return
        is_title = kind in TITLE_TYPES
        for candidate in self.layout.iter(f"{P}sp"):
            other, place = _placeholder(candidate)
            if (other in TITLE_TYPES) if is_title else (other is not None and place == index):
                yield candidate
        for candidate in self.master.iter(f"{P}sp"):
            if _placeholder(candidate)[0] == ("title" if is_title else "body"):
                yield candidate


def of(slide: Slide) -> SlideStyles:
    """Collect the styles of a slide."""
    layout = slide.slide_layout
    master = layout.slide_master
    theme = theme_colours(_related(master.part, RELATIONSHIP_TYPE.THEME))
    mapping = master.element.find(f"{P}clrMap")
    names = DEFAULT_MAP if mapping is None else {**DEFAULT_MAP, **dict(mapping.attrib)}
    mapped = {str(name): theme[str(target)] for name, target in names.items() if str(target) in theme}
    return SlideStyles(
        theme={**theme, **mapped},
        layout=layout.element,
        master=master.element,
        table_styles=_table_styles(slide),
    )


def _related(part: object, kind: str) -> etree._Element | None:
    try:
        related = part.part_related_by(kind)  # type: ignore[attr-defined]  # every part of a package has it
    except KeyError:
        return None
    return etree.fromstring(related.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _table_styles(slide: Slide) -> dict[str, etree._Element]:
    root = _related(slide.part.package.presentation_part, RELATIONSHIP_TYPE.TABLE_STYLES)
    return {} if root is None else {style.get("styleId", ""): style for style in root.iter(f"{A}tblStyle")}


def _placeholder(shape: etree._Element) -> tuple[str | None, str]:
    """The kind and number of a placeholder; other shapes have no kind."""
    found = next(shape.iter(f"{P}ph"), None)
    return (None, "") if found is None else (found.get("type", "obj"), found.get("idx", "0"))


def _table_parts(properties: etree._Element, *, row: int, is_last_row: bool, column: int) -> Iterator[str]:
    """The parts of a table style that hold for a cell, from the weakest to the strongest."""
    on = {name for name, value in properties.attrib.items() if value in ("1", "true")}
    yield "wholeTbl"
    if "bandRow" in on:
        yield "band1H" if (row - ("firstRow" in on)) % 2 == 0 else "band2H"
    if "firstCol" in on and column == 0:
        yield "firstCol"
    if "lastRow" in on and is_last_row:
        yield "lastRow"
    if "firstRow" in on and row == 0:
        yield "firstRow"
