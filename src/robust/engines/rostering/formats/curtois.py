"""The scheduling benchmarks of Curtois & Qu: their instances and rosters as problems and rosters, and back.

Source: Curtois, T. and Qu, R. (2014), Computational results on new staff scheduling benchmark instances.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from robust.engines.rostering import problem_checks
from robust.engines.rostering.formats import curtois_checks, curtois_rows
from robust.engines.rostering.formats.curtois_rows import RequestRow, Rows, StaffRow
from robust.engines.rostering.problem import (
    Demand,
    Fixed,
    Horizon,
    Person,
    Problem,
    Roster,
    Shift,
    Wish,
)
from robust.engines.rostering.refusal import Complaints, ProblemRefused
from robust.engines.rostering.rules import OFF, Count, Rule, Run, Unit, Who
from robust.engines.rostering.rules import Sequence as Succession

A_MONDAY = date(2024, 1, 1)


def read_problem(text: str, *, name: str) -> Problem:
    """Read an instance. All rules of staff and shifts are hard; cover and requests cost their weights.

    The clock times of the shifts are not part of the format; all start at midnight. Wishes have ids that
    begin with "on:" or "off:". Raises: ProblemRefused with paths such as "line 12".
    """
    complaints = Complaints()
    rows = curtois_rows.read_rows(text, complaints)
    complaints.refuse_if_any("section_missing")
    curtois_checks.complain(rows, complaints)
    complaints.refuse_if_any()
    problem = _problem(rows, name)
    if refusals := problem_checks.check_problem(problem):
        raise ProblemRefused(refusals)
    return problem


def _problem(rows: Rows, name: str) -> Problem:
    return Problem(
        name=name,
        horizon=Horizon(starts_on=A_MONDAY, day_count=rows.horizon[0].days, time_zone="UTC"),
        shifts=tuple(
            Shift(id=row.id, starts_minute=0, length_minutes=row.minutes, counted_minutes=row.minutes)
            for row in rows.shifts
        ),
        people=tuple(Person(id=row.id, name=row.id) for row in rows.staff),
        demands=tuple(
            Demand(
                id=f"cover:{row.day}:{row.shift}",
                day=row.day,
                shifts=frozenset({row.shift}),
                wanted=row.wanted,
                under_weight=row.under_weight,
                over_weight=row.over_weight,
            )
            for row in rows.cover
        ),
        rules=(*_successions(rows), *_staff_rules(rows)),
        wishes=_wishes(rows.requests),
        fixed=tuple(
            Fixed(person=row.person, day=day, shifts=frozenset({OFF}), why="day off")
            for row in rows.days_off
            for day in row.days
        ),
    )


def _successions(rows: Rows) -> list[Rule]:
    return [
        Succession(id=f"after:{row.id}", shifts=(frozenset({row.id}), frozenset(row.not_followed_by)))
        for row in rows.shifts
        if row.not_followed_by
    ]


def _staff_rules(rows: Rows) -> list[Rule]:
    groups: dict[Rule, set[str]] = {}
    for row in rows.staff:
        for rule in _limits(row, rows):
            groups.setdefault(rule, set()).add(row.id)
    everybody = {row.id for row in rows.staff}
    return [
        rule if people == everybody else replace(rule, who=Who(ids=frozenset(people)))
        for rule, people in groups.items()
    ]


def _limits(row: StaffRow, rows: Rows) -> Iterator[Rule]:
    days = rows.horizon[0].days
    for shift, most in row.most_of:
        if most < days:
            yield Count(id=f"most:{shift}:{most}", shifts=frozenset({shift}), maximum=most)
    yield Count(
        id=f"minutes:{row.least_minutes}-{row.most_minutes}",
        unit=Unit.MINUTES,
        minimum=row.least_minutes or None,
        maximum=row.most_minutes,
    )
    if row.longest_run < days or row.shortest_run > 1:
        yield Run(
            id=f"work:{row.shortest_run}-{row.longest_run}",
            minimum=row.shortest_run if row.shortest_run > 1 else None,
            maximum=row.longest_run if row.longest_run < days else None,
        )
    if row.shortest_off > 1:
        yield Run(id=f"off:{row.shortest_off}", shifts=frozenset({OFF}), minimum=row.shortest_off)
    if row.most_weekends < (days + 1) // 7:
        yield Count(id=f"weekends:{row.most_weekends}", unit=Unit.WEEKENDS, maximum=row.most_weekends)


def _wishes(requests: Sequence[RequestRow]) -> tuple[Wish, ...]:
    seen: Counter[str] = Counter()
    wishes = []
    for row in requests:
        name = f"{'on' if row.granted else 'off'}:{row.person}:{row.day}:{row.shift}"
        seen[name] += 1
        wishes.append(
            Wish(
                id=name if seen[name] == 1 else f"{name}:{seen[name]}",
                person=row.person,
                day=row.day,
                shifts=frozenset({row.shift}),
                granted=row.granted,
                weight=row.weight,
            )
        )
    return tuple(wishes)


def read_roster(text: str, problem: Problem) -> Roster:
    """Read a roster: one row per person, one column per day, empty for a free day. Raises: ProblemRefused."""
    complaints = Complaints()
    rows = [line.split(",") for line in text.removesuffix("\n").split("\n")]
    if len(rows) != len(problem.people):
        complaints.add("$", "other_count", expected=len(problem.people), found=len(rows))
    known = {shift.id for shift in problem.shifts} | {""}
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if len(cells) != problem.horizon.day_count:
            complaints.add(
                f"line {number}", "other_count", expected=problem.horizon.day_count, found=len(cells)
            )
        for column, cell in enumerate(cells, start=1):
            if cell not in known:
                complaints.add(f"line {number} column {column}", "unknown_shift", id=cell)
        lines.append(tuple(cell or None for cell in cells))
    complaints.refuse_if_any()
    return Roster(lines=tuple(lines))


def write_roster(problem: Problem, roster: Roster) -> str:
    """Write a roster in the form that `read_roster` reads, the people in the problem's order."""
    return "".join(",".join(shift or "" for shift in line) + "\n" for line in roster.lines)
