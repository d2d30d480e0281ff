"""Rosters: a ward as data in; a judged, a better, a drawn roster out."""

from robust.engines.rostering.checking import (
    Breach,
    Misfit,
    RosterDoesNotFit,
    Verdict,
    Violation,
    check,
)
from robust.engines.rostering.formats import curtois, curtois_writing, inrc2, inrc2_solutions
from robust.engines.rostering.formats.own import (
    problem_as_json,
    problem_from_json,
    roster_as_json,
    roster_from_json,
)
from robust.engines.rostering.formats.own_schema import schema
from robust.engines.rostering.formats.picture import draw
from robust.engines.rostering.formats.sheet import read_xlsx, write_xlsx
from robust.engines.rostering.lines.diagram import TooHeavy, TooLarge
from robust.engines.rostering.problem import (
    Demand,
    Fixed,
    History,
    Horizon,
    Person,
    Problem,
    Published,
    Roster,
    Shift,
    Wish,
)
from robust.engines.rostering.problem_checks import check_problem
from robust.engines.rostering.refusal import ProblemRefused, Refusal
from robust.engines.rostering.rules import (
    ANY,
    ANYONE,
    OFF,
    PERIOD,
    WORK,
    Accompanied,
    Apart,
    Basis,
    Count,
    Fairness,
    FreePeriod,
    Rest,
    Rule,
    Run,
    Sequence,
    Unit,
    WeeklyFree,
    Who,
    Window,
)
from robust.engines.rostering.solving.people import NoLawfulLine
from robust.engines.rostering.solving.search import Progress, StopRule
from robust.engines.rostering.solving.solve import Solution, solve

__all__ = [
    "ANY",
    "ANYONE",
    "OFF",
    "PERIOD",
    "WORK",
    "Accompanied",
    "Apart",
    "Basis",
    "Breach",
    "Count",
    "Demand",
    "Fairness",
    "Fixed",
    "FreePeriod",
    "History",
    "Horizon",
    "Misfit",
    "NoLawfulLine",
    "Person",
    "Problem",
    "ProblemRefused",
    "Progress",
    "Published",
    "Refusal",
    "Rest",
    "Roster",
    "RosterDoesNotFit",
    "Rule",
    "Run",
    "Sequence",
    "Shift",
    "Solution",
    "StopRule",
    "TooHeavy",
    "TooLarge",
    "Unit",
    "Verdict",
    "Violation",
    "WeeklyFree",
    "Who",
    "Window",
    "Wish",
    "check",
    "check_problem",
    "curtois",
    "curtois_writing",
    "draw",
    "inrc2",
    "inrc2_solutions",
    "problem_as_json",
    "problem_from_json",
    "read_xlsx",
    "roster_as_json",
    "roster_from_json",
    "schema",
    "solve",
    "write_xlsx",
]
