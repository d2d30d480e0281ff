from robust.engines.rostering.solving import beginning, improving
from robust.engines.rostering.solving.sampling import Sampler
from robust.engines.rostering.solving.search import Search, StopRule
from tests.engines.rostering.solving.wards import a_ward, a_ward_problem, judged, relaxed


def a_search(iterations, *, days=14):
    ward = a_ward(a_ward_problem(days=days))
    phases = []
    search = Search(
        ward=ward,
        stop_rule=StopRule(iterations=iterations),
        on_progress=lambda progress: phases.append(progress.phase),
        best=beginning.first_roster(ward, None),
        guide=beginning.first_guide(ward),
        grain=1.0,
    )
    return search, phases


def test_a_search_that_stalls_anneals_between_reopenings():
    search, phases = a_search(9)
    first = search.best.objective

    improving.improve(search, Sampler(search.ward), seed=1, patience=1)

    assert search.iterations == 9
    assert {"reopening", "sampling"} == set(phases)
    assert judged(search.ward, search.best) == search.best.objective < first


def test_a_small_gap_is_closed_and_proved():
    search, phases = a_search(200, days=7)
    _master, generated = relaxed(search.ward)
    search.raise_bound(generated.bound)

    improving.improve(search, Sampler(search.ward), seed=1, relaxed=generated)

    assert search.proved()
    assert phases[0] == "closing"
    assert judged(search.ward, search.best) == search.best.objective


def test_a_worse_roster_and_a_lower_bound_are_not_taken():
    search, _phases = a_search(1)
    worse = search.best
    improving.anneal_from_anywhere(search, Sampler(search.ward), seed=1)
    best = search.best

    taken = search.offer(worse)
    search.raise_bound(3.0)
    search.raise_bound(2.0)

    assert (taken, search.best, search.bound) == (False, best, 3.0)


def test_a_gap_in_which_there_are_too_many_lines_is_left_for_later():
    search, phases = a_search(2)
    _master, generated = relaxed(search.ward)

    improving.improve(search, Sampler(search.ward), seed=1, relaxed=generated)

    assert phases == ["closing", "reopening"]
    assert not search.proved()
