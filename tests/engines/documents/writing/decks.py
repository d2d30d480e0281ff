"""Slide templates as hospitals upload them, made on the spot."""

import io
import zipfile
from typing import Any

from pptx import Presentation
from pptx.util import Inches

TYPES = "[Content_Types].xml"


def saved(presentation: Any) -> bytes:
    content = io.BytesIO()
    presentation.save(content)
    return content.getvalue()


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def house_style(**moves: tuple[float, float, float, float]) -> Any:
    """A 4:3 design with two sample slides; moves give a layout's body another place in inches."""
    deck = Presentation()
    for layout, title in ((0, "Eksempel"), (1, "Mere eksempel")):
        slide = deck.slides.add_slide(deck.slide_layouts[layout])
        slide.shapes.title.text = title
    for name, edges in moves.items():
        layout = next(layout for layout in deck.slide_layouts if layout.name == name.replace("_", " "))
        place = layout.placeholders[1]
        place.left, place.top, place.width, place.height = (Inches(edge) for edge in edges)
    return deck


def rewritten(content: bytes, *, name: str, old: bytes, new: bytes) -> bytes:
    """The same package with bytes of one part exchanged."""
    return repacked(content, {name: part(content, name).replace(old, new)})


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def repacked(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The same package with some parts exchanged or added."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(changed, "w") as target:
        for name in {*package.namelist(), *parts}:
            target.writestr(name, parts[name] if name in parts else package.read(name))
    return changed.getvalue()


def as_template(content: bytes) -> bytes:
    """The same deck declared a template, as POTX files are."""
    return rewritten(content, name=TYPES, old=b"presentation.main+xml", new=b"template.main+xml")
