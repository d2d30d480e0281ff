"""Solve a ward: an anytime search by one or more workers around one best roster and one bound."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import ceil

import numpy as np

from robust.engines.rostering import checking
from robust.engines.rostering.checking import Verdict
from robust.engines.rostering.problem import Problem, Roster
from robust.engines.rostering.solving import beginning, diving, generation, improving, reopening
from robust.engines.rostering.solving.generation import Generated
from robust.engines.rostering.solving.master import Master
from robust.engines.rostering.solving.sampling import Sampler
from robust.engines.rostering.solving.search import NEAR, Progress, Search, StopRule
from robust.engines.rostering.solving.ward import ward_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The best roster, the judge's verdict, and what no lawful roster can cost less than.

    `gap` is (cost - bound) / cost, None without a bound; the cost has the price of hard rules still broken in
    it. `relaxed_rules` are rules of single people that neither roster nor bound hold to. `complete` says that
    no roster is better.
    """

    roster: Roster
    verdict: Verdict
    bound: int | None
    gap: float | None
    iterations: int
    seed: int
    relaxed_rules: tuple[str, ...]
    complete: bool


def solve(
    problem: Problem,
    *,
    stop: StopRule,
    seed: int,
    workers: int = 1,
    start: Roster | None = None,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
) -> Solution:
    """Look for the best lawful roster until told to stop or until none can be better.

    With one worker and a limit of iterations the same problem and seed give the same roster. Lines of `start`
    that are lawful are begun with. Raises: NoLawfulLine when the rules leave somebody no line at all,
    TooLarge, TooHeavy.
    """
    ward = ward_of(problem, broken=beginning.price_of_breaking(problem))
    search = Search(
        ward=ward,
        stop_rule=stop,
        on_progress=on_progress,
        best=beginning.first_roster(ward, start),
        guide=beginning.first_guide(ward),
        grain=beginning.grain(problem),
    )
    search.step("first")
    if not search.ended():
        _work(search, seed, workers)
    return _solution(search, seed)


def _work(search: Search, seed: int, workers: int) -> None:
    sampler = Sampler(search.ward)
    if workers == 1:
        improving.anneal_from_anywhere(search, sampler, seed=seed)
        _lead(search, sampler, seed)
        return
    with ThreadPoolExecutor(workers) as pool:
        tasks = [pool.submit(search.guarded, partial(_lead, search, sampler, seed))]
        tasks += [
            pool.submit(search.guarded, partial(_follow, search, sampler, seed + k))
            for k in range(1, workers)
        ]
    for task in tasks:
        task.result()


def _lead(search: Search, sampler: Sampler, seed: int) -> None:
    """Relax the ward, dive, and go on improving."""
    master = Master(search.ward, generation.whole_part(search.ward), stop=search.ended)
    relaxed = _relax(search, master)
    if relaxed is None:
        return
    search.guide = reopening.guide_of(search.ward, master, relaxed)
    dived = None if search.ended() else diving.dive(search.ward, master, relaxed, stop=search.ended)
    if dived is not None:
        search.offer(dived)
        search.step("diving")
        improving.anneal(search, sampler, dived, seed=seed)
    improving.improve(search, sampler, seed=seed, relaxed=relaxed)


def _follow(search: Search, sampler: Sampler, seed: int) -> None:
    """Look for a first good roster while the leader relaxes the ward, then improve like the leader."""
    improving.anneal_from_anywhere(search, sampler, seed=seed)
    improving.improve(search, sampler, seed=seed)


def _relax(search: Search, master: Master) -> Generated | None:
    ward = search.ward
    duals = search.guide.duals
    master.add(search.best.columns)
    master.add(generation.price(ward, master.part, place, duals)[1] for place in range(ward.person_count))

    def on_round(bound: float) -> None:
        search.raise_bound(bound)
        search.step("relaxing")

    return generation.generate(ward, master, duals=duals, stop=search.ended, on_round=on_round)


def _solution(search: Search, seed: int) -> Solution:
    frame = search.ward.frame
    roster = frame.roster(search.best.choices)
    bound = max(0, ceil(search.bound - NEAR)) if np.isfinite(search.bound) else None
    cost = search.best.objective
    return Solution(
        roster=roster,
        verdict=checking.check(frame.problem, roster),
        bound=bound,
        gap=None if bound is None else (cost - bound) / max(cost, 1),
        iterations=search.iterations,
        seed=seed,
        relaxed_rules=search.ward.relaxed_rules,
        complete=search.proved(),
    )
