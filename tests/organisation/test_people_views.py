import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from robust.organisation import actions, queries
from robust.organisation.models import AuditEntry, Person, Role, Unit
from tests.factories import (
    OPENED_ON,
    make_account,
    make_employment,
    make_person,
    make_profession,
    make_unit,
)
from tests.organisation.visiting import at, count_queries, said

pytestmark = pytest.mark.django_db


def latest_entry() -> tuple[str, dict[str, Any]]:
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry
    return entry.action, entry.detail


@pytest.fixture
def leader(client: Client, ward: Unit) -> Client:
    client.force_login(make_account("Lea", role=Role.WARD_LEADER, unit=ward))
    return client


def shown(response: HttpResponse) -> list[tuple[str, list[str]]]:
    return [(line.name, [post.unit for post in line.posts]) for line in response.context["people"]]


def test_the_list_shows_those_with_a_post_today_in_danish_order(leader, ward):
    for name in ("Åse", "Bo", "Ægir"):
        make_employment(make_person(name), ward)
    make_employment(make_person("Gået"), ward, ends_on=OPENED_ON + timedelta(days=9))
    make_employment(make_person("Andetsteds"))

    response = leader.get(at("person_list"))

    place = ["Afsnit 1, Hospitalet"]
    assert shown(response) == [("Bo", place), ("Ægir", place), ("Åse", place)]


def test_a_search_finds_part_of_a_name_also_of_those_who_left_when_asked(leader, ward):
    person = make_person("Kjærsgaard")
    make_employment(person, ward, ends_on=OPENED_ON + timedelta(days=9))

    without = shown(leader.get(at("person_list", words="gaard")))
    among_all = shown(leader.get(at("person_list", words="gaard", all="1")))
    at_unit = shown(leader.get(at("person_list", words="gaard", all="1", unit=ward.pk)))

    assert (without, among_all, at_unit) == ([], [("Kjærsgaard", [])], [("Kjærsgaard", [])])


def test_a_unit_that_is_not_the_readers_is_not_asked_for(leader, ward, hospital):
    make_employment(make_person("Bo"), ward)

    for unit in (hospital.pk, "x", "9" * 30):
        assert [name for name, _posts in shown(leader.get(at("person_list", unit=unit)))] == ["Bo"]


def test_every_list_and_search_is_kept_with_who_stood_in_it(leader, ward):
    person = make_person("Bo")
    make_employment(person, ward)

    leader.get(at("person_list"))
    listed = latest_entry()
    leader.get(at("person_list", words="bo", unit=ward.pk))
    searched = latest_entry()

    assert listed == ("people.listed", {"people": [person.pk], "criteria": {}})
    assert searched == (
        "people.searched",
        {"people": [person.pk], "criteria": {"words": "bo", "unit": ward.pk}},
    )


def test_the_list_takes_as_many_queries_for_three_people_as_for_one(leader, ward):
    make_employment(unit=ward)
    counted = count_queries(leader, at("person_list"))
    make_employment(unit=ward)
    make_employment(unit=ward)

    assert count_queries(leader, at("person_list")) == counted


def test_looking_at_a_person_is_kept_and_shows_only_the_readers_units(leader, ward):
    person = make_person("Bo")
    make_employment(person, ward)
    make_employment(person, make_unit("Andetsteds"))

    response = leader.get(at("person_detail", person.pk))

    lines = [(line.unit, line.is_current, line.can_change) for line in response.context["employments"]]
    assert lines == [("Afsnit 1, Hospitalet", True, False)]
    assert AuditEntry.objects.values_list("action", "about_person_id").order_by("-id").first() == (
        "person.viewed",
        person.pk,
    )


def test_somebody_elses_person_is_not_found(leader):
    assert leader.get(at("person_detail", make_employment().person_id)).status_code == 404


def test_looking_at_oneself_leads_to_ones_own_data(client, ward):
    person = make_person()
    client.force_login(make_account(role=Role.WARD_LEADER, unit=ward, person=person))

    assert client.get(at("person_detail", person.pk)).headers["Location"] == at("my_data")


def test_a_person_is_added_named_right_employed_moved_and_leaves(administrator, hospital, ward):
    administrator.post(at("person_add"), {"name": "Bo Lun"})
    person = Person.objects.get(name="Bo Lun")
    administrator.post(at("person_rename", person.pk), {"name": "Bo Lund"})
    form = {
        "unit": ward.pk,
        "profession": make_profession().pk,
        "post_number": "7",
        "weekly_hours": "32,5",
        "starts_on": "2026-01-01",
        "latest_on": "",
    }
    employed = said(administrator.post(at("employment_add", person.pk), form))
    post = person.employments.get()
    moved = said(
        administrator.post(at("employment_move", post.pk), {"unit": hospital.pk, "from_on": "2026-02-01"})
    )
    post = person.employments.get(unit=hospital)
    ended = said(administrator.post(at("employment_end", post.pk), {"latest_on": "2026-12-31"}))

    posts = person.employments.order_by("starts_on").values_list(
        "unit__name", "ends_on__year", "ends_on__day"
    )
    assert (employed, moved, ended) == (
        "Ansættelsen er tilføjet.",
        "Stillingen er på Hospitalet fra den dag.",
        "Ansættelsen slutter den dag.",
    )
    assert list(posts) == [("Afsnit 1", 2026, 1), ("Hospitalet", 2027, 1)]
    assert Person.objects.get().name == "Bo Lund"


def test_a_post_that_is_taken_is_explained_at_the_form(administrator, ward):
    make_employment(unit=ward, post_number="7")
    person = make_person()
    form = {
        "unit": ward.pk,
        "profession": make_profession().pk,
        "post_number": "7",
        "weekly_hours": "37",
        "starts_on": "2026-01-01",
        "latest_on": "2026-12-31",
    }

    response = administrator.post(at("employment_add", person.pk), form)

    sentence = "Nogen har stilling 7 uden slutdato. Afslut den ansættelse først, eller brug et andet"
    assert response.context["form"].non_field_errors() == [f"{sentence} stillingsnummer."]


def test_a_leader_who_does_not_employ_is_refused(leader, ward):
    post = make_employment(unit=ward)

    assert leader.get(at("employment_end", post.pk)).status_code == 403


def test_everybody_sees_who_has_looked_by_role_and_not_by_name(client, leader, ward):
    person = make_person("Bo")
    make_employment(person, ward)
    leader.get(at("person_detail", person.pk))
    leader.get(at("person_list"))
    actions.record("person.renamed", actor=None, now=timezone.now(), about=person)
    actions.record("person.viewed", actor=make_account(), now=timezone.now(), about=person)
    own = make_account(person=person)
    client.force_login(own)
    actions.record("person.exported", actor=own, now=timezone.now(), about=person)

    lines = client.get(at("my_data")).context["looked"]

    assert [(line.who, line.words, line.why) for line in lines] == [
        ("En uden rolle", "så en persons ansættelser", "Personaleadministration"),
        ("Robust selv", "rettede en persons navn", "Personaleadministration"),
        ("funktionsleder, Afsnit 1, Hospitalet", "så en liste over personer", "Personaleadministration"),
        ("funktionsleder, Afsnit 1, Hospitalet", "så en persons ansættelser", "Personaleadministration"),
    ]


def test_who_has_looked_at_somebody_without_an_account_is_known_too():
    person = make_person()
    actions.record("person.viewed", actor=make_account(), now=timezone.now(), about=person)

    assert queries.entries_about(person).count() == 1


def test_ones_own_data_can_be_fetched_as_a_file_and_that_is_kept(client, leader, ward):
    person = make_person("Bo")
    make_employment(person, ward, post_number="7")
    leader.get(at("person_detail", person.pk))
    account = make_account("Bo", email="bo@example.org", person=person, role=Role.EMPLOYEE, unit=ward)
    client.force_login(account)

    export = json.loads(client.get(at("my_data_export")).content)

    assert (export["account"]["email"], export["person"]) == ("bo@example.org", {"name": "Bo"})
    assert [line["post_number"] for line in export["employments"]] == ["7"]
    assert [line["role"] for line in export["roles"]] == ["medarbejder"]
    assert [line["who"] for line in export["who_has_looked"]] == ["funktionsleder, Afsnit 1, Hospitalet"]
    assert latest_entry()[0] == "person.exported"


def test_an_account_that_is_nobodys_has_data_too(client):
    client.force_login(make_account("Bo"))

    export = json.loads(client.get(at("my_data_export")).content)

    assert (client.get(at("my_data")).status_code, export["person"], export["employments"]) == (200, None, [])


@pytest.mark.parametrize(
    "name", ["account_list", "role_requirements", "person_add", "audit_list", "code_list", "unit_open"]
)
def test_whoever_holds_no_such_role_is_refused(name, client, ward):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=ward))

    assert client.get(at(name)).status_code == 403


def test_people_are_not_listed_for_whoever_does_not_work_with_personnel(client, ward):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=ward))

    refused = [client.get(at("person_list")).status_code, client.get(at("unit_close", ward.pk)).status_code]
    assert refused == [403, 403]
