"""The text of a Curtois & Qu instance as rows with their line numbers, before any meaning is given to them.

Source: Curtois, T. and Qu, R. (2014), Computational results on new staff scheduling benchmark instances.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from robust.engines.rostering.refusal import Complaints

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonRow:
    """The number of days."""

    line: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """A shift type, and those that may not follow it on the next day."""

    line: int
    id: str
    minutes: int
    not_followed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """A person's limits."""

    line: int
    id: str
    most_of: tuple[tuple[str, int], ...]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_off: int
    most_weekends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOffRow:
    """The days on which a person must be off."""

    line: int
    person: str
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A wish for a shift, or against it."""

    line: int
    person: str
    day: int
    shift: str
    weight: int
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """How many are wanted on a day and shift."""

    line: int
    day: int
    shift: str
    wanted: int
    under_weight: int
    over_weight: int


@dataclass(slots=True)
class Rows:
    """All rows of a file, by section."""

    horizon: list[HorizonRow] = field(default_factory=list)
    shifts: list[ShiftRow] = field(default_factory=list)
    staff: list[StaffRow] = field(default_factory=list)
    days_off: list[DaysOffRow] = field(default_factory=list)
    requests: list[RequestRow] = field(default_factory=list)
    cover: list[CoverRow] = field(default_factory=list)


NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER")


class _Unreadable(Exception):
    """A line that does not have the form of its section."""


def read_rows(text: str, complaints: Complaints) -> Rows:
    """Split an instance into rows; what cannot be read becomes a complaint with its line number."""
    rows = Rows()
    section = ""
    seen: set[str] = set()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("SECTION_"):
            section = line
            _note_section(section, number, seen=seen, complaints=complaints)
        elif line and not line.startswith("#"):
            _note_row(rows, section, number, line=line, complaints=complaints)
    for name in NEEDED:
        if name not in seen:
            complaints.add(name, "section_missing")
    return rows


def _note_section(section: str, number: int, *, seen: set[str], complaints: Complaints) -> None:
    if section not in _READERS:
        complaints.add(f"line {number}", "unknown_section", section=section)
    elif section in seen:
        complaints.add(f"line {number}", "duplicate_section", section=section)
    seen.add(section)


def _note_row(rows: Rows, section: str, number: int, *, line: str, complaints: Complaints) -> None:
    if not section:
        complaints.add(f"line {number}", "outside_of_any_section")
        return
    reader = _READERS.get(section)
    if reader is None:
        return
    try:
        reader(rows, number, tuple(part.strip() for part in line.split(",")))
    except _Unreadable:
        complaints.add(f"line {number}", "unreadable", section=section)


def _read_horizon(rows: Rows, number: int, parts: tuple[str, ...]) -> None:
    (days,) = _exactly(parts, 1)
    rows.horizon.append(HorizonRow(line=number, days=_whole(days)))


def _read_shift(rows: Rows, number: int, parts: tuple[str, ...]) -> None:
    name, minutes, banned = _exactly(parts, 3)
    rows.shifts.append(
        ShiftRow(
            line=number,
            id=_name(name),
            minutes=_whole(minutes),
            not_followed_by=tuple(_name(one) for one in banned.split("|")) if banned else (),
        )
    )


def _read_staff(rows: Rows, number: int, parts: tuple[str, ...]) -> None:
    name, most_of, *limits = _exactly(parts, 8)
    most, least, longest, shortest, shortest_off, weekends = map(_whole, limits)
    rows.staff.append(
        StaffRow(
            line=number,
            id=_name(name),
            most_of=tuple(_limit(one) for one in most_of.split("|")) if most_of else (),
            most_minutes=most,
            least_minutes=least,
            longest_run=longest,
            shortest_run=shortest,
            shortest_off=shortest_off,
            most_weekends=weekends,
        )
    )


def _read_days_off(rows: Rows, number: int, parts: tuple[str, ...]) -> None:
    name, *days = parts
    rows.days_off.append(DaysOffRow(line=number, person=_name(name), days=tuple(map(_whole, days))))


def _read_on_request(rows: Rows, number: int, parts: tuple[str, ...]) -> None:
    rows.requests.append(_request(number, parts, granted=True))


def _read_off_request(rows: Rows, number: int, parts: tuple[str, ...]) -> None:
    rows.requests.append(_request(number, parts, granted=False))


def _request(number: int, parts: tuple[str, ...], *, granted: bool) -> RequestRow:
    person, day, shift, weight = _exactly(parts, 4)
    return RequestRow(
        line=number,
        person=_name(person),
        day=_whole(day),
        shift=_name(shift),
        weight=_whole(weight),
        granted=granted,
    )


def _read_cover(rows: Rows, number: int, parts: tuple[str, ...]) -> None:
    day, shift, wanted, under, over = _exactly(parts, 5)
    rows.cover.append(
        CoverRow(
            line=number,
            day=_whole(day),
            shift=_name(shift),
            wanted=_whole(wanted),
            under_weight=_whole(under),
            over_weight=_whole(over),
        )
    )


_READERS: dict[str, Callable[[Rows, int, tuple[str, ...]], None]] = {
    "SECTION_HORIZON": _read_horizon,
    "SECTION_SHIFTS": _read_shift,
    "SECTION_STAFF": _read_staff,
    "SECTION_DAYS_OFF": _read_days_off,
    "SECTION_SHIFT_ON_REQUESTS": _read_on_request,
    "SECTION_SHIFT_OFF_REQUESTS": _read_off_request,
    "SECTION_COVER": _read_cover,
}


def _exactly(parts: tuple[str, ...], count: int) -> tuple[str, ...]:
    if len(parts) != count:
        raise _Unreadable
    return parts


def _name(text: str) -> str:
    if not text:
        raise _Unreadable
    return text


def _whole(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise _Unreadable
    return int(text)


def _limit(text: str) -> tuple[str, int]:
    name, sign, most = text.partition("=")
    if not sign:
        raise _Unreadable
    return _name(name), _whole(most)
