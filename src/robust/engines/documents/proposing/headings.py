"""Which area the headings of a document give to what stands below them."""

from collections import defaultdict
from collections.abc import Iterable

from robust.engines.documents.model import Document, Page, Table, TextBlock
from robust.engines.documents.proposing import words
from robust.engines.documents.proposing.columns import from_header


def subject_of(document: Document) -> str:
    """Name the kind of unit a deck is about, by its title and first page; empty where none is named."""
    first = document.pages[0] if document.pages else None
    texts = [document.title]
    if first is not None and not any(isinstance(block, Table) for block in first.blocks):
        texts += [first.title, *(block.text for block in first.blocks if isinstance(block, TextBlock))]
    for text in texts:
        found = words.UNIT_TYPES.search(text)
        if found is not None:
            return found[1][:1].upper() + found[1][1:].lower()
    return ""


def shared_titles(pages: Iterable[Page]) -> frozenset[str]:
    """Titles that stand over tables with different areas in their headers, and so are no areas themselves."""
    labels: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for block in page.blocks:
            columns = from_header(block) if isinstance(block, Table) and block.rows else None
            if columns is not None and columns.area_label:
                labels[page.title].add(columns.area_label)
    return frozenset(title for title, found in labels.items() if len(found) > 1)


class Outline:
    """The headings that hold where the reader stands: the page's title and headings in the text."""

    def __init__(self, document: Document) -> None:
        self.shared = shared_titles(document.pages)
        self.title = ""
        self.headings: dict[int, str] = {}

    def turn_to(self, page: Page) -> None:
        title = words.without_continuation(page.title)
        if title:
            self.title, self.headings = title, {}

    def add(self, heading: str, level: int) -> None:
        self.headings = {known: text for known, text in self.headings.items() if known < level}
        self.headings[level] = words.without_continuation(heading)

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(
            heading
            for heading in (self.title, *(self.headings[level] for level in sorted(self.headings)))
            if heading
        )

    @property
    def latest(self) -> str:
        return self.all[-1] if self.all else ""

    @property
    def specific(self) -> tuple[str, ...]:
        """The headings that name a subject, from the outermost to the innermost.

        Those that speak of a follow-up or a plan count only where no other heading does.
        """
        named = tuple(one for one in self.all if not words.is_generic(one) and one not in self.shared)
        return tuple(one for one in named if not words.FOLLOW_UP_HEADING.search(one)) or named[-1:]

    def is_about_follow_up(self) -> bool:
        """Say if the nearest heading only tells that a follow-up stands below."""
        latest = self.latest
        return (
            not latest
            or latest in self.shared
            or words.is_generic(latest)
            or bool(words.FOLLOW_UP_HEADING.search(latest))
        )
