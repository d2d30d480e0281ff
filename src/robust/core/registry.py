"""What domains offer each other by name, so that none has to import another.

The shell asks for: "room", a Room; "search", from (account, *, words, day) to what was Found; "home", from
(account, *, day) to the HomeItems that wait; "news", from (account, *, since, day) to the HomeItems that are
new; "quick", a Place as a button on the first page; "menu", from (account, *, day) to Places in their menu.

The thread asks for: "thing", a Thing under the name that links know it by; "thread_kind", a ThreadKind; and
"memory", under the name of a kind, from (account, thing, id, *, day) to what is Remembered of that kind.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_OFFERS: dict[tuple[str, str], Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of a room that its menu leads to; the label is lazily translated."""

    label: Any
    url_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room in the navigation: its (lazily translated) name, where it opens, its rank, mark and menu."""

    label: Any
    url_name: str
    order: int
    mark: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A thing that a search found, and what kind of thing it is in words."""

    title: str
    url: str
    kind: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A kind of thing that the thread leads to, by its (lazily translated) name for one of them.

    `seen` gives, from (account, ids, *, day), those that the account may see, by id; `searched`, from
    (account, *, words, day), a few that hold the words, by id; `changeable`, from (account, ids, *, day), the
    ids of those that the account may change. Each asks the database once.
    """

    label: Any
    seen: Callable[..., Mapping[int, Found]]
    searched: Callable[..., Mapping[int, Found]]
    changeable: Callable[..., Collection[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadKind:
    """How things hang together, in (lazily translated) words that follow on the title of either end.

    `onwards` is said of the source ("became"), `back` of the target ("came from"); a kind that says the same
    of both has no direction. People may link by hand where it `is_by_hand`; it starts only at `sources`, if
    any are named.
    """

    onwards: Any
    back: Any
    is_by_hand: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A link that a domain's own rows carry: shown as part of the thread, not kept there once more.

    `found` is the other end as the account may see it; `is_back` where that end is the source.
    """

    thing: str
    id: int
    found: Found
    is_back: bool
    on: date
    reason: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeItem:
    """A thing that waits for somebody on their first page."""

    title: str
    url: str
    kind: str
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionKind:
    """A kind of record that is not kept for ever: its name, for how many months, and on what ground.

    `drop` deletes what was over before the moment it is given, and says how many that were.
    """

    label: Any
    months: int
    basis: Any
    drop: Callable[[datetime], int]


def offer(kind: str, name: str, thing: Any) -> None:
    """Offer a thing of a kind ("search", "room", "job") under a name; offering it again replaces it."""
    _OFFERS[kind, name] = thing


def offered(kind: str) -> Iterator[tuple[str, Any]]:
    """Give the names and things offered of a kind, by name."""
    for (of_kind, name), thing in sorted(_OFFERS.items(), key=lambda entry: entry[0]):
        if of_kind == kind:
            yield name, thing
