from robust.engines.rostering.checking import Breach, check
from robust.engines.rostering.rules import Accompanied, Apart, Who
from tests.engines.rostering.building import a_person, a_problem, a_roster, one_of, only
from tests.engines.rostering.checking.seeing import seen

_INTRODUCTION = Accompanied(
    id="introduction", who=Who(groups=one_of("newcomer")), by=Who(competences=one_of("introducer"))
)


def test_people_to_keep_apart_may_work_on_the_same_day_but_not_on_the_same_shift() -> None:
    problem = a_problem(days=3, people=3, rules=(Apart(id="apart", who=only("a", "b")),))

    breaches = seen(problem, "DDN", "EDN", "DDN")

    assert breaches == [
        (Breach.TOO_MANY_TOGETHER, "ab", 1, 1, 1),
        (Breach.TOO_MANY_TOGETHER, "ab", 2, 2, 1),
    ]


def test_of_a_group_at_most_so_many_on_one_of_the_named_shifts() -> None:
    rule = Apart(id="apart", shifts=one_of("night"), most=1, weight=3)
    problem = a_problem(days=2, people=3, rules=(rule,))

    verdict = check(problem, a_roster("ND", "ND", "ND"))

    assert [(breach.shifts, breach.amount, breach.cost) for breach in verdict.violations] == [(("N",), 2, 6)]


def test_people_may_be_kept_from_being_off_together() -> None:
    problem = a_problem(days=2, people=2, rules=(Apart(id="apart", shifts=one_of("off")),))

    breaches = seen(problem, "D.", "..")

    assert breaches == [(Breach.TOO_MANY_TOGETHER, "ab", 1, 1, 1)]


def test_a_newcomer_works_with_an_introducer() -> None:
    people = (
        a_person("a", groups=["newcomer"], counts=False),
        a_person("b", groups=["newcomer"], counts=False),
        a_person("c", competences=["introducer"]),
        a_person("d"),
    )
    problem = a_problem(days=4, people=people, rules=(_INTRODUCTION,))

    breaches = seen(problem, "DDD.", "..D.", "DED.", "D.DD")

    assert breaches == [(Breach.NOT_ACCOMPANIED, "a", 1, 1, 1), (Breach.NOT_ACCOMPANIED, "ab", 2, 2, 1)]


def test_company_is_needed_on_the_named_shifts_only() -> None:
    rule = Accompanied(id="r", who=only("a"), by=only("b"), shifts=one_of("night"))

    breaches = seen(a_problem(days=2, people=2, rules=(rule,)), "DN", "..")

    assert breaches == [(Breach.NOT_ACCOMPANIED, "a", 1, 1, 1)]


def test_nobody_accompanies_themselves() -> None:
    rule = Accompanied(id="r", who=only("a"), by=only("a", "b"))

    breaches = seen(a_problem(days=2, people=2, rules=(rule,)), "DD", "D.")

    assert breaches == [(Breach.NOT_ACCOMPANIED, "a", 1, 1, 1)]
