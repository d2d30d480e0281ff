"""Links for parties outside over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import PartyShare
from tests.factories import NOW, make_account, make_party, make_unit
from tests.programme.calling import answer, api_queries, audited, problems
from tests.programme.factories_more import make_share

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Iben", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def body(hospital):
    return {"party": make_party("Byen").pk, "unit": hospital.pk, "ends_on": f"{TODAY + timedelta(days=9)}"}


def test_a_link_is_made_shown_once_and_opens(client, consultant, hospital, body):
    status, said = answer(client, consultant, "POST", "/shares", body)
    _status, listed = answer(client, consultant, "GET", "/shares")

    link, share = said.pop("link"), PartyShare.objects.get()
    assert (status, listed, said) == (
        201,
        {"count": 1, "items": [said]},
        {
            "id": share.pk,
            "party": {"id": body["party"], "name": "Byen"},
            "unit": {"id": hospital.pk, "name": "Psykiatrien"},
            "ends_on": body["ends_on"],
            "made_by": {"id": consultant.pk, "name": "Iben"},
            "state": "open",
        },
    )
    assert client.get("/" + link.split("/", 3)[3]).status_code == 200
    assert "share.made" in [action for action, _detail in audited()]


def test_a_link_is_taken_back_at_once_and_stays_in_the_list(client, consultant, hospital):
    share = make_share(unit=hospital)

    status, said = answer(client, consultant, "POST", f"/shares/{share.pk}/revoke")
    again = answer(client, consultant, "POST", f"/shares/{share.pk}/revoke")

    assert (status, said["state"], again) == (200, "taken_back", (200, said))
    assert [action for action, _detail in audited()] == ["share.revoked"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"party": 999}, (409, ["party"])),
        ({"unit": 999}, (409, ["unit"])),
        ({"ends_on": "2026-01-01"}, (409, "Vælg en slutdato fra i morgen og højst et år frem.")),
        ({"ends_on": "snart"}, (422, ["ends_on"])),
        ({"for": "Byen"}, (422, ["for"])),
    ],
)
def test_a_link_that_cannot_be_made_like_this_is_refused(client, consultant, body, changes, refused):
    assert problems(client, consultant, "POST", "/shares", body | changes) == refused
    assert PartyShare.objects.count() == 0


def test_nobody_else_sees_makes_or_takes_back_links(client, consultant, hospital, body):
    reader, unseen = make_account(role=Role.EMPLOYEE, unit=hospital), make_share()

    assert answer(client, reader, "GET", "/shares")[0] == 403
    assert answer(client, reader, "POST", "/shares", body)[0] == 403
    assert answer(client, reader, "POST", f"/shares/{make_share('a', unit=hospital).pk}/revoke")[0] == 404
    assert answer(client, consultant, "POST", f"/shares/{unseen.pk}/revoke")[0] == 404


def test_links_say_what_they_are_today(client, consultant, hospital):
    make_share("a", unit=hospital)
    make_share("b", unit=hospital, ends_on=TODAY)
    make_share("c", unit=hospital, revoked_at=NOW)

    _status, said = answer(client, consultant, "GET", "/shares")

    assert [row["state"] for row in said["items"]] == ["taken_back", "ended", "open"]


def test_the_list_takes_as_many_queries_for_three_as_for_one(client, consultant, hospital):
    make_share("a", unit=hospital)
    one = api_queries(client, consultant, "/shares")
    make_share("b", unit=hospital)
    make_share("c", unit=hospital)

    assert api_queries(client, consultant, "/shares") == one
