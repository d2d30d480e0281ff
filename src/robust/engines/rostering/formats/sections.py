"""Texts that are cut into sections by headings, as rows of words with their line numbers."""

from collections.abc import Collection
from dataclasses import dataclass, field

from robust.engines.rostering.refusal import Complaints


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a section, cut at blanks."""

    place: str
    words: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Section:
    """A heading, what stands after its equals sign, and the rows below it."""

    place: str
    value: str = ""
    rows: list[Row] = field(default_factory=list)


def split(text: str, *, headings: Collection[str], where: str, complaints: Complaints) -> dict[str, Section]:
    """Cut a text at its headings; each of them must be there once. Paths begin with `where`."""
    found: dict[str, Section] = {}
    current: Section | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        words = tuple(raw.split())
        if not words:
            continue
        place = f"{where} line {number}"
        if words[0] in headings and (len(words) == 1 or words[1] == "="):
            current = Section(place=place, value=" ".join(words[2:]))
            if words[0] in found:
                complaints.add(place, "duplicate_section", section=words[0])
            found[words[0]] = current
        elif current is None:
            complaints.add(place, "outside_of_any_section")
        else:
            current.rows.append(Row(place=place, words=words))
    for heading in headings:
        if heading not in found:
            complaints.add(where, "section_missing", section=heading)
            found[heading] = Section(place=where)
    return found


def hold_to_count(section: Section, complaints: Complaints, *, expected: int | None = None) -> None:
    """Complain where a section does not have as many rows as expected, or as its heading says."""
    if expected is None:
        expected = whole(section.value, section.place, complaints)
    if expected != len(section.rows):
        complaints.add(section.place, "other_count", expected=expected, found=len(section.rows))


def whole(text: str, place: str, complaints: Complaints) -> int:
    """Read a whole number of at most nine digits; what is none becomes a complaint and 0."""
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    complaints.add(place, "not_a_whole_number", found=text)
    return 0


def span(text: str, place: str, complaints: Complaints) -> tuple[int, int]:
    """Read two whole numbers such as "(2,5)", the first not above the second."""
    least, comma, most = text.removeprefix("(").removesuffix(")").partition(",")
    if not (comma and text.startswith("(") and text.endswith(")")):
        complaints.add(place, "not_a_pair", found=text)
        return 0, 0
    pair = whole(least, place, complaints), whole(most, place, complaints)
    if pair[0] > pair[1]:
        complaints.add(place, "minimum_above_maximum", minimum=pair[0], maximum=pair[1])
    return pair
