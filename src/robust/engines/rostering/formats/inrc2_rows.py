"""The scenario, history and week files of the Second International Nurse Rostering Competition as rows.

Source: Ceschia, S., Dang, N. T. T., De Causmaecker, P., Haspeslagh, S. and Schaerf, A. (2015),
Second International Nurse Rostering Competition (INRC-II): problem description and rules, arXiv 1501.04177.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from robust.engines.rostering.formats import sections
from robust.engines.rostering.formats.sections import Row, Section
from robust.engines.rostering.refusal import Complaints

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NO_SHIFT = "None"
ANY_SHIFT = "Any"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftType:
    """A shift type and the lengths of its runs."""

    id: str
    run: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """The shift types that may not follow a shift type on the next day."""

    place: str
    shift_type: str
    not_followed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Limits for all nurses of one contract."""

    id: str
    assignments: tuple[int, int]
    work_run: tuple[int, int]
    off_run: tuple[int, int]
    most_weekends: int
    complete_weekends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Nurse:
    """A nurse, by contract and skills."""

    place: str
    id: str
    contract: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What holds for all weeks."""

    name: str
    weeks: int
    skills: tuple[str, ...]
    shift_types: tuple[ShiftType, ...]
    bans: tuple[Ban, ...]
    contracts: tuple[Contract, ...]
    nurses: tuple[Nurse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a nurse has done before the week: totals, and the lengths of the runs that reach into it."""

    place: str
    assignments: int
    weekends: int
    latest: str | None
    same_type: int
    worked: int
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHistory:
    """The state before a week, by nurse."""

    week: int
    scenario: str
    nurses: Mapping[str, Past]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """How many are needed (minimum, optimum) of a skill on a shift type, by weekday."""

    place: str
    shift_type: str
    skill: str
    days: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OffRequest:
    """A wish not to work a shift type (None: any) on a weekday."""

    place: str
    nurse: str
    shift_type: str | None
    weekday: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDemand:
    """The requirements and wishes of one week."""

    scenario: str
    requirements: tuple[Requirement, ...]
    requests: tuple[OffRequest, ...]


def read_scenario(text: str, complaints: Complaints) -> Scenario:
    """Read a scenario file."""
    found = sections.split(
        text,
        headings=(
            "SCENARIO",
            "WEEKS",
            "SKILLS",
            "SHIFT_TYPES",
            "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS",
            "CONTRACTS",
            "NURSES",
        ),
        where="scenario",
        complaints=complaints,
    )
    for counted in ("SKILLS", "SHIFT_TYPES", "CONTRACTS", "NURSES"):
        sections.hold_to_count(found[counted], complaints)
    for told in ("SCENARIO", "WEEKS"):
        sections.hold_to_count(found[told], complaints, expected=0)
    return Scenario(
        name=found["SCENARIO"].value,
        weeks=sections.whole(found["WEEKS"].value, found["WEEKS"].place, complaints),
        skills=tuple(_id(row, complaints) for row in _wide(found["SKILLS"], 1, complaints)),
        shift_types=tuple(_shift_type(row, complaints) for row in _wide(found["SHIFT_TYPES"], 2, complaints)),
        bans=tuple(_ban(row, complaints) for row in found["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"].rows),
        contracts=tuple(_contract(row, complaints) for row in _wide(found["CONTRACTS"], 6, complaints)),
        nurses=tuple(_nurse(row, complaints) for row in found["NURSES"].rows),
    )


def read_history(text: str, complaints: Complaints) -> WeekHistory:
    """Read a history file."""
    found = sections.split(
        text, headings=("HISTORY", "NURSE_HISTORY"), where="history", complaints=complaints
    )
    sections.hold_to_count(found["HISTORY"], complaints, expected=1)
    week, scenario = 0, ""
    for row in _wide(found["HISTORY"], 2, complaints):
        week, scenario = sections.whole(row.words[0], row.place, complaints), row.words[1]
    nurses: dict[str, Past] = {}
    for row in _wide(found["NURSE_HISTORY"], 7, complaints):
        if row.words[0] in nurses:
            complaints.add(row.place, "duplicate_id", id=row.words[0])
        nurses[row.words[0]] = _past(row, complaints)
    return WeekHistory(week=week, scenario=scenario, nurses=nurses)


def read_week(text: str, *, where: str, complaints: Complaints) -> WeekDemand:
    """Read a week file; paths begin with `where`."""
    found = sections.split(
        text,
        headings=("WEEK_DATA", "REQUIREMENTS", "SHIFT_OFF_REQUESTS"),
        where=where,
        complaints=complaints,
    )
    sections.hold_to_count(found["WEEK_DATA"], complaints, expected=1)
    sections.hold_to_count(found["SHIFT_OFF_REQUESTS"], complaints)
    return WeekDemand(
        scenario="".join(row.words[0] for row in _wide(found["WEEK_DATA"], 1, complaints)),
        requirements=tuple(
            Requirement(
                place=row.place,
                shift_type=row.words[0],
                skill=row.words[1],
                days=tuple(sections.span(word, row.place, complaints) for word in row.words[2:]),
            )
            for row in _wide(found["REQUIREMENTS"], 9, complaints)
        ),
        requests=tuple(
            _request(row, complaints) for row in _wide(found["SHIFT_OFF_REQUESTS"], 3, complaints)
        ),
    )


def weekday(word: str, place: str, complaints: Complaints) -> int:
    """Read the short name of a weekday, 0 for a Monday."""
    if word in WEEKDAYS:
        return WEEKDAYS.index(word)
    complaints.add(place, "not_a_weekday", found=word)
    return 0


def _wide(section: Section, width: int, complaints: Complaints) -> list[Row]:
    for row in section.rows:
        if len(row.words) != width:
            complaints.add(row.place, "other_width", expected=width, found=len(row.words))
    return [row for row in section.rows if len(row.words) == width]


def _id(row: Row, complaints: Complaints) -> str:
    if ":" in row.words[0]:
        complaints.add(row.place, "colon_in_id", id=row.words[0])
    return row.words[0]


def _shift_type(row: Row, complaints: Complaints) -> ShiftType:
    return ShiftType(id=_id(row, complaints), run=sections.span(row.words[1], row.place, complaints))


def _ban(row: Row, complaints: Complaints) -> Ban:
    name, count, *names = (*row.words, "", "")
    names = [one for one in names if one]
    if sections.whole(count, row.place, complaints) != len(names):
        complaints.add(row.place, "other_count", found=len(names))
    return Ban(place=row.place, shift_type=name, not_followed_by=tuple(names))


def _contract(row: Row, complaints: Complaints) -> Contract:
    name, assignments, work_run, off_run, weekends, complete = row.words
    return Contract(
        id=name,
        assignments=sections.span(assignments, row.place, complaints),
        work_run=sections.span(work_run, row.place, complaints),
        off_run=sections.span(off_run, row.place, complaints),
        most_weekends=sections.whole(weekends, row.place, complaints),
        complete_weekends=sections.whole(complete, row.place, complaints) > 0,
    )


def _nurse(row: Row, complaints: Complaints) -> Nurse:
    name, contract, count, *skills = (*row.words, "", "")
    skills = [one for one in skills if one]
    if sections.whole(count, row.place, complaints) != len(skills):
        complaints.add(row.place, "other_count", found=len(skills))
    return Nurse(place=row.place, id=name, contract=contract, skills=tuple(skills))


def _past(row: Row, complaints: Complaints) -> Past:
    assignments, weekends, same_type, worked, free = (
        sections.whole(row.words[place], row.place, complaints) for place in (1, 2, 4, 5, 6)
    )
    latest = None if row.words[3] == NO_SHIFT else row.words[3]
    at_work = {bool(latest), bool(same_type), bool(worked)}
    if len(at_work) > 1 or (worked and free) or same_type > worked:
        complaints.add(row.place, "history_contradicts_itself")
    return Past(
        place=row.place,
        assignments=assignments,
        weekends=weekends,
        latest=latest,
        same_type=same_type,
        worked=worked,
        free=free,
    )


def _request(row: Row, complaints: Complaints) -> OffRequest:
    nurse, shift_type, day = row.words
    return OffRequest(
        place=row.place,
        nurse=nurse,
        shift_type=None if shift_type == ANY_SHIFT else shift_type,
        weekday=weekday(day, row.place, complaints),
    )
