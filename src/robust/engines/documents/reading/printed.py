"""Reads PDF with text: tables, headings, lists and text boxes, put together from characters and lines."""

import io
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PdfPage
from pdfplumber.utils.exceptions import PdfminerException

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Block, Box, Document, Page, Picture, TextBlock
from robust.engines.documents.reading import pdf_lines, pdf_streams, pdf_tables
from robust.engines.documents.reading.pdf_lines import Char, Line

PAGE_NUMBER = re.compile(r"^\W*(?:side|page)?\s*\d{1,4}(?:\s*(?:af|of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
LARGE_SHARE = 0.06
TITLE_SIZE = 1.25  # times the usual size
LONGEST_HEADING = 16  # words
FAKE_HEADING = 6
LONGEST_RUNNING_LINE = 8  # words


def read(content: bytes, *, limits: Limits) -> Document:
    """Read a printed document; a scan without text is refused. Raises: DocumentRefused."""
    pdf_streams.check(content, limits=limits)
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > limits.pages:
                raise DocumentRefused("too_many_pages", found=len(pdf.pages), allowed=limits.pages)
            pages = _without_running_lines(tuple(_pages(pdf.pages, limits)))
            title = pdf.metadata.get("Title") or ""
    except PdfminerException as error:
        is_locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args)
        raise DocumentRefused("encrypted" if is_locked else "broken") from error
    if not any(not isinstance(block, Picture) for page in pages for block in page.blocks) and not any(
        p.title for p in pages
    ):
        raise DocumentRefused("no_text")
    return Document(kind="pdf", title=" ".join(str(title).split()), pages=pages)


def _pages(pages: Sequence[PdfPage], limits: Limits) -> Iterator[Page]:
    characters = 0
    for page in pages:
        characters += len(page.chars)
        if characters > limits.characters:
            raise DocumentRefused("too_much_text", found=characters, allowed=limits.characters)
        yield _page(page, limits)
        page.close()


def _page(page: PdfPage, limits: Limits) -> Page:
    _mark_painting_order(page)
    found = pdf_tables.ruled(page, drawn_lines=limits.drawn_lines)
    usual = statistics.median(char["size"] for char in page.chars) if page.chars else 0.0
    texts = [block for chars in found.boxes for block in _texts(chars, usual, headings=False)]
    texts += _texts(found.rest, usual, headings=True)
    title = _title(texts, page)
    shown = [block for block in texts if block is not title and not PAGE_NUMBER.match(block.text)]
    blocks: list[Block] = [*found.tables, *shown, *_pictures(page)]
    ordered = tuple(sorted(blocks, key=_reading_order))
    return Page(number=page.page_number, title=title.text.replace("\n", " ") if title else "", blocks=ordered)


def _mark_painting_order(page: PdfPage) -> None:
    for char, place in zip(page.chars, pdf_tables.painting_order(page)["char"], strict=False):
        char["painted"] = place


def _texts(chars: Sequence[Char], usual: float, *, headings: bool) -> list[TextBlock]:
    lines = pdf_lines.lines_of(chars, split_columns=headings)
    return [_text(block, usual, headings=headings) for block in pdf_lines.blocks_of(lines)]


def _text(lines: Sequence[Line], usual: float, *, headings: bool) -> TextBlock:
    paragraphs = pdf_lines.paragraphs(lines)
    words = sum(len(line.text.split()) for line in lines)
    level = 0
    if headings and words <= LONGEST_HEADING and not any(one.marker for one in paragraphs):
        is_large = lines[0].size >= TITLE_SIZE * usual
        is_bold = (
            len(paragraphs) == 1
            and paragraphs[0].is_bold
            and not paragraphs[0].text.endswith((".", ":", ","))
        )
        level = 2 if is_large else FAKE_HEADING if is_bold else 0
    return TextBlock(paragraphs=paragraphs, heading_level=level, box=pdf_lines.box_of(lines))


def _title(texts: Sequence[TextBlock], page: PdfPage) -> TextBlock | None:
    """The large heading nearest to the top of the page."""
    large = [block for block in texts if block.heading_level == 2 and _box(block).top < 0.4 * page.height]
    return min(large, key=lambda block: _box(block).top, default=None)


def _without_running_lines(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Leave out short lines that stand in the same place on several pages, but for their numbers."""
    seen = Counter(line for page in pages for line in {_running(block) for block in page.blocks})
    return tuple(
        replace(
            page,
            blocks=tuple(block for block in page.blocks if seen[_running(block)] < 2 or not _running(block)),
        )
        for page in pages
    )


def _running(block: Block) -> tuple[str, int] | None:
    if not isinstance(block, TextBlock) or len(block.text.split()) > LONGEST_RUNNING_LINE:
        return None
    if any(paragraph.has_red for paragraph in block.paragraphs):
        return None
    return re.sub(r"\d+", "0", block.text), round(_box(block).bottom / 10)


def _pictures(page: PdfPage) -> Iterator[Picture]:
    for image in page.images:
        box = Box(left=image["x0"], top=image["top"], right=image["x1"], bottom=image["bottom"])
        if (box.right - box.left) * (box.bottom - box.top) > LARGE_SHARE * page.width * page.height:
            yield Picture(box=box)


def _box(block: Block) -> Box:
    return block.box or Box(left=0, top=0, right=0, bottom=0)


def _reading_order(block: Block) -> tuple[float, float]:
    box = _box(block)
    return round(box.top / 6), box.left
