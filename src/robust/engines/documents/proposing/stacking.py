"""Cells in which initiatives are stacked, or in which an initiative and its status share the room."""

from collections.abc import Sequence

from robust.engines.documents.model import Paragraph
from robust.engines.documents.proposing.words import reads_as_update

Stack = tuple[tuple[Paragraph, ...], ...]


def trimmed(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Leave out blank paragraphs at both ends."""
    filled = [index for index, paragraph in enumerate(paragraphs) if not paragraph.is_blank]
    return tuple(paragraphs[filled[0] : filled[-1] + 1]) if filled else ()


def stacked(paragraphs: Sequence[Paragraph]) -> Stack:
    """Split a cell where numbers, bold or blank lines say that an initiative ends and the next begins."""
    cell = trimmed(paragraphs)
    for starts in (_numbered_starts(cell), _bold_starts(cell), _blank_line_starts(cell)):
        if len(starts) > 1:
            return _cut(cell, starts)
    return (cell,) if cell else ()


def bulleted(paragraphs: Sequence[Paragraph]) -> Stack:
    """Split a cell that holds nothing but bullets, one part for each bullet of the outermost level."""
    cell = tuple(paragraph for paragraph in paragraphs if not paragraph.is_blank)
    if not cell or any(not paragraph.marker for paragraph in cell):
        return ()
    outermost = min(paragraph.level for paragraph in cell)
    starts = [index for index, paragraph in enumerate(cell) if paragraph.level == outermost]
    return _cut(cell, starts) if len(starts) > 1 and starts[0] == 0 else ()


def parts(paragraphs: Sequence[Paragraph]) -> Stack:
    """Split a cell at every blank line, number or bullet, to be paired with the parts of another cell."""
    cell = trimmed(paragraphs)
    starts = [0, *(index + 1 for index, paragraph in enumerate(cell) if paragraph.is_blank)]
    by_blank_lines = tuple(part for part in (trimmed(part) for part in _cut(cell, starts)) if part)
    return (
        by_blank_lines
        if len(by_blank_lines) > 1
        else stacked(cell)
        if len(stacked(cell)) > 1
        else bulleted(cell)
    )


def initiative_and_status(
    paragraphs: Sequence[Paragraph],
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Split an initiative from its status: at a blank line, red font, a date or a word of what happened."""
    cell = trimmed(paragraphs)
    for index, paragraph in enumerate(cell[1:], start=1):
        if paragraph.is_blank or (not paragraph.marker and _tells(paragraph)):
            return cell[:index], trimmed(cell[index:])
    return cell, ()


def _tells(paragraph: Paragraph) -> bool:
    return paragraph.has_red or reads_as_update(paragraph.text)


def _numbered_starts(cell: Sequence[Paragraph]) -> list[int]:
    if not cell or cell[0].marker != "number":
        return []
    return [i for i, one in enumerate(cell) if one.marker == "number" and one.level == cell[0].level]


def _bold_starts(cell: Sequence[Paragraph]) -> list[int]:
    """Bold lines that begin a part, if the cell begins with one and each has other text below it."""
    if not cell or not cell[0].is_bold:
        return []
    starts = [i for i, one in enumerate(cell) if one.is_bold and (i == 0 or not cell[i - 1].is_bold)]
    has_text = [
        any(not one.is_bold and not one.is_blank for one in part) for part in _cut(tuple(cell), starts)
    ]
    return starts if all(has_text[:-1]) else []


def _blank_line_starts(cell: Sequence[Paragraph]) -> list[int]:
    """First lines after a blank line that name something to do rather than tell what happened."""
    starts = [0]
    for index in range(1, len(cell)):
        paragraph = cell[index]
        after_blank = cell[index - 1].is_blank and not paragraph.is_blank
        if after_blank and not paragraph.marker and not _tells(paragraph):
            starts.append(index)
    return starts


def _cut(cell: tuple[Paragraph, ...], starts: Sequence[int]) -> Stack:
    ends = [*starts[1:], len(cell)]
    return tuple(trimmed(cell[start:end]) for start, end in zip(starts, ends, strict=True))
