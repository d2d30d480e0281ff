"""Wards for the tests of the solver's parts."""

import numpy as np

from robust.engines.rostering.checking import check
from robust.engines.rostering.problem import Demand, Problem, Wish
from robust.engines.rostering.rules import Count, Run, Sequence, Unit
from robust.engines.rostering.solving import beginning, generation
from robust.engines.rostering.solving.generation import Generated
from robust.engines.rostering.solving.master import Master
from robust.engines.rostering.solving.rosters import Held
from robust.engines.rostering.solving.ward import Ward, ward_of
from tests.engines.rostering.building import a_problem, one_of, only


def never() -> bool:
    """Do not stop."""
    return False


def a_ward_problem(*, days: int = 14, people: int = 4) -> Problem:
    """Make a ward with usual rules, demands and wishes, in which somebody is always short."""
    return a_problem(
        days=days,
        people=people,
        demands=tuple(
            Demand(
                id=f"{day}{shift}",
                day=day,
                shifts=one_of(shift),
                minimum=0,
                wanted=1,
                maximum=2,
                under_weight=30,
                over_weight=2,
            )
            for day in range(days)
            for shift in "DEN"
        ),
        rules=(
            Sequence(id="forward", shifts=(one_of("E", "N"), one_of("D"))),
            Run(id="work", minimum=2, maximum=4),
            Run(id="off", shifts=one_of("off"), minimum=2, weight=5),
            Count(id="shifts", minimum=days // 2, maximum=days // 2 + 2),
            Count(id="hours", unit=Unit.MINUTES, maximum=(days // 2 + 1) * 480, weight=1, step=60),
            Count(id="nights", shifts=one_of("N"), maximum=2, who=only("a", "b")),
        ),
        wishes=tuple(
            Wish(id=f"{person}{day}", person=person, day=day, shifts=one_of("D"), weight=3)
            for person in "ab"
            for day in range(0, days, 3)
        ),
    )


def a_ward(problem: Problem) -> Ward:
    """Prepare a problem as the solver does."""
    return ward_of(problem, broken=beginning.price_of_breaking(problem))


def relaxed(ward: Ward) -> tuple[Master, Generated]:
    """Generate lines for the whole ward until none is worth adding."""
    master = Master(ward, generation.whole_part(ward))
    master.add(beginning.first_roster(ward, None).columns)
    generated = generation.generate(ward, master, duals=beginning.first_duals(ward), stop=never)
    assert generated is not None
    return master, generated


def judged(ward: Ward, roster: Held) -> int:
    """Give what the judge says that a roster costs, with the solver's price of what is broken."""
    verdict = check(ward.frame.problem, ward.frame.roster(roster.choices))
    broken = sum(violation.amount for violation in verdict.violations if violation.hard)
    return verdict.objective + broken * beginning.price_of_breaking(ward.frame.problem)


def random_lines(ward: Ward, seed: int) -> np.ndarray:
    """Give each person some lawful line (shape: people, days)."""
    random = np.random.default_rng(seed)
    prices = random.random(ward.costs.shape) + ward.cell_prices
    return np.array([ward.lines[k].cheapest(price)[2] for k, price in enumerate(prices)])
