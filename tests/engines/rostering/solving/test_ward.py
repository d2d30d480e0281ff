import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.checking import check
from robust.engines.rostering.problem import Demand, Fixed, Published
from robust.engines.rostering.rules import Accompanied, Apart, Count, Rest, Window
from robust.engines.rostering.solving import beginning, rosters
from tests.engines.rostering.building import (
    DAY_EVENING_NIGHT,
    STANDBY,
    a_person,
    a_problem,
    a_roster,
    one_of,
    only,
)
from tests.engines.rostering.solving.wards import a_ward, a_ward_problem, judged, random_lines

JOINED = a_problem(
    days=5,
    shifts=(*DAY_EVENING_NIGHT, STANDBY),
    people=(
        a_person("a"),
        a_person("b", competences=["medicine"]),
        a_person("c", counts=False),
        a_person("d"),
    ),
    demands=(
        Demand(id="early", day=0, interval=(420, 900), wanted=2, under_weight=7, over_weight=3),
        Demand(id="late", day=2, interval=(60, 300), minimum=1, maximum=2),
        Demand(id="medicine", day=1, shifts=one_of("work"), minimum=1, who=only("b")),
        Demand(id="evening", day=3, shifts=one_of("E"), minimum=1, wanted=2, maximum=3, under_weight=4),
    ),
    rules=(
        Apart(id="apart", who=only("a", "b"), shifts=one_of("D"), weight=11),
        Apart(id="never", who=only("c", "d"), shifts=one_of("N")),
        Accompanied(id="new", who=only("c"), by=only("a", "c"), shifts=one_of("D", "E"), weight=13),
        Accompanied(id="led", who=only("c"), by=only("d"), shifts=one_of("N")),
        Rest(id="rest", minutes=660, weight=6),
        Count(id="ban", shifts=one_of("E"), maximum=0, who=only("a"), window=Window(from_day=2)),
    ),
    fixed=(Fixed(person="d", day=4, shifts=one_of("off", "D")),),
    published=Published(lines={"a": ("D", None, "X", "D", "D")}, weight=2),
)


@settings(max_examples=60, deadline=None)
@given(some.integers(0, 10_000))
def test_the_cost_and_lawfulness_of_lines_are_those_of_the_judge(seed):
    ward = a_ward(JOINED)

    held = rosters.from_choices(ward, random_lines(ward, seed))
    verdict = check(JOINED, ward.frame.roster(held.choices))

    assert ward.rows.lawful(held.sums) == verdict.lawful
    assert held.objective == judged(ward, held)


def test_a_ward_without_anything_that_joins_people_costs_nothing():
    ward = a_ward(a_problem(days=2, people=2))

    held = rosters.from_choices(ward, ward.frame.choices(a_roster("D.", ".N")))

    assert (held.objective, ward.row_count, ward.rows.lawful(held.sums)) == (0, 0, True)
    assert beginning.grain(ward.frame.problem) == 1.0


def test_a_line_against_what_is_settled_is_not_lawful():
    ward = a_ward(JOINED)

    judged = [
        ward.is_lawful(3, line) for line in ward.frame.choices(a_roster("....D", "....E", ".....", "NNNN."))
    ]

    assert judged == [True, False, True, True]


def test_the_cost_of_an_unlawful_line_is_refused():
    ward = a_ward(a_ward_problem())

    with pytest.raises(ValueError, match="not lawful"):
        ward.lines[0].lawful_cost(np.zeros(14, dtype=np.int16))
