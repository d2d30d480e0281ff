"""Text on slides with what it inherits: colours, weight and list signs from styles, masters and themes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from robust.engines.documents.model import Marker, Paragraph, Run
from robust.engines.documents.reading.colours import DRAWING, Rgb, drawing_colour, is_red
from robust.engines.documents.reading.paragraphs import paragraphs_of, with_typed_markers

A = f"{{{DRAWING}}}"
BULLETS: dict[str, Marker] = {f"{A}buChar": "bullet", f"{A}buBlip": "bullet", f"{A}buAutoNum": "number"}
NO_BULLET = f"{A}buNone"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """Where a text looks for what its runs do not say: list styles from the nearest to the farthest."""

    theme: Mapping[str, Rgb]
    list_styles: tuple[etree._Element, ...] = ()
    colour: Rgb | None = None  # of the shape's or the table's style
    bold: bool = False

    def level_properties(self, level: int) -> Iterator[etree._Element]:
        for style in self.list_styles:
            for name in (f"{A}lvl{level + 1}pPr", f"{A}defPPr"):
                found = style.find(name)
                if found is not None:
                    yield found


def paragraphs(text_body: etree._Element, style: TextStyle) -> tuple[Paragraph, ...]:
    """Read all paragraphs of a text body; numbered ones are counted as the program counts them."""
    own = text_body.find(f"{A}lstStyle")
    if own is not None:
        style = TextStyle(
            theme=style.theme, list_styles=(own, *style.list_styles), colour=style.colour, bold=style.bold
        )
    read = [_paragraph(node, style) for node in text_body.iterfind(f"{A}p")]
    return with_typed_markers([paragraph for part in _counted(read) for paragraph in part])


def _paragraph(node: etree._Element, style: TextStyle) -> tuple[Paragraph, ...]:
    properties = node.find(f"{A}pPr")
    level = int(properties.get("lvl", "0")) if properties is not None else 0
    inherited = tuple(style.level_properties(level))
    marker, start = _marker([properties, *inherited] if properties is not None else inherited)
    defaults = [found for one in inherited if (found := one.find(f"{A}defRPr")) is not None]
    runs = [run for child in node if (run := _run(child, defaults, style)) is not None]
    return paragraphs_of(runs, marker=Paragraph(marker=marker, number=start, level=level))


def _marker(properties: Sequence[etree._Element]) -> tuple[Marker, int]:
    for one in properties:
        for child in one:
            if child.tag == NO_BULLET:
                return "", 0
            if child.tag in BULLETS:
                marker = BULLETS[child.tag]
                return marker, int(child.get("startAt", "1")) if marker == "number" else 0
    return "", 0


def _run(node: etree._Element, defaults: Sequence[etree._Element], style: TextStyle) -> Run | None:
    kind = etree.QName(node).localname
    if kind == "br":
        return Run(text="\v")
    if kind not in ("r", "fld"):
        return None
    own = node.find(f"{A}rPr")
    looks = [own, *defaults] if own is not None else list(defaults)
    if _first(looks, "strike") in ("sngStrike", "dblStrike"):
        return None
    text = node.findtext(f"{A}t") or ""
    colour = next((found for look in looks if (found := _fill_colour(look, style)) is not None), style.colour)
    bold = _first(looks, "b")
    return Run(text=text, red=is_red(colour), bold=style.bold if bold is None else bold in ("1", "true"))


def _first(looks: Iterable[etree._Element], name: str) -> str | None:
    return next((value for look in looks if (value := look.get(name)) is not None), None)


def _fill_colour(look: etree._Element, style: TextStyle) -> Rgb | None:
    return drawing_colour(look.find(f"{A}solidFill"), style.theme)


def _counted(parts: Sequence[tuple[Paragraph, ...]]) -> Iterator[tuple[Paragraph, ...]]:
    """Number each automatically numbered paragraph, level by level; other text at a level ends its count."""
    counts: Counter[int] = Counter()
    for read, *rest in parts:
        level = read.level
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        if read.is_blank:
            yield (Paragraph(level=level), *rest)
        elif read.marker == "number":
            counts[level] = counts[level] + 1 if counts[level] else read.number
            yield (replace(read, number=counts[level]), *rest)
        else:
            counts.pop(level, None)
            yield (read, *rest)


def plain_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Read text that has no look of its own, such as the notes of a slide."""
    return with_typed_markers(paragraphs_of([Run(text=text)]))
