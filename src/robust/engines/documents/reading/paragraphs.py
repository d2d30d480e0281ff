"""Paragraphs as people read them: white space collapsed, runs joined, typed list signs made markers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from robust.engines.documents.model import Paragraph, Run

BREAK = re.compile(r"[\n\r\v\f\u2028\u2029]")
SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\u00ad\ufffe\uffff\u200e\u200f]")
BULLET = re.compile(
    r"^\s*(?:[•●○◦▪■□▫‣⁃∙·➢➤►▶✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc\uf02d]\s*|\*\s+|[-–—]\s+|o\s+(?=\S{2}))(?=\S)"
)
NUMBER = re.compile(r"^\s*\(?(\d{1,3})(?:[.:]\)?|\))\s+(?=\S)|^\s*(\d{1,3})[.)](?=[A-ZÆØÅ][a-zæøå])")
SURE_NUMBER = re.compile(
    r"^\s*(?:\(?\d{1,3}\)\s*(?=\S)|\d{1,3}\.\s+"
    r"(?!(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\b|(?:kvartal|halvår|quarter)\b)(?-i:[A-ZÆØÅ]))",
    re.IGNORECASE,
)


def paragraphs_of(
    runs: Iterable[Run], *, marker: Paragraph | None = None, splits: bool = True
) -> tuple[Paragraph, ...]:
    """Make paragraphs of runs; a line break inside a paragraph starts a new one at the same level."""
    like = marker or Paragraph()
    lines: list[list[Run]] = [[]]
    for run in runs:
        parts = BREAK.split(run.text) if splits else [BREAK.sub(" ", run.text)]
        lines[-1].append(replace(run, text=parts[0]))
        lines.extend([replace(run, text=part)] for part in parts[1:])
    first, *rest = (_joined(line) for line in lines)
    return (
        replace(like, runs=first),
        *(Paragraph(runs=line, level=like.level) for line in rest),
    )


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Collapse white space and join runs of one look; white space looks like what stands before it."""
    joined: list[Run] = []
    for run in runs:
        text = SPACES.sub(" ", INVISIBLE.sub("", run.text))
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if joined and (text == " " or (joined[-1].red, joined[-1].bold) == (run.red, run.bold)):
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        else:
            joined.append(replace(run, text=text))
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" "))
    return tuple(run for run in joined if run.text)


def with_typed_markers(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Turn typed bullets and typed numbers into markers; a number counts when it is one of a sequence."""
    bulleted = [_without_bullet(paragraph) for paragraph in paragraphs]
    numbers = [_typed_number(paragraph) for paragraph in bulleted]
    kept = _in_sequence(numbers)
    return tuple(
        _numbered(paragraph, number) if number and (number in kept or _is_sure(paragraph)) else paragraph
        for paragraph, number in zip(bulleted, numbers, strict=True)
    )


def _without_bullet(paragraph: Paragraph) -> Paragraph:
    found = BULLET.match(paragraph.text)
    if found is None or paragraph.marker == "number":
        return paragraph
    return replace(paragraph, runs=_from(paragraph.runs, found.end()), marker="bullet")


def _typed_number(paragraph: Paragraph) -> int:
    found = None if paragraph.marker == "number" else NUMBER.match(paragraph.text)
    return int(found[1] or found[2]) if found else 0


def _in_sequence(numbers: Sequence[int]) -> set[int]:
    """Numbers that have their neighbour below or above in the right order."""
    printed = [number for number in numbers if number]
    kept = set()
    for first, second in pairwise(printed):
        if second == first + 1:
            kept |= {first, second}
    return kept


def _is_sure(paragraph: Paragraph) -> bool:
    """Say if a number cannot be a date or a quarter, and so counts although it stands alone."""
    return SURE_NUMBER.match(paragraph.text) is not None


def _numbered(paragraph: Paragraph, number: int) -> Paragraph:
    found = NUMBER.match(paragraph.text)
    end = found.end() if found else 0
    return replace(paragraph, runs=_from(paragraph.runs, end), marker="number", number=number)


def _from(runs: Sequence[Run], start: int) -> tuple[Run, ...]:
    """Leave out the first `start` characters."""
    kept: list[Run] = []
    for run in runs:
        text, start = run.text[start:], max(0, start - len(run.text))
        if text:
            kept.append(replace(run, text=text))
    return tuple(kept)
