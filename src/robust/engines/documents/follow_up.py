"""A follow-up ready to be handed over: every word, day and mark that stands on it, not how it looks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from robust.engines.documents import comparing
from robust.engines.documents.comparing import Change, Passage

_NOT_JUDGED = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A shape (one sign, such as ▲) and the word that says the same."""

    shape: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What was said about an initiative, and when; `stated` is the same day in words."""

    text: tuple[Passage, ...] = ()
    judgement: Judgement | None = None
    stated_on: date | None = None
    stated: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.text or self.judgement)

    @property
    def heading(self) -> str:
        """The line above the text: shape, word and day; a dash where nobody has judged."""
        judgement = f"{self.judgement.shape} {self.judgement.word}" if self.judgement else _NOT_JUDGED
        return f"{judgement} · {self.stated}" if self.stated else judgement.removeprefix(_NOT_JUDGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An initiative; `sites` holds one status per site of the follow-up, in the same order."""

    group: str
    initiative: tuple[Passage, ...]
    status: Status = Status()
    sites: tuple[Status, ...] = ()
    owner: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    area: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hospital or unit that has a column of its own, with the heading of that column."""

    name: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of the document that are not content, in the language of the document.

    `page` holds {page} and {pages}; `legend_new` and `legend_removed` name the day that is compared with.
    """

    dated: str
    compared: str
    area: str
    group: str
    initiative: str
    owner: str
    source: str
    site: str
    all_sites: str
    judgement: str
    status: str
    stated_on: str
    new_column: str
    new_mark: str
    legend_new: str
    legend_removed: str
    continued: str
    page: str
    no_rows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Sections in the order they are shown, and two days; without `compared_on` nothing counts as changed."""

    title: str
    subtitle: str
    dated_on: date
    compared_on: date | None
    labels: Labels
    sections: tuple[Section, ...]
    sites: tuple[Site, ...] = ()
    sender: str = ""
    language: str = "da"
    mark_changes: bool = True

    @property
    def shows_changes(self) -> bool:
        return self.mark_changes and self.compared_on is not None

    @property
    def statement(self) -> str:
        """The line that says which days the follow-up is of, and whose it is."""
        return " · ".join(part for part in (self.labels.dated, self.compared, self.sender) if part)

    @property
    def compared(self) -> str:
        return self.labels.compared if self.compared_on else ""


def is_new(row: Row) -> bool:
    """Say if something in the row is marked as new."""
    return any(passage.change is Change.NEW and passage.text.strip() for passage in passages_of(row))


def passages_of(row: Row) -> Iterator[Passage]:
    """Walk through all passages of a row, its sites included."""
    yield from row.initiative
    for status in (row.status, *row.sites):
        yield from status.text


def without_marks(row: Row) -> Row:
    """Show a row as it is now, with nothing marked and nothing struck."""
    return replace(
        row,
        initiative=_as_it_is_now(row.initiative),
        status=_settled(row.status),
        sites=tuple(_settled(site) for site in row.sites),
    )


def _settled(status: Status) -> Status:
    return replace(status, text=_as_it_is_now(status.text))


def _as_it_is_now(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    return comparing.plain(comparing.as_it_is_now(passages))
