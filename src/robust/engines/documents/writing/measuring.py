"""How much room text takes, estimated from the widths of Arial, and where to cut it so that it fits."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from robust.engines.documents.comparing import Passage
from robust.engines.documents.writing.tables import Cell
from robust.engines.documents.writing.text import Line

# Thousandths of the font size. Source: the metrics of Arial and Helvetica (Adobe Core 14 AFM).
_WIDTHS = {
    sign: width
    for width, signs in {
        222: "ijl'‘’·",
        278: " !,./:;I[]\\ftíì\u00a0",
        333: "()-`r“”„°",
        370: '"*•',
        500: "ckJsvxyzçñ",
        556: "0123456789abdeghnopquL_$#?éèêàáäåöóüúøð§–€£«»",
        584: "+<=>~±×",
        611: "FTZ",
        667: "ABEKPSVXYÅÄÉ",
        722: "CDHNRUwÜ",
        778: "GOQØÖ",
        833: "mM",
        889: "%æ",
        1000: "WÆ@…—™",
    }.items()
    for sign in signs
}
_UNKNOWN, _WIDE = 720, 1050
_BOLD = 1.08
LINE_HEIGHT = 1.2  # of the font size; the writers set it as exact line spacing
SPACE_AFTER = 2.0  # points after each paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Points to write in: width, size of letters, and how much wider than Arial they run."""

    width: float
    size: float
    stretch: float = 1.0

    @property
    def line_height(self) -> float:
        return self.size * LINE_HEIGHT

    def lines_in(self, height: float) -> int:
        """How many lines of one paragraph the height holds."""
        return max(0, math.floor((height - SPACE_AFTER) / self.line_height))


def line_ends(words: str, room: Room, *, bold: bool = False) -> list[int]:
    """Where each line of a paragraph ends, counted in characters, when words wrap."""
    points = room.size * room.stretch * (_BOLD if bold else 1) / 1000
    limit = room.width / points
    ends: list[int] = []
    start = 0
    while start < len(words):
        start = _line_end(words, start, limit)
        ends.append(start)
    return ends or [0]


def _line_end(words: str, start: int, limit: float) -> int:
    used, breakable = 0, 0
    for at in range(start, len(words)):
        sign = words[at]
        used += _WIDTHS.get(sign) or _width_of_rare(sign)
        if sign == " ":
            breakable = at + 1
        elif used > limit:
            return breakable or max(at, start + 1)
        elif sign == "-":
            breakable = at + 1
    return len(words)


def _width_of_rare(sign: str) -> int:
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _UNKNOWN


def height_of(cell: Cell, room: Room) -> float:
    """Estimate the height of a cell's text, in points, without margins."""
    heights = [_paragraph_height(cell.heading, room, bold=True)] if cell.heading else []
    heights += [_paragraph_height(_words(line), room) for line in cell.lines]
    return sum(heights) or room.line_height


def _paragraph_height(words: str, room: Room, *, bold: bool = False) -> float:
    return len(line_ends(words, room, bold=bold)) * room.line_height + SPACE_AFTER


def cut(cell: Cell, room: Room, *, height: float) -> tuple[Cell, Cell]:
    """Divide a cell into what fits the height and the rest, at the end of a paragraph, a sentence or a word.

    At least one line is taken, so that cutting again and again comes to an end.
    """
    left = height - (_paragraph_height(cell.heading, room, bold=True) if cell.heading else 0)
    taken: list[Line] = []
    waiting = list(cell.lines)
    while waiting:
        needed = _paragraph_height(_words(waiting[0]), room)
        if needed > left:
            break
        taken.append(waiting.pop(0))
        left -= needed
    if waiting and (room.lines_in(left) >= 2 or not taken):
        first, rest = _cut_line(waiting[0], room, lines=max(1, room.lines_in(left)))
        taken.append(first)
        waiting[:1] = [rest] if rest else []
    return replace(cell, lines=tuple(taken)), Cell(lines=tuple(waiting))


def _cut_line(line: Line, room: Room, *, lines: int) -> tuple[Line, Line]:
    words = _words(line)
    ends = line_ends(words, room)
    at = ends[min(lines, len(ends)) - 1]
    sentence = max(words.rfind(end, 0, at) for end in (". ", "! ", "? ")) + 2
    if at < len(words) and sentence > at / 2:
        at = sentence
    return tuple(_slice(line, 0, at)), tuple(_slice(line, at, len(words)))


def _slice(line: Sequence[Passage], start: int, end: int) -> Iterator[Passage]:
    at = 0
    for passage in line:
        piece = passage.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            yield Passage(piece, passage.change)
        at += len(passage.text)


def _words(line: Sequence[Passage]) -> str:
    return "".join(passage.text for passage in line)
