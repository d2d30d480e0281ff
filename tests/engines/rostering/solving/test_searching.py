from dataclasses import replace

import numpy as np
import pytest

from robust.engines.rostering.solving import beginning, closing, diving, generation, reopening, rosters
from robust.engines.rostering.solving.master import Limits, Master
from robust.engines.rostering.solving.sampling import Sampler, Schedule
from tests.engines.rostering.building import a_problem
from tests.engines.rostering.solving.trying_all import best_by_trying_all
from tests.engines.rostering.solving.wards import a_ward, a_ward_problem, judged, never, random_lines, relaxed

ENOUGH = Limits(seconds=np.inf, nodes=10_000)


def stops_after(calls):
    left = iter(range(calls))
    return lambda: next(left, None) is None


def test_the_bound_is_the_value_of_the_relaxed_ward_and_below_each_roster():
    ward = a_ward(a_ward_problem())

    _master, generated = relaxed(ward)

    assert generated.complete
    assert generated.bound == pytest.approx(generated.relaxed.objective, abs=1)
    for seed in range(20):
        assert rosters.from_choices(ward, random_lines(ward, seed)).objective >= generated.bound


def test_generating_that_is_stopped_at_once_knows_no_bound():
    ward = a_ward(a_ward_problem())
    master = Master(ward, generation.whole_part(ward))
    master.add(beginning.first_roster(ward, None).columns)

    generated = generation.generate(ward, master, duals=beginning.first_duals(ward), stop=lambda: True)

    assert generated is not None
    assert (generated.bound, generated.rounds, generated.complete) == (-np.inf, 0, False)


def test_a_master_that_is_stopped_gives_nothing():
    ward = a_ward(a_ward_problem())
    master = Master(ward, generation.whole_part(ward), stop=lambda: True)
    master.add(relaxed(ward)[0].columns)

    assert master.relax() is None
    assert generation.generate(ward, master, duals=beginning.first_duals(ward), stop=never) is None


def test_generating_ends_where_the_master_is_stopped_on_the_way():
    ward = a_ward(a_ward_problem())
    stopped = []
    master = Master(ward, generation.whole_part(ward), stop=lambda: bool(stopped))
    master.add(beginning.first_roster(ward, None).columns)

    generated = generation.generate(
        ward, master, duals=beginning.first_duals(ward), stop=never, on_round=stopped.append
    )

    assert generated is not None
    assert (generated.rounds, generated.complete) == (1, False)


def test_a_dive_gives_a_lawful_roster_and_leaves_the_master_as_it_was():
    ward = a_ward(a_ward_problem(people=6))
    master, generated = relaxed(ward)

    held = diving.dive(ward, master, generated, stop=never)

    assert held is not None
    assert judged(ward, held) == held.objective
    again = master.relax()
    assert again is not None
    assert again.objective <= generated.relaxed.objective + 1e-6


def test_a_dive_that_is_stopped_gives_nothing():
    ward = a_ward(a_ward_problem(people=6))
    stopped = []
    master = Master(ward, generation.whole_part(ward), stop=lambda: bool(stopped))
    master.add(beginning.first_roster(ward, None).columns)
    generated = generation.generate(ward, master, duals=beginning.first_duals(ward), stop=never)
    stopped.append(True)

    assert generated is not None
    assert diving.dive(ward, master, generated, stop=never) is None


@pytest.mark.parametrize("window", [None, (3, 10), (0, 5), (9, 14)])
def test_reopening_people_never_makes_the_roster_worse_and_touches_only_what_is_open(window):
    ward = a_ward(a_ward_problem())
    master, generated = relaxed(ward)
    guide = reopening.guide_of(ward, master, generated)
    roster = rosters.from_choices(ward, random_lines(ward, 1))

    opened = reopening.reopen(ward, roster, [0, 2], guide, limits=ENOUGH, seed=1, stop=never, window=window)

    assert opened.roster is not None
    assert opened.roster.objective < roster.objective
    first_day, until = window or (0, 14)
    changed = opened.roster.choices != roster.choices
    assert not changed[[1, 3]].any()
    assert not changed[:, :first_day].any()
    assert not changed[:, until:].any()
    assert judged(ward, opened.roster) == opened.roster.objective


def test_reopening_that_is_stopped_gives_nothing():
    ward = a_ward(a_ward_problem())
    guide = reopening.guide_of(ward, *relaxed(ward))
    roster = rosters.from_choices(ward, random_lines(ward, 1))

    opened = reopening.reopen(ward, roster, [0, 2], guide, limits=ENOUGH, seed=1, stop=lambda: True)

    assert opened == reopening.Reopened(roster=None, cut_short=True)


def test_choosing_without_time_keeps_the_present_lines():
    ward = a_ward(a_ward_problem())
    guide = reopening.guide_of(ward, *relaxed(ward))
    roster = rosters.from_choices(ward, random_lines(ward, 1))

    opened = reopening.reopen(
        ward, roster, [0, 1, 2, 3], guide, limits=Limits(seconds=0.0, nodes=0), seed=1, stop=never
    )

    assert opened.cut_short
    assert opened.roster is None or opened.roster.objective <= roster.objective


def test_people_who_already_have_their_best_lines_keep_them():
    ward = a_ward(a_ward_problem())
    master, generated = relaxed(ward)
    guide = reopening.guide_of(ward, master, generated)
    roster = rosters.from_choices(ward, random_lines(ward, 1))
    first = reopening.reopen(ward, roster, [0], guide, limits=ENOUGH, seed=1, stop=never).roster
    assert first is not None

    again = reopening.reopen(ward, first, [0], guide, limits=ENOUGH, seed=1, stop=never)

    assert again == reopening.Reopened(roster=None, cut_short=False)


def test_closing_proves_the_best_roster_of_a_small_ward():
    problem = a_ward_problem(days=3, people=2)
    problem = replace(problem, rules=problem.rules[:1])
    ward = a_ward(problem)
    _master, generated = relaxed(ward)
    worst = max(
        (rosters.from_choices(ward, random_lines(ward, k)) for k in range(30)), key=lambda r: r.objective
    )

    closed = closing.close(ward, generated, worst, limits=ENOUGH, seed=1, stop=never)

    assert (closed.proved, closed.too_many) == (True, False)
    assert closed.roster.objective == best_by_trying_all(problem)


def test_closing_gives_up_before_there_are_too_many_lines():
    ward = a_ward(a_ward_problem())
    _master, generated = relaxed(ward)
    roster = rosters.from_choices(ward, random_lines(ward, 1))

    closed = closing.close(ward, generated, roster, limits=ENOUGH, seed=1, stop=never, most_lines=3)

    assert closed == closing.Closed(roster=roster, proved=False, too_many=True)


def test_closing_without_time_proves_nothing():
    ward = a_ward(a_ward_problem(days=7))
    _master, generated = relaxed(ward)
    roster = rosters.from_choices(ward, random_lines(ward, 1))

    closed = closing.close(
        ward, generated, roster, limits=Limits(seconds=np.inf, nodes=10), seed=1, stop=lambda: True
    )

    assert (closed.proved, closed.too_many) == (False, False)
    assert closed.roster.objective <= roster.objective


@pytest.mark.parametrize("days", [14, 70])
def test_annealing_gives_a_lawful_roster_no_worse_and_the_same_for_the_same_seed(days):
    ward = a_ward(a_ward_problem(days=days))
    sampler = Sampler(ward)
    start = random_lines(ward, 1)
    schedule = Schedule(hot=10.0, cold=0.3, rounds=50)

    found, again = (sampler.anneal(start, schedule, seed=2, stop=never) for _time in range(2))

    assert (found == again).all()
    held = rosters.from_choices(ward, found)
    assert held.objective < rosters.from_choices(ward, start).objective
    assert judged(ward, held) == held.objective


def test_annealing_can_be_stopped_between_slices():
    ward = a_ward(a_ward_problem())
    sampler = Sampler(ward)
    start = random_lines(ward, 1)

    found = sampler.anneal(start, Schedule(hot=10.0, cold=0.3, rounds=10**9), seed=2, stop=stops_after(0))

    assert rosters.from_choices(ward, found).objective <= rosters.from_choices(ward, start).objective


def test_someone_alone_gets_the_best_line_at_once():
    problem = a_problem(days=2)

    held = beginning.first_roster(a_ward(problem), None)

    assert held.objective == 0


def test_small_diagrams_are_opened_whole_and_large_ones_for_some_weeks():
    ward = a_ward(a_ward_problem(days=70))
    random = np.random.default_rng(1)

    windows = [reopening.window_of(ward, random, large=10) for _time in range(300)]

    assert reopening.window_of(ward, random) is None
    assert all(window is not None and 0 <= window[0] < window[1] <= 70 for window in windows)
    assert {window[0] for window in windows if window} >= {0, 30}
    assert {window[1] for window in windows if window} >= {40, 70}
