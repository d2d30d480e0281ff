from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import Status
from tests.factories import make_account, make_unit
from tests.programme.factories import (
    make_forum,
    make_initiative,
    make_plan,
    make_reminder,
    make_round,
    make_status,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def ward(hospital):
    return make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def leader(ward):
    return make_account("Mette Ravn", role=Role.WARD_LEADER, unit=ward)


@pytest.fixture
def web(client, leader):
    client.force_login(leader)
    return client


@pytest.fixture
def initiative(hospital):
    return make_initiative("Nætter", unit=hospital, plan=make_plan(short_name="360°", unit=hospital))


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def sent(unit, **more):
    said = {"text": "To er i gang.", "judgement": "on_track", "dated_on": TODAY.isoformat(), "based_on": "0"}
    return {"unit": unit.pk} | said | more


def test_what_stood_there_last_is_filled_in(web, initiative, ward):
    latest = make_status(initiative, ward, text="Som sidst.", judgement="at_risk", dated_on=TODAY)

    context = web.get(address("status_create", initiative.pk)).context

    form = context["form"]
    assert (context["place"], context["latest"], context["draft"]) == ("Afsnit 1", latest, None)
    assert {name: form[name].value() for name in ("unit", "text", "judgement", "based_on", "dated_on")} == {
        "unit": ward.pk,
        "text": "Som sidst.",
        "judgement": "at_risk",
        "based_on": latest.pk,
        "dated_on": TODAY,
    }


def test_a_first_status_begins_empty(web, initiative):
    form = web.get(address("status_create", initiative.pk)).context["form"]

    assert (form["text"].value(), form["based_on"].value()) == (None, 0)


def test_another_place_can_be_chosen(client, initiative, hospital, ward):
    client.force_login(make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital))

    usual = client.get(address("status_create", initiative.pk)).context
    chosen = client.get(address("status_create", initiative.pk) + f"?unit={ward.pk}").context

    assert (usual["place"], chosen["place"]) == ("Psykiatrien", "Afsnit 1")
    assert [pk for pk, _name in chosen["places"]] == [hospital.pk]


def test_a_status_is_saved_and_what_comes_back_is_told(web, initiative, ward, leader):
    response = web.post(address("status_create", initiative.pk), sent(ward))

    status = Status.objects.get()
    page = web.get(response.headers["Location"]).context["page"]
    assert (status.unit, status.text, status.recorded_by) == (ward, "To er i gang.", leader)
    assert (page.status, page.shown_in, page.forum, page.is_own, page.newer) == (
        status,
        ("360°",),
        "",
        True,
        None,
    )


def test_what_is_missing_is_told_and_the_text_is_kept(web, initiative, ward):
    response = web.post(address("status_create", initiative.pk), sent(ward, judgement="stopped"))

    assert (response.status_code, Status.objects.count()) == (422, 0)
    assert response.context["form"]["text"].value() == "To er i gang."
    assert response.context["form"].errors == {
        "reason": ["Skriv, hvorfor den blev stoppet, så andre kan lære af det."]
    }


def test_a_day_to_come_is_refused(web, initiative, ward):
    tomorrow = (TODAY + timedelta(days=1)).isoformat()

    response = web.post(address("status_create", initiative.pk), sent(ward, dated_on=tomorrow))

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Dagen er ikke kommet endnu. Vælg i dag eller en tidligere dag."
    ]


def test_somebody_elses_words_are_shown_before_ones_own_are_saved(web, initiative, ward):
    other = make_status(initiative, ward, text="Andres.", dated_on=TODAY)
    url = address("status_create", initiative.pk)

    response = web.post(url, sent(ward))
    again = web.post(url, sent(ward, based_on=response.context["form"]["based_on"].value()))

    assert (response.status_code, response.context["meanwhile"]) == (409, other)
    assert again.status_code == 302
    assert Status.objects.count() == 2


def test_a_place_one_does_not_lead_cannot_be_written_for(web, initiative, hospital):
    response = web.post(address("status_create", initiative.pk), sent(hospital))

    assert (response.status_code, Status.objects.count()) == (422, 0)


def test_a_nurse_writes_no_status(client, initiative, ward):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=ward))

    assert client.get(address("status_create", initiative.pk)).status_code == 403


def test_a_status_is_shown_against_the_one_before_it(web, initiative, ward, hospital):
    initiative.forum = make_forum("Ledelsen", unit=hospital)
    initiative.save()
    before = make_status(initiative, ward, text="Én er i gang.", dated_on=TODAY - timedelta(days=9))
    status = make_status(initiative, ward, text="To er i gang.", dated_on=TODAY - timedelta(days=4))
    newer = make_status(initiative, ward, dated_on=TODAY)

    page = web.get(address("status_detail", status.pk)).context["page"]

    assert [(passage.text, str(passage.change)) for passage in page.passages] == [
        ("Én", "removed"),
        ("To", "new"),
        (" er i gang.", "kept"),
    ]
    assert (page.before.status_id, page.newer.status_id) == (before.pk, newer.pk)
    assert (page.forum, page.is_own) == ("Ledelsen", False)


def test_what_else_one_is_asked_about_stands_under_ones_own_status(web, initiative, ward, leader):
    status = make_status(initiative, ward, by=leader, dated_on=TODAY)
    reminder = make_reminder(make_round(make_plan()), make_initiative(unit=ward), leader)

    page = web.get(address("status_detail", status.pk)).context["page"]

    assert (page.is_own, page.waiting) == (True, (reminder,))


def test_a_status_of_a_place_one_does_not_see_is_not_there(web, initiative):
    assert web.get(address("status_detail", make_status(initiative, make_unit()).pk)).status_code == 404
