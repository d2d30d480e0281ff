"""The competition's solution files, one a week, and the history file for the week after."""

from collections.abc import Sequence
from itertools import pairwise

from robust.engines.rostering.formats import inrc2_history, inrc2_rows, sections
from robust.engines.rostering.formats.inrc2_history import CUT
from robust.engines.rostering.formats.inrc2_rows import NO_SHIFT, WEEKDAYS
from robust.engines.rostering.formats.sections import Row
from robust.engines.rostering.problem import Problem, Roster
from robust.engines.rostering.refusal import Complaints


def write_solutions(problem: Problem, roster: Roster, *, history: str) -> list[str]:
    """Write one solution file per week; week number and scenario are those of the history before the problem.

    Raises: ProblemRefused for a history that cannot be read.
    """
    complaints = Complaints()
    before = inrc2_rows.read_history(history, complaints)
    complaints.refuse_if_any()
    weeks = range(problem.horizon.day_count // 7)
    return [_solution(problem, roster, week, f"{before.week + week} {before.scenario}") for week in weeks]


def _solution(problem: Problem, roster: Roster, week: int, heading: str) -> str:
    rows = [
        f"{person.id} {WEEKDAYS[day % 7]} {shift.replace(CUT, ' ', 1)}\n"
        for person, line in zip(problem.people, roster.lines, strict=True)
        for day, shift in enumerate(line)
        if shift and day // 7 == week
    ]
    return "".join((f"SOLUTION\n{heading}\n\nASSIGNMENTS = {len(rows)}\n", *rows))


def read_solutions(texts: Sequence[str], problem: Problem) -> Roster:
    """Read one solution file per week, in the order of the weeks. Raises: ProblemRefused."""
    complaints = Complaints()
    headings: list[tuple[str, ...]] = []
    weeks = problem.horizon.day_count // 7
    if len(texts) != weeks:
        complaints.add("solutions", "other_count", expected=weeks, found=len(texts))
    lines: dict[str, list[str | None]] = {
        person.id: [None] * problem.horizon.day_count for person in problem.people
    }
    shifts = {shift.id for shift in problem.shifts}
    for week, text in enumerate(texts[:weeks]):
        found = sections.split(
            text,
            headings=("SOLUTION", "ASSIGNMENTS"),
            where=f"solution {week + 1}",
            complaints=complaints,
        )
        headings += [row.words for row in found["SOLUTION"].rows]
        sections.hold_to_count(found["ASSIGNMENTS"], complaints)
        for row in found["ASSIGNMENTS"].rows:
            _place(row, lines, first_day=7 * week, shifts=shifts, complaints=complaints)
    _check_headings(headings, complaints)
    complaints.refuse_if_any()
    return Roster(lines=tuple(tuple(line) for line in lines.values()))


def _check_headings(headings: Sequence[tuple[str, ...]], complaints: Complaints) -> None:
    """Complain of files that are not of weeks in a row of one scenario."""
    for number, (before, after) in enumerate(pairwise(headings), start=2):
        week = sections.whole(before[0], f"solution {number - 1}", complaints) + 1
        if after != (f"{week}", *before[1:]):
            complaints.add(f"solution {number}", "not_the_next_week", found=" ".join(after))


def _place(
    row: Row,
    lines: dict[str, list[str | None]],
    *,
    first_day: int,
    shifts: set[str],
    complaints: Complaints,
) -> None:
    if len(row.words) != 4:
        complaints.add(row.place, "other_width", expected=4, found=len(row.words))
        return
    nurse, weekday, shift_type, skill = row.words
    shift = f"{shift_type}{CUT}{skill}"
    day = first_day + inrc2_rows.weekday(weekday, row.place, complaints)
    if nurse not in lines:
        complaints.add(row.place, "unknown_nurse", id=nurse)
    elif shift not in shifts:
        complaints.add(row.place, "unknown_shift", id=shift)
    elif lines[nurse][day] is not None:
        complaints.add(row.place, "second_assignment", nurse=nurse, day=day)
    else:
        lines[nurse][day] = shift


def next_history(problem: Problem, roster: Roster, *, history: str) -> str:
    """Write the history file for the week after a problem, from the history before it and the roster.

    Raises: ProblemRefused for a history that cannot be read or is of other nurses.
    """
    complaints = Complaints()
    before = inrc2_rows.read_history(history, complaints)
    for person in problem.people:
        if person.id not in before.nurses:
            complaints.add("history", "nurse_missing", id=person.id)
    complaints.refuse_if_any()
    rows = []
    for person, line in zip(problem.people, roster.lines, strict=True):
        past = inrc2_history.past_after(before.nurses[person.id], line)
        counters = (past.same_type, past.worked, past.free)
        rows.append(
            f"{person.id} {past.assignments} {past.weekends} {past.latest or NO_SHIFT} "
            f"{' '.join(map(str, counters))}\n"
        )
    week = before.week + problem.horizon.day_count // 7
    return "".join((f"HISTORY\n{week} {before.scenario}\n\nNURSE_HISTORY\n", *rows))
