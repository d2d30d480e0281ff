"""Making a roster better for as long as there is time: annealing, reopening a few people, closing the gap."""

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.solving import closing, reopening, rosters
from robust.engines.rostering.solving.generation import Generated
from robust.engines.rostering.solving.master import Limits
from robust.engines.rostering.solving.reopening import Reopened
from robust.engines.rostering.solving.rosters import Held
from robust.engines.rostering.solving.sampling import Sampler, Schedule
from robust.engines.rostering.solving.search import Search

FIRST_SIZE, SMALLEST, LARGEST_SHARE = 5.0, 2.0, 0.7
SMALLER, LARGER = 0.5, 0.1
CHOOSING = Limits(seconds=1.0, nodes=500)
CLOSING = Limits(seconds=20.0, nodes=5000)
PATIENCE = 60
AMISS_SHARE, AMISS_WEIGHT = 0.7, 3.0
HOT, COLD, FROM_ANYWHERE = 0.7, 0.2, 20.0
FIRST_ARCS, LATER_ARCS, LONGEST = 5e8, 1e9, 16


def improve(
    search: Search,
    sampler: Sampler,
    *,
    seed: int,
    relaxed: Generated | None = None,
    patience: int = PATIENCE,
) -> None:
    """Reopen people until stopped; where that stalls, anneal from the best roster; close a small gap."""
    random = np.random.default_rng(seed)
    size, idle, times = FIRST_SIZE, 0, 1
    tried = search.best.objective + 1
    while not search.ended():
        if relaxed is not None and relaxed.complete and search.best.objective < tried:
            tried = search.best.objective
            _close(search, relaxed, seed)
            continue
        opened = _reopen_some(search, random, size)
        better = opened.roster is not None and search.offer(opened.roster)
        search.step("reopening")
        size = _next_size(size, search.ward.person_count, cut_short=opened.cut_short, better=better)
        idle = 0 if better else idle + 1
        if idle > patience:
            anneal(search, sampler, search.best, seed=int(random.integers(1 << 30)), times=times)
            idle, times = 0, min(2 * times, LONGEST)


def anneal_from_anywhere(search: Search, sampler: Sampler, *, seed: int) -> None:
    """Look for a good roster from a poor one."""
    hot, cold = FROM_ANYWHERE * search.grain, COLD * search.grain
    _anneal(
        search, sampler, search.best, Schedule(hot=hot, cold=cold, rounds=sampler.rounds(FIRST_ARCS)), seed
    )


def anneal(search: Search, sampler: Sampler, roster: Held, *, seed: int, times: int = 1) -> None:
    """Look for a better roster near a good one, the longer the higher `times`."""
    hot, cold = HOT * search.grain, COLD * search.grain
    rounds = sampler.rounds(LATER_ARCS * times)
    _anneal(search, sampler, roster, Schedule(hot=hot, cold=cold, rounds=rounds), seed)


def _anneal(search: Search, sampler: Sampler, roster: Held, schedule: Schedule, seed: int) -> None:
    found = sampler.anneal(roster.choices, schedule, seed=seed, stop=search.ended)
    search.offer(rosters.from_choices(search.ward, found))
    search.step("sampling")


def _close(search: Search, relaxed: Generated, seed: int) -> None:
    closed = closing.close(
        search.ward, relaxed, search.best, limits=_limits(search, CLOSING), seed=seed, stop=search.ended
    )
    search.offer(closed.roster)
    if closed.proved:
        search.raise_bound(float(closed.roster.objective))
    search.step("closing")


def _limits(search: Search, usual: Limits) -> Limits:
    """Give the limits; where steps are counted, time does not matter, so that the same happens again."""
    return usual if search.stop_rule.iterations is None else Limits(seconds=np.inf, nodes=usual.nodes)


def _next_size(size: float, person_count: int, *, cut_short: bool, better: bool) -> float:
    """Open fewer people where choosing takes too long, more where it finds nothing."""
    change = -SMALLER if cut_short else 0.0 if better else LARGER
    return float(np.clip(size + change, SMALLEST, max(SMALLEST, LARGEST_SHARE * person_count)))


def _reopen_some(search: Search, random: np.random.Generator, size: float) -> Reopened:
    ward, roster = search.ward, search.best
    count = min(ward.person_count, max(2, int(size + random.integers(-1, 2))))
    return reopening.reopen(
        ward,
        roster,
        _people(search, roster, random, count).tolist(),
        search.guide,
        limits=_limits(search, CHOOSING),
        seed=int(random.integers(1 << 30)),
        stop=search.ended,
        window=reopening.window_of(ward, random),
    )


def _people(search: Search, roster: Held, random: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Choose people, often more of those who could work where something is amiss."""
    ward = search.ward
    weights = np.ones(ward.person_count)
    costs = ward.rows.cost(roster.sums).astype(np.float64)
    if costs.any() and random.random() < AMISS_SHARE:
        row = random.choice(costs.size, p=costs / costs.sum())
        weights += AMISS_WEIGHT * ward.reaches[:, row]
    return random.choice(ward.person_count, size=count, replace=False, p=weights / weights.sum())
