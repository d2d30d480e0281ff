from datetime import date, timedelta
from typing import Any

import pytest

from robust.organisation import actions, queries
from robust.organisation.models import Account, AuditEntry, Role, RoleAssignment, Unit, UnitSuccession
from tests.factories import (
    DAY,
    NOW,
    OPENED_ON,
    give_role,
    make_account,
    make_employment,
    make_person,
    make_unit,
    make_unit_type,
)

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)


@pytest.fixture
def actor() -> Account:
    return make_account("Ada")


@pytest.fixture
def said(actor: Account) -> dict[str, Any]:
    return {"actor": actor, "now": NOW}


def kept(action: str) -> tuple[str, dict[str, Any]]:
    entry = AuditEntry.objects.get(action=action)
    return entry.subject_name, entry.detail


def new(parent: Unit | None, **more: Any) -> dict[str, Any]:
    return {
        "code": "new",
        "name": "Nyt",
        "level": "unit",
        "parent": parent,
        "unit_type": None,
        "opens_on": DAY,
    } | more


def test_opening_a_unit_puts_it_in_the_tree_and_in_the_trail(hospital, said):
    unit = actions.open_unit(**new(hospital), **said)

    assert queries.tree_on(DAY).above(unit.pk) == (hospital.pk,)
    assert kept("unit.opened") == ("Nyt", {"from_on": "2026-03-02", "name": "Nyt", "parent": "Hospitalet"})


def test_opening_refuses_a_code_that_is_taken(ward, hospital, said):
    with pytest.raises(actions.CannotOpen, match="har koden"):
        actions.open_unit(**new(hospital, code=ward.code), **said)


def test_opening_refuses_a_parent_that_is_not_open_yet(said):
    parent = make_unit("Senere", starts_on=LATER)

    with pytest.raises(actions.CannotOpen, match="Senere er ikke åben i hele den tid"):
        actions.open_unit(**new(parent), **said)


def test_opening_refuses_a_parent_further_down(ward, said):
    with pytest.raises(actions.CannotOpen, match="for langt nede"):
        actions.open_unit(**new(ward, level="hospital"), **said)


def test_a_rename_holds_until_the_next_planned_one_and_the_unit_keeps_its_newest_name(ward, said):
    unit_type = make_unit_type(name="Sengeafsnit")
    actions.change_unit(unit=ward, name="Senere navn", unit_type=None, from_on=LATER, **said)
    actions.change_unit(unit=ward, name="Nyt navn", unit_type=unit_type, from_on=DAY, **said)

    names = [queries.tree_on(day).nodes[ward.pk].name for day in (DAY - timedelta(days=1), DAY, LATER)]
    types = [queries.tree_on(day).nodes[ward.pk].type_code for day in (DAY, LATER)]
    ward.refresh_from_db()
    assert names == ["Afsnit 1", "Nyt navn", "Senere navn"]
    assert types == [unit_type.code, unit_type.code]
    assert ward.name == "Senere navn"


def test_a_change_that_changes_nothing_is_refused(ward, said):
    with pytest.raises(actions.CannotChange, match="intet at ændre"):
        actions.change_unit(unit=ward, name="Afsnit 1", unit_type=None, from_on=DAY, **said)


def test_a_change_on_a_day_when_the_unit_is_closed_is_refused(said):
    unit = make_unit("Lukket", ends_on=DAY)

    with pytest.raises(actions.CannotChange, match=r"Lukket er ikke åben 2\. marts 2026"):
        actions.change_unit(unit=unit, name="x", unit_type=None, from_on=DAY, **said)


def test_a_change_is_kept_with_what_it_was_before(ward, said):
    unit_type = make_unit_type(name="Ambulant")

    actions.change_unit(unit=ward, name="Nyt", unit_type=unit_type, from_on=DAY, **said)

    assert kept("unit.changed")[1] == {
        "from_on": "2026-03-02",
        "old": {"name": "Afsnit 1", "type": ""},
        "new": {"name": "Nyt", "type": "Ambulant"},
    }


def test_moving_to_the_top_and_back(ward, hospital, said):
    actions.move_unit(unit=ward, parent=None, from_on=DAY, **said)
    actions.move_unit(unit=ward, parent=hospital, from_on=LATER, **said)

    parents = [queries.tree_on(day).nodes[ward.pk].parent_id for day in (DAY, LATER)]
    assert parents == [None, hospital.pk]


def test_moving_to_where_the_unit_is_already_is_refused(ward, hospital, said):
    with pytest.raises(actions.CannotMove, match="hører allerede til dér"):
        actions.move_unit(unit=ward, parent=hospital, from_on=DAY, **said)


def test_moving_below_itself_is_refused(hospital, said):
    upper = make_unit("Øvre", parent=hospital)
    lower = make_unit("Nedre", parent=upper)

    with pytest.raises(actions.CannotMove, match="Nedre hører selv under Øvre"):
        actions.move_unit(unit=upper, parent=lower, from_on=DAY, **said)


def test_moving_below_something_that_will_come_below_it_is_refused(hospital, said):
    upper, other = make_unit("Øvre", parent=hospital), make_unit("Anden", parent=hospital)
    actions.move_unit(unit=other, parent=upper, from_on=LATER, **said)

    with pytest.raises(actions.CannotMove, match="Anden hører selv under Øvre"):
        actions.move_unit(unit=upper, parent=other, from_on=DAY, **said)


def test_closing_ends_the_unit_with_its_roles_and_codes(ward, said):
    held = give_role(make_account(), Role.EMPLOYEE, ward)
    give_role(make_account(), Role.EMPLOYEE, ward, starts_on=LATER)
    code = actions.give_code(unit=ward, system="sor", code="1", starts_on=OPENED_ON, ends_on=None, **said)
    actions.change_unit(unit=ward, name="Planlagt", unit_type=None, from_on=LATER, **said)

    actions.close_unit(unit=ward, closes_on=DAY, **said)

    code.refresh_from_db()
    assert ward.pk not in queries.tree_on(DAY).nodes
    assert list(ward.roles.values_list("pk", "ends_on")) == [(held.pk, DAY)]
    assert (code.ends_on, Unit.objects.get(pk=ward.pk).name) == (DAY, "Afsnit 1")
    assert kept("unit.closed") == ("Afsnit 1", {"from_on": "2026-03-02"})


def test_closing_is_refused_while_somebody_is_employed_there(ward, said):
    make_employment(unit=ward)

    with pytest.raises(actions.CannotClose) as refusal:
        actions.close_unit(unit=ward, closes_on=DAY, **said)

    assert str(refusal.value) == (
        "Afsnit 1 kan ikke lukke 2. marts 2026. 1 ansættelse dér fortsætter. Afslut eller flyt den først."
    )


def test_closing_is_refused_while_units_belong_to_it(hospital, ward, said):
    make_unit(parent=hospital, starts_on=LATER)

    with pytest.raises(actions.CannotClose, match="2 enheder hører under den"):
        actions.close_unit(unit=hospital, closes_on=DAY, **said)


@pytest.mark.parametrize("closes_on", [DAY, OPENED_ON])
def test_closing_what_is_not_open_is_refused(closes_on: date, said):
    unit = make_unit("Lukket", starts_on=OPENED_ON, ends_on=DAY)

    with pytest.raises(actions.CannotClose, match="er ikke åben"):
        actions.close_unit(unit=unit, closes_on=closes_on, **said)


def test_closing_is_refused_where_nobody_would_be_left_to_administer(said):
    top = make_unit("Toppen", level="hospital")
    make_account(role=Role.ADMINISTRATOR, unit=top)

    with pytest.raises(actions.CannotClose, match="ingen tilbage, der kan administrere"):
        actions.close_unit(unit=top, closes_on=DAY, **said)


def test_closing_an_administered_unit_is_fine_where_others_administer_the_whole(hospital, ward, said):
    make_account(role=Role.ADMINISTRATOR, unit=hospital)
    make_account(role=Role.ADMINISTRATOR, unit=ward)

    actions.close_unit(unit=ward, closes_on=DAY, **said)

    assert ward.pk not in queries.tree_on(DAY).nodes


def test_a_closed_unit_opens_again_as_it_was(ward, hospital, said):
    actions.close_unit(unit=ward, closes_on=DAY, **said)

    actions.reopen_unit(unit=ward, opens_on=LATER, **said)

    assert queries.tree_on(LATER).above(ward.pk) == (hospital.pk,)
    assert kept("unit.reopened") == ("Afsnit 1", {"from_on": LATER.isoformat()})


def test_opening_again_is_refused_while_open_or_where_its_place_is_closed(ward, hospital, said):
    with pytest.raises(actions.CannotOpen, match="er ikke lukket den dag"):
        actions.reopen_unit(unit=ward, opens_on=DAY, **said)
    actions.close_unit(unit=ward, closes_on=DAY, **said)
    actions.close_unit(unit=hospital, closes_on=DAY, **said)
    with pytest.raises(actions.CannotOpen, match="Hospitalet er ikke åben"):
        actions.reopen_unit(unit=ward, opens_on=LATER, **said)


def test_a_merge_carries_people_roles_and_units_along(hospital, ward, said):
    other = make_unit("Afsnit 2", parent=hospital)
    below = make_unit("Team", parent=other)
    person = make_person()
    make_employment(person, other, post_number="7", ends_on=LATER)
    make_employment(person, other, post_number="8", starts_on=LATER)
    both = make_account()
    give_role(both, Role.EMPLOYEE, other)
    give_role(both, Role.EMPLOYEE, ward)
    give_role(both, Role.WARD_LEADER, other)

    actions.merge_units(units=[other], into=ward, happens_on=DAY, **said)

    posts = person.employments.order_by("post_number", "starts_on")
    assert list(posts.values_list("post_number", "unit", "starts_on", "ends_on")) == [
        ("7", other.pk, OPENED_ON, DAY),
        ("7", ward.pk, DAY, LATER),
        ("8", ward.pk, LATER, None),
    ]
    assert queries.tree_on(DAY).below(ward.pk) == {ward.pk, below.pk}
    assert list(ward.roles.order_by("role").values_list("role", "starts_on")) == [
        ("employee", OPENED_ON),
        ("ward_leader", DAY),
    ]
    assert set(RoleAssignment.objects.filter(unit=other).values_list("ends_on", flat=True)) == {DAY}
    succession = UnitSuccession.objects.get()
    assert (succession.predecessor, succession.successor) == (other, ward)
    assert kept("unit.merged") == ("Afsnit 2", {"from_on": "2026-03-02", "into": "Afsnit 1"})


def test_a_merge_into_itself_or_of_nothing_is_refused(ward, said):
    for units in ([], [ward]):
        with pytest.raises(actions.CannotMerge, match="Vælg en eller flere andre"):
            actions.merge_units(units=units, into=ward, happens_on=DAY, **said)


def test_a_merge_into_what_will_close_is_refused(hospital, ward, said):
    closing = make_unit("Lukker", parent=hospital, ends_on=LATER)

    with pytest.raises(actions.CannotMerge, match="ikke åben fra"):
        actions.merge_units(units=[ward], into=closing, happens_on=DAY, **said)


def test_a_merge_into_what_belongs_to_it_is_refused_and_changes_nothing(hospital, said):
    upper = make_unit("Øvre", parent=hospital)
    lower = make_unit("Nedre", parent=upper)

    with pytest.raises(actions.CannotMerge, match="hører selv under"):
        actions.merge_units(units=[upper], into=lower, happens_on=DAY, **said)

    assert queries.tree_on(DAY).above(lower.pk) == (upper.pk, hospital.pk)


def test_a_child_that_comes_twice_is_carried_along_twice(hospital, ward, said):
    other = make_unit("Afsnit 2", parent=hospital)
    team = make_unit("Team", parent=other)
    actions.move_unit(unit=team, parent=hospital, from_on=LATER, **said)
    actions.move_unit(unit=team, parent=other, from_on=LATER + timedelta(days=9), **said)
    actions.change_unit(unit=team, name="Nyt navn", unit_type=None, from_on=DAY + timedelta(days=1), **said)

    actions.merge_units(units=[other], into=ward, happens_on=DAY, **said)

    parents = [
        queries.tree_on(day).nodes[team.pk].parent_id
        for day in (DAY, DAY + timedelta(days=2), LATER, LATER + timedelta(days=9))
    ]
    assert parents == [ward.pk, ward.pk, hospital.pk, ward.pk]


def test_a_split_goes_on_as_several_and_people_go_to_the_first(hospital, ward, said):
    make_employment(unit=ward)
    into = [actions.NewUnit(code=code, name=code.upper()) for code in ("a", "b")]

    successors = actions.split_unit(unit=ward, into=into, happens_on=DAY, **said)

    assert [unit.name for unit in successors] == ["A", "B"]
    assert queries.tree_on(DAY).below(hospital.pk) == {hospital.pk, *(unit.pk for unit in successors)}
    assert [unit.employments.count() for unit in (ward, *successors)] == [1, 1, 0]
    assert UnitSuccession.objects.filter(predecessor=ward).count() == 2
    assert kept("unit.split") == ("Afsnit 1", {"from_on": "2026-03-02", "into": ["A", "B"]})


def test_a_split_into_one_is_refused(ward, said):
    with pytest.raises(actions.CannotSplit, match="mindst to"):
        actions.split_unit(unit=ward, into=[actions.NewUnit(code="a", name="A")], happens_on=DAY, **said)
