from dataclasses import replace

from robust.engines.rostering.formats import curtois, curtois_writing
from robust.engines.rostering.problem import Demand, Fixed, History, Person, Problem, Published, Wish
from robust.engines.rostering.rules import WORK, Basis, Count, Rest, Rule, Run, Sequence, Unit
from tests.engines.rostering.building import MONDAY, STANDBY, a_problem, a_shift, one_of, only
from tests.engines.rostering.formats.refusing import told_by
from tests.engines.rostering.formats.small_texts import CURTOIS


def _covered(*rules: Rule) -> Problem:
    problem = a_problem(days=2, shifts=(a_shift("D", 7), a_shift("N", 23, 10)), people=2, rules=rules)
    demands = tuple(
        Demand(id=f"{day}{shift}", day=day, shifts=one_of(shift), wanted=1, under_weight=5)
        for day in range(2)
        for shift in "DN"
    )
    return replace(problem, demands=demands)


def test_what_was_read_is_written_so_that_it_reads_the_same() -> None:
    problem = curtois.read_problem(CURTOIS, name="two")

    text = curtois_writing.write_problem(problem)

    assert curtois.read_problem(text, name="two") == problem


def test_limits_that_nobody_set_are_written_so_that_they_do_not_bind() -> None:
    text = curtois_writing.write_problem(
        _covered(Sequence(id="s", shifts=(one_of("N"), one_of("D"))), Run(id="r", who=only("b"), maximum=1))
    )

    assert text.splitlines()[:11] == [
        "SECTION_HORIZON",
        "2",
        "",
        "SECTION_SHIFTS",
        "D,480,",
        "N,600,D",
        "",
        "SECTION_STAFF",
        "a,D=2|N=2,1200,0,2,1,1,2",
        "b,D=2|N=2,1200,0,1,1,1,2",
        "",
    ]


def test_rules_that_the_form_does_not_know_are_refused() -> None:
    unsayable = (
        Rest(id="rest", minutes=660),
        Count(id="soft", maximum=1, weight=3),
        Count(id="two types", shifts=one_of("D", "N"), maximum=1),
        Sequence(id="three", shifts=(one_of("D"), one_of("D"), one_of("D"))),
        Sequence(id="some", who=only("a"), shifts=(one_of("N"), one_of("D"))),
        Sequence(id="soft sequence", weight=1, shifts=(one_of("N"), one_of("D"))),
        Sequence(id="work", shifts=(one_of(WORK), one_of("D"))),
        Run(id="once", maximum=1, basis=Basis.LAW),
        Run(id="twice", maximum=2),
        Count(id="weekends at least", unit=Unit.WEEKENDS, minimum=1),
    )

    told = told_by(lambda: curtois_writing.write_problem(_covered(*unsayable)))

    assert [path for path, _code, _values in told] == [
        f"$.rules[{place}]" for place in range(len(unsayable)) if unsayable[place].id != "once"
    ]


def test_parts_that_the_form_does_not_know_are_refused() -> None:
    problem = replace(
        _covered(),
        shifts=(a_shift("D", 7), STANDBY),
        people=(Person(id="a,b"), Person(id="c", counts=False), Person(id="d", history=History(days=("D",)))),
        wishes=(Wish(id="w", person="c", day=0, shifts=one_of("off")),),
        fixed=(Fixed(person="c", day=0, shifts=one_of("D")),),
        published=Published(lines={}, weight=1),
    )
    problem = replace(problem, horizon=replace(problem.horizon, starts_on=MONDAY.replace(day=6)))

    told = told_by(lambda: curtois_writing.write_problem(problem))

    assert [path for path, _code, _values in told] == [
        "$.horizon[0]",
        "$.shifts[1]",
        "$.people[0]",
        "$.people[1]",
        "$.people[2]",
        "$.demands[1]",
        "$.demands[3]",
        "$.wishes[0]",
        "$.fixed[0]",
        "$.published[0]",
    ]


def test_demands_that_leave_a_day_out_are_refused() -> None:
    problem = _covered()

    told = told_by(lambda: curtois_writing.write_problem(replace(problem, demands=problem.demands[:3])))

    assert told == [("$.demands", "not_in_this_form", {})]
