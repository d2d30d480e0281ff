from datetime import UTC, datetime, timedelta

import pytest

from robust.organisation.models import Role
from robust.programme import queries
from robust.programme.models import Initiative
from tests.factories import DAY, give_role, make_account, make_unit
from tests.programme.factories import make_initiative, make_status

pytestmark = pytest.mark.django_db


def before(days: int):
    return DAY - timedelta(days=days)


def quiet(*units):
    wanted = queries.quiet(units=[unit.pk for unit in units], day=DAY)
    return list(Initiative.objects.filter(wanted))


def test_the_latest_of_each_place_comes_newest_first():
    ward, clinic = make_unit(), make_unit()
    initiative = make_initiative()
    make_status(initiative, ward, dated_on=before(9))
    older = make_status(initiative, ward, dated_on=before(5))
    newer = make_status(initiative, clinic, dated_on=before(2))

    latest = queries.latest_by_initiative([initiative.pk], units=[ward.pk, clinic.pk], day=DAY)

    assert latest == {initiative.pk: (newer, older)}


def test_of_two_entries_of_one_day_the_one_written_last_counts():
    initiative = make_initiative()
    second = make_status(initiative, recorded_at=datetime(2026, 3, 2, 14, tzinfo=UTC))
    make_status(initiative, recorded_at=datetime(2026, 3, 2, 9, tzinfo=UTC))

    assert queries.latest_at(initiative, unit_id=initiative.unit_id, day=DAY) == second


def test_what_is_dated_later_than_the_day_does_not_count():
    initiative = make_initiative()
    make_status(initiative, dated_on=DAY)

    assert queries.latest_at(initiative, unit_id=initiative.unit_id, day=before(1)) is None


def test_places_somebody_does_not_see_are_left_out():
    ward, elsewhere = make_unit(), make_unit()
    initiative = make_initiative(unit=ward)
    seen = make_status(initiative, ward)
    make_status(initiative, elsewhere)
    account = make_account(role=Role.EMPLOYEE, unit=ward)

    assert list(queries.statuses_visible_to(account, day=DAY)) == [seen]
    assert list(queries.statuses_of(initiative, units=[ward.pk])) == [seen]


def test_a_judgement_counts_where_any_place_has_it_now():
    ward, clinic = make_unit(), make_unit()
    mixed, healed = make_initiative(unit=ward), make_initiative(unit=ward)
    make_status(mixed, ward, judgement="at_risk", dated_on=before(3))
    make_status(mixed, clinic, judgement="on_track", dated_on=before(1))
    make_status(healed, ward, judgement="at_risk", dated_on=before(3))
    make_status(healed, ward, judgement="on_track", dated_on=before(1))

    found = queries.judged("at_risk", units=[ward.pk, clinic.pk], day=DAY)

    assert list(Initiative.objects.filter(pk__in=found)) == [mixed]


def test_an_initiative_is_quiet_after_sixty_days_or_when_nobody_ever_spoke():
    ward = make_unit()
    never, long_ago, lately = (make_initiative(name, unit=ward) for name in "ABC")
    make_status(long_ago, ward, dated_on=before(60))
    make_status(lately, ward, dated_on=before(59))

    assert quiet(ward) == [never, long_ago]


def test_what_has_ended_or_is_over_everywhere_is_not_quiet():
    ward, clinic = make_unit(), make_unit()
    make_initiative("ended", unit=ward, ends_on=DAY)
    done = make_initiative("done", unit=ward)
    make_status(done, ward, judgement="done", dated_on=before(90))
    make_status(done, clinic, judgement="stopped", dated_on=before(80))
    half = make_initiative("half", unit=ward)
    make_status(half, ward, judgement="on_track", dated_on=before(90))
    make_status(half, clinic, judgement="stopped", dated_on=before(80))

    assert quiet(ward, clinic) == [half]


def test_a_place_that_took_it_up_again_goes_on():
    stopped, again = make_initiative("stopped"), make_initiative("again")
    make_status(stopped, judgement="stopped")
    make_status(again, judgement="stopped", recorded_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    make_status(again, judgement="on_track", recorded_at=datetime(2026, 3, 2, 10, tzinfo=UTC))

    assert list(Initiative.objects.filter(queries.going_on(day=DAY))) == [again]


def test_the_entry_before_is_the_one_whose_place_was_taken():
    initiative = make_initiative()
    first = make_status(initiative, dated_on=before(4))
    same_day = make_status(initiative, recorded_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    twin = make_status(initiative, recorded_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    last = make_status(initiative, recorded_at=datetime(2026, 3, 2, 10, tzinfo=UTC))

    came_before = [queries.status_before(status) for status in (first, same_day, twin, last)]

    assert came_before == [None, first, same_day, twin]


def test_leaders_write_where_they_lead_and_owners_where_they_see():
    hospital = make_unit(level="hospital")
    ward, other = make_unit(parent=hospital), make_unit(parent=hospital)
    leader = make_account(role=Role.WARD_LEADER, unit=ward)
    owner = make_account(role=Role.EMPLOYEE, unit=other)
    initiative = make_initiative(unit=hospital, owner=owner)

    assert queries.places_for_status(leader, initiative, day=DAY) == {ward.pk}
    assert queries.places_for_status(owner, initiative, day=DAY) == {hospital.pk, other.pk}


def test_an_owner_does_not_write_for_a_unit_the_owner_does_not_see():
    ward = make_unit()
    owner = make_account(role=Role.EMPLOYEE, unit=ward)

    assert queries.places_for_status(owner, make_initiative(owner=owner), day=DAY) == {ward.pk}


def test_nobody_writes_for_a_unit_that_is_closed():
    ward = make_unit(ends_on=DAY)
    leader = make_account(role=Role.WARD_LEADER, unit=ward)

    assert queries.places_for_status(leader, make_initiative(unit=ward), day=DAY) == frozenset()


def usual_place(account, initiative, *units):
    return queries.usual_place(account, initiative, places=[unit.pk for unit in units], day=DAY)


def test_the_usual_place_is_the_ward_one_leads_whoever_the_initiative_belongs_to():
    hospital = make_unit(level="hospital")
    ward, other = make_unit(parent=hospital), make_unit(parent=hospital)
    leader, initiative = make_account(role=Role.WARD_LEADER, unit=ward), make_initiative(unit=hospital)
    make_status(initiative, hospital, by=leader)

    assert usual_place(leader, initiative, hospital, ward, other) == ward.pk


def test_of_several_units_of_ones_own_the_usual_place_is_the_one_written_for_last_else_the_lowest():
    hospital = make_unit(level="hospital")
    ward, other = make_unit(parent=hospital), make_unit(parent=hospital)
    leader, initiative = make_account(role=Role.WARD_LEADER, unit=hospital), make_initiative(unit=hospital)
    for unit in (ward, other):
        give_role(leader, Role.WARD_LEADER, unit)
    first_time = usual_place(leader, initiative, hospital, ward, other)
    make_status(initiative, other, by=leader)

    assert first_time == ward.pk
    assert usual_place(leader, initiative, hospital, ward, other) == other.pk


def test_without_a_unit_of_ones_own_the_usual_place_is_where_one_wrote_last_else_the_initiatives_own():
    leader, initiative, ward = make_account(), make_initiative(), make_unit()
    first_time = usual_place(leader, initiative, initiative.unit, ward)
    make_status(initiative, ward, by=leader)

    assert first_time == initiative.unit_id
    assert usual_place(leader, initiative, initiative.unit, ward) == ward.pk
    assert usual_place(leader, initiative, make_unit(), make_unit()) < usual_place(
        leader, initiative, make_unit()
    )


def test_leaders_add_initiatives_to_the_units_they_lead():
    hospital = make_unit(level="hospital")
    ward = make_unit(parent=hospital)

    assert queries.units_for_initiatives(make_account(role=Role.WARD_LEADER, unit=ward), day=DAY) == {ward.pk}
    assert queries.units_for_plans(make_account(role=Role.WARD_LEADER, unit=ward), day=DAY) == frozenset()
    assert queries.units_for_plans(
        make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital), day=DAY
    ) == {hospital.pk, ward.pk}
