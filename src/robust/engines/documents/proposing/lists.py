"""Lists outside tables: which of them hold initiatives, and what else they hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from robust.engines.documents.model import Paragraph
from robust.engines.documents.proposing import words
from robust.engines.documents.proposing.proposal import Reason

POSITIVE = re.compile(rf"{words.INITIATIVE}|\btrials?\b|next steps|næste skridt", re.IGNORECASE)
STATUS_LINE = re.compile(r"^\W*status\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    number: int
    position: int  # of its paragraph in the block, from 1
    text: tuple[Paragraph, ...]
    status: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """Items that follow each other, with the line that introduces them."""

    lead: str
    items: tuple[Item, ...]

    @property
    def is_numbered(self) -> bool:
        return bool(self.items) and self.items[0].number > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    position: int
    paragraphs: tuple[Paragraph, ...]


def parts_of(paragraphs: Sequence[Paragraph]) -> Iterator[ListPart | TextPart]:
    """Take a block of text apart into lists, each with its lead-in line, and other text."""
    plain: list[tuple[int, Paragraph]] = []
    index = 0
    while index < len(paragraphs):
        if paragraphs[index].marker and not paragraphs[index].is_blank:
            end = _end_of_list(paragraphs, index)
            lead = plain[-1][1].text if plain else ""
            yield from _text_part(plain)
            yield ListPart(lead=lead, items=tuple(_items(paragraphs, index, end)))
            plain, index = [], end
        else:
            if not paragraphs[index].is_blank:
                plain.append((index + 1, paragraphs[index]))
            index += 1
    yield from _text_part(plain)


def verdict(*, lead: str, title: str, numbered: bool) -> Reason | None:
    """Say why a list holds no initiatives, None if it does; the line above counts before the heading."""
    for context in (lead, title):
        is_positive = POSITIVE.search(context) is not None
        negative = next((reason for reason, pattern in words.NEGATIVE if pattern.search(context)), None)
        if is_positive and (negative is None or numbered):
            return None
        if negative is not None:
            return negative
    return None if numbered else "text"


def _text_part(plain: Sequence[tuple[int, Paragraph]]) -> Iterator[TextPart]:
    if plain:
        yield TextPart(position=plain[0][0], paragraphs=tuple(paragraph for _, paragraph in plain))


def _end_of_list(paragraphs: Sequence[Paragraph], start: int) -> int:
    """A list goes on past text that stands between two consecutive numbers, or that begins with "Status"."""
    end = start + 1
    level, number = paragraphs[start].level, paragraphs[start].number
    for index in range(start + 1, len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.is_blank:
            continue
        if paragraph.marker and (paragraph.level > level or (paragraph.number > 0) == (number > 0)):
            if paragraph.level <= level and paragraph.number not in (0, number + 1):
                break
            number = paragraph.number if paragraph.level <= level else number
            end = index + 1
        elif STATUS_LINE.match(paragraph.text) or (number and _next_number(paragraphs, index) == number + 1):
            end = index + 1
        else:
            break
    return end


def _next_number(paragraphs: Sequence[Paragraph], index: int) -> int:
    return next((one.number for one in paragraphs[index:] if one.marker == "number"), 0)


def _items(paragraphs: Sequence[Paragraph], start: int, end: int) -> Iterator[Item]:
    level = paragraphs[start].level
    starts = [i for i in range(start, end) if _starts_item(paragraphs[i], paragraphs[start], level)]
    for first, following in zip(starts, [*starts[1:], end], strict=True):
        own = [one for one in paragraphs[first:following] if not one.is_blank]
        text, status = _with_status(own)
        yield Item(number=own[0].number, position=first + 1, text=text, status=status)


def _starts_item(paragraph: Paragraph, first: Paragraph, level: int) -> bool:
    return paragraph.marker == first.marker and paragraph.level <= level and not paragraph.is_blank


def _with_status(own: Sequence[Paragraph]) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    for index, paragraph in enumerate(own[1:], start=1):
        if not paragraph.marker:
            return tuple(own[:index]), tuple(own[index:])
    return tuple(own), ()
