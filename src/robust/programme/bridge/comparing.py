"""The words of two versions of a status, compared by the document engine."""

from robust.engines.documents.comparing import Passage, compare
from robust.programme.queries import Stated


def passages_between(before: Stated | None, after: Stated | None) -> tuple[Passage, ...]:
    """Find what is kept, new and removed between what was said before and what is said after."""
    return compare(_words(before), _words(after))


def passages_of(before: str, after: str) -> tuple[Passage, ...]:
    """Find what is kept, new and removed between two versions of a text."""
    return compare(before, after)


def _words(stated: Stated | None) -> str:
    if stated is None:
        return ""
    return "\n".join(part for part in (stated.text, stated.reason) if part)
