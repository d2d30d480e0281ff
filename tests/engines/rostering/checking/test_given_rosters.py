"""The rosters that came with the benchmark, also the faulty ones: cost by part and hard violations."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from robust.engines.rostering.checking import Breach, Verdict, check
from robust.engines.rostering.formats import curtois
from robust.engines.rostering.problem import Problem

_BENCHMARK = Path(__file__).parents[5] / "shared/data/roster/curtois"
_EXPECTED = _BENCHMARK / "rosters/expected.csv"
_GIVEN = list(csv.DictReader(_EXPECTED.read_text().splitlines())) if _EXPECTED.exists() else []


@pytest.mark.parametrize("given", _GIVEN, ids=lambda given: str(given["file"]))
def test_cost_and_hard_violations_are_those_that_were_given(given: dict[str, str]) -> None:
    text = (_BENCHMARK / f"{given['instance']}.txt").read_text()
    problem = curtois.read_problem(text, name=given["instance"])
    roster = curtois.read_roster((_BENCHMARK / "rosters" / given["file"]).read_text(), problem)

    verdict = check(problem, roster)

    parts = {name: str(cost) for name, cost in _parts(problem, verdict).items()}
    assert {"file": given["file"], "instance": given["instance"], **parts} == given


def _parts(problem: Problem, verdict: Verdict) -> dict[str, int]:
    asks = {wish.id: wish.granted for wish in problem.wishes}
    costs: Counter[tuple[Breach, bool]] = Counter()
    for violation in verdict.violations:
        costs[violation.code, asks.get(violation.rule, False)] += violation.cost
    return {
        "cost": verdict.objective,
        "on_requests": costs[Breach.WISH_NOT_GRANTED, True],
        "off_requests": costs[Breach.WISH_NOT_GRANTED, False],
        "under_cover": costs[Breach.BELOW_WANTED, False],
        "over_cover": costs[Breach.ABOVE_WANTED, False],
        "hard_violations": verdict.hard_count,
    }
