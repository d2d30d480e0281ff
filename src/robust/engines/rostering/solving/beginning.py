"""What the search starts with: the price of breaking a rule, the grain of the costs, a first roster."""

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.problem import Problem, Roster
from robust.engines.rostering.solving import generation, rosters
from robust.engines.rostering.solving.master import Part
from robust.engines.rostering.solving.people import UNLAWFUL, NoLawfulLine
from robust.engines.rostering.solving.reopening import Guide
from robust.engines.rostering.solving.rosters import Held
from robust.engines.rostering.solving.ward import Ward

LEAST_PRICE = 1000
PRICE_FACTOR = 10


def price_of_breaking(problem: Problem) -> int:
    """Give a price for each unit by which a hard rule between people is broken, well above all weights."""
    return max(LEAST_PRICE, PRICE_FACTOR * max(_weights(problem), default=1))


def grain(problem: Problem) -> float:
    """Give the size of small costs in this problem, in which temperatures are measured."""
    weights = _weights(problem)
    return float(np.percentile(weights, 5)) if weights else 1.0


def _weights(problem: Problem) -> list[int]:
    weights = [wish.weight for wish in problem.wishes]
    weights += [weight for demand in problem.demands for weight in (demand.under_weight, demand.over_weight)]
    weights += [rule.weight for rule in problem.rules if rule.weight is not None]
    return [weight for weight in weights if weight > 0]


def first_duals(ward: Ward) -> NDArray[np.float64]:
    """Give duals to begin with: half of what each row costs when it is short."""
    duals: NDArray[np.float64] = 0.5 * np.minimum(ward.rows.under + ward.rows.broken_under, 1000)
    return duals


def first_guide(ward: Ward) -> Guide:
    """Give a guide that knows nothing yet."""
    return Guide(duals=first_duals(ward), columns=dict.fromkeys(range(ward.person_count), ()))


def first_roster(ward: Ward, start: Roster | None) -> Held:
    """Give each person the cheapest line after those before, or the line of `start` where that is lawful.

    Raises: NoLawfulLine.
    """
    given = None if start is None else ward.frame.choices(start)
    settled = np.zeros(ward.row_count, dtype=np.int64)
    columns, without = [], []
    for person in range(ward.person_count):
        if given is not None and ward.is_lawful(person, given[person]):
            columns.append(generation.whole_column(ward, person, given[person]))
        else:
            part = Part(
                people=(person,),
                lines=(ward.lines[person],),
                settled=settled,
                rows=np.arange(ward.row_count),
            )
            value, column = generation.price(ward, part, 0, _marginal(ward, settled))
            if value >= UNLAWFUL:
                without.append(ward.frame.problem.people[person].id)
            columns.append(column)
        settled = settled + columns[-1].sums
    if without:
        raise NoLawfulLine(tuple(without))
    return rosters.held(ward, columns)


def _marginal(ward: Ward, sums: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give what one more in each row saves."""
    saved: NDArray[np.float64] = (ward.rows.cost(sums) - ward.rows.cost(sums + 1)).astype(np.float64)
    return saved
