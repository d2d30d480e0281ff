"""Which of the texts we know says the same as a new one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A known text that resembles the new one; the share is 1 where both have the same words."""

    key: int
    share: float


class KnownTexts:
    """Texts by key, to find the most alike among thousands by the words they share (Dice's coefficient).

    Source: L. R. Dice, Measures of the amount of ecologic association between species, Ecology 26 (1945).
    """

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._words: list[tuple[int, frozenset[str]]] = [(key, words_of(text)) for key, text in texts]
        self._places: Mapping[str, list[int]] = _places(self._words)

    def alike(self, text: str, *, least_share: float) -> list[Likeness]:
        """Give the keys whose text is at least so much alike, the most alike first."""
        words = words_of(text)
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for place in self._places.get(word, ()):
                shared[place] += 1
        best: dict[int, float] = {}
        for place, count in shared.items():
            key, known = self._words[place]
            best[key] = max(best.get(key, 0), 2 * count / (len(words) + len(known)))
        found = [Likeness(key=key, share=share) for key, share in best.items() if share >= least_share]
        return sorted(found, key=lambda one: (-one.share, one.key))


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text in lower case, each once."""
    return frozenset(WORD.findall(text.lower()))


def _places(words: list[tuple[int, frozenset[str]]]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, (_, known) in enumerate(words):
        for word in known:
            places[word].append(place)
    return places
