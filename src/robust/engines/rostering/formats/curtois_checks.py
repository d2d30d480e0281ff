"""What of the rows of a Curtois & Qu instance does not fit together, with the line where it stands."""

from collections.abc import Iterable

from robust.engines.rostering import problem_checks
from robust.engines.rostering.formats.curtois_rows import CoverRow, Rows, ShiftRow, StaffRow
from robust.engines.rostering.refusal import Complaints


def complain(rows: Rows, complaints: Complaints) -> None:
    """Note unknown and duplicate names, days outside of the horizon, limits that cross, and missing cover."""
    days = _horizon(rows, complaints)
    shifts = {row.id for row in rows.shifts}
    people = {row.id for row in rows.staff}
    _twice(rows.shifts, complaints)
    _twice(rows.staff, complaints)
    for shift in rows.shifts:
        _unknown(shift.line, "shift", shift.not_followed_by, shifts, complaints)
    for person in rows.staff:
        _unknown(person.line, "shift", [name for name, _ in person.most_of], shifts, complaints)
        _crossed(person, complaints)
    for off in rows.days_off:
        _unknown(off.line, "person", [off.person], people, complaints)
        _outside(off.line, off.days, days, complaints)
    for request in rows.requests:
        _unknown(request.line, "person", [request.person], people, complaints)
        _unknown(request.line, "shift", [request.shift], shifts, complaints)
        _outside(request.line, [request.day], days, complaints)
    _cover(rows.cover, shifts=shifts, days=days, complaints=complaints)


def _horizon(rows: Rows, complaints: Complaints) -> int:
    if len(rows.horizon) != 1:
        complaints.add("SECTION_HORIZON", "one_line_needed", found=len(rows.horizon))
        return 0
    days, line = rows.horizon[0].days, f"line {rows.horizon[0].line}"
    if days == 0:
        complaints.add(line, "empty_horizon")
    if days > problem_checks.LONGEST_HORIZON:
        complaints.add(line, "horizon_too_long", value=days, most=problem_checks.LONGEST_HORIZON)
        return 0
    return days


def _twice(rows: Iterable[ShiftRow | StaffRow], complaints: Complaints) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            complaints.add(f"line {row.line}", "duplicate_id", id=row.id)
        seen.add(row.id)


def _unknown(line: int, kind: str, names: Iterable[str], known: set[str], complaints: Complaints) -> None:
    for name in names:
        if name not in known:
            complaints.add(f"line {line}", f"unknown_{kind}", id=name)


def _outside(line: int, days: Iterable[int], day_count: int, complaints: Complaints) -> None:
    for day in days:
        if day_count and day >= day_count:
            complaints.add(f"line {line}", "outside_of_horizon", day=day)


def _crossed(row: StaffRow, complaints: Complaints) -> None:
    for least, most in ((row.least_minutes, row.most_minutes), (row.shortest_run, row.longest_run)):
        if least > most:
            complaints.add(f"line {row.line}", "minimum_above_maximum", minimum=least, maximum=most)


def _cover(rows: Iterable[CoverRow], *, shifts: set[str], days: int, complaints: Complaints) -> None:
    seen: set[tuple[int, str]] = set()
    for row in rows:
        _unknown(row.line, "shift", [row.shift], shifts, complaints)
        _outside(row.line, [row.day], days, complaints)
        if (row.day, row.shift) in seen:
            complaints.add(f"line {row.line}", "duplicate_cover", day=row.day, shift=row.shift)
        seen.add((row.day, row.shift))
    sound = sum(day < days and shift in shifts for day, shift in seen)
    if sound < days * len(shifts):
        cells = ((day, shift) for day in range(days) for shift in sorted(shifts))
        day, shift = next(cell for cell in cells if cell not in seen)
        count = days * len(shifts) - sound
        complaints.add("SECTION_COVER", "cover_missing", day=day, shift=shift, count=count)
