"""What the judge sees in a small ward, as short tuples that tests compare."""

from robust.engines.rostering.checking import Breach, check
from robust.engines.rostering.problem import Problem
from tests.engines.rostering.building import a_roster

Seen = tuple[Breach, str, int, int, int]


def seen(problem: Problem, *lines: str) -> list[Seen]:
    """Judge a roster: code, people (their ids joined), first and last day, amount of each violation."""
    return [
        (breach.code, "".join(breach.people), breach.first_day, breach.last_day, breach.amount)
        for breach in check(problem, a_roster(*lines)).violations
    ]
