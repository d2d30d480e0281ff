"""Diving: settle the people on whom the relaxed master is surest, generate lines for the rest, and again."""

from collections.abc import Callable
from math import ceil

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.solving import generation, rosters
from robust.engines.rostering.solving.generation import Generated
from robust.engines.rostering.solving.master import Master
from robust.engines.rostering.solving.rosters import Held
from robust.engines.rostering.solving.ward import Ward

SETTLED_SHARE = 0.1
ROUNDS = 4
SURE = 0.9999


def dive(ward: Ward, master: Master, generated: Generated, *, stop: Callable[[], bool]) -> Held | None:
    """Give a roster found by rounding person by person, or None when stopped before.

    Source: Sadykov et al., "Primal heuristics for branch and price: the assets of diving methods", INFORMS J.
    Comput. 31 (2019), without its limited discrepancies.
    """
    chosen: dict[int, int] = {}
    shares = generated.relaxed.shares
    while True:
        _settle(master, shares, chosen, ward.person_count)
        if len(chosen) == ward.person_count:
            break
        master.settle(chosen)
        again = generation.generate(
            ward, master, duals=generated.duals, stop=stop, most_rounds=ROUNDS, smoothing=0.0
        )
        if again is None:
            return None
        shares = again.relaxed.shares
    master.settle({})
    return rosters.held(ward, (master.columns[chosen[person]] for person in range(ward.person_count)))


def _settle(master: Master, shares: NDArray[np.float64], chosen: dict[int, int], person_count: int) -> None:
    goal = ceil(SETTLED_SHARE * (person_count - len(chosen)))
    settled = 0
    for number in np.argsort(-shares, kind="stable"):
        person = master.columns[number].person
        if person in chosen:
            continue
        if shares[number] < SURE and settled >= goal:
            return
        chosen[person] = int(number)
        settled += 1
