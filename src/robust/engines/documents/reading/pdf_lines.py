"""Characters of a printed page put together again: to lines, to paragraphs and to blocks of text."""

import re
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from robust.engines.documents.model import Box, Paragraph, Run
from robust.engines.documents.reading.colours import Rgb, is_red
from robust.engines.documents.reading.paragraphs import BULLET, NUMBER, paragraphs_of, with_typed_markers

Char = Mapping[str, Any]
BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
UNMAPPED = re.compile(r"^\(cid:\d+\)")
JOINS_HYPHEN = re.compile(r"^(?:og|eller|samt|til|and|or)\b")
LONE_CONSONANT = re.compile(r"^[b-hj-np-tv-xz](?:\W|$)")
COLUMN_GAP = 2.2  # character sizes of white space that part two columns of text
WORD_GAP = 0.18
BLANK_LINE = 1.45  # times the usual distance of lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Characters on one line; `size` is that of most of them."""

    runs: tuple[Run, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first_word: float  # its width

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_bold(self) -> bool:
        return all(run.bold for run in self.runs if run.text.strip())


def colour_of(char: Char) -> Rgb | None:
    """Read the fill colour of a character in grey, RGB or CMYK."""
    colour = char.get("non_stroking_color")
    if colour is None or not all(isinstance(part, int | float) for part in colour):
        return None
    parts = [min(1.0, max(0.0, float(part))) for part in colour]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def lines_of(chars: Iterable[Char], *, split_columns: bool) -> list[Line]:
    """Put characters together to lines from top to bottom; `split_columns` parts lines at wide gaps."""
    inked = (char for char in chars if char.get("upright", True) and char["text"].strip())
    upright = sorted(inked, key=lambda char: (char["top"], char["x0"]))
    rows: list[list[Char]] = []
    for char in upright:
        middle = (char["top"] + char["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = [
        _line(part)
        for row in rows
        for part in _parted(sorted(row, key=lambda char: float(char["x0"])), split_columns=split_columns)
    ]
    return sorted(lines, key=lambda line: (line.top, line.left))


def _parted(row: list[Char], *, split_columns: bool) -> Iterator[list[Char]]:
    part: list[Char] = row[:1]
    for before, char in pairwise(row):
        gap = char["x0"] - before["x1"]
        if split_columns and gap > COLUMN_GAP * char["size"] and len(part) > 3:
            yield part
            part = []
        part.append(char)
    yield part


def _line(chars: list[Char]) -> Line:
    runs: list[Run] = []
    before: Char | None = None
    first_end = chars[-1]["x1"]
    for char in chars:
        gap = before is not None and char["x0"] - before["x1"] > WORD_GAP * char["size"]
        if gap and before is not None:
            first_end = min(first_end, before["x1"])
            runs.append(replace(runs[-1], text=" "))
        text = "•" if before is None and UNMAPPED.match(char["text"]) else char["text"]
        runs.append(
            Run(
                text=text,
                red=is_red(colour_of(char)),
                bold=BOLD.search(char.get("fontname") or "") is not None,
            )
        )
        before = char
    return Line(
        runs=tuple(runs),
        left=float(chars[0]["x0"]),
        right=float(chars[-1]["x1"]),
        top=float(min(char["top"] for char in chars)),
        bottom=float(max(char["bottom"] for char in chars)),
        size=float(statistics.median(char["size"] for char in chars)),
        first_word=float(first_end - chars[0]["x0"]),
    )


def paragraphs(lines: Sequence[Line], *, right_edge: float | None = None) -> tuple[Paragraph, ...]:
    """Join the lines of one cell or block to paragraphs; a wide gap becomes a blank one."""
    if not lines:
        return ()
    edge = right_edge if right_edge is not None else max(line.right for line in lines)
    pitch = _pitch(lines)
    found: list[list[Line]] = [[lines[0]]]
    gaps: list[bool] = []
    for before, line in pairwise(lines):
        is_blank = (line.top - before.top) > BLANK_LINE * max(pitch, line.size)
        if is_blank or _starts_paragraph(before, line, edge):
            gaps.append(is_blank)
            found.append([line])
        else:
            found[-1].append(line)
    result: list[Paragraph] = []
    levels = _levels(found)
    for index, (part, level) in enumerate(zip(found, levels, strict=True)):
        if index and gaps[index - 1]:
            result.append(Paragraph())
        result.extend(paragraphs_of(_joined(part, edge), marker=Paragraph(level=level), splits=False))
    return with_typed_markers(result)


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance between lines: the smallest that is common, as blank lines only make it larger."""
    distances = sorted(second.top - first.top for first, second in pairwise(lines) if second.top > first.top)
    usual = 1.22 * statistics.median(line.size for line in lines)
    return min(distances[len(distances) // 4], usual * 1.3) if distances else usual


def _starts_paragraph(before: Line, line: Line, edge: float) -> bool:
    if BULLET.match(line.text) or (NUMBER.match(line.text) and line.left <= before.left + 1):
        return True
    if before.runs[-1].red != line.runs[0].red and before.text.rstrip().endswith((".", ":", ";", "!", "?")):
        return True
    if (
        before.text.endswith((".", "!", "?"))
        and line.text[:1].isupper()
        and edge - before.right > 2 * line.size
    ):
        return True
    space = 0.25 * line.size
    return line.first_word + space < edge - before.right - 0.1 * line.size


def _levels(parts: Sequence[Sequence[Line]]) -> list[int]:
    """Levels of list paragraphs by how far they are indented."""
    lefts = sorted({round(part[0].left / 4) for part in parts if BULLET.match(part[0].text)})
    return [lefts.index(round(part[0].left / 4)) if BULLET.match(part[0].text) else 0 for part in parts]


def _joined(lines: Sequence[Line], edge: float) -> Iterator[Run]:
    """Join lines by spaces, but for a word too long for its column, which the program broke anywhere."""
    yield from lines[0].runs
    for before, line in pairwise(lines):
        is_full = " " not in before.text and before.right > edge - 0.5 * before.size
        is_broken_word = (is_full and line.text[:1].islower()) or LONE_CONSONANT.match(line.text) is not None
        if not is_broken_word and _needs_space(before.text, line.text):
            yield replace(before.runs[-1], text=" ")
        yield from line.runs


def _needs_space(before: str, after: str) -> bool:
    if before.endswith(("\u00ad", "/")):
        return False
    return not (before.endswith("-") and before[-2:-1].isalnum() and not JOINS_HYPHEN.match(after))


def blocks_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines of free text that stand under each other in one look."""
    blocks: list[list[Line]] = []
    for line in lines:
        home = next((block for block in reversed(blocks) if _belongs(block[-1], line)), None)
        if home is None:
            blocks.append([line])
        else:
            home.append(line)
    return blocks


def _belongs(last: Line, line: Line) -> bool:
    overlap = min(last.right, line.right) - max(last.left, line.left)
    alike = 0.82 < line.size / last.size < 1.22 if last.size else False
    alike = alike and line.is_bold == last.is_bold
    return alike and 0 < line.top - last.top < 2.6 * last.size and overlap > 0


def box_of(lines: Sequence[Line]) -> Box:
    """Give the rectangle around lines."""
    return Box(
        left=min(line.left for line in lines),
        top=min(line.top for line in lines),
        right=max(line.right for line in lines),
        bottom=max(line.bottom for line in lines),
    )
