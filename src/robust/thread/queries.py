"""Reads of the thread: what a thing came from and became, and what an account may link it with."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from robust.core.registry import Found, Remembered, Thing, ThreadKind, offered
from robust.organisation.models import Account
from robust.thread.models import End, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One link, seen from one of its ends: the other end, and how the two hang together in words.

    `link_id` is empty where another record carries the link; only what `is_by_hand` can be ended by people.
    """

    link_id: int | None
    kind: str
    words: str
    is_back: bool
    is_by_hand: bool
    end: End
    thing: str
    title: str
    url: str
    excerpt: str
    on: date
    reason: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What a thing came from, what it became, and what it goes with, newest first."""

    end: End
    came_from: tuple[Strand, ...]
    became: tuple[Strand, ...]
    beside: tuple[Strand, ...]

    @property
    def count(self) -> int:
        return len(self.came_from) + len(self.became) + len(self.beside)


def things() -> dict[str, Thing]:
    """Give the things that the rooms offer, by name."""
    return dict(offered("thing"))


def kinds() -> dict[str, ThreadKind]:
    """Give the kinds of links that the rooms offer, by name."""
    return dict(offered("thread_kind"))


def kinds_by_hand() -> dict[str, ThreadKind]:
    """Give the kinds of links that people may make and end."""
    return {name: kind for name, kind in kinds().items() if kind.is_by_hand}


def has_direction(kind: ThreadKind) -> bool:
    """Say whether its two ends say something different."""
    return bool(str(kind.onwards) != str(kind.back))


def thread_of(end: End, account: Account, *, day: date, without: Collection[str] = ()) -> Thread:
    """Give the thread of a thing that the account is known to see, to what else it may see.

    `without` names kinds that the page shows elsewhere. One query, one more per kind of thing at the other
    ends, and those of the memories: the number does not grow with that of the links.
    """
    strands = [
        *_linked(end, account, day=day, without=without),
        *_remembered(end, account, day=day, without=without),
    ]
    strands.sort(key=lambda strand: strand.on, reverse=True)
    offered_kinds = kinds()
    beside = [strand for strand in strands if not has_direction(offered_kinds[strand.kind])]
    directed = [strand for strand in strands if strand not in beside]
    return Thread(
        end=end,
        came_from=tuple(strand for strand in directed if strand.is_back),
        became=tuple(strand for strand in directed if not strand.is_back),
        beside=tuple(beside),
    )


def open_links_of(end: End) -> QuerySet[Link]:
    """Find the links of a thing that have not ended, newest first."""
    at_source = Q(source_thing=end.thing, source_id=end.id)
    at_target = Q(target_thing=end.thing, target_id=end.id)
    return Link.objects.filter(at_source | at_target, ended_on__isnull=True).select_related("author")


def targets_of(end: End, *, kind: str, thing: str) -> list[int]:
    """Give the ids of the things of a sort that this one led to in this way, newest first."""
    links = Link.objects.filter(
        kind=kind, source_thing=end.thing, source_id=end.id, target_thing=thing, ended_on__isnull=True
    )
    return list(links.values_list("target_id", flat=True))


def seen(ends: Collection[End], account: Account, *, day: date) -> dict[End, Found]:
    """Give those of the ends that the account may see. One query per kind of thing."""
    by_thing: dict[str, set[int]] = defaultdict(set)
    for end in ends:
        by_thing[end.thing].add(end.id)
    return {
        End(thing=name, id=pk): found
        for name, thing in things().items()
        if name in by_thing
        for pk, found in thing.seen(account, by_thing[name], day=day).items()
    }


def link_seen(pk: int, account: Account, *, day: date) -> tuple[Link, Mapping[End, Found]] | None:
    """Give a link both of whose ends the account may see, and the ends."""
    link = Link.objects.filter(pk=pk).first()
    if link is None:
        return None
    ends = seen([link.source, link.target], account, day=day)
    return (link, ends) if len(ends) == 2 else None


def searched(account: Account, *, words: str, day: date, without: End) -> dict[End, Found]:
    """Give a few things of every kind that hold the words. One query per kind of thing."""
    return {
        End(thing=name, id=pk): found
        for name, thing in things().items()
        for pk, found in thing.searched(account, words=words, day=day).items()
        if End(thing=name, id=pk) != without
    }


def _linked(end: End, account: Account, *, day: date, without: Collection[str]) -> Iterator[Strand]:
    offered_kinds = kinds()
    links = [link for link in open_links_of(end) if link.kind in offered_kinds and link.kind not in without]
    others = {link.pk: link.target if link.source == end else link.source for link in links}
    shown = seen(list(others.values()), account, day=day)
    for link in links:
        other = others[link.pk]
        if other in shown:
            yield _strand(
                link.kind,
                other,
                shown[other],
                is_back=other == link.source,
                link_id=link.pk,
                on=link.linked_on,
                reason=link.reason,
                author=link.author.name if link.author else "",
            )


def _remembered(end: End, account: Account, *, day: date, without: Collection[str]) -> Iterator[Strand]:
    for kind, ask in offered("memory"):
        if kind not in without:
            memories: Iterator[Remembered] = ask(account, end.thing, end.id, day=day)
            for memory in memories:
                yield _strand(
                    kind,
                    End(thing=memory.thing, id=memory.id),
                    memory.found,
                    is_back=memory.is_back,
                    link_id=None,
                    on=memory.on,
                    reason=memory.reason,
                    author=memory.author,
                )


def _strand(name: str, end: End, found: Found, *, is_back: bool, **known: Any) -> Strand:
    kind = kinds()[name]
    return Strand(
        kind=name,
        words=str(kind.back if is_back else kind.onwards),
        is_back=is_back,
        is_by_hand=kind.is_by_hand and known["link_id"] is not None,
        end=end,
        thing=found.kind,
        title=found.title,
        url=found.url,
        excerpt=found.excerpt,
        **known,
    )
