"""What changed between two versions of a text, word by word."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain, groupby
from operator import attrgetter

_TOKENS = re.compile(r"([^\S\n]*)(\n|\w+|[^\w\s]|\Z)")  # the spaces before a word or sign, and itself
_LONG = 1500  # words and signs of both texts; above it, phrases told once divide the work
_PHRASE = 4  # words
_SENTENCE_ENDS = frozenset(".!?:")

_Words = tuple[str, ...]
_Token = tuple[str, str]


class Change(StrEnum):
    KEPT = "kept"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    change: Change = Change.KEPT


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch where both texts agree (`removed == new`), or where one was put for the other."""

    removed: _Words
    new: _Words

    @property
    def is_kept(self) -> bool:
        return self.removed == self.new

    @property
    def longest(self) -> int:
        return max(len("".join(self.removed)), len("".join(self.new)))


def plain(text: str) -> tuple[Passage, ...]:
    """Wrap a text in which nothing changed."""
    return (Passage(text),) if text else ()


def as_it_is_now(passages: Sequence[Passage]) -> str:
    """Join what still stands, without what was removed."""
    return "".join(passage.text for passage in passages if passage.change is not Change.REMOVED)


def compare(before: str, after: str) -> tuple[Passage, ...]:
    """Find what is kept, new and removed, in reading order, removed before new.

    Kept and new passages joined give `after`, kept and removed give `before`. Words that happen to
    stand in both versions of a rewritten sentence are not kept apart, so that it reads as one change.

    Source: the semantic clean-up and shift of Fraser, "Diff Strategies" (2006), on words.
    """
    if before == after:
        return plain(after)
    pieces = _joined(_differences(_TOKENS.findall(before), _TOKENS.findall(after)))
    passages = _passages(_joined(_without_small_islands(_joined(_shifted_to_sentences(pieces)))))
    return tuple(
        Passage("".join(passage.text for passage in run), change)
        for change, run in groupby(passages, key=attrgetter("change"))
    )


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Join neighbours that are both kept or both changed, and leave empty ones out."""
    told = (piece for piece in pieces if piece.removed or piece.new)
    return [_sum(run) for _, run in groupby(told, key=attrgetter("is_kept"))]


def _sum(pieces: Iterable[_Piece]) -> _Piece:
    run = list(pieces)
    removed = chain.from_iterable(piece.removed for piece in run)
    return _Piece(tuple(removed), tuple(chain.from_iterable(piece.new for piece in run)))


def _differences(before: list[_Token], after: list[_Token]) -> Iterator[_Piece]:
    words, new_words = [word for _, word in before], [word for _, word in after]
    start = new_start = 0
    for end, new_end in [*_anchors(words, new_words), (len(words), len(new_words))]:
        part, new_part = words[start:end], new_words[new_start:new_end]
        matcher = SequenceMatcher(None, part, new_part, autojunk=len(part) + len(new_part) > _LONG)
        for kind, first, last, new_first, new_last in matcher.get_opcodes():
            run = before[start + first : start + last]
            new_run = after[new_start + new_first : new_start + new_last]
            yield from _kept(run, new_run) if kind == "equal" else _changed(run, new_run)
        start, new_start = end, new_end


def _kept(run: list[_Token], new_run: list[_Token]) -> Iterator[_Piece]:
    """The same words in both texts, where the spaces before them may still differ."""
    for (spaces, word), (new_spaces, _) in zip(run, new_run, strict=True):
        yield _Piece(_filled(spaces), _filled(new_spaces))
        yield _Piece(_filled(word), _filled(word))


def _changed(run: list[_Token], new_run: list[_Token]) -> Iterator[_Piece]:
    """Other words; the spaces before them are kept where both texts have them."""
    words, new_words = _flat(run), _flat(new_run)
    if words[:1] == new_words[:1] and words and words[0].isspace():
        yield _Piece(words[:1], new_words[:1])
        words, new_words = words[1:], new_words[1:]
    yield _Piece(words, new_words)


def _filled(part: str) -> _Words:
    return (part,) if part else ()


def _flat(run: list[_Token]) -> _Words:
    return tuple(part for token in run for part in token if part)


def _anchors(words: list[str], new_words: list[str]) -> list[tuple[int, int]]:
    """Pairs of places in long texts where the same phrase begins, told once in each, in the same order.

    Source: Bram Cohen's patience diff, on phrases instead of lines.
    """
    if len(words) + len(new_words) <= _LONG:
        return []
    places, new_places = _unique_phrases(words), _unique_phrases(new_words)
    pairs = [(at, new_places[phrase]) for phrase, at in places.items() if phrase in new_places]
    return _longest_rising(pairs)


def _unique_phrases(words: list[str]) -> dict[_Words, int]:
    places: dict[_Words, int] = {}
    repeated = set()
    for at in range(len(words) - _PHRASE + 1):
        phrase = tuple(words[at : at + _PHRASE])
        if places.setdefault(phrase, at) != at:
            repeated.add(phrase)
    return {phrase: at for phrase, at in places.items() if phrase not in repeated}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, given in order of the first number, in which the second rises too."""
    ends: list[int] = []  # the smallest second number with which a run of each length can end
    chosen: list[tuple[int, int]] = []
    previous: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:
        length = bisect_left(ends, pair[1])
        previous[pair] = chosen[length - 1] if length else None
        ends[length : length + 1] = [pair[1]]
        chosen[length : length + 1] = [pair]
    run: list[tuple[int, int]] = []
    latest = chosen[-1] if chosen else None
    while latest:
        run.append(latest)
        latest = previous[latest]
    return run[::-1]


def _shifted_to_sentences(pieces: list[_Piece]) -> list[_Piece]:
    """Slide each pure insertion or removal to where it begins and ends with a sentence, where it can."""
    shifted = list(pieces)
    for middle in range(1, len(shifted) - 1):
        left, piece, right = shifted[middle - 1 : middle + 2]
        if left.is_kept and right.is_kept and not (piece.new and piece.removed):
            shifted[middle - 1 : middle + 2] = _best_shift(left, piece, right)
    return shifted


def _best_shift(left: _Piece, piece: _Piece, right: _Piece) -> tuple[_Piece, _Piece, _Piece]:
    run = piece.new or piece.removed
    words = left.new + run + right.new
    start, size = len(left.new), len(run)
    first, last = start, start
    while first > 0 and words[first - 1] == words[first - 1 + size]:
        first -= 1
    while last + size < len(words) and words[last] == words[last + size]:
        last += 1
    best = max(range(first, last + 1), key=lambda at: (_seam(words, at) + _seam(words, at + size), at))
    kept_left, moved, kept_right = words[:best], words[best : best + size], words[best + size :]
    changed = _Piece((), moved) if piece.new else _Piece(moved, ())
    return _Piece(kept_left, kept_left), changed, _Piece(kept_right, kept_right)


def _seam(words: _Words, at: int) -> int:
    """How good a place this is to cut: ends of lines best, then sentences, then words."""
    if at in (0, len(words)) or "\n" in (words[at - 1], words[at]):
        return 3
    if words[at - 1] in _SENTENCE_ENDS:
        return 2
    return int(words[at].isspace())


def _without_small_islands(pieces: list[_Piece]) -> list[_Piece]:
    """Take what is kept between two larger changes as part of the change, unless a line ends there."""
    merged: list[_Piece] = []
    for piece in pieces:
        merged.append(piece)
        while len(merged) >= 3 and _is_small_island(*merged[-3:]):
            merged[-3:] = [_sum(merged[-3:])]
    return merged


def _is_small_island(before: _Piece, island: _Piece, after: _Piece) -> bool:
    if before.is_kept or after.is_kept or not island.is_kept or "\n" in island.new:
        return False
    return island.longest <= min(before.longest, after.longest)


def _passages(pieces: Iterable[_Piece]) -> Iterator[Passage]:
    for piece in pieces:
        if piece.is_kept:
            yield Passage("".join(piece.new))
            continue
        for words, change in ((piece.removed, Change.REMOVED), (piece.new, Change.NEW)):
            if words:
                yield Passage("".join(words), change)
