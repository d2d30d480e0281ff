import pytest

from robust.engines.rostering.checking import Breach, Misfit, RosterDoesNotFit, Verdict, Violation, check
from robust.engines.rostering.problem import Demand, Fixed, Published, Wish
from robust.engines.rostering.rules import Apart, Basis, Count, Sequence
from tests.engines.rostering.building import a_line, a_person, a_problem, a_roster, one_of, only

_NO_DAY_AFTER_NIGHT = Sequence(
    id="rotation", shifts=(one_of("N"), one_of("D")), basis=Basis.ADVICE, reference="NFA", weight=4
)
_AT_MOST_TWO = Count(id="two", maximum=2, basis=Basis.LAW, reference="W8")


def test_a_violation_names_rule_people_days_shifts_amount_cost_and_basis() -> None:
    problem = a_problem(people=2, days=4, rules=(_NO_DAY_AFTER_NIGHT, _AT_MOST_TWO))

    verdict = check(problem, a_roster("D...", "NDNN"))

    assert verdict == Verdict(
        violations=(
            Violation(
                rule="rotation",
                code=Breach.FORBIDDEN_SEQUENCE,
                people=("b",),
                first_day=0,
                last_day=1,
                shifts=("N", "D"),
                amount=1,
                cost=4,
                hard=False,
                basis=Basis.ADVICE,
                reference="NFA",
            ),
            Violation(
                rule="two",
                code=Breach.TOO_MANY,
                people=("b",),
                first_day=0,
                last_day=3,
                shifts=("work",),
                amount=2,
                cost=0,
                hard=True,
                basis=Basis.LAW,
                reference="W8",
            ),
        )
    )


def test_an_empty_ward_with_nothing_asked_is_lawful_and_costs_nothing() -> None:
    verdict = check(a_problem(), a_roster("......."))

    assert (verdict.violations, verdict.lawful, verdict.objective) == ((), True, 0)


def test_a_ward_without_people_has_its_demands_unmet() -> None:
    problem = a_problem(people=0, days=1, demands=(Demand(id="day", day=0, shifts=one_of("D"), minimum=2),))

    verdict = check(problem, a_roster())

    assert [(breach.rule, breach.amount) for breach in verdict.violations] == [("day", 2)]


def test_hard_violations_are_counted_one_by_one_whatever_their_amount() -> None:
    problem = a_problem(people=2, days=5, rules=(_AT_MOST_TWO,))

    verdict = check(problem, a_roster("DDDDD", "DDD.."))

    assert [breach.amount for breach in verdict.violations] == [3, 1]
    assert (verdict.hard_count, verdict.lawful) == (2, False)


def test_costs_add_up_per_rule_and_per_person() -> None:
    problem = a_problem(
        people=2,
        days=3,
        rules=(_NO_DAY_AFTER_NIGHT, _AT_MOST_TWO, Apart(id="not together", who=only("a", "b"), weight=7)),
        wishes=(Wish(id="holiday", person="a", day=2, shifts=one_of("off"), weight=5),),
    )

    verdict = check(problem, a_roster("NDD", "ND."))

    assert verdict.objective == 4 + 4 + 7 + 7 + 5
    assert verdict.cost_by_rule == {"rotation": 8, "not together": 14, "holiday": 5}
    assert verdict.cost_by_person == {"a": 9, "b": 4}


def test_violations_come_in_the_order_of_the_problem() -> None:
    problem = a_problem(
        days=2,
        fixed=(Fixed(person="a", day=1, shifts=one_of("off")),),
        demands=(
            Demand(id="late", day=1, shifts=one_of("E"), minimum=1),
            Demand(id="early", day=0, shifts=one_of("E"), minimum=1),
        ),
        rules=(_AT_MOST_TWO, _NO_DAY_AFTER_NIGHT),
        wishes=(Wish(id="wish", person="a", day=0, shifts=one_of("D")),),
        published=Published(lines={"a": a_line("D.")}, weight=1),
    )

    verdict = check(problem, a_roster("ND"))

    assert [breach.rule for breach in verdict.violations] == [
        "fixed",
        "late",
        "early",
        "rotation",
        "wish",
        "published",
        "published",
    ]


def test_people_may_know_of_histories_of_different_length() -> None:
    problem = a_problem(
        days=1,
        people=(a_person("a", before="N"), a_person("b", before="DDDN"), a_person("c")),
        rules=(_NO_DAY_AFTER_NIGHT,),
    )

    verdict = check(problem, a_roster("D", "D", "D"))

    assert [breach.people for breach in verdict.violations] == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("lines", "why", "person", "day"),
    [
        (("DD.",), Misfit.PEOPLE, "b", 0),
        (("DD.", "...", "..."), Misfit.PEOPLE, "", 0),
        (("DD.", "D."), Misfit.DAYS, "b", 2),
        (("DD.D", "D.."), Misfit.DAYS, "a", 3),
        (("DD.", ".DX"), Misfit.SHIFT, "b", 2),
    ],
)
def test_a_roster_that_does_not_fit_is_refused_with_the_place(
    lines: tuple[str, ...], why: Misfit, person: str, day: int
) -> None:
    problem = a_problem(people=2, days=3)

    with pytest.raises(RosterDoesNotFit) as refused:
        check(problem, a_roster(*lines))

    assert (refused.value.why, refused.value.person, refused.value.day) == (why, person, day)
