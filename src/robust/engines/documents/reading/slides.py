"""Reads PPTX: slides with titles, text boxes, tables and drawings, groups opened, in reading order."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.slide import Slide

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Block, Box, Document, Page, Paragraph, Picture, TextBlock
from robust.engines.documents.reading import slide_styles, slide_tables, slide_text
from robust.engines.documents.reading.slide_styles import SlideStyles

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = slide_text.A
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SHAPES = (f"{P}sp", f"{P}graphicFrame", f"{P}pic")
TITLES = ("title", "ctrTitle")
FURNITURE = ("sldNum", "ftr", "dt", "hdr")
FURNITURE_NAMES = ("slide number", "slidenummer", "diasnummer", "footer", "sidefod", "date placeholder")
POINT = 12_700
ROW_HEIGHT = 12  # points within which boxes stand on one line
LARGE_SHARE = 0.06  # of the slide: smaller pictures are logos and icons


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How the children of a group land on the slide: `x * scale + shift`."""

    scale_x: float = 1
    scale_y: float = 1
    shift_x: float = 0
    shift_y: float = 0


def read(content: bytes, *, limits: Limits) -> Document:
    """Read a presentation; hidden slides are read and marked. Raises: DocumentRefused."""
    presentation = Presentation(io.BytesIO(content))
    slides = list(presentation.slides)
    if len(slides) > limits.pages:
        raise DocumentRefused("too_many_pages", found=len(slides), allowed=limits.pages)
    area = float((presentation.slide_width or 0) * (presentation.slide_height or 0)) / POINT**2
    pages = tuple(_page(slide, number, area) for number, slide in enumerate(slides, start=1))
    title = presentation.core_properties.title or ""
    return Document(kind="pptx", title=" ".join(title.split()), pages=pages)


def _page(slide: Slide, number: int, slide_area: float) -> Page:
    styles = slide_styles.of(slide)
    found: list[Block] = []
    title = ""
    for shape, place in _shapes(slide.element.cSld.spTree, Place()):
        if not title and _placeholder_type(shape) in TITLES:
            title = " ".join(block.text.replace("\n", " ") for block in _text(shape, place, styles))
        elif not _is_furniture(shape):
            found.extend(_blocks(shape, place, slide, styles, slide_area))
    blocks = tuple(sorted(found, key=_reading_order))
    hidden = slide.element.get("show") in ("0", "false")
    return Page(number=number, title=title.strip(), blocks=(*blocks, *_notes(slide)), hidden=hidden)


def _shapes(parent: etree._Element, place: Place) -> Iterator[tuple[etree._Element, Place]]:
    for child in parent:
        if child.tag == f"{P}grpSp":
            yield from _shapes(child, _inside(child, place))
        elif etree.QName(child).localname == "AlternateContent":
            choice = next(iter(child), None)
            yield from _shapes(choice, place) if choice is not None else ()
        elif child.tag in SHAPES and not any(
            one.get("hidden") in ("1", "true") for one in child.iter(f"{P}cNvPr")
        ):
            yield child, place


def _inside(group: etree._Element, outer: Place) -> Place:
    frame = group.find(f"{P}grpSpPr/{A}xfrm")
    if frame is None:
        return outer
    numbers = [
        float(node.get(key) or 0) if (node := frame.find(f"{A}{name}")) is not None else 0.0
        for name, key in (
            ("off", "x"), ("off", "y"), ("ext", "cx"), ("ext", "cy"),
            ("chOff", "x"), ("chOff", "y"), ("chExt", "cx"), ("chExt", "cy"),
        )
    ]  # fmt: skip
    x, y, width, height, inner_x, inner_y, inner_width, inner_height = numbers
    scale_x = width / inner_width if inner_width else 1.0
    scale_y = height / inner_height if inner_height else 1.0
    return Place(
        scale_x=outer.scale_x * scale_x,
        scale_y=outer.scale_y * scale_y,
        shift_x=outer.scale_x * (x - inner_x * scale_x) + outer.shift_x,
        shift_y=outer.scale_y * (y - inner_y * scale_y) + outer.shift_y,
    )


def _placeholder_type(shape: etree._Element) -> str | None:
    found = next(shape.iter(f"{P}ph"), None)
    return None if found is None else found.get("type", "obj")


def _is_furniture(shape: etree._Element) -> bool:
    if _placeholder_type(shape) in FURNITURE:
        return True
    name = next((node.get("name", "") for node in shape.iter(f"{P}cNvPr")), "").lower()
    return any(part in name for part in FURNITURE_NAMES)


def _blocks(
    shape: etree._Element, place: Place, slide: Slide, styles: SlideStyles, slide_area: float
) -> Iterator[Block]:
    box = _box(shape, place, styles)
    if shape.tag == f"{P}sp":
        yield from _text(shape, place, styles)
    elif (table := next(shape.iter(f"{A}tbl"), None)) is not None:
        yield replace(slide_tables.table(table, styles), box=box)
    elif (drawing := next(shape.iter(f"{{{DIAGRAM}}}relIds"), None)) is not None:
        yield from _diagram(slide, drawing, styles, box)
    elif box is None or (box.right - box.left) * (box.bottom - box.top) > LARGE_SHARE * slide_area:
        yield Picture(box=box)


def _text(shape: etree._Element, place: Place, styles: SlideStyles) -> Iterator[TextBlock]:
    for body in shape.iterfind(f"{P}txBody"):
        paragraphs = slide_text.paragraphs(body, styles.of_shape(shape))
        if any(not paragraph.is_blank for paragraph in paragraphs):
            yield TextBlock(paragraphs=paragraphs, box=_box(shape, place, styles))


def _box(shape: etree._Element, place: Place, styles: SlideStyles) -> Box | None:
    frame = next(
        (node for node in shape.iter(f"{A}xfrm", f"{P}xfrm") if node.find(f"{A}off") is not None), None
    )
    if frame is None:
        frame = styles.inherited_frame(shape)
    offset, extent = (frame.find(f"{A}off"), frame.find(f"{A}ext")) if frame is not None else (None, None)
    if offset is None or extent is None:
        return None
    left = float(offset.get("x", "0")) * place.scale_x + place.shift_x
    top = float(offset.get("y", "0")) * place.scale_y + place.shift_y
    width, height = float(extent.get("cx", "0")) * place.scale_x, float(extent.get("cy", "0")) * place.scale_y
    return Box(
        left=left / POINT, top=top / POINT, right=(left + width) / POINT, bottom=(top + height) / POINT
    )


def _reading_order(block: Block) -> tuple[float, float]:
    box = block.box
    return (0.0, 0.0) if box is None else (round(box.top / ROW_HEIGHT), box.left)


def _diagram(slide: Slide, ids: etree._Element, styles: SlideStyles, box: Box | None) -> Iterator[TextBlock]:
    """The text of a SmartArt drawing, one paragraph per box."""
    part = slide.part.related_part(ids.get(f"{RELATION}dm", ""))
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(part.blob, parser)
    bodies = root.iter(f"{{{DIAGRAM}}}t")
    paragraphs: list[Paragraph] = []
    for body in bodies:
        paragraphs.extend(one for one in slide_text.paragraphs(body, styles.plain()) if not one.is_blank)
    if paragraphs:
        yield TextBlock(paragraphs=tuple(paragraphs), box=box)


def _notes(slide: Slide) -> Iterator[TextBlock]:
    if not any(relation.reltype == RELATIONSHIP_TYPE.NOTES_SLIDE for relation in slide.part.rels.values()):
        return
    frame = slide.notes_slide.notes_text_frame
    if frame is not None and frame.text.strip():
        yield TextBlock(paragraphs=slide_text.plain_paragraphs(frame.text), hidden=True)
