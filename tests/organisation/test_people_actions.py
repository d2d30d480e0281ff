from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from robust.organisation import actions, queries
from robust.organisation.models import Account, AuditEntry, Employment, Role, RoleRequirement, Unit
from tests.factories import (
    DAY,
    NOW,
    OPENED_ON,
    give_role,
    make_account,
    make_employment,
    make_person,
    make_profession,
    make_unit,
)

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)


@pytest.fixture
def said() -> dict[str, Any]:
    return {"actor": make_account("Ada"), "now": NOW}


def post(unit: Unit, **more: Any) -> dict[str, Any]:
    return {
        "person": make_person("Bo"),
        "unit": unit,
        "profession": make_profession("Sygeplejerske"),
        "post_number": "7",
        "weekly_hours": Decimal(37),
        "starts_on": DAY,
        "ends_on": None,
    } | more


def kept(action: str) -> dict[str, Any]:
    return AuditEntry.objects.get(action=action).detail


def test_adding_and_renaming_a_person_is_kept(said):
    person = actions.add_person(name="Bo Lun", **said)

    actions.rename_person(person=person, name="Bo Lund", **said)

    entries = AuditEntry.objects.order_by("id").values_list("action", "about_person_id", "detail")
    assert list(entries) == [
        ("person.added", person.pk, {}),
        ("person.renamed", person.pk, {"old": "Bo Lun", "new": "Bo Lund"}),
    ]
    assert str(person) == "Bo Lund"


def test_an_employment_is_added_and_kept(said):
    unit = make_unit("Afsnit 1")

    employment = actions.add_employment(**post(unit), **said)

    assert str(employment) == "7 (2026-03-02–)"
    assert kept("employment.added") == {
        "post": "7",
        "unit": "Afsnit 1",
        "from_on": "2026-03-02",
        "until_on": None,
    }


UNTIL = "Nogen har stilling 7 indtil 1. april 2026. Begynd den dag, eller brug et andet stillingsnummer."
WITHOUT_END = (
    "Nogen har stilling 7 uden slutdato. Afslut den ansættelse først, eller brug et andet stillingsnummer."
)


@pytest.mark.parametrize(("taken_until", "sentence"), [(LATER, UNTIL), (None, WITHOUT_END)])
def test_a_post_that_is_taken_is_refused_with_how_long(taken_until, sentence, said):
    unit = make_unit()
    make_employment(unit=unit, post_number="7", ends_on=taken_until)

    with pytest.raises(actions.CannotEmploy) as refusal:
        actions.add_employment(**post(unit), **said)

    assert str(refusal.value) == sentence


def test_an_employment_at_a_unit_that_closes_before_its_end_is_refused(said):
    with pytest.raises(actions.CannotEmploy, match="ikke åben i hele den tid"):
        actions.add_employment(**post(make_unit(ends_on=LATER)), **said)


def test_an_employment_that_ends_before_it_begins_is_refused(said):
    with pytest.raises(actions.CannotEmploy, match="skal slutte, efter at den begynder"):
        actions.add_employment(**post(make_unit(), ends_on=DAY), **said)


def test_ending_an_employment_is_kept_with_what_it_was(said):
    employment = make_employment(post_number="7")

    actions.end_employment(employment=employment, ends_on=DAY, **said)

    employment.refresh_from_db()
    assert employment.ends_on == DAY
    assert kept("employment.ended") == {"post": "7", "old": None, "new": "2026-03-02"}


def test_an_employment_can_be_made_shorter_but_must_last_a_day(said):
    employment = make_employment(ends_on=LATER)

    actions.end_employment(employment=employment, ends_on=DAY, **said)

    with pytest.raises(actions.CannotEmploy, match=r"begyndte 1\. januar 2020"):
        actions.end_employment(employment=employment, ends_on=OPENED_ON, **said)


def test_an_employment_cannot_be_made_longer_than_its_post_is_free(said):
    unit = make_unit()
    employment = make_employment(unit=unit, post_number="7", ends_on=DAY)
    make_employment(unit=unit, post_number="7", starts_on=DAY)

    with pytest.raises(actions.CannotEmploy, match="Nogen har stilling 7"):
        actions.end_employment(employment=employment, ends_on=LATER, **said)


def test_moving_an_employment_takes_the_post_along(said):
    old, new = make_unit(), make_unit()
    employment = make_employment(unit=old, post_number="7", ends_on=LATER)

    actions.move_employment(employment=employment, unit=new, from_on=DAY, **said)

    posts = Employment.objects.order_by("starts_on").values_list(
        "unit", "post_number", "starts_on", "ends_on"
    )
    assert list(posts) == [(old.pk, "7", OPENED_ON, DAY), (new.pk, "7", DAY, LATER)]


def test_moving_outside_the_employment_or_to_the_same_unit_is_refused(said):
    employment = make_employment(ends_on=LATER)

    for day in (OPENED_ON, LATER):
        with pytest.raises(actions.CannotEmploy, match="inden for ansættelsen"):
            actions.move_employment(employment=employment, unit=make_unit(), from_on=day, **said)
    with pytest.raises(actions.CannotEmploy, match="allerede på den enhed"):
        actions.move_employment(employment=employment, unit=employment.unit, from_on=DAY, **said)


def test_giving_a_role_is_kept(said):
    unit, account = make_unit("Afsnit 1"), make_account("Bo", person=make_person())

    held = actions.assign_role(
        account=account, role=Role.WARD_LEADER, unit=unit, starts_on=DAY, ends_on=LATER, **said
    )

    assert str(held) == f"funktionsleder, {unit.pk}"
    assert kept("role.assigned") == {
        "role": "ward_leader",
        "unit": "Afsnit 1",
        "from_on": "2026-03-02",
        "until_on": "2026-04-01",
    }


def test_a_role_twice_at_once_is_refused_but_one_after_the_other_is_not(said):
    unit = make_unit()
    account = make_account("Bo")
    give_role(account, Role.EMPLOYEE, unit, ends_on=DAY)
    role: dict[str, Any] = {"account": account, "role": Role.EMPLOYEE, "unit": unit}

    with pytest.raises(actions.CannotAssign, match="Bo har allerede rollen"):
        actions.assign_role(**role, starts_on=OPENED_ON, ends_on=None, **said)
    actions.assign_role(**role, starts_on=DAY, ends_on=None, **said)

    assert account.roles.count() == 2


def test_a_role_that_ends_before_it_begins_or_at_a_closed_unit_is_refused(said):
    role: dict[str, Any] = {"account": make_account(), "role": Role.EMPLOYEE, "starts_on": DAY}

    with pytest.raises(actions.CannotAssign, match="skal slutte"):
        actions.assign_role(**role, unit=make_unit(), ends_on=DAY, **said)
    with pytest.raises(actions.CannotAssign, match="ikke åben i hele"):
        actions.assign_role(**role, unit=make_unit(ends_on=DAY), ends_on=None, **said)


@pytest.fixture
def administered() -> Unit:
    unit = make_unit("Hospitalet", level="hospital")
    make_account("Første", role=Role.ADMINISTRATOR, unit=unit)
    return unit


def test_ending_a_role_is_kept_and_one_that_never_began_goes_away(administered, said):
    account = make_account()
    held = give_role(account, Role.EMPLOYEE, administered)
    planned = give_role(account, Role.BOARD, administered, starts_on=LATER)

    actions.end_role(held=held, ends_on=DAY, **said)
    actions.end_role(held=planned, ends_on=DAY, **said)

    assert list(account.roles.values_list("role", "ends_on")) == [("employee", DAY)]
    assert AuditEntry.objects.filter(action="role.ended").count() == 2


def test_a_role_that_has_ended_cannot_end_later(administered, said):
    held = give_role(make_account(), Role.EMPLOYEE, administered, ends_on=DAY)

    with pytest.raises(actions.CannotEnd, match="allerede slut"):
        actions.end_role(held=held, ends_on=LATER, **said)


def test_the_last_administrator_of_the_whole_stays(administered, said):
    first = administered.roles.get()

    with pytest.raises(actions.CannotEnd, match="ingen tilbage"):
        actions.end_role(held=first, ends_on=DAY, **said)
    make_account(role=Role.ADMINISTRATOR, unit=administered)
    actions.end_role(held=first, ends_on=DAY, **said)

    assert administered.roles.filter(ends_on__isnull=True).count() == 1


def test_the_second_factor_is_required_of_the_roles_named_and_of_no_others(said):
    RoleRequirement.objects.create(role=Role.BOARD)

    actions.set_role_requirements(roles=frozenset({Role.ADMINISTRATOR, Role.WARD_LEADER}), **said)
    actions.set_role_requirements(roles=frozenset({Role.ADMINISTRATOR, Role.WARD_LEADER}), **said)

    assert queries.roles_with_second_factor() == {Role.ADMINISTRATOR, Role.WARD_LEADER}
    assert kept("role.second_factor_required") == {"old": ["board"], "new": ["administrator", "ward_leader"]}
    assert str(RoleRequirement.objects.first()) == "administrator"


def test_an_account_is_added_with_its_address_in_small_letters(said):
    person = make_person("Bo")

    account = actions.add_account(email=" Bo@Example.org ", name="Bo", person=person, **said)

    assert (account.email, account.person, account.has_usable_password()) == ("bo@example.org", person, False)
    assert kept("account.added") == {"email": "bo@example.org"}


def test_an_address_or_a_person_has_one_account(said):
    taken = make_account(email="bo@example.org", person=make_person("Bo"))

    with pytest.raises(actions.CannotAddAccount, match="logger allerede ind"):
        actions.add_account(email="BO@example.org", name="Bo", person=None, **said)
    with pytest.raises(actions.CannotAddAccount, match="Bo har allerede en konto"):
        actions.add_account(email="other@example.org", name="Bo", person=taken.person, **said)


def change(account: Account, **more: Any) -> dict[str, Any]:
    return {"account": account, "name": account.name, "person": None, "is_active": True, "day": DAY} | more


def test_changing_an_account_is_kept_with_what_it_was(administered, said):
    account, person = make_account("Bo"), make_person("Bo Lund")

    actions.change_account(**change(account, name="Bo Lund", person=person, is_active=False), **said)

    account.refresh_from_db()
    assert (account.name, account.person, account.is_active) == ("Bo Lund", person, False)
    assert kept("account.changed") == {
        "old": {"name": "Bo", "person": None, "may_sign_in": True},
        "new": {"name": "Bo Lund", "person": person.pk, "may_sign_in": False},
    }


def test_an_account_keeps_its_person_and_cannot_get_somebody_elses(said):
    account = make_account("Bo", person=make_person("Bo"))
    other = make_account("Ib", person=make_person("Ib"))

    actions.change_account(**change(account, person=account.person), **said)

    with pytest.raises(actions.CannotAddAccount, match="Ib har allerede"):
        actions.change_account(**change(account, person=other.person), **said)


def test_the_last_administrator_may_go_on_signing_in(administered, said):
    account = administered.roles.get().account

    with pytest.raises(actions.CannotEnd, match="ingen tilbage"):
        actions.change_account(**change(account, is_active=False), **said)
