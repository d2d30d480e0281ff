"""Problems and rosters as JSON: each dataclass of the contract as an object with the same field names.

Clock times and lengths may be minutes or "07:15", weekdays numbers (0 Monday) or "mon". A demand may say
"weekdays" or "every_day" instead of "day" and then stands for one demand per such day, named "<id>@<day>".
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from robust.engines.rostering import problem_checks
from robust.engines.rostering.formats import clock_words, mirror
from robust.engines.rostering.formats.mirror import Object
from robust.engines.rostering.problem import Demand, Problem, Roster
from robust.engines.rostering.refusal import Complaints, ProblemRefused, Refusal

VERSION = 1
EVERY_DAY = frozenset(range(7))
_DEMAND_PATH = re.compile(r"^\$\.demands\[([0-9]+)\]")


def problem_from_json(text: str) -> Problem:
    """Read a problem.

    Raises: ProblemRefused with all that is wrong, paths such as "$.people[3].id". What a problem means is
    checked when all of it has the right form.
    """
    complaints = Complaints()
    value = _parsed(text)
    if isinstance(value, dict):
        _take_version(value, complaints)
    templates = _taken_templates(value, complaints)
    problem = mirror.read_object(Problem, value, "$", complaints)
    complaints.refuse_if_any()
    whole, origins = _expanded(problem, templates)
    if refusals := problem_checks.check_problem(whole):
        raise ProblemRefused(_at_origin(refusals, origins))
    return whole


def problem_as_json(problem: Problem) -> str:
    """Write a problem, one line per person, demand, rule and wish; what has its default is left out."""
    value = {"version": VERSION, **mirror.write(problem)}
    if problem.rules:
        value["rules"] = [
            {mirror.KIND: mirror.kind_of(type(rule)), **mirror.write(rule)} for rule in problem.rules
        ]
    return _laid_out(value)


def roster_from_json(text: str, problem: Problem) -> Roster:
    """Read a roster of a problem: under "lines" one list per person with a shift id or null per day.

    Raises: ProblemRefused.
    """
    complaints = Complaints()
    value = _parsed(text)
    lines = value.get("lines") if isinstance(value, dict) else None
    if not isinstance(lines, dict):
        complaints.add("$.lines", "wrong_type", expected="object")
        lines = {}
    people = [person.id for person in problem.people]
    for name in sorted(lines.keys() - set(people)):
        complaints.add(f"$.lines.{name}", "unknown_person", id=name)
    for name in getattr(lines, "twice", []):
        complaints.add(f"$.lines.{name}", "duplicate_field")
    read = tuple(_line(name, lines, problem, complaints) for name in people)
    complaints.refuse_if_any()
    return Roster(lines=read)


def roster_as_json(problem: Problem, roster: Roster) -> str:
    """Write a roster, one line per person."""
    return _laid_out(
        {
            "version": VERSION,
            "problem": problem.name,
            "lines": {
                person.id: list(line) for person, line in zip(problem.people, roster.lines, strict=True)
            },
        }
    )


def _line(name: str, lines: dict[str, Any], problem: Problem, complaints: Complaints) -> tuple[Any, ...]:
    path = f"$.lines.{name}"
    if name not in lines:
        complaints.add(path, "field_missing")
        return ()
    line = mirror.read(tuple[str | None, ...], lines[name], path, complaints)
    if line is None:
        return ()
    days = problem.horizon.day_count
    if len(line) != days:
        complaints.add(path, "other_count", expected=days, found=len(line))
    known = {shift.id for shift in problem.shifts} | {None}
    for day, shift in enumerate(line):
        if shift not in known:
            complaints.add(f"{path}[{day}]", "unknown_shift", id=shift)
    return tuple(line)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=Object)
    except json.JSONDecodeError as error:
        at_the_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        refusal = Refusal(
            path=f"line {error.lineno} column {error.colno}", code="cut_off" if at_the_end else "not_json"
        )
    except (ValueError, RecursionError):
        refusal = Refusal(path="$", code="not_json")
    raise ProblemRefused([refusal])


def _take_version(value: dict[str, Any], complaints: Complaints) -> None:
    version = value.pop("version", VERSION)
    if version != VERSION:
        complaints.add("$.version", "unknown_version", expected=VERSION)


def _taken_templates(value: Any, complaints: Complaints) -> dict[int, frozenset[int]]:
    """Put day 0 in the place of weekdays, and give the weekdays by the demand's place."""
    demands = value.get("demands") if isinstance(value, dict) else None
    found = {}
    for place, demand in enumerate(demands if isinstance(demands, list) else ()):
        if isinstance(demand, dict) and demand.keys() & {"weekdays", "every_day"}:
            path = f"$.demands[{place}]"
            if len(demand.keys() & {"weekdays", "every_day", "day"}) > 1:
                complaints.add(path, "day_told_twice")
            found[place] = _weekdays(demand, path, complaints)
            demand["day"] = 0
    return found


def _weekdays(demand: dict[str, Any], path: str, complaints: Complaints) -> frozenset[int]:
    every_day, weekdays = demand.pop("every_day", None), demand.pop("weekdays", None)
    if weekdays is None:
        if every_day is not True:
            complaints.add(f"{path}.every_day", "wrong_type", expected="true")
        return EVERY_DAY
    numbers = clock_words.to_weekdays(weekdays, f"{path}.weekdays", complaints)
    chosen = mirror.read(frozenset[int], numbers, f"{path}.weekdays", complaints)
    if not chosen or chosen - EVERY_DAY:
        complaints.add(f"{path}.weekdays", "not_weekdays")
        return EVERY_DAY
    return frozenset(chosen)


def _expanded(problem: Problem, templates: dict[int, frozenset[int]]) -> tuple[Problem, list[int]]:
    horizon = problem.horizon
    days = range(min(horizon.day_count, problem_checks.LONGEST_HORIZON))
    demands: list[Demand] = []
    origins: list[int] = []
    for place, demand in enumerate(problem.demands):
        copies = [demand]
        if place in templates:
            copies = [
                replace(demand, id=f"{demand.id}@{day}", day=day)
                for day in days
                if _weekday(horizon.starts_on, day) in templates[place]
            ]
        demands += copies
        origins += [place] * len(copies)
    return replace(problem, demands=tuple(demands)), origins


def _weekday(starts_on: date, day: int) -> int:
    return (starts_on.weekday() + day) % 7


def _at_origin(refusals: Sequence[Refusal], origins: list[int]) -> list[Refusal]:
    told: dict[tuple[str, str], Refusal] = {}
    for refusal in refusals:
        path = _DEMAND_PATH.sub(lambda found: f"$.demands[{origins[int(found[1])]}]", refusal.path)
        told.setdefault((path, refusal.code), replace(refusal, path=path))
    return list(told.values())


def _laid_out(value: dict[str, Any]) -> str:
    parts = [f'"{name}": {_block(part)}' for name, part in value.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _block(part: Any) -> str:
    if isinstance(part, list) and part:
        return "[\n  " + ",\n  ".join(_compact(one) for one in part) + "\n]"
    if isinstance(part, dict) and part:
        rows = (f"{_compact(name)}: {_compact(one)}" for name, one in part.items())
        return "{\n  " + ",\n  ".join(rows) + "\n}"
    return _compact(part)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
