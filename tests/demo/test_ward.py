from collections import Counter
from pathlib import Path

from robust import demo
from robust.engines import rostering
from robust.engines.rostering import Basis, History, Horizon, Problem, Roster

WARD = rostering.problem_from_json((Path(demo.__file__).parent / "ward.json").read_text())


def test_the_ward_has_forty_people_six_weeks_and_five_shifts():
    assert (len(WARD.people), WARD.horizon.day_count, len(WARD.shifts)) == (40, 42, 5)


def test_every_rule_of_law_agreement_and_advice_says_where_it_stands():
    assert [rule.id for rule in WARD.rules if not rule.reference] == []
    assert Counter(rule.basis for rule in WARD.rules)[Basis.LAW] == 4


def test_the_two_weeks_before_keep_the_law():
    known = tuple(person for person in WARD.people if person.history.days)
    before = Problem(
        name="before",
        horizon=Horizon(starts_on=WARD.horizon.starts_on.replace(month=9, day=21), day_count=14),
        shifts=WARD.shifts,
        people=tuple(
            rostering.Person(id=person.id, groups=person.groups, history=History()) for person in known
        ),
        rules=tuple(rule for rule in WARD.rules if rule.basis is Basis.LAW),
    )

    verdict = rostering.check(before, Roster(lines=tuple(person.history.days for person in known)))

    assert verdict.violations == ()
