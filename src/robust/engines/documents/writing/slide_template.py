"""A hospital's own slide template: opened with care, emptied of its slides, and asked where things go."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.util import Length

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.reading import packages

Code = Literal["broken", "encrypted", "external_entity", "macros", "not_slides", "too_large"]
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
BODIES = (PP_PLACEHOLDER.TABLE, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
SUBTITLES = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
_TITLE_LAYOUTS, _TABLE_LAYOUTS = ("title",), ("tbl", "obj", "tx", "titleOnly")
_REFUSALS: dict[str, Code] = {
    "encrypted": "encrypted",
    "external_entity": "external_entity",
    "macros": "macros",
    "too_large": "too_large",
    "unknown_kind": "not_slides",
    "unpacks_too_large": "too_large",
}
_BREAKS = (
    AttributeError,
    KeyError,
    IndexError,
    SyntaxError,
    TypeError,
    ValueError,
    PythonPptxError,
    zipfile.BadZipFile,
)
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES = "[Content_Types].xml"
_AS_TEMPLATE, _AS_SLIDES = b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"
_SMALLEST_BODY = 0.35  # of the slide's height; what is lower is a caption, not a place for a table
_AS_WIDE_AS_ARIAL = re.compile(r"arial|helvetica|liberation sans|nimbus sans", re.IGNORECASE)
_WIDER = 1.2  # the share of Verdana, and of what stands in for a typeface that a machine lacks
_USUAL_TITLE = 44.0  # what slide programs take when the design says nothing
_POINT = 12700


class TemplateRefused(Exception):
    """A template that is not used, with the code of the reason."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height


def opened(content: bytes) -> Any:
    """Open a PPTX or POTX as a presentation without slides. Raises: TemplateRefused."""
    _check(content)
    with refusing_what_breaks():
        presentation = Presentation(io.BytesIO(_as_slides(content)))
        if presentation.slide_width is None or not list(presentation.slide_layouts):
            raise TemplateRefused("broken")
        _remove_slides(presentation)
    return presentation


@contextmanager
def refusing_what_breaks() -> Iterator[None]:
    """Refuse a template on which the library fails, however late."""
    try:
        yield
    except _BREAKS as error:
        raise TemplateRefused("broken") from error


def check_template(content: bytes) -> None:
    """Try out a template, as when it is uploaded. Raises: TemplateRefused."""
    presentation = opened(content)
    with refusing_what_breaks():
        layout = table_layout(presentation)
        body_area(layout, presentation)
        for used in (title_layout(presentation), layout):
            presentation.slides.add_slide(used)
        presentation.save(io.BytesIO())


def _check(content: bytes) -> None:
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise TemplateRefused("encrypted")
    try:
        kind, _ = packages.checked(content, limits=Limits())
    except DocumentRefused as error:
        raise TemplateRefused(_REFUSALS.get(error.code, "broken")) from error
    if kind != "pptx":
        raise TemplateRefused("not_slides")


def _as_slides(content: bytes) -> bytes:
    """Declare a template to be a presentation, since only that can be opened."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if _AS_TEMPLATE not in package.read(_CONTENT_TYPES):
            return content
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in package.infolist():
                part = package.read(entry)
                is_types = entry.filename == _CONTENT_TYPES
                target.writestr(entry, part.replace(_AS_TEMPLATE, _AS_SLIDES) if is_types else part)
        return changed.getvalue()


def _remove_slides(presentation: Any) -> None:
    """Take out the sample slides, and whatever in the deck points at them."""
    root = presentation.part._element  # the library has no call that removes a slide
    slide_parts = [slide.part for slide in presentation.slides]
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    for tag in ("custShowLst", "extLst"):
        for element in root.findall(f"{{*}}{tag}"):
            root.remove(element)
    for holder in _holders(presentation):
        for identity, relation in list(holder.part.rels.items()):
            if not relation.is_external and relation.target_part in slide_parts:
                _remove_links(holder, identity)


def _holders(presentation: Any) -> Iterator[Any]:
    for master in presentation.slide_masters:
        yield master
        yield from master.slide_layouts


def _remove_links(holder: Any, identity: str) -> None:
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for element in list(holder.element.iter()):
        if element.get(relation) == identity:
            element.getparent().remove(element)
    holder.part.rels.pop(identity)


def title_layout(presentation: Any) -> Any:
    """Choose the layout of the first slide: the template's title slide, else the best there is."""
    return max(presentation.slide_layouts, key=lambda layout: _score(layout, _TITLE_LAYOUTS, SUBTITLES))


def table_layout(presentation: Any) -> Any:
    """Choose the layout of the slides with tables: one title and one large place for content."""
    bodies = {id(layout): len(_bodies(layout, presentation)) for layout in presentation.slide_layouts}
    return max(
        presentation.slide_layouts,
        key=lambda layout: (bodies[id(layout)] == 1, _score(layout, _TABLE_LAYOUTS, BODIES)),
    )


def _score(layout: Any, kinds: tuple[str, ...], places: tuple[Any, ...]) -> tuple[bool, int, bool]:
    kind = layout.element.get("type")
    rank = len(kinds) - kinds.index(kind) if kind in kinds else 0
    return placeholder(layout, TITLES) is not None, rank, placeholder(layout, places) is not None


def _bodies(layout: Any, presentation: Any) -> list[Any]:
    lowest = _SMALLEST_BODY * presentation.slide_height
    return [
        place
        for place in layout.placeholders
        if place.placeholder_format.type in BODIES and place.height is not None and place.height >= lowest
    ]


def placeholder(holder: Any, kinds: tuple[Any, ...]) -> Any | None:
    """Find the first placeholder of a slide or layout that is of one of the kinds, in their order."""
    for kind in kinds:
        for place in holder.placeholders:
            if place.placeholder_format.type == kind:
                return place
    return None


def body(layout: Any, presentation: Any) -> Any | None:
    """Find the layout's place for a table, if it has one that is large enough."""
    return next(iter(_bodies(layout, presentation)), None)


def body_area(layout: Any, presentation: Any) -> Area:
    """Say where tables go: the layout's place for content, else what is free below the title."""
    page = Area(
        left=0, top=0, width=presentation.slide_width / _POINT, height=presentation.slide_height / _POINT
    )
    place = body(layout, presentation)
    if place is not None and (area := area_of(place)) is not None and _lies_within(area, page):
        return area
    title = placeholder(layout, TITLES)
    title_area = area_of(title) if title is not None else None
    top = title_area.bottom + 6 if title_area and title_area.bottom < page.height / 3 else page.height * 0.2
    return Area(left=page.width * 0.05, top=top, width=page.width * 0.9, height=page.height * 0.92 - top)


def _lies_within(area: Area, page: Area) -> bool:
    return (
        area.left >= 0
        and area.top >= 0
        and page.width / 2 <= area.width <= page.width - area.left
        and area.height <= page.height - area.top
    )


def area_of(shape: Any) -> Area | None:
    """Say where a shape lies; none where neither it nor its layout says so."""
    edges: tuple[Length | None, ...] = (shape.left, shape.top, shape.width, shape.height)
    if any(edge is None for edge in edges):
        return None
    left, top, width, height = (float(edge or 0) / _POINT for edge in edges)
    return Area(left=left, top=top, width=width, height=height)


def title_size(presentation: Any, layout: Any) -> float:
    """The size in points that the design gives the titles of a layout."""
    place = placeholder(layout, TITLES)
    styles = [presentation.slide_master.element.find(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr")]
    if place is not None:
        styles.insert(0, place.element.find(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr"))
    sizes = [style.get("sz") for style in styles if style is not None and style.get("sz")]
    return float(sizes[0]) / 100 if sizes else _USUAL_TITLE


def stretch(presentation: Any) -> float:
    """How much wider than Arial the template's typeface may run; for an unknown one, much."""
    parts = presentation.slide_masters[0].part.rels.values()
    theme = next((part.target_part.blob for part in parts if part.reltype.endswith("/theme")), b"")
    found = re.search(rb"<a:minorFont>\s*<a:latin typeface=\"([^\"]*)\"", theme)
    name = found[1].decode("utf-8", "replace") if found else ""
    return 1.0 if _AS_WIDE_AS_ARIAL.match(name) else _WIDER
