"""Text as office files can hold it: no control characters, one kind of line break, no marked spaces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import zip_longest
from typing import TypeVar, cast

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp, Row, Section, without_marks

T = TypeVar("T")
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\0-\b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LOCALES = {"da": "da-DK", "en": "en-GB"}

Line = tuple[Passage, ...]


def prepared(follow_up: FollowUp) -> FollowUp:
    """Clean every text, and settle the changes where they are not to be shown."""
    clean = printable(follow_up)
    if clean.shows_changes:
        return clean
    return replace(clean, sections=tuple(_settled(section) for section in clean.sections))


def _settled(section: Section) -> Section:
    rows: tuple[Row, ...] = tuple(without_marks(row) for row in section.rows)
    return replace(section, rows=rows)


def printable(value: T) -> T:
    """Take out of every text within what XML cannot hold; line breaks of all kinds become `\\n`."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return cast(T, _UNPRINTABLE.sub("", _LINE_BREAKS.sub("\n", value)))
    if isinstance(value, tuple):
        return cast(T, tuple(printable(item) for item in value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: printable(getattr(value, field.name)) for field in fields(value)}
        )
    return value


def shown(passages: Sequence[Passage]) -> Line:
    """Leave the spaces around new and removed words unmarked, and spaces that were removed out."""
    pieces = [piece for passage in passages for piece in _trimmed(passage) if piece.text]
    return tuple(_apart(piece, following) for piece, following in zip_longest(pieces, pieces[1:]))


def _apart(piece: Passage, following: Passage | None) -> Passage:
    """Keep a struck word and the new one after it from running together."""
    runs_on = piece.change is Change.REMOVED and following is not None and not following.text[:1].isspace()
    return Passage(piece.text + " ", piece.change) if runs_on else piece


def _trimmed(passage: Passage) -> Iterator[Passage]:
    text = passage.text.strip()
    if passage.change is Change.KEPT or not text:
        if passage.change is not Change.REMOVED:
            yield Passage(passage.text)
        return
    start = passage.text.index(text)
    yield Passage(passage.text[:start])
    yield Passage(text, passage.change)
    yield Passage(passage.text[start + len(text) :])


def lines(passages: Sequence[Passage]) -> tuple[Line, ...]:
    """Divide into paragraphs at the line breaks; blank ones are left out."""
    found: list[list[Passage]] = [[]]
    for passage in shown(passages):
        first, *rest = passage.text.split("\n")
        found[-1].append(Passage(first, passage.change))
        found += [[Passage(text, passage.change)] for text in rest]
    return tuple(
        tuple(piece for piece in line if piece.text)
        for line in found
        if any(piece.text.strip() for piece in line)
    )
