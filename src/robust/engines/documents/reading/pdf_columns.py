"""Tables on printed pages that no lines divide into columns: found by the white space between the columns."""

import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from robust.engines.documents.reading import pdf_lines
from robust.engines.documents.reading.paragraphs import BULLET, NUMBER
from robust.engines.documents.reading.pdf_lines import Char, Line

Bounds = tuple[float, float, float, float]
Interval = tuple[float, float]
NARROWEST_GAP = 0.9  # character sizes
LONGEST_HEADER = 5  # words in the header of a column
FEWEST_LINES = 3
ROW_GAP = 1.15  # times the usual distance of lines


def cells(chars: Sequence[Char], *, rules: Iterable[float]) -> list[Bounds]:
    """Find the cells of a table without vertical lines; none where the page does not look like one.

    `rules` are the heights of horizontal lines. The first line of the table has to read as a header: bold or
    of three columns and more, a few words in each, and no list. Columns begin where the header's words do.
    """
    lines = pdf_lines.lines_of(chars, split_columns=False)
    size = statistics.median(line.size for line in lines) if lines else 0.0
    for start, line in enumerate(lines):
        header = _stretches(chars, line, NARROWEST_GAP * size)
        if len(header) < 2 or not _reads_as_header(chars, line, header):
            continue
        lefts = [left - 1 for left, _ in header]
        rows = [line, *_within(chars, lines[start + 1 :], lefts, NARROWEST_GAP * size)]
        if len(rows) >= FEWEST_LINES:
            columns = [*lefts, max(row.right for row in rows) + 1]
            return [
                (left, top, right, bottom)
                for top, bottom in pairwise(_row_edges(rows, rules, lefts[1]))
                for left, right in pairwise(columns)
            ]
    return []


def _within(chars: Sequence[Char], lines: Sequence[Line], lefts: Sequence[float], gap: float) -> list[Line]:
    """The lines that keep to the columns, up to the first that runs from one into the next."""
    kept: list[Line] = []
    for line in lines:
        stretches = _stretches(chars, line, gap)
        if any(left < edge - 2 and edge + 2 < right for left, right in stretches for edge in lefts):
            break
        kept.append(line)
    return kept


def _on_line(chars: Iterable[Char], line: Line) -> list[Char]:
    return [char for char in chars if line.top <= (char["top"] + char["bottom"]) / 2 <= line.bottom]


def _stretches(chars: Iterable[Char], line: Line, gap: float) -> list[Interval]:
    """The parts of a line that stand at least a gap apart."""
    return _united(((char["x0"], char["x1"]) for char in _on_line(chars, line)), gap)


def _united(intervals: Iterable[tuple[Any, Any]], gap: float) -> list[Interval]:
    united: list[Interval] = []
    for left, right in sorted(intervals):
        if united and left - united[-1][1] < gap:
            united[-1] = (united[-1][0], max(united[-1][1], right))
        else:
            united.append((left, right))
    return united


def _reads_as_header(chars: Iterable[Char], line: Line, header: Sequence[Interval]) -> bool:
    if BULLET.match(line.text) or NUMBER.match(line.text):
        return False
    own = _on_line(chars, line)
    texts = ["".join(c["text"] for c in own if left <= c["x0"] <= right) for left, right in header]
    is_short = len(line.text.split()) <= LONGEST_HEADER * len(header)
    return is_short and all(text[:1].isalpha() for text in texts) and (line.is_bold or len(header) > 2)


def _row_edges(lines: Sequence[Line], rules: Iterable[float], second_column: float) -> list[float]:
    """Where rows part: at horizontal lines, at wider gaps, or else where the first column has text."""
    top, bottom = lines[0].top - 1, max(line.bottom for line in lines) + 1
    between = sorted({round(rule) for rule in rules if top < rule < bottom - 2})
    if len(between) > 1:
        return [top, *(float(rule) for rule in between), bottom]
    distances = [second.top - first.top for first, second in pairwise(lines) if second.top > first.top + 1]
    pitch = min(distances, default=0.0)
    edges = [second.top - 1 for first, second in pairwise(lines) if second.top - first.top > ROW_GAP * pitch]
    if not edges:
        edges = [line.top - 1 for line in lines[1:] if line.left < second_column]
    if not edges or edges[0] > lines[1].top:
        edges = [lines[1].top - 1, *edges]
    return [top, *edges, bottom]
