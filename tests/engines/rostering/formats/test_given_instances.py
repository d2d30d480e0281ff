"""The benchmarks' own files, where they are at hand: all are read, and what can be written back is."""

from pathlib import Path

import pytest

from robust.engines.rostering.formats import curtois, curtois_writing, inrc2, inrc2_solutions, own
from robust.engines.rostering.problem import Roster

_BENCHMARKS = Path(__file__).parents[5] / "shared/data/roster"
_CURTOIS = sorted(_BENCHMARKS.glob("curtois/Instance*.txt"))
_HISTORIES = sorted(_BENCHMARKS.glob("inrc2/*/H0-*.txt"))


@pytest.mark.parametrize("path", _CURTOIS, ids=lambda path: str(path.stem))
def test_a_scheduling_instance_is_read_and_written_in_both_forms(path: Path) -> None:
    problem = curtois.read_problem(path.read_text(), name=path.stem)

    assert curtois.read_problem(curtois_writing.write_problem(problem), name=path.stem) == problem
    assert own.problem_from_json(own.problem_as_json(problem)) == problem


@pytest.mark.parametrize("path", _HISTORIES, ids=lambda path: str(path.stem))
def test_a_competition_instance_is_read_at_once_and_week_by_week(path: Path) -> None:
    folder = path.parent
    scenario = (folder / f"Sc-{folder.name}.txt").read_text()
    weeks = [(folder / f"WD-{folder.name}-{week}.txt").read_text() for week in range(int(folder.name[-1]))]
    history = first_history = path.read_text()

    problem = inrc2.read_problem(scenario, history, weeks, name=folder.name)
    for text in weeks:
        week = inrc2.read_week(scenario, history, text, name=folder.name)
        free = Roster(lines=((None,) * 7,) * len(week.people))
        history = inrc2_solutions.next_history(week, free, history=history)

    free = Roster(lines=((None,) * 7 * len(weeks),) * len(problem.people))
    assert own.problem_from_json(own.problem_as_json(problem)) == problem
    assert history == inrc2_solutions.next_history(problem, free, history=first_history)
