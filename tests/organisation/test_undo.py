from datetime import timedelta

import pytest
from django.utils import timezone

from robust.organisation import actions
from robust.organisation.models import AuditEntry, Party, Profession, Role, RoleAssignment, UnitCode
from tests.factories import NOW, OPENED_ON, give_role, make_account, make_party, make_unit
from tests.organisation.visiting import at
from tests.programme.factories_more import make_share
from tests.undoing import sentence, undo, undo_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DONE_ALREADY = "Det er allerede fortrudt, eller der er sket for meget siden. Intet er ændret."
CHANGED_SINCE = "Nogen har ændret det siden, så det kan ikke fortrydes. Intet er ændret."


@pytest.fixture
def actor():
    return make_account("Ada")


def give(unit, actor, *, starts_on=OPENED_ON, ends_on=None, code="4711"):
    return actions.give_code(
        unit=unit, system="sor", code=code, starts_on=starts_on, ends_on=ends_on, actor=actor, now=NOW
    )


def latest_action():
    return AuditEntry.objects.order_by("-id").first().action


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (OPENED_ON, None),
        (OPENED_ON, TODAY + timedelta(days=30)),
        (TODAY, None),
        (TODAY + timedelta(days=5), TODAY + timedelta(days=9)),
    ],
)
def test_an_ended_code_counts_again_as_it_did(administrator, ward, actor, starts_on, ends_on):
    code = give(ward, actor, starts_on=starts_on, ends_on=ends_on)
    ended = administrator.post(at("code_end", code.pk))

    said = undo(administrator, ended)

    assert said == "Koden 4711 gælder som før."
    assert UnitCode.objects.values_list("unit", "system", "code", "starts_on", "ends_on").get() == (
        ward.pk,
        "sor",
        "4711",
        starts_on,
        ends_on,
    )
    assert latest_action() == "unit.code_counts_again"
    assert undo(administrator, ended) == DONE_ALREADY


def test_a_code_that_was_given_away_or_changed_since_stays_as_it_is(administrator, ward, actor):
    given, moved, gone = (give(ward, actor, code=code) for code in ("1", "2", "3"))
    ended = [administrator.post(at("code_end", code.pk)) for code in (given, moved, gone)]
    give(make_unit(), actor, starts_on=TODAY, code="1")
    UnitCode.objects.filter(pk=moved.pk).update(ends_on=TODAY - timedelta(days=1))
    UnitCode.objects.filter(pk=gone.pk).delete()

    assert [undo(administrator, answer) for answer in ended] == [CHANGED_SINCE] * 3
    assert UnitCode.objects.get(pk=given.pk).ends_on == TODAY


@pytest.mark.parametrize("starts_on", [OPENED_ON, TODAY + timedelta(days=5)])
def test_an_ended_role_goes_on_as_it_did(administrator, ward, starts_on):
    bo = make_account("Bo")
    held = give_role(bo, Role.WARD_LEADER, ward, starts_on=starts_on, ends_on=TODAY + timedelta(days=30))
    ended = administrator.post(at("role_end", held.pk), {"latest_on": TODAY.isoformat()})

    said = undo(administrator, ended)

    assert said == "Rollen fortsætter som før."
    assert RoleAssignment.objects.values_list("role", "unit", "starts_on", "ends_on").get(account=bo) == (
        "ward_leader",
        ward.pk,
        starts_on,
        TODAY + timedelta(days=30),
    )
    assert latest_action() == "role.held_again"
    assert undo(administrator, ended) == DONE_ALREADY


def test_a_role_without_an_end_that_was_given_again_since_stays_as_it_is(administrator, ward):
    bo = make_account("Bo")
    held = give_role(bo, Role.WARD_LEADER, ward)
    ended = administrator.post(at("role_end", held.pk), {"latest_on": TODAY.isoformat()})
    give_role(bo, Role.WARD_LEADER, ward, starts_on=TODAY + timedelta(days=20))

    assert undo(administrator, ended) == CHANGED_SINCE
    assert RoleAssignment.objects.get(pk=held.pk).ends_on == TODAY + timedelta(days=1)


def test_a_removed_line_stands_on_its_list_again(administrator):
    profession = Profession.objects.create(code="sosu", name="SOSU", order=7)
    removed = administrator.post(at("directory_remove", "professions", profession.pk))

    said = undo(administrator, removed)

    assert said == "SOSU står på listen igen."
    assert Profession.objects.values_list("code", "name", "order").get() == ("sosu", "SOSU", 7)
    assert latest_action() == "profession.added"
    assert undo(administrator, removed) == DONE_ALREADY


def test_a_line_whose_name_was_taken_since_is_not_put_back(administrator):
    party = make_party("Kommunen")
    removed = administrator.post(at("directory_remove", "parties", party.pk))
    make_party("Kommunen")

    assert undo(administrator, removed) == CHANGED_SINCE
    assert Party.objects.count() == 1


def test_a_party_whose_links_went_with_it_is_not_offered_back(administrator, ward, actor):
    party = make_party("Kommunen")
    make_share("t", unit=ward, party=party)

    removed = administrator.post(at("directory_remove", "parties", party.pk))

    assert (sentence(removed), undo_of(removed)) == ("Kommunen er fjernet.", "")
