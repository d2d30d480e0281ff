"""What text in DOCX inherits: colours, weight, list signs and outline levels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from robust.engines.documents.model import Marker
from robust.engines.documents.reading.colours import Rgb, from_hex, theme_colours, tinted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
THEME_NAMES = {
    "text1": "dk1",
    "text2": "dk2",
    "background1": "lt1",
    "background2": "lt2",
    "dark1": "dk1",
    "dark2": "dk2",
    "light1": "lt1",
    "light2": "lt2",
    "hyperlink": "hlink",
}
LIST_STYLE = re.compile(r"^(?:list|opstilling).* ([2-9])$")
OFF = ("0", "false", "off", "none")
DEEPEST_STYLE = 12  # styles based on styles; a circle ends here


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStyles:
    theme: Mapping[str, Rgb]
    styles: Mapping[str, etree._Element]
    levels: Mapping[tuple[str, int], tuple[Marker, int]]  # by numbering and level: marker, first number
    defaults: etree._Element | None = None
    default_paragraph_style: str = ""
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """Give a style and those it is based on, from the nearest to the farthest."""
        for _ in range(DEEPEST_STYLE):
            style = self.styles.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = value(style.find(f"{W}basedOn"))

    def colour(self, run_properties: etree._Element | None) -> Rgb | None:
        node = None if run_properties is None else run_properties.find(f"{W}color")
        if node is None:
            return None
        name = node.get(f"{W}themeColor")
        base = self.theme.get(THEME_NAMES.get(name, name)) if name else None
        if base is None:
            return from_hex(node.get(f"{W}val"))
        shade, tint = node.get(f"{W}themeShade"), node.get(f"{W}themeTint")
        if shade:
            return tinted(base, int(shade, 16) / 255 - 1)
        return tinted(base, 1 - int(tint, 16) / 255) if tint else base

    def marker(self, paragraph: etree._Element, style_id: str | None) -> tuple[Marker, int, int]:
        """Find marker, number and level of a paragraph; numbers are counted as the document goes."""
        numbering, level = self._numbering(paragraph, style_id)
        marker, start = self.levels.get((numbering, level), ("", 0))
        level = max(level, self._styled_level(style_id))
        if marker != "number":
            return marker, 0, level if marker else 0
        number = self.counts.get((numbering, level), start - 1) + 1
        self.counts[numbering, level] = number
        for deeper in [key for key in self.counts if key[0] == numbering and key[1] > level]:
            del self.counts[deeper]
        return marker, number, level

    def heading_level(self, paragraph: etree._Element, style_id: str | None) -> int:
        """Tell the outline level of a paragraph from 1, or 0 for plain text."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        for style in self.chain(style_id):
            if (value(style.find(f"{W}name")) or "").lower() == "title":
                return 1
            own = style.find(f"{W}pPr/{W}outlineLvl") if own is None else own
        level = int(value(own) or 9)
        return level + 1 if level < 9 else 0

    def _styled_level(self, style_id: str | None) -> int:
        """The level that the name of a list style ends with, such as "List Number 2"."""
        names = ((value(style.find(f"{W}name")) or "").lower() for style in self.chain(style_id))
        return next((int(found[1]) - 1 for name in names if (found := LIST_STYLE.match(name))), 0)

    def _numbering(self, paragraph: etree._Element, style_id: str | None) -> tuple[str, int]:
        nodes = [paragraph.find(f"{W}pPr/{W}numPr")]
        nodes += [style.find(f"{W}pPr/{W}numPr") for style in self.chain(style_id)]
        found = [node for node in nodes if node is not None]
        numbering = next((one for node in found if (one := value(node.find(f"{W}numId"))) is not None), "")
        level = next((one for node in found if (one := value(node.find(f"{W}ilvl"))) is not None), "0")
        return numbering, int(level)


def value(node: etree._Element | None) -> str | None:
    return None if node is None else node.get(f"{W}val")


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Read a switch such as bold: on, off, or None where nothing is said."""
    node = None if properties is None else properties.find(f"{W}{name}")
    return None if node is None else (value(node) or "1") not in OFF


def of(document: WordDocument) -> WordStyles:
    """Collect the styles, numberings and theme colours of a document."""
    root = document.styles.element
    styles = {style.get(f"{W}styleId", ""): style for style in root.iterfind(f"{W}style")}
    is_default = [
        name
        for name, style in styles.items()
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1"
    ]
    return WordStyles(
        theme=_theme(document),
        styles=styles,
        levels=_levels(document),
        defaults=root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"),
        default_paragraph_style=is_default[0] if is_default else "",
    )


def _theme(document: WordDocument) -> dict[str, Rgb]:
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    except KeyError:
        return {}
    return theme_colours(
        etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    )


def _levels(document: WordDocument) -> dict[tuple[str, int], tuple[Marker, int]]:
    related = [one for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.NUMBERING]
    if not related:
        return {}
    root = document.part.numbering_part.element
    abstract = {node.get(f"{W}abstractNumId"): node for node in root.iterfind(f"{W}abstractNum")}
    found: dict[tuple[str, int], tuple[Marker, int]] = {}
    for number in root.iterfind(f"{W}num"):
        base = abstract.get(value(number.find(f"{W}abstractNumId")))
        overrides = list(number.iterfind(f"{W}lvlOverride/{W}lvl"))
        for level in (*(base.iterfind(f"{W}lvl") if base is not None else ()), *overrides):
            key = number.get(f"{W}numId", ""), int(level.get(f"{W}ilvl", "0"))
            found[key] = _marker(value(level.find(f"{W}numFmt"))), int(value(level.find(f"{W}start")) or 1)
    return found


def _marker(number_format: str | None) -> Marker:
    return "" if number_format == "none" else "bullet" if number_format == "bullet" else "number"
