from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from robust.organisation import queries, rules
from robust.organisation.models import Account, Role, UnitPeriod, UnitSuccession
from tests.factories import (
    DAY,
    OPENED_ON,
    give_role,
    make_account,
    make_employment,
    make_person,
    make_unit,
    make_unit_type,
)

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


def names(tree: queries.UnitTree) -> list[tuple[str, int]]:
    return [(node.name, depth) for node, depth in tree.in_order()]


def test_the_tree_stands_in_danish_order_with_numbers_by_size(hospital):
    for name in (
        "Åben afdeling",
        "Afsnit 10",
        "Ørehospital",
        "Afsnit 2",
        "Aaby",
        "Ældre",
        "Zoo",
        "Afsnit 2 øst",
    ):
        make_unit(name, parent=hospital)

    assert names(queries.tree_on(DAY)) == [
        ("Hospitalet", 0),
        ("Afsnit 2", 1),
        ("Afsnit 2 øst", 1),
        ("Afsnit 10", 1),
        ("Zoo", 1),
        ("Ældre", 1),
        ("Ørehospital", 1),
        ("Åben afdeling", 1),
        ("Aaby", 1),
    ]


def test_a_node_is_the_unit_as_it_was_on_the_day(hospital):
    unit_type = make_unit_type("inpatient")
    ward = make_unit("Nyt navn", parent=hospital, starts_on=DAY, code="ward")
    UnitPeriod.objects.create(
        unit=ward, parent=hospital, name="Gammelt navn", unit_type=unit_type, starts_on=OPENED_ON, ends_on=DAY
    )

    node = queries.tree_on(DAY - timedelta(days=1)).nodes[ward.pk]

    assert node == queries.UnitNode(
        id=ward.pk,
        code="ward",
        name="Gammelt navn",
        level="unit",
        type_code="inpatient",
        parent_id=hospital.pk,
    )


def test_the_tree_takes_one_query_however_many_units(hospital, django_assert_num_queries):
    for _ in range(3):
        make_unit(parent=hospital)

    with django_assert_num_queries(1):
        queries.tree_on(DAY)


def test_below_and_above_a_unit(hospital):
    department = make_unit("Afdeling", parent=hospital, level="department")
    ward = make_unit("Afsnit", parent=department)
    tree = queries.tree_on(DAY)

    assert tree.below(department.pk) == {department.pk, ward.pk}
    assert tree.above(ward.pk) == (department.pk, hospital.pk)
    assert (tree.below(0), tree.above(0)) == (frozenset(), ())


def test_a_unit_whose_parent_is_not_there_stands_at_the_top(hospital):
    ward = make_unit("Afsnit", parent=make_unit("Lukket", ends_on=DAY))

    assert queries.tree_on(DAY).children[None] == (ward.pk, hospital.pk)


def test_a_closed_unit_is_not_open_but_known_where_it_last_belonged(hospital):
    ward = make_unit("Afsnit", parent=hospital, ends_on=DAY)

    assert ward.pk not in queries.tree_on(DAY).nodes
    assert queries.tree_known_on(DAY).above(ward.pk) == (hospital.pk,)


def test_a_planned_unit_is_known_where_it_will_be(hospital):
    ward = make_unit("Afsnit", parent=hospital, starts_on=TOMORROW, ends_on=TOMORROW + timedelta(days=9))
    UnitPeriod.objects.create(unit=ward, parent=None, name="Senere", starts_on=TOMORROW + timedelta(days=9))

    assert queries.tree_known_on(DAY).nodes[ward.pk].name == "Afsnit"


def test_a_unit_that_went_on_as_one_other_is_known_under_that_one(hospital):
    old, new = make_unit("Gammelt", parent=hospital, ends_on=DAY), make_unit("Nyt", parent=hospital)
    UnitSuccession.objects.create(predecessor=old, successor=new, happened_on=DAY)

    assert queries.tree_known_on(DAY).above(old.pk) == (new.pk, hospital.pk)
    assert queries.tree_known_on(DAY - timedelta(days=1)).above(old.pk) == (hospital.pk,)


def test_a_unit_that_went_on_as_several_is_known_where_it_was(hospital):
    old = make_unit("Gammelt", parent=hospital, ends_on=DAY)
    for name in ("Et", "To"):
        UnitSuccession.objects.create(
            predecessor=old, successor=make_unit(name, parent=hospital), happened_on=DAY
        )

    assert queries.tree_known_on(DAY).above(old.pk) == (hospital.pk,)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (0, 5, True),
        (0, 10, True),
        (3, None, False),
        (12, None, True),
        (5, 13, False),
        (9, 11, False),
        (-1, 3, False),
    ],
)
def test_open_throughout_means_on_every_day(starts: int, ends: int | None, expected: bool):
    unit = make_unit(starts_on=OPENED_ON, ends_on=OPENED_ON + timedelta(days=4))
    for first, last in ((4, 10), (12, None)):
        UnitPeriod.objects.create(
            unit=unit,
            name="x",
            starts_on=OPENED_ON + timedelta(days=first),
            ends_on=OPENED_ON + timedelta(days=last) if last else None,
        )

    found = queries.is_open_throughout(
        unit, OPENED_ON + timedelta(days=starts), OPENED_ON + timedelta(days=ends) if ends else None
    )

    assert found is expected


def test_a_unit_without_an_open_day_is_not_open_throughout():
    assert not queries.is_open_throughout(make_unit(ends_on=DAY), DAY, None)


def test_roles_are_those_held_on_the_day_by_somebody_who_may_sign_in(hospital):
    account = make_account(role=Role.WARD_LEADER, unit=hospital)
    give_role(account, Role.BOARD, hospital, ends_on=DAY)
    give_role(account, Role.EMPLOYEE, hospital, starts_on=TOMORROW)
    gone = make_account(role=Role.WARD_LEADER, unit=hospital)
    Account.objects.filter(pk=gone.pk).update(is_active=False)

    assert queries.roles_on(account, day=DAY) == (
        queries.HeldRole(role=Role.WARD_LEADER, unit_id=hospital.pk),
    )
    assert queries.roles_on(gone, day=DAY) == ()


def test_a_unit_is_seen_from_below_and_from_above_but_not_from_beside(hospital):
    department = make_unit("Afdeling", parent=hospital, level="department")
    ward, beside = make_unit("Afsnit 1", parent=department), make_unit("Afsnit 2", parent=department)
    account = make_account(role=Role.EMPLOYEE, unit=ward)

    assert queries.units_visible_to(account, day=DAY) == {hospital.pk, department.pk, ward.pk}
    assert beside.pk not in queries.units_visible_to(account, day=DAY)
    assert queries.units_visible_to(make_account(), day=DAY) == frozenset()


def test_a_role_counts_downwards_only(hospital):
    department = make_unit("Afdeling", parent=hospital, level="department")
    ward = make_unit("Afsnit", parent=department)
    account = make_account(role=Role.WARD_LEADER, unit=department)

    assert queries.units_where(account, roles=(Role.WARD_LEADER,), day=DAY) == {department.pk, ward.pk}
    assert queries.units_where(account, roles=(Role.BOARD,), day=DAY) == frozenset()
    assert rules.has_role(account, (Role.WARD_LEADER,), ward.pk, day=DAY)
    assert not rules.has_role(account, (Role.WARD_LEADER,), hospital.pk, day=DAY)


def test_who_administers_the_whole_holds_the_role_at_the_top(hospital):
    ward = make_unit("Afsnit", parent=hospital)
    of_all = make_account(role=Role.ADMINISTRATOR, unit=hospital)
    of_ward = make_account(role=Role.ADMINISTRATOR, unit=ward)
    leader = make_account(role=Role.WARD_LEADER, unit=hospital)

    assert [rules.can_administer(one, day=DAY) for one in (of_all, of_ward, leader)] == [True, True, False]
    assert [rules.can_administer_everything(one, day=DAY) for one in (of_all, of_ward, leader)] == [
        True,
        False,
        False,
    ]
    assert rules.can_administer_unit(of_ward, ward.pk, day=DAY)
    assert not rules.can_administer_unit(of_ward, hospital.pk, day=DAY)


def test_leaders_see_the_people_of_their_units_and_everybody_sees_themselves(hospital):
    ward, beside = make_unit("Afsnit 1", parent=hospital), make_unit("Afsnit 2", parent=hospital)
    here, there, self_ = make_person("Her"), make_person("Der"), make_person("Selv")
    post = make_employment(here, ward)
    make_employment(here, beside)
    make_employment(there, beside)
    own = make_employment(self_, beside)
    leader = make_account(role=Role.WARD_LEADER, unit=ward, person=self_)
    nobody = make_account()

    assert list(queries.people_visible_to(leader, day=DAY)) == [here, self_]
    assert list(queries.employments_visible_to(leader, day=DAY)) == [post, own]
    assert list(queries.people_visible_to(nobody, day=DAY)) == []
    assert list(queries.employments_visible_to(nobody, day=DAY)) == []
    assert rules.can_see_personnel(leader, day=DAY)
    assert not rules.can_see_personnel(nobody, day=DAY)


def test_administrators_also_see_people_without_a_post_and_accounts_without_a_role(hospital):
    new_person, new_account = make_person("Ny"), make_account("Ny")
    administrator = make_account("Ada", role=Role.ADMINISTRATOR, unit=hospital)
    employee = make_account("Bo", role=Role.EMPLOYEE, unit=hospital)

    assert list(queries.people_visible_to(administrator, day=DAY)) == [new_person]
    assert set(queries.accounts_visible_to(administrator, day=DAY)) == {administrator, employee, new_account}
    assert set(queries.accounts_visible_to(employee, day=DAY)) == {administrator, employee}


def test_names_are_found_by_any_part_of_every_word():
    found = make_person("Anne-Mette Kjærsgaard")
    make_person("Anne Hansen")

    people = queries.people_visible_to(make_account(role=Role.ADMINISTRATOR, unit=make_unit()), day=DAY)

    assert list(queries.named(people, "kjær ANNE")) == [found]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Børn og Ældre, Århus", "boern-og-aeldre-aarhus"), ("***", "unit"), ("Afsnit 1", "afsnit-1-3")],
)
def test_a_free_code_is_made_of_the_name(name: str, code: str):
    for taken in ("afsnit-1", "afsnit-1-2"):
        make_unit(code=taken)

    assert queries.free_unit_code(name) == code


def test_the_index_finds_names(django_assert_num_queries):
    with CaptureQueriesContext(connection), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM organisation_person WHERE upper(name::text) LIKE upper('%kjær%')"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())

    assert "organisation_person_name" in plan


def test_models_name_themselves():
    assert str(UnitPeriod(name="Afsnit 1", starts_on=date(2026, 1, 1))) == "Afsnit 1 (2026-01-01–)"
    assert str(make_unit("Afsnit 1")) == "Afsnit 1"
    assert str(make_unit_type(name="Sengeafsnit")) == "Sengeafsnit"
    assert str(make_account("Bo")) == make_account("Bo").get_full_name() == "Bo"


def test_an_account_is_found_by_its_address_in_any_letters():
    account = make_account(email="bo@example.org")

    assert Account.objects.get_by_natural_key(" BO@example.org") == account
