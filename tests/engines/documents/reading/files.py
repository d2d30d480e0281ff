"""Small office files made by code, for the tests of reading and proposing."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
import openpyxl
import typst
from pptx import Presentation
from pptx.util import Cm

Rows = Sequence[Sequence[str]]


def deck(*slides: tuple[str | None, Sequence[str | Rows]]) -> bytes:
    """Make a deck of slides, each with a title (or none) and text boxes and tables from top to bottom."""

    def fill(presentation: Any) -> None:
        for title, items in slides:
            add_slide(presentation, title, items)

    return presentation_of(fill)


def presentation_of(fill: Callable[[Any], None]) -> bytes:
    presentation = Presentation()
    fill(presentation)
    return saved(presentation)


def add_slide(presentation: Any, title: str | None, items: Sequence[str | Rows] = ()) -> Any:
    slide = presentation.slides.add_slide(presentation.slide_layouts[5 if title is not None else 6])
    if title is not None:
        slide.shapes.title.text = title
    top = 3.0
    for item in items:
        if isinstance(item, str):
            slide.shapes.add_textbox(Cm(1), Cm(top), Cm(22), Cm(1)).text_frame.text = item
            top += 1.2
        else:
            fill_table(
                slide.shapes.add_table(len(item), len(item[0]), Cm(1), Cm(top), Cm(22), Cm(len(item))).table,
                item,
            )
            top += len(item) + 1
    return slide


def fill_table(table: Any, rows: Rows) -> Any:
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return table


def text_document(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    return saved(document)


def add_table(document: Any, rows: Rows) -> Any:
    return fill_table(document.add_table(len(rows), len(rows[0])), rows)


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    return saved(book)


def saved(file: Any) -> bytes:
    stored = io.BytesIO()
    file.save(stored)
    return stored.getvalue()


def print_of(source: str) -> bytes:
    """Print a typst source on a wide page."""
    return typst.compile(f'#set page(paper: "a4", flipped: true)\n{source}'.encode())


def repacked(
    content: bytes,
    *,
    added: Mapping[str, bytes] | None = None,
    changed: Mapping[str, Callable[[bytes], bytes]] | None = None,
    dropped: Sequence[str] = (),
) -> bytes:
    """Change the parts of an office file."""
    stored = io.BytesIO()
    changes = changed or {}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            if entry.filename not in dropped:
                part = source.read(entry.filename)
                target.writestr(entry.filename, changes.get(entry.filename, bytes)(part))
        for name, part in (added or {}).items():
            target.writestr(name, part)
    return stored.getvalue()


def raw_pdf(page_stream: bytes, *, filters: str = "/FlateDecode", packed: bool = True) -> bytes:
    """Write a PDF of one page by hand."""
    stream = zlib.compress(page_stream) if packed else page_stream
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R>>",
        b"<</Length %d %s>>stream\n%s\nendstream"
        % (len(stream), f"/Filter {filters}".encode() if packed else b"", stream),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    start = len(content)
    content += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
