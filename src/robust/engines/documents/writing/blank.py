"""Robust's own slide design, used where the hospital has uploaded none: 16:9, white, one thin line."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches

Place = tuple[float, float, float, float]  # inches: left, top, width, height
WIDTH, HEIGHT = 13.333, 7.5
_TITLE: Place = (0.5, 0.35, 12.333, 0.8)
_PLACES: dict[Any, Place] = {
    PP_PLACEHOLDER.TITLE: _TITLE,
    PP_PLACEHOLDER.OBJECT: (0.5, 1.25, 12.333, 5.75),
    PP_PLACEHOLDER.BODY: (0.5, 1.25, 12.333, 5.75),
    PP_PLACEHOLDER.DATE: (0.5, 7.02, 2.5, 0.3),
    PP_PLACEHOLDER.FOOTER: (3.5, 7.02, 6.333, 0.3),
    PP_PLACEHOLDER.SLIDE_NUMBER: (11.333, 7.02, 1.5, 0.3),
    PP_PLACEHOLDER.CENTER_TITLE: (0.9, 2.2, 11.5, 1.5),
    PP_PLACEHOLDER.SUBTITLE: (0.9, 3.85, 11.5, 2.2),
}
_FIRST_SLIDE: dict[Any, str] = {PP_PLACEHOLDER.CENTER_TITLE: "3600", PP_PLACEHOLDER.SUBTITLE: "1800"}
_KEPT_LAYOUTS = ("title", "obj", "titleOnly")
_TYPEFACE = "Arial"
_COLOURS = {"dk1": "1B1F24", "dk2": "1B1F24", "accent1": "0B5C6B"}
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def presentation() -> Any:
    """Make an empty presentation with a title slide, a slide for content and one with a title only."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.part._element.find("{*}sldSz").attrib.pop("type", None)  # it would say 4:3
    for layout in list(deck.slide_layouts):
        if layout.element.get("type") not in _KEPT_LAYOUTS:
            deck.slide_layouts.remove(layout)
    for holder in (deck.slide_master, *deck.slide_layouts):
        _place_all(holder)
    _set_type(deck.slide_master)
    return deck


def _place_all(holder: Any) -> None:
    for shape in holder.placeholders:
        left, top, width, height = (Inches(inches) for inches in _PLACES[shape.placeholder_format.type])
        shape.left, shape.top, shape.width, shape.height = left, top, width, height
        if shape.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        if shape.placeholder_format.type in _FIRST_SLIDE:
            _set_level(shape, _FIRST_SLIDE[shape.placeholder_format.type])


def _set_level(shape: Any, size: str) -> None:
    styles: Any = shape.element.find(".//{*}lstStyle")
    for level in list(styles):
        styles.remove(level)
    level = etree.SubElement(styles, f"{_DRAWING}lvl1pPr", marL="0", indent="0", algn="l")
    etree.SubElement(level, f"{_DRAWING}buNone")
    etree.SubElement(level, f"{_DRAWING}defRPr", sz=size)


def _set_type(master: Any) -> None:
    level = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    level.set("algn", "l")
    level.find("{*}defRPr").set("sz", "2400")
    level.find("{*}defRPr").set("b", "1")
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme: Any = etree.fromstring(part.blob)
    for font in theme.iter(f"{_DRAWING}majorFont", f"{_DRAWING}minorFont"):
        font.find(f"{_DRAWING}latin").set("typeface", _TYPEFACE)
    for name, colour in _COLOURS.items():
        entry = theme.find(f".//{_DRAWING}clrScheme/{_DRAWING}{name}")
        entry.clear()
        etree.SubElement(entry, f"{_DRAWING}srgbClr", val=colour)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
