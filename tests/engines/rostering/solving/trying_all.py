"""The best roster of a very small ward, found by asking the judge about every one."""

from itertools import product

from robust.engines.rostering.checking import check
from robust.engines.rostering.problem import Problem, Roster


def best_by_trying_all(problem: Problem) -> int | None:
    """Give the least cost of a lawful roster, None where there is no lawful one."""
    choices = [None, *(shift.id for shift in problem.shifts)]
    lines = list(product(choices, repeat=problem.horizon.day_count))
    verdicts = (check(problem, Roster(lines=chosen)) for chosen in product(lines, repeat=len(problem.people)))
    return min((verdict.objective for verdict in verdicts if verdict.lawful), default=None)
