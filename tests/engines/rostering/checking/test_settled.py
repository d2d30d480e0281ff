import pytest

from robust.engines.rostering.checking import Breach, Violation, check
from robust.engines.rostering.problem import Fixed, Published, Wish
from tests.engines.rostering.building import a_line, a_problem, a_roster, one_of


def test_what_is_fixed_must_be_kept() -> None:
    fixed = (
        Fixed(person="a", day=0, shifts=one_of("off"), why="leave"),
        Fixed(person="a", day=1, shifts=one_of("night", "off"), why="course"),
        Fixed(person="b", day=2, shifts=one_of("work"), why="agreed"),
    )
    problem = a_problem(days=3, people=2, fixed=fixed)

    verdict = check(problem, a_roster("DN.", "..."))

    assert verdict.violations == (
        _broken("a", 0, "D", reference="leave"),
        _broken("b", 2, "off", reference="agreed"),
    )


def _broken(person: str, day: int, shift: str, *, reference: str) -> Violation:
    return Violation(
        rule="fixed",
        code=Breach.FIXED_CHANGED,
        people=(person,),
        first_day=day,
        last_day=day,
        shifts=(shift,),
        amount=1,
        cost=0,
        hard=True,
        reference=reference,
    )


@pytest.mark.parametrize(
    ("shifts", "granted", "letter", "cost"),
    [
        (one_of("off"), True, ".", 0),
        (one_of("off"), True, "D", 6),
        (one_of("D", "night"), True, "N", 0),
        (one_of("D", "night"), True, "E", 6),
        (one_of("N"), False, "N", 6),
        (one_of("N"), False, "D", 0),
        (one_of("work"), True, ".", 6),
    ],
)
def test_a_wish_costs_its_weight_when_it_is_not_granted(
    shifts: frozenset[str], granted: bool, letter: str, cost: int
) -> None:
    wish = Wish(id="w", person="a", day=1, shifts=shifts, granted=granted, weight=6)
    problem = a_problem(days=2, wishes=(wish,))

    verdict = check(problem, a_roster("." + letter))

    assert (verdict.objective, verdict.lawful) == (cost, True)


def test_a_refused_wish_names_the_day_and_what_is_there_instead() -> None:
    wish = Wish(id="birthday", person="a", day=1, shifts=one_of("off"), weight=0)

    verdict = check(a_problem(days=2, wishes=(wish,)), a_roster("DN"))

    assert [(breach.rule, breach.first_day, breach.shifts) for breach in verdict.violations] == [
        ("birthday", 1, ("N",))
    ]


def test_each_change_of_a_published_roster_is_charged() -> None:
    published = Published(lines={"a": a_line("D.N"), "c": a_line("XDD")}, weight=5)
    problem = a_problem(days=3, people=3, published=published)

    verdict = check(problem, a_roster("DDE", "DDD", ".DD"))

    changed = [(breach.people, breach.first_day, breach.shifts, breach.cost) for breach in verdict.violations]
    assert changed == [(("a",), 1, ("D",), 5), (("a",), 2, ("E",), 5), (("c",), 0, ("off",), 5)]
