"""What of a problem does not make sense, as codes with the place where it stands."""

from collections.abc import Iterable, Mapping
from math import isfinite
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering import rule_checks
from robust.engines.rostering.frame import FREE, Frame
from robust.engines.rostering.problem import Demand, Fixed, Horizon, Person, Problem, Published, Shift, Wish
from robust.engines.rostering.refusal import Complaints, ProblemRefused, Refusal
from robust.engines.rostering.rule_checks import HEAVIEST, WORDS, Names

__all__ = ["ProblemRefused", "Refusal", "check_problem"]

LONGEST_HORIZON = 400
LONGEST_HISTORY = 366
MOST_PEOPLE = 5000
DAY = 1440
LONGEST_SHIFT = 3 * DAY


def check_problem(problem: Problem) -> tuple[Refusal, ...]:
    """Say everything about a problem that does not make sense; paths begin with "$", as in the JSON form."""
    complaints = Complaints()
    names = rule_checks.names_of(problem)
    _horizon(problem.horizon, complaints)
    for part, ids in (
        ("shifts", [shift.id for shift in problem.shifts]),
        ("people", [person.id for person in problem.people]),
        ("demands", [demand.id for demand in problem.demands]),
        ("rules", [rule.id for rule in problem.rules]),
        ("wishes", [wish.id for wish in problem.wishes]),
    ):
        _ids(part, ids, complaints)
    _shifts(problem.shifts, complaints)
    _people(problem, names, complaints)
    _demands(problem, names, complaints)
    rule_checks.complain_of_rules(problem.rules, names, complaints)
    _wishes(problem.wishes, names, complaints)
    _fixed(problem, names, complaints)
    if problem.published is not None:
        _published(problem.published, problem, names, complaints)
    return tuple(complaints.found)


def _horizon(horizon: Horizon, complaints: Complaints) -> None:
    if horizon.day_count < 1:
        complaints.add("$.horizon.day_count", "empty_horizon", value=horizon.day_count)
    if horizon.day_count > LONGEST_HORIZON:
        complaints.add(
            "$.horizon.day_count", "horizon_too_long", value=str(horizon.day_count), most=LONGEST_HORIZON
        )
    if not 1900 <= horizon.starts_on.year <= 2200:
        complaints.add("$.horizon.starts_on", "impossible_date", found=horizon.starts_on.isoformat())
    if not _is_time_zone(horizon.time_zone):
        complaints.add("$.horizon.time_zone", "unknown_time_zone", found=horizon.time_zone)


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return False
    return True


def _ids(part: str, ids: Iterable[str], complaints: Complaints) -> None:
    seen: set[str] = set()
    for place, name in enumerate(ids):
        if not name:
            complaints.add(f"$.{part}[{place}].id", "empty_id")
        elif name in seen:
            complaints.add(f"$.{part}[{place}].id", "duplicate_id", id=name)
        seen.add(name)


def _shifts(shifts: tuple[Shift, ...], complaints: Complaints) -> None:
    if not shifts:
        complaints.add("$.shifts", "no_shifts")
    ids = {shift.id for shift in shifts}
    for place, shift in enumerate(shifts):
        path = f"$.shifts[{place}]"
        for name in sorted(({shift.id} | shift.tags) & WORDS):
            complaints.add(path, "reserved_word", id=name)
        for name in sorted(shift.tags & (ids - {shift.id})):
            complaints.add(f"{path}.tags", "tag_is_a_shift", id=name)
        if not 0 <= shift.starts_minute < DAY:
            complaints.add(f"{path}.starts_minute", "outside_of_day", value=shift.starts_minute)
        if not 1 <= shift.length_minutes <= LONGEST_SHIFT:
            complaints.add(
                f"{path}.length_minutes", "impossible_length", value=shift.length_minutes, most=LONGEST_SHIFT
            )
        if shift.counted_minutes is not None and not 0 <= shift.counted_minutes <= LONGEST_SHIFT:
            complaints.add(
                f"{path}.counted_minutes",
                "impossible_length",
                value=shift.counted_minutes,
                most=LONGEST_SHIFT,
            )


def _people(problem: Problem, names: Names, complaints: Complaints) -> None:
    if not problem.people:
        complaints.add("$.people", "no_people")
    if len(problem.people) > MOST_PEOPLE:
        complaints.add("$.people", "too_many_people", count=len(problem.people), most=MOST_PEOPLE)
    rules = {rule.id for rule in problem.rules}
    shifts = {shift.id for shift in problem.shifts}
    for place, person in enumerate(problem.people):
        path = f"$.people[{place}]"
        if not isfinite(person.contract_share) or not 0 <= person.contract_share <= HEAVIEST:
            complaints.add(f"{path}.contract_share", "impossible_share", value=str(person.contract_share))
        rule_checks.complain_below(f"{path}.experience_years", person.experience_years, 0, complaints)
        _history(person, path, shifts=shifts, rules=rules, complaints=complaints)


def _history(person: Person, path: str, *, shifts: set[str], rules: set[str], complaints: Complaints) -> None:
    days = person.history.days
    if len(days) > LONGEST_HISTORY:
        complaints.add(f"{path}.history.days", "history_too_long", count=len(days), most=LONGEST_HISTORY)
    for place, shift in enumerate(days):
        if shift is not None and shift not in shifts:
            complaints.add(f"{path}.history.days[{place}]", "unknown_shift", id=shift)
    for rule, count in person.history.carried.items():
        if rule not in rules:
            complaints.add(f"{path}.history.carried", "unknown_rule", id=rule)
        if abs(count) > HEAVIEST:
            complaints.add(f"{path}.history.carried", "too_much_carried", id=rule, value=str(count))


def _demands(problem: Problem, names: Names, complaints: Complaints) -> None:
    frame = Frame(problem)
    staff: dict[object, int] = {}
    for place, demand in enumerate(problem.demands):
        path = f"$.demands[{place}]"
        names.complain_of_day(f"{path}.day", demand.day, complaints)
        names.complain_of_who(f"{path}.who", demand.who, complaints)
        _when(demand, path, names, complaints)
        _levels(demand, path, complaints)
        if demand.who not in staff:
            staff[demand.who] = sum(problem.people[k].counts for k in frame.chosen(demand.who))
        if demand.minimum > staff[demand.who]:
            complaints.add(
                f"{path}.minimum", "demand_above_staff", minimum=demand.minimum, staff=staff[demand.who]
            )


def _when(demand: Demand, path: str, names: Names, complaints: Complaints) -> None:
    if bool(demand.shifts) == (demand.interval is not None):
        complaints.add(path, "shifts_or_interval")
    if demand.shifts:
        names.complain_of_shifts(f"{path}.shifts", demand.shifts, complaints)
    if demand.interval is not None:
        start, end = demand.interval
        if not (0 <= start < DAY and start < end <= start + LONGEST_SHIFT):
            complaints.add(f"{path}.interval", "impossible_interval", start=start, end=end)


def _levels(demand: Demand, path: str, complaints: Complaints) -> None:
    rule_checks.complain_of_bounds(path, demand.minimum, demand.maximum, complaints)
    if demand.wanted is not None:
        below = demand.wanted < demand.minimum
        above = demand.maximum is not None and demand.wanted > demand.maximum
        if below or above:
            complaints.add(f"{path}.wanted", "wanted_outside_of_limits", wanted=demand.wanted)
    rule_checks.complain_of_weight(f"{path}.under_weight", demand.under_weight, complaints)
    rule_checks.complain_of_weight(f"{path}.over_weight", demand.over_weight, complaints)


def _wishes(wishes: tuple[Wish, ...], names: Names, complaints: Complaints) -> None:
    for place, wish in enumerate(wishes):
        path = f"$.wishes[{place}]"
        _cell(wish, path, names, complaints)
        rule_checks.complain_of_weight(f"{path}.weight", wish.weight, complaints)


def _cell(cell: Wish | Fixed, path: str, names: Names, complaints: Complaints) -> None:
    if cell.person not in names.people:
        complaints.add(f"{path}.person", "unknown_person", id=cell.person)
    names.complain_of_day(f"{path}.day", cell.day, complaints)
    names.complain_of_shifts(f"{path}.shifts", cell.shifts, complaints)


def _fixed(problem: Problem, names: Names, complaints: Complaints) -> None:
    frame = Frame(problem)
    left: dict[tuple[str, int], NDArray[np.bool_]] = {}
    for place, fixed in enumerate(problem.fixed):
        path = f"$.fixed[{place}]"
        before = len(complaints.found)
        _cell(fixed, path, names, complaints)
        if len(complaints.found) > before:
            continue
        cell = (fixed.person, fixed.day)
        allowed = frame.mask(fixed.shifts)
        allowed &= left.get(cell, allowed)
        if not allowed.any():
            complaints.add(path, "contradicts_what_is_fixed", person=fixed.person, day=fixed.day)
        left[cell] = allowed
    _overlaps({cell: allowed for cell, allowed in left.items() if allowed.sum() == 1}, problem, complaints)


def _overlaps(
    settled: Mapping[tuple[str, int], NDArray[np.bool_]], problem: Problem, complaints: Complaints
) -> None:
    """Note shifts that are settled for one person on days in a row and run into each other by the clock."""
    duties = {
        cell: problem.shifts[int(allowed.argmax()) - 1]
        for cell, allowed in settled.items()
        if not allowed[FREE]
    }
    for (person, day), shift in duties.items():
        for later in range(1, LONGEST_SHIFT // DAY + 1):
            after = duties.get((person, day + later))
            if after and shift.starts_minute + shift.length_minutes > after.starts_minute + later * DAY:
                complaints.add("$.fixed", "fixed_shifts_overlap", person=person, day=day + later)


def _published(published: Published, problem: Problem, names: Names, complaints: Complaints) -> None:
    shifts = {shift.id for shift in problem.shifts}
    rule_checks.complain_of_weight("$.published.weight", published.weight, complaints)
    for person, line in published.lines.items():
        path = f"$.published.lines.{person}"
        if person not in names.people:
            complaints.add(path, "unknown_person", id=person)
        if len(line) != names.day_count:
            complaints.add(path, "other_count", expected=names.day_count, found=len(line))
        for name in sorted({shift for shift in line if shift is not None} - shifts):
            complaints.add(path, "unknown_shift", id=name)
