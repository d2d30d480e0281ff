"""What the shell's templates show: the frame, the first page, the results of a search, the units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from robust.core.registry import Found, HomeItem, Place, Room
from robust.organisation.queries import Look, UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLine:
    """A line of the navigation; `current` is what aria-current says, empty when it is elsewhere."""

    label: Any
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room of the navigation with its mark and the places in it."""

    label: Any
    url: str
    current: str
    mark: str
    places: tuple[MenuLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What waits for somebody and what is new to them."""

    waiting: tuple[HomeItem, ...]
    late_count: int
    news: tuple[HomeItem, ...]
    quick: tuple[MenuLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGroup:
    """What was found of one kind."""

    kind: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit that can be put in focus, and how deep it stands in the tree."""

    id: int
    name: str
    depth: int


def rooms(offers: Iterable[tuple[str, Room]], *, here: str) -> tuple[RoomLine, ...]:
    """Put the rooms in order and mark the one where the url name `here` belongs."""
    in_order = sorted(offers, key=lambda offer: (offer[1].order, offer[0]))
    return tuple(_room_line(name, room, here=here) for name, room in in_order)


def home(
    *, waiting: Iterable[HomeItem], news: Iterable[HomeItem], quick: Iterable[Place], day: date
) -> HomePage:
    """Put what has a date first, the earliest on top."""
    in_order = tuple(
        sorted(waiting, key=lambda item: (item.due_on is None, item.due_on or day, str(item.title)))
    )
    return HomePage(
        waiting=in_order,
        late_count=sum(item.due_on is not None and item.due_on < day for item in in_order),
        news=tuple(news),
        quick=menu(quick, here=""),
    )


def menu(places: Iterable[Place], *, here: str) -> tuple[MenuLine, ...]:
    """Make menu lines of places; the current one is the page itself, or the list of the thing looked at."""
    return tuple(
        MenuLine(label=place.label, url=reverse(place.url_name), current=_current(place.url_name, here))
        for place in places
    )


def found_groups(found: Iterable[Found]) -> tuple[FoundGroup, ...]:
    """Group what was found by kind, in the order the kinds came."""
    groups: dict[str, list[Found]] = {}
    for thing in found:
        groups.setdefault(str(thing.kind), []).append(thing)
    return tuple(FoundGroup(kind=kind, found=tuple(things)) for kind, things in groups.items())


def unit_lines(tree: UnitTree, *, visible: frozenset[int]) -> tuple[UnitLine, ...]:
    """Give the open units somebody sees, in the order of the tree."""
    return tuple(
        UnitLine(id=node.id, name=node.name, depth=depth)
        for node, depth in tree.in_order()
        if node.id in visible
    )


def _room_line(name: str, room: Room, *, here: str) -> RoomLine:
    if here == room.url_name:
        current = "page"
    else:
        current = "true" if name != "web" and here.startswith(f"{name}:") else ""
    return RoomLine(
        label=room.label,
        url=reverse(room.url_name),
        current=current,
        mark=room.mark,
        places=menu(room.places, here=here) if current else (),
    )


def _current(url_name: str, here: str) -> str:
    if url_name == here:
        return "page"
    noun = url_name.rsplit("_", 1)[0]
    return "true" if here.startswith(f"{noun}_") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the frame of every page shows of the hospital; an address is empty where it has nothing."""

    name: str
    stylesheet_url: str
    mark_url: str


def house(look: Look) -> House:
    """Give the frame its name, and the addresses of stylesheet and mark, which change when they do."""
    version = f"?v={look.version}"
    return House(
        name=look.name or "Robust",
        stylesheet_url=reverse("organisation:look_stylesheet") + version if look.accent else "",
        mark_url=reverse("organisation:look_mark") + version if look.has_mark else "",
    )
