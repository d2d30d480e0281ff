"""Paragraphs and runs of DOCX: insertions counted, deletions, hidden and struck text left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from robust.engines.documents.model import Paragraph, Run
from robust.engines.documents.reading.colours import is_red
from robust.engines.documents.reading.paragraphs import paragraphs_of
from robust.engines.documents.reading.word_styles import W, WordStyles, is_on, value

LEFT_OUT = {
    "del",
    "moveFrom",
    "pPr",
    "rPr",
    "Fallback",
    "delText",
    "instrText",
    "footnoteReference",
    "txbxContent",
    "Choice",
}
SIGNS = {"tab": " ", "cr": "\v", "noBreakHyphen": "-", "ptab": " "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a paragraph holds: its text, the text boxes anchored in it, and how many pages end in it."""

    paragraphs: tuple[Paragraph, ...]
    heading_level: int = 0
    boxes: tuple[etree._Element, ...] = ()
    breaks_before: int = 0
    breaks_after: int = 0


def piece(node: etree._Element, styles: WordStyles, *, table_look: etree._Element | None = None) -> Piece:
    """Read one paragraph with what it inherits."""
    style_id = value(node.find(f"{W}pPr/{W}pStyle")) or styles.default_paragraph_style
    marker, number, level = styles.marker(node, style_id)
    looks = [style.find(f"{W}rPr") for style in styles.chain(style_id)]
    inherited = [look for look in (*looks, table_look, styles.defaults) if look is not None]
    runs = [run for child in node for run in _runs(child, styles, inherited)]
    heading = styles.heading_level(node, style_id)
    like = Paragraph() if heading else Paragraph(marker=marker, number=number, level=level)
    breaks_before, breaks_after = _page_breaks(node)
    return Piece(
        paragraphs=paragraphs_of(runs, marker=like),
        heading_level=heading,
        boxes=tuple(box for box in node.iter(f"{W}txbxContent") if not _is_fallback(box)),
        breaks_before=breaks_before,
        breaks_after=breaks_after,
    )


def _runs(node: etree._Element, styles: WordStyles, inherited: list[etree._Element]) -> Iterator[Run]:
    if not isinstance(node.tag, str):
        return
    name = etree.QName(node).localname
    if name == "r":
        yield from _run(node, styles, inherited)
    elif name not in LEFT_OUT:
        for child in node:
            yield from _runs(child, styles, inherited)


def _run(node: etree._Element, styles: WordStyles, inherited: list[etree._Element]) -> Iterator[Run]:
    own = node.find(f"{W}rPr")
    character = value(own.find(f"{W}rStyle")) if own is not None else None
    styled = [style.find(f"{W}rPr") for style in styles.chain(character)]
    looks = [look for look in (own, *styled, *inherited) if look is not None]
    if any(_switch(looks, name) for name in ("strike", "dstrike", "vanish")):
        return
    colour = next(
        (found for look in looks if (found := styles.colour(look)) is not None or _is_automatic(look)), None
    )
    text = "".join(_text(child) for child in node)
    if text:
        yield Run(text=text, red=is_red(colour), bold=_switch(looks, "b"))


def _is_automatic(look: etree._Element) -> bool:
    """Automatic colour is black on white, whatever a style farther away says."""
    return value(look.find(f"{W}color")) == "auto"


def _switch(looks: list[etree._Element], name: str) -> bool:
    return next((found for look in looks if (found := is_on(look, name)) is not None), False)


def _text(node: etree._Element) -> str:
    if not isinstance(node.tag, str):
        return ""
    name = etree.QName(node).localname
    if name == "t":
        return node.text or ""
    if name == "br":
        return "" if node.get(f"{W}type") in ("page", "column") else "\v"
    return SIGNS.get(name, "")


def _is_fallback(box: etree._Element) -> bool:
    return any(etree.QName(parent).localname == "Fallback" for parent in box.iterancestors())


def _page_breaks(node: etree._Element) -> tuple[int, int]:
    """Count page breaks before the first word and after it.

    Where a typed break is followed by the program's own mark, that is one.
    """
    before, after, typed, has_text = 0, 0, False, False
    for part in node.iter(f"{W}br", f"{W}lastRenderedPageBreak", f"{W}t"):
        name = etree.QName(part).localname
        if name == "t":
            typed, has_text = False, True
        elif name == "lastRenderedPageBreak" and typed:
            typed = False
        elif name == "lastRenderedPageBreak" or part.get(f"{W}type") == "page":
            typed = name == "br"
            before, after = (before, after + 1) if has_text else (before + 1, after)
    is_pushed = bool(is_on(node.find(f"{W}pPr"), "pageBreakBefore"))
    return max(before, int(is_pushed)), after
