from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from robust.engines.rostering.checking import check
from robust.engines.rostering.checking.verdict import Breach
from robust.engines.rostering.formats import presence
from robust.engines.rostering.frame import Frame
from robust.engines.rostering.problem import Demand
from robust.engines.rostering.rules import Who
from tests.engines.rostering.building import (
    DAY_EVENING_NIGHT,
    STANDBY,
    a_person,
    a_problem,
    a_roster,
    one_of,
)


def test_people_on_the_shifts_who_are_asked_for_and_count_are_counted() -> None:
    people = (a_person("a", groups=["nurse"]), a_person("b"), a_person("c", groups=["nurse"], counts=False))
    problem = a_problem(days=3, people=people)
    demand = Demand(id="d", day=0, shifts=one_of("D", "night"), who=Who(groups=one_of("nurse")))

    counts = presence.present(demand, frame=Frame(problem), roster=a_roster("DNE", "DDD", "DDD"))

    assert counts == (1, 1, 0)


def test_in_an_interval_those_on_duty_all_of_it_are_counted_also_from_the_night_before() -> None:
    problem = a_problem(
        days=3, people=(a_person("a", before="N"), a_person("b")), shifts=(*DAY_EVENING_NIGHT, STANDBY)
    )
    demand = Demand(id="d", day=0, interval=(60, 360))

    counts = presence.present(demand, frame=Frame(problem), roster=a_roster("NN.", "S.N"))

    assert counts == (1, 1, 1)


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.text("DENS.", min_size=4, max_size=4), min_size=2, max_size=2),
    start=st.integers(0, 1439),
    length=st.integers(1, 900),
)
def test_the_counts_are_those_that_the_judge_finds(lines: list[str], start: int, length: int) -> None:
    people = (a_person("a", before="N"), a_person("b", before="E"))
    problem = a_problem(days=4, people=people, shifts=(*DAY_EVENING_NIGHT, STANDBY))
    asked = Demand(id="d", day=0, interval=(start, start + length), minimum=3)
    demands = tuple(replace(asked, id=f"{day}", day=day) for day in range(4))
    roster = a_roster(*lines)

    counts = presence.present(asked, frame=Frame(problem), roster=roster)

    missing = {
        one.first_day: one.amount
        for one in check(replace(problem, demands=demands), roster).violations
        if one.code is Breach.BELOW_MINIMUM
    }
    assert counts == tuple(3 - missing[day] for day in range(4))
