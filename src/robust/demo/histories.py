"""Invented employment histories that carry the published staff flow of 2020 and 2021, day by day.

The published rates are met on the mean of the head counts at the start and the end of the year: inpatient
30.3 % joiners and 27.6 % leavers in 2020, 27.5 % and 26.4 % in 2021; the rest of psychiatry 16.89 % and
18.16 % in 2021. Of 702 leavers in the two years 240 come back, after the published gaps. Later years are
invented.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

INPATIENT, OTHER = "inpatient", "other"
FIRST_DAY = date(2020, 1, 1)
STARTING_COUNT = {INPATIENT: 782, OTHER: 722}
# joiners and leavers of a year
MOVEMENTS = {
    2020: {INPATIENT: (240, 219), OTHER: (134, 141)},
    2021: {INPATIENT: (222, 213), OTHER: (120, 129)},
    2022: {INPATIENT: (209, 207), OTHER: (121, 124)},
    2023: {INPATIENT: (198, 199), OTHER: (123, 120)},
    2024: {INPATIENT: (190, 193), OTHER: (119, 118)},
    2025: {INPATIENT: (186, 184), OTHER: (121, 119)},
    2026: {INPATIENT: (179, 176), OTHER: (118, 117)},
}
PUBLISHED_YEARS = (2020, 2021)
LEAVERS_BY_TYPE = {"inpatient": 432, "outpatient": 222, "cross_cutting": 28, "sats": 20}
GAPS_IN_DAYS = ((2, 28), (31, 89), (92, 180), (184, 420))
# re-hired after 0-1, 1-3, 3-6 and over 6 months, by the type of unit they left
RETURNERS = {
    "inpatient": (120, 16, 9, 25),
    "outpatient": (51, 1, 5, 3),
    "cross_cutting": (4, 1, 0, 0),
    "sats": (5, 0, 0, 0),
}
LATER_RETURN_SHARE = 0.3
SHORTEST_STAY = timedelta(days=35)


@dataclass(slots=True, kw_only=True)
class Spell:
    """One person's time at one unit; persons and units by number and code."""

    person: int
    unit_code: str
    starts_on: date
    ends_on: date | None = None


@dataclass(slots=True)
class _Returner:
    person: int
    not_before: date
    not_after: date


@dataclass(slots=True)
class _Hospital:
    units: dict[str, list[str]]  # unit type -> unit codes
    random: Random
    spells: list[Spell] = field(default_factory=list)
    active: dict[str, list[Spell]] = field(default_factory=dict)  # unit type -> spells
    away: list[_Returner] = field(default_factory=list)
    person_count: int = 0

    def join(self, unit_type: str, on: date) -> None:
        spell = Spell(
            person=self._joiner(on), unit_code=self.random.choice(self.units[unit_type]), starts_on=on
        )
        self.spells.append(spell)
        self.active.setdefault(unit_type, []).append(spell)

    def _joiner(self, on: date) -> int:
        due = [one for one in self.away if one.not_before <= on <= one.not_after]
        if due:
            first = min(due, key=lambda one: one.not_after)
            self.away.remove(first)
            return first.person
        self.person_count += 1
        return self.person_count

    def leave(self, unit_type: str, on: date, gap: tuple[int, int] | None) -> None:
        stayed = [spell for spell in self.active[unit_type] if on - spell.starts_on >= SHORTEST_STAY]
        spell = self.random.choice(stayed)
        self.active[unit_type].remove(spell)
        spell.ends_on = on
        if gap:
            self.away.append(
                _Returner(spell.person, on + timedelta(days=gap[0]), on + timedelta(days=gap[1]))
            )


def histories(*, units: dict[str, list[str]], until: date, seed: int) -> list[Spell]:
    """Invent every spell from 2020 until a day; the same seed gives the same spells.

    `units` names the unit codes of each type: inpatient, outpatient, cross_cutting, sats.
    """
    hospital = _Hospital(units, Random(seed))
    _fill(hospital)
    gaps = _published_gaps(hospital.random)
    for day, group, joins in _events(hospital.random, until):
        unit_type = _type_of(hospital, group)
        if joins:
            hospital.join(unit_type, day)
        else:
            _leave(hospital, unit_type, day, gaps)
    return hospital.spells


def _fill(hospital: _Hospital) -> None:
    for group, count in STARTING_COUNT.items():
        for _ in range(count):
            started = FIRST_DAY - timedelta(days=hospital.random.randint(40, 7000))
            hospital.join(_type_of(hospital, group), started)


def _type_of(hospital: _Hospital, group: str) -> str:
    if group == INPATIENT:
        return "inpatient"
    weights = (LEAVERS_BY_TYPE["outpatient"], LEAVERS_BY_TYPE["cross_cutting"], LEAVERS_BY_TYPE["sats"])
    return hospital.random.choices(("outpatient", "cross_cutting", "sats"), weights)[0]


def _published_gaps(random: Random) -> dict[str, deque[tuple[int, int] | None]]:
    """Say for each leaver of the published years, by type, whether and after which gap they come back."""
    gaps: dict[str, deque[tuple[int, int] | None]] = {}
    for unit_type, counts in RETURNERS.items():
        back: list[tuple[int, int] | None] = []
        for gap, count in zip(GAPS_IN_DAYS, counts, strict=True):
            back += [gap] * count
        back += [None] * (LEAVERS_BY_TYPE[unit_type] - len(back))
        random.shuffle(back)
        gaps[unit_type] = deque(back)
    return gaps


def _leave(
    hospital: _Hospital, unit_type: str, day: date, gaps: dict[str, deque[tuple[int, int] | None]]
) -> None:
    if day.year in PUBLISHED_YEARS:
        if not gaps[unit_type]:
            unit_type = next(other for other, left in gaps.items() if left and other != "inpatient")
        hospital.leave(unit_type, day, gaps[unit_type].popleft())
        return
    comes_back = hospital.random.random() < LATER_RETURN_SHARE
    hospital.leave(unit_type, day, hospital.random.choice(GAPS_IN_DAYS) if comes_back else None)


def _events(random: Random, until: date) -> Iterator[tuple[date, str, bool]]:
    """Give the day, group and direction of every movement until a day, in order."""
    events = []
    for year in range(FIRST_DAY.year, until.year + 1):
        groups = MOVEMENTS.get(year, MOVEMENTS[max(MOVEMENTS)])
        for group, (joiners, leavers) in groups.items():
            for joins, count in ((True, joiners), (False, leavers)):
                events += [(day, group, joins) for day in _days(random, year, count)]
    yield from sorted(event for event in events if event[0] < until)


def _days(random: Random, year: int, count: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=random.randint(1, 364)) for _ in range(count)]
