import pytest

from robust.organisation.models import Role
from robust.programme import rules
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import make_forum, make_initiative

pytestmark = pytest.mark.django_db


def roles_that(rule, *things):
    """Which roles at the hospital say yes."""
    unit = things[0]
    return {
        role
        for role in Role
        if rule(make_account(role=role, unit=unit), *(things[1:] or (unit.pk,)), day=DAY)
    }


def test_consultants_and_department_management_manage_plans():
    unit = make_unit()

    assert roles_that(rules.can_manage_plans, unit) == {
        Role.IMPROVEMENT_CONSULTANT,
        Role.DEPARTMENT_MANAGEMENT,
    }


def test_a_role_elsewhere_does_not_manage_plans():
    account = make_account(role=Role.IMPROVEMENT_CONSULTANT)

    assert not rules.can_manage_plans(account, make_unit().pk, day=DAY)
    assert rules.can_manage_some_plans(account, day=DAY)


def test_somebody_without_a_planning_role_manages_no_plans():
    assert not rules.can_manage_some_plans(make_account(role=Role.WARD_LEADER), day=DAY)


def test_leaders_and_consultants_create_initiatives():
    leading = {role for role in Role if rules.can_create_initiatives(make_account(role=role), day=DAY)}

    assert leading == {Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT, Role.WARD_LEADER}


def test_leaders_above_change_an_initiative():
    hospital = make_unit(level="hospital")
    initiative = make_initiative(unit=make_unit(parent=hospital))

    assert roles_that(rules.can_change_initiative, hospital, initiative) == {
        Role.IMPROVEMENT_CONSULTANT,
        Role.DEPARTMENT_MANAGEMENT,
        Role.WARD_LEADER,
    }


def test_owner_and_deputy_change_an_initiative_wherever_it_belongs():
    owner, deputy, other = make_account(), make_account(), make_account()
    initiative = make_initiative(owner=owner, deputy=deputy)

    answers = [
        rules.can_change_initiative(account, initiative, day=DAY) for account in (owner, deputy, other)
    ]

    assert answers == [True, True, False]


def test_a_ward_leader_writes_status_for_the_ward_but_not_for_the_hospital():
    hospital = make_unit(level="hospital")
    ward = make_unit(parent=hospital)
    leader = make_account(role=Role.WARD_LEADER, unit=ward)
    initiative = make_initiative(unit=hospital)

    assert rules.can_write_status(leader, initiative, ward.pk, day=DAY)
    assert not rules.can_write_status(leader, initiative, hospital.pk, day=DAY)


def test_the_owner_writes_status_at_the_places_the_owner_sees():
    hospital, elsewhere = make_unit(level="hospital"), make_unit()
    owner = make_account(role=Role.EMPLOYEE, unit=hospital)
    initiative = make_initiative(unit=hospital, owner=owner)

    assert rules.can_write_status(owner, initiative, hospital.pk, day=DAY)
    assert not rules.can_write_status(owner, initiative, elsewhere.pk, day=DAY)


def test_the_board_and_consultants_decide():
    unit = make_unit(level="hospital")

    assert roles_that(rules.can_decide, unit, make_forum(unit=unit)) == {
        Role.BOARD,
        Role.IMPROVEMENT_CONSULTANT,
    }


def test_everybody_proposes_ideas_where_they_see():
    unit = make_unit()

    assert roles_that(rules.can_propose_idea, unit) == set(Role)
    assert not rules.can_propose_idea(make_account(), unit.pk, day=DAY)


def test_leaders_answer_ideas():
    unit = make_unit()

    assert roles_that(rules.can_answer_ideas, unit) == {
        Role.IMPROVEMENT_CONSULTANT,
        Role.DEPARTMENT_MANAGEMENT,
        Role.WARD_LEADER,
    }
