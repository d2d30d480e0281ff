"""Reads DOCX: headings, text and tables in the order they stand, on pages as far as the file tells them."""

import io
from collections.abc import Iterator

import docx
from lxml import etree

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Block, Document, Page, Paragraph, Table, TextBlock
from robust.engines.documents.reading import word_styles, word_text
from robust.engines.documents.reading.grid import Placed, grid
from robust.engines.documents.reading.paragraphs import with_typed_markers
from robust.engines.documents.reading.word_styles import W, WordStyles, value

FAKE_HEADING = 6  # the level of a short bold line that no style calls a heading
LONGEST_HEADING = 12  # words
WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}


def read(content: bytes, *, limits: Limits) -> Document:
    """Read a text document; tracked insertions count, deletions do not. Raises: DocumentRefused."""
    document = docx.Document(io.BytesIO(content))
    reader = TextReader(word_styles.of(document))
    for node in _unwrapped(document.element.body):
        reader.take(node)
    reader.close()
    if len(reader.pages) > limits.pages:
        raise DocumentRefused("too_many_pages", found=len(reader.pages), allowed=limits.pages)
    title = " ".join((document.core_properties.title or "").split())
    return Document(kind="docx", title=title, pages=tuple(reader.pages))


class TextReader:
    """Collects blocks, closing a page at each page break."""

    def __init__(self, styles: WordStyles) -> None:
        self.styles = styles
        self.pages: list[Page] = []
        self.blocks: list[Block] = []
        self.plain: list[Paragraph] = []

    def take(self, node: etree._Element) -> None:
        if node.tag == f"{W}tbl":
            self._flush()
            self.blocks.append(_table(node, self.styles))
        elif node.tag == f"{W}p":
            self._paragraph(node)

    def close(self) -> None:
        self._flush()
        if self.blocks or not self.pages:
            self._turn(1)

    def _paragraph(self, node: etree._Element) -> None:
        piece = word_text.piece(node, self.styles)
        self._turn(piece.breaks_before)
        text = " ".join(one.text for one in piece.paragraphs).strip()
        if text and (piece.heading_level or _is_fake_heading(piece.paragraphs)):
            self._flush()
            level = piece.heading_level or FAKE_HEADING
            self.blocks.append(TextBlock(paragraphs=piece.paragraphs, heading_level=level))
        else:
            self.plain.extend(piece.paragraphs)
        for box in piece.boxes:
            self._box(box)
        self._turn(piece.breaks_after)

    def _box(self, box: etree._Element) -> None:
        self._flush()
        for node in _unwrapped(box):
            if node.tag == f"{W}tbl":
                self.blocks.append(_table(node, self.styles))
            elif node.tag == f"{W}p":
                self.plain.extend(word_text.piece(node, self.styles).paragraphs)
        self._flush()

    def _flush(self) -> None:
        if any(not paragraph.is_blank for paragraph in self.plain):
            self.blocks.append(TextBlock(paragraphs=with_typed_markers(self.plain)))
        self.plain = []

    def _turn(self, pages: int) -> None:
        for _ in range(pages):
            self._flush()
            self.pages.append(Page(number=len(self.pages) + 1, title="", blocks=tuple(self.blocks)))
            self.blocks = []


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """Give children, those inside content controls and tracked insertions included."""
    for child in parent:
        if child.tag in WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _is_fake_heading(paragraphs: tuple[Paragraph, ...]) -> bool:
    if len(paragraphs) != 1 or paragraphs[0].marker or not paragraphs[0].is_bold:
        return False
    text = paragraphs[0].text.strip()
    return len(text.split()) <= LONGEST_HEADING and not text.endswith((".", ":", ";", ","))


def _table(node: etree._Element, styles: WordStyles) -> Table:
    look = next(
        (style.find(f"{W}rPr") for style in styles.chain(value(node.find(f"{W}tblPr/{W}tblStyle")))), None
    )
    placed: list[Placed] = []
    open_spans: dict[int, int] = {}  # by column: the place in `placed` of a cell merged downwards
    rows = [row for row in _unwrapped(node) if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None]
    width = 0
    for number, row in enumerate(rows):
        column = int(value(row.find(f"{W}trPr/{W}gridBefore")) or 0)
        for cell in (one for one in _unwrapped(row) if one.tag == f"{W}tc"):
            span = int(value(cell.find(f"{W}tcPr/{W}gridSpan")) or 1)
            _place(cell, placed, open_spans, styles=styles, look=look, row=number, column=column, span=span)
            column += span
        width = max(width, column)
    return Table(rows=grid(placed, row_count=len(rows), column_count=width))


def _place(
    cell: etree._Element,
    placed: list[Placed],
    open_spans: dict[int, int],
    *,
    styles: WordStyles,
    look: etree._Element | None,
    row: int,
    column: int,
    span: int,
) -> None:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    above = open_spans.get(column)
    if merge is not None and value(merge) != "restart" and above is not None:
        first = placed[above]
        placed[above] = Placed(
            row=first.row,
            column=first.column,
            paragraphs=(
                *first.paragraphs,
                *(one for one in _paragraphs(cell, styles, look) if not one.is_blank),
            ),
            row_span=row - first.row + 1,
            column_span=first.column_span,
        )
        return
    open_spans.pop(column, None)
    if merge is not None:
        open_spans[column] = len(placed)
    paragraphs = with_typed_markers(_paragraphs(cell, styles, look))
    placed.append(Placed(row=row, column=column, paragraphs=paragraphs, column_span=span))


def _paragraphs(cell: etree._Element, styles: WordStyles, look: etree._Element | None) -> list[Paragraph]:
    """All paragraphs of a cell, those of tables inside it and of its text boxes included."""
    found: list[Paragraph] = []
    for node in _unwrapped(cell):
        if node.tag == f"{W}p":
            piece = word_text.piece(node, styles, table_look=look)
            found.extend(piece.paragraphs)
            for box in piece.boxes:
                found.extend(_paragraphs(box, styles, look))
        elif node.tag == f"{W}tbl":
            rows = (row for row in _unwrapped(node) if row.tag == f"{W}tr")
            inner = (one for row in rows for one in _unwrapped(row) if one.tag == f"{W}tc")
            found.extend(paragraph for one in inner for paragraph in _paragraphs(one, styles, look))
    return found
