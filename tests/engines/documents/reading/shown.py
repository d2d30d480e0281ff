"""Read documents boiled down to plain values, so that tests can compare them whole."""

from robust.engines import documents
from robust.engines.documents import Block, Paragraph, Picture, Table


def blocks(content: bytes, *, page: int = 1) -> list[Block]:
    return list(documents.read(content, name="plan").pages[page - 1].blocks)


def paragraphs(content: bytes, *, page: int = 1) -> list[Paragraph]:
    return [
        paragraph
        for block in blocks(content, page=page)
        if not isinstance(block, Picture)
        for paragraph in (block.paragraphs if not isinstance(block, Table) else _of_table(block))
    ]


def texts(content: bytes, *, page: int = 1) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(content, page=page)]


def red(content: bytes, *, page: int = 1) -> list[str]:
    return [run.text for paragraph in paragraphs(content, page=page) for run in paragraph.runs if run.red]


def table(content: bytes, *, page: int = 1) -> list[list[tuple[str, str]]]:
    """The cells of the first table of a page: reference and text."""
    first = next(block for block in blocks(content, page=page) if isinstance(block, Table))
    return [[(cell.reference, cell.text) for cell in row] for row in first.rows]


def _of_table(block: Table) -> list[Paragraph]:
    return [paragraph for row in block.rows for cell in row for paragraph in cell.paragraphs]
