from hypothesis import given, settings
from hypothesis import strategies as st

from robust.engines.rostering.checking import check
from robust.engines.rostering.formats import inrc2, inrc2_solutions
from robust.engines.rostering.problem import Problem, Roster
from tests.engines.rostering.formats.refusing import told_by
from tests.engines.rostering.formats.small_texts import HISTORY, QUIET_WEEK, SCENARIO, WEEK

_PROBLEM = inrc2.read_problem(SCENARIO, HISTORY, [QUIET_WEEK, QUIET_WEEK], name="two weeks")
_WEEK = inrc2.read_week(SCENARIO, HISTORY, QUIET_WEEK, name="one week")
_FREE = (None,) * 7
_NIGHTS = ("Night:Nurse",) * 7
_WEEKEND = (None, None, None, None, "Early:Nurse", None, "Night:Nurse")
_ROSTER = Roster(lines=(_FREE + _FREE, _NIGHTS + _WEEKEND, _WEEKEND + _FREE))


def test_each_week_is_one_solution_file() -> None:
    roster = Roster(lines=(("Early:HeadNurse", *_FREE[1:], *_WEEKEND), _FREE + _FREE, _FREE + _FREE))

    texts = inrc2_solutions.write_solutions(_PROBLEM, roster, history=HISTORY)

    assert texts == [
        "SOLUTION\n0 n003w2\n\nASSIGNMENTS = 1\nAnna Mon Early HeadNurse\n",
        "SOLUTION\n1 n003w2\n\nASSIGNMENTS = 2\nAnna Fri Early Nurse\nAnna Sun Night Nurse\n",
    ]


def test_solutions_are_read_as_they_were_written() -> None:
    texts = inrc2_solutions.write_solutions(_PROBLEM, _ROSTER, history=HISTORY)

    assert inrc2_solutions.read_solutions(texts, _PROBLEM) == _ROSTER


def test_solutions_that_do_not_fit_are_refused() -> None:
    text = (
        "SOLUTION\n0 n003w2\nASSIGNMENTS = 5\nAnna Mon Early\nEve Mon Early Nurse\nAnna Mon Dawn Nurse\n"
        "Anna Mon Early Nurse\nAnna Mon Night Nurse\n"
    )

    told = told_by(lambda: inrc2_solutions.read_solutions([text], _PROBLEM))

    assert told == [
        ("solutions", "other_count", {"expected": 2, "found": 1}),
        ("solution 1 line 4", "other_width", {"expected": 4, "found": 3}),
        ("solution 1 line 5", "unknown_nurse", {"id": "Eve"}),
        ("solution 1 line 6", "unknown_shift", {"id": "Dawn:Nurse"}),
        ("solution 1 line 8", "second_assignment", {"nurse": "Anna", "day": 0}),
    ]


def test_solutions_of_other_weeks_or_scenarios_are_refused() -> None:
    texts = [f"SOLUTION\n{heading}\nASSIGNMENTS = 0\n" for heading in ("0 n003w2", "1 n004w2")]

    told = told_by(lambda: inrc2_solutions.read_solutions(texts, _PROBLEM))

    assert told == [("solution 2", "not_the_next_week", {"found": "1 n004w2"})]


_CELLS = st.none() | st.sampled_from(sorted(shift.id for shift in _PROBLEM.shifts))


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.lists(_CELLS, min_size=14, max_size=14).map(tuple), min_size=3, max_size=3))
def test_the_costs_of_the_weeks_add_up_to_that_of_all_weeks_at_once(
    lines: list[tuple[str | None, ...]],
) -> None:
    roster = Roster(lines=tuple(lines))
    first, second = (Roster(lines=tuple(line[day : day + 7] for line in lines)) for day in (0, 7))
    weeks = [WEEK, WEEK]

    between = inrc2_solutions.next_history(_WEEK, first, history=HISTORY)
    staged = [
        (inrc2.read_week(SCENARIO, HISTORY, weeks[0], name="first"), first),
        (inrc2.read_week(SCENARIO, between, weeks[1], name="second"), second),
    ]
    whole = inrc2.read_problem(SCENARIO, HISTORY, weeks, name="both")

    assert sum(_cost(*stage) for stage in staged) == _cost(whole, roster)
    assert _cost(*staged[1], totals=True) == _cost(whole, roster, totals=True)


def _cost(problem: Problem, roster: Roster, *, totals: bool = False) -> int:
    costs = check(problem, roster).cost_by_rule
    return sum(cost for rule, cost in costs.items() if rule.startswith(("total:", "weekends:")) == totals)


def test_the_history_of_the_next_week_goes_on_from_the_one_before() -> None:
    roster = Roster(lines=(_FREE, _NIGHTS, _WEEKEND))
    history = HISTORY.replace("Bo 2 1 None 0 0 5", "Bo 2 1 Night 2 3 0")

    text = inrc2_solutions.next_history(_WEEK, roster, history=history)

    assert text == (
        "HISTORY\n1 n003w2\n\nNURSE_HISTORY\nAnna 0 0 None 0 0 7\nBo 9 2 Night 9 10 0\nCia 2 1 Night 1 1 0\n"
    )


def test_a_week_off_goes_on_from_days_off_before() -> None:
    history = HISTORY.replace("Anna 0 0 Night 1 3 0", "Anna 0 0 None 0 0 4").replace(
        "Bo 2 1 None 0 0 5", "Bo 2 1 Early 2 3 0"
    )

    text = inrc2_solutions.next_history(_WEEK, Roster(lines=(_FREE, _NIGHTS, _FREE)), history=history)

    assert text == (
        "HISTORY\n1 n003w2\n\nNURSE_HISTORY\nAnna 0 0 None 0 0 11\nBo 9 2 Night 7 10 0\nCia 0 0 None 0 0 7\n"
    )


def test_week_by_week_ends_where_all_weeks_at_once_end() -> None:
    first = Roster(lines=tuple(line[:7] for line in _ROSTER.lines))
    second = Roster(lines=tuple(line[7:] for line in _ROSTER.lines))

    between = inrc2_solutions.next_history(_WEEK, first, history=HISTORY)
    week = inrc2.read_week(SCENARIO, between, QUIET_WEEK, name="second")
    by_weeks = inrc2_solutions.next_history(week, second, history=between)

    assert by_weeks == inrc2_solutions.next_history(_PROBLEM, _ROSTER, history=HISTORY)


def test_the_history_of_other_nurses_is_refused() -> None:
    other = HISTORY.replace("Anna", "Eve")

    told = told_by(lambda: inrc2_solutions.next_history(_WEEK, _ROSTER, history=other))

    assert told == [("history", "nurse_missing", {"id": "Anna"})]
