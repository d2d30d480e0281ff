"""The Second International Nurse Rostering Competition: its instances as problems, its solutions as rosters.

All weeks at once (the static problem) or one after another with a history file between them. A shift type and
a skill make one shift ("Early:Nurse"), tagged with the type and with "skill:Nurse".
Source: Ceschia et al. (2015), Second International Nurse Rostering Competition (INRC-II): problem description
and rules, arXiv 1501.04177.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from robust.engines.rostering import problem_checks
from robust.engines.rostering.formats import inrc2_checks, inrc2_history, inrc2_rows, inrc2_rules
from robust.engines.rostering.formats.inrc2_history import CUT
from robust.engines.rostering.formats.inrc2_rows import Scenario, WeekDemand, WeekHistory
from robust.engines.rostering.problem import (
    Demand,
    History,
    Horizon,
    Person,
    Problem,
    Shift,
    Wish,
)
from robust.engines.rostering.refusal import Complaints, ProblemRefused
from robust.engines.rostering.rules import WORK

A_MONDAY = date(2024, 1, 1)
LENGTH_MINUTES = 480
SHORT_OF_OPTIMUM, WISH = 30, 10
_INSTANCE = re.compile(r"([A-Za-z0-9]+)_([0-9]+)_([0-9]+(?:-[0-9]+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The names of the files that make up an instance."""

    scenario: str
    history: str
    weeks: tuple[str, ...]


def files_of(instance: str) -> Files:
    """Give the files of an instance such as "n030w4_1_6-2-9-1": scenario, history 1, weeks 6, 2, 9 and 1.

    Raises: ProblemRefused for a name of another form.
    """
    found = _INSTANCE.fullmatch(instance)
    if found is None:
        complaints = Complaints()
        complaints.add("instance", "not_an_instance", found=instance)
        raise ProblemRefused(complaints.found)
    scenario, history, weeks = found.groups()
    return Files(
        scenario=f"Sc-{scenario}.txt",
        history=f"H0-{scenario}-{history}.txt",
        weeks=tuple(f"WD-{scenario}-{week}.txt" for week in weeks.split("-")),
    )


def read_problem(scenario: str, history: str, weeks: Sequence[str], *, name: str) -> Problem:
    """Read the static problem of all the weeks that the history leaves of the scenario.

    Raises: ProblemRefused with paths such as "week 2 line 7".
    """
    return _read(scenario, history, weeks, name=name, to_the_end=True)


def read_week(scenario: str, history: str, week: str, *, name: str) -> Problem:
    """Read the problem of the one week that follows the history.

    Totals of assignments and weekends go on from those of the history: what lies above the maximum of all
    weeks costs at once, what is missing to the minimum costs in the last week of the scenario.
    Raises: ProblemRefused.
    """
    return _read(scenario, history, [week], name=name, to_the_end=False)


def _read(scenario: str, history: str, weeks: Sequence[str], *, name: str, to_the_end: bool) -> Problem:
    complaints = Complaints()
    frame = inrc2_rows.read_scenario(scenario, complaints)
    before = inrc2_rows.read_history(history, complaints)
    demands = [
        inrc2_rows.read_week(week, where=f"week {number}", complaints=complaints)
        for number, week in enumerate(weeks, start=1)
    ]
    complaints.refuse_if_any("section_missing")
    inrc2_checks.complain(frame, before, demands, to_the_end=to_the_end, complaints=complaints)
    complaints.refuse_if_any()
    problem = _problem(frame, before, demands, name)
    if refusals := problem_checks.check_problem(problem):
        raise ProblemRefused(refusals)
    return problem


def _problem(scenario: Scenario, before: WeekHistory, weeks: Sequence[WeekDemand], name: str) -> Problem:
    days = 7 * len(weeks)
    return Problem(
        name=name,
        horizon=Horizon(starts_on=A_MONDAY + timedelta(weeks=before.week), day_count=days, time_zone="UTC"),
        shifts=tuple(_shifts(scenario)),
        people=tuple(_people(scenario, before)),
        demands=tuple(demand for number, week in enumerate(weeks) for demand in _demands(week, 7 * number)),
        rules=tuple(
            inrc2_rules.rules_of(scenario, days=days, to_the_end=before.week + len(weeks) == scenario.weeks)
        ),
        wishes=tuple(wish for number, week in enumerate(weeks) for wish in _wishes(week, 7 * number)),
    )


def _shifts(scenario: Scenario) -> Iterator[Shift]:
    for one in scenario.shift_types:
        for skill in scenario.skills:
            yield Shift(
                id=f"{one.id}{CUT}{skill}",
                starts_minute=0,
                length_minutes=LENGTH_MINUTES,
                counted_minutes=LENGTH_MINUTES,
                tags=frozenset({one.id, inrc2_rules.skill_tag(skill)}),
                label=one.id,
            )


def _people(scenario: Scenario, before: WeekHistory) -> Iterator[Person]:
    for nurse in scenario.nurses:
        past = before.nurses[nurse.id]
        yield Person(
            id=nurse.id,
            name=nurse.id,
            groups=frozenset({nurse.contract}),
            competences=frozenset(nurse.skills),
            history=History(
                days=inrc2_history.days_before(nurse, past, scenario),
                carried=inrc2_rules.carried_of(nurse, past),
            ),
        )


def _demands(week: WeekDemand, first_day: int) -> Iterator[Demand]:
    for requirement in week.requirements:
        for day, (least, optimum) in enumerate(requirement.days, start=first_day):
            shift = f"{requirement.shift_type}{CUT}{requirement.skill}"
            if optimum:
                yield Demand(
                    id=f"cover:{day}:{shift}",
                    day=day,
                    shifts=frozenset({shift}),
                    minimum=least,
                    wanted=optimum,
                    under_weight=SHORT_OF_OPTIMUM,
                )


def _wishes(week: WeekDemand, first_day: int) -> Iterator[Wish]:
    for number, request in enumerate(week.requests, start=1):
        shift_type = request.shift_type or WORK
        day = first_day + request.weekday
        yield Wish(
            id=f"off:{request.nurse}:{day}:{shift_type}:{number}",
            person=request.nurse,
            day=day,
            shifts=frozenset({shift_type}),
            granted=False,
            weight=WISH,
        )
