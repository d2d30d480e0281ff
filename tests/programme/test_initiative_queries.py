from datetime import timedelta

import pytest

from robust.organisation.models import Role
from robust.programme import queries
from robust.programme.models import Initiative
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import (
    make_area,
    make_initiative,
    make_plan,
    make_status,
    make_track,
)

pytestmark = pytest.mark.django_db


def found(units=(), **wanted):
    ids = [unit.pk for unit in units]
    return [
        row.title
        for row in queries.narrowed(
            Initiative.objects.all(), wanted=queries.Wanted(**wanted), units=ids, day=DAY
        )
    ]


def test_one_sees_the_initiatives_of_ones_units_those_above_and_ones_own():
    hospital, elsewhere = make_unit(level="hospital"), make_unit()
    ward = make_unit(parent=hospital)
    reader = make_account(role=Role.EMPLOYEE, unit=ward)
    make_initiative("above", unit=hospital)
    make_initiative("here", unit=ward)
    make_initiative("hidden", unit=elsewhere)
    make_initiative("owned", unit=elsewhere, owner=reader)
    make_initiative("deputised", unit=elsewhere, deputy=reader)

    seen = queries.initiatives_visible_to(reader, day=DAY)

    assert [row.title for row in seen] == ["above", "deputised", "here", "owned"]


def test_titles_stand_in_danish_order():
    for title in ("Åben dør", "Ærlig snak", "Ørsted", "aftale", "Zone"):
        make_initiative(title)

    assert found() == ["aftale", "Zone", "Ærlig snak", "Ørsted", "Åben dør"]
    assert found(sort="-title") == ["Åben dør", "Ørsted", "Ærlig snak", "Zone", "aftale"]


@pytest.mark.parametrize("words", ["vagt", "NATTEVAGT", "nattevagter", "vagt natte"])
def test_a_part_of_a_word_or_another_form_of_it_is_found(words: str):
    make_initiative("Afprøvning af nattevagten")
    make_initiative("Introduktion", text="Nye kolleger får en mentor.")

    assert found(words=words) == ["Afprøvning af nattevagten"]


def test_words_are_found_in_the_text_too():
    make_initiative("Introduktion", text="Nye kolleger får en mentor.")

    assert found(words="mentorer") == ["Introduktion"]


def test_signs_that_mean_something_to_the_database_are_only_signs():
    make_initiative("100 % bemanding")
    make_initiative("Bemanding")

    assert found(words="100 %") == ["100 % bemanding"]
    assert found(words="' & ! (") == []


def test_plan_area_and_track_must_be_of_the_same_placement():
    plan, other = make_plan(), make_plan()
    area, track = make_area(plan), make_track(plan)
    make_initiative("in the area", plan=plan, area=area)
    make_initiative("in the track", plan=plan, track=track)
    make_initiative("elsewhere", plan=other)

    assert found(plan_id=plan.pk) == ["in the area", "in the track"]
    assert found(plan_id=plan.pk, area_id=area.pk) == ["in the area"]
    assert found(plan_id=plan.pk, track_id=track.pk) == ["in the track"]
    assert found(plan_id=plan.pk, area_id=area.pk, track_id=track.pk) == []


def test_a_place_holds_what_belongs_there_and_what_was_said_there():
    ward, hospital = make_unit(), make_unit()
    make_initiative("belongs", unit=ward)
    spoken_of = make_initiative("spoken of", unit=hospital)
    make_initiative("neither", unit=hospital)
    make_status(spoken_of, ward)

    assert found([ward, hospital], places=frozenset({ward.pk})) == ["belongs", "spoken of"]


def test_a_judgement_at_a_place_looks_only_there():
    ward, clinic = make_unit(), make_unit()
    initiative = make_initiative("mixed", unit=ward)
    make_status(initiative, ward, judgement="at_risk")
    make_status(initiative, clinic, judgement="on_track")

    at_risk = [
        found([ward, clinic], judgement="at_risk", places=frozenset({place.pk})) for place in (ward, clinic)
    ]

    assert at_risk == [["mixed"], []]


def test_kind_owner_review_silence_and_decision_narrow():
    owner, deputy = make_account(), make_account()
    make_initiative("trial", kind="trial", owner=owner, next_review_on=DAY)
    make_initiative("late", deputy=deputy, next_review_on=DAY - timedelta(days=1))
    spoken = make_initiative("spoken", awaits_decision=True)
    make_status(spoken)

    assert found(kind="trial") == ["trial"]
    assert found(answered_for_by=owner.pk) == ["trial"]
    assert found(answered_for_by=deputy.pk) == ["late"]
    assert found(review_overdue=True) == ["late"]
    assert found(awaits_decision=True) == ["spoken"]
    assert found([spoken.unit], quiet=True) == ["late", "trial"]


def test_what_has_no_day_stands_last_when_sorted_by_a_day():
    unit = make_unit()
    late = make_initiative("late", unit=unit, next_review_on=DAY + timedelta(days=9))
    soon = make_initiative("soon", unit=unit, next_review_on=DAY)
    make_initiative("never", unit=unit)
    make_status(late, dated_on=DAY)
    make_status(soon, dated_on=DAY - timedelta(days=3))

    assert found(sort="review") == ["soon", "late", "never"]
    assert found(sort="-review") == ["late", "soon", "never"]
    assert found([unit], sort="stated") == ["soon", "late", "never"]
    assert found([unit], sort="-stated") == ["late", "soon", "never"]


def test_one_initiative_is_read_in_full_with_eight_queries(django_assert_num_queries):
    plan, hidden = make_plan(), make_plan()
    initiative = make_initiative(plan=plan)
    initiative.placements.create(plan=hidden)

    with django_assert_num_queries(8):
        read = queries.in_full(Initiative.objects.all(), units=[plan.unit_id]).get(pk=initiative.pk)

    assert [placement.plan for placement in read.placements.all()] == [plan]
