"""Status for programs: read at all places, and told at one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import Reminder, Status
from tests import factories
from tests.programme.calling import (
    NOT_ALLOWED,
    NOT_THERE,
    answer,
    api_queries,
    audited,
    only_reads,
    problems,
)
from tests.programme.factories import make_initiative, make_plan, make_reminder, make_round, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return factories.make_unit("Hospitalet", level="hospital")


@pytest.fixture
def ward(hospital):
    return factories.make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def leader(hospital, ward):
    account = factories.make_account("Lis Berg", role=Role.WARD_LEADER, unit=ward)
    factories.give_role(account, Role.EMPLOYEE, hospital)
    return account


@pytest.fixture
def nurse(hospital):
    return factories.make_account(role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def initiative(hospital):
    return make_initiative("Ro på stuen", unit=hospital)


def sent(unit, **parts):
    return {"unit": unit.pk, "judgement": "on_track", "text": "To afsnit er med.", **parts}


def shown(status, **more):
    return {
        "id": status.pk,
        "initiative": {"id": status.initiative_id, "name": "Ro på stuen"},
        "unit": {"id": status.unit_id, "name": "Afsnit 1"},
        "dated_on": status.dated_on.isoformat(),
        "judgement": "on_track",
        "text": status.text,
        "reason": "",
        "recorded_by": {"id": status.recorded_by_id, "name": "Lis Berg"},
        "recorded_at": status.recorded_at.isoformat(),
        **more,
    }


def test_what_was_said_is_listed_newest_first_and_narrowed(client, ward, nurse, leader, initiative):
    first = make_status(initiative, ward, dated_on=date(2026, 1, 1), by=leader)
    second = make_status(initiative, ward, dated_on=date(2026, 2, 1), by=leader)
    other = make_status(make_initiative(unit=ward), dated_on=date(2026, 3, 1), judgement="", text="Ok")
    make_status(initiative, factories.make_unit())
    make_status(make_initiative(), ward)

    status, said = answer(client, nurse, "GET", "/statuses")

    assert (status, said["count"], said["items"][1:]) == (200, 3, [shown(second), shown(first)])
    assert (said["items"][0]["id"], said["items"][0]["judgement"]) == (other.pk, None)
    assert {
        query: [row["id"] for row in answer(client, nurse, "GET", f"/statuses?{query}")[1]["items"]]
        for query in (
            f"initiative={initiative.pk}",
            f"unit={initiative.unit_id}",
            "from_on=2026-02-01",
            "until_on=2026-02-01",
            "limit=1&offset=2",
        )
    } == {
        f"initiative={initiative.pk}": [second.pk, first.pk],
        f"unit={initiative.unit_id}": [],
        "from_on=2026-02-01": [other.pk, second.pk],
        "until_on=2026-02-01": [second.pk, first.pk],
        "limit=1&offset=2": [first.pk],
    }


@pytest.mark.parametrize("query", ["from_on=yesterday", "initiative=0", "unit=x", "limit=500"])
def test_what_cannot_be_asked_for_is_refused(client, nurse, query):
    assert problems(client, nurse, "GET", f"/statuses?{query}") == (422, [f"query.{query.split('=')[0]}"])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_detail_ask_as_much_for_three_as_for_one(client, ward, nurse, rows):
    for _ in range(rows):
        status = make_status(make_initiative(unit=ward))

    assert api_queries(client, nurse, "/statuses") == 7
    assert api_queries(client, nurse, f"/statuses/{status.pk}") == 7


def test_one_status_is_read_with_what_it_replaced(client, ward, nurse, leader, initiative):
    before = make_status(initiative, ward, dated_on=date(2026, 1, 1), text="Et afsnit", by=leader)
    after = make_status(initiative, ward, dated_on=date(2026, 2, 1), text="To afsnit", by=leader)

    stated = {
        "status": before.pk,
        "dated_on": "2026-01-01",
        "judgement": "on_track",
        "text": "Et afsnit",
        "reason": "",
        "by": "Lis Berg",
    }
    passages = [
        {"text": "Et", "change": "removed"},
        {"text": "To", "change": "new"},
        {"text": " afsnit", "change": "kept"},
    ]
    assert answer(client, nurse, "GET", f"/statuses/{after.pk}") == (
        200,
        shown(after, before=stated, passages=passages),
    )
    first = answer(client, nurse, "GET", f"/statuses/{before.pk}")[1]
    assert (first["before"], [passage["change"] for passage in first["passages"]]) == (None, ["new"])


def test_a_ward_leader_says_how_far_it_is(client, ward, leader, initiative):
    reminder = make_reminder(make_round(make_plan()), initiative, leader)

    status, said = answer(client, leader, "POST", f"/initiatives/{initiative.pk}/statuses", sent(ward))

    written = Status.objects.get()
    assert (status, said) == (201, shown(written))
    assert (written.dated_on, written.text) == (timezone.localdate(), "To afsnit er med.")
    assert Reminder.objects.get(pk=reminder.pk).answered_with == written
    assert audited() == [
        ("status.recorded", {"status": written.pk, "unit": "Afsnit 1", "judgement": "on_track"})
    ]


def test_a_status_may_be_of_an_earlier_day_and_of_one_who_answers_for_the_initiative(
    client, ward, nurse, initiative
):
    initiative.owner = nurse
    initiative.save()
    body = sent(ward, dated_on="2026-01-05", judgement="stopped", reason="Ingen tid.")

    status, said = answer(client, nurse, "POST", f"/initiatives/{initiative.pk}/statuses", body)

    assert (status, said["dated_on"], said["reason"]) == (201, "2026-01-05", "Ingen tid.")


def test_the_same_words_sent_twice_are_one_entry(client, ward, leader, initiative):
    path = f"/initiatives/{initiative.pk}/statuses"

    first, again = (answer(client, leader, "POST", path, sent(ward, based_on=0)) for _ in range(2))

    assert (first[0], again, Status.objects.count()) == (201, first, 1)


def test_what_somebody_wrote_in_between_is_told(client, ward, leader, initiative):
    seen = make_status(initiative, ward, by=leader)
    make_status(initiative, ward, by=factories.make_account("Per Dam"), text="Imens")
    path = f"/initiatives/{initiative.pk}/statuses"

    status, said = answer(client, leader, "POST", path, sent(ward, based_on=seen.pk))

    assert (status, said["problems"], Status.objects.count()) == (409, [], 2)
    assert said["detail"].startswith("Per Dam har skrevet status for Afsnit 1, mens du skrev.")


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"judgement": "stopped"}, "Skriv, hvorfor den blev stoppet, så andre kan lære af det."),
        ({"dated_on": None}, "Dagen er ikke kommet endnu. Vælg i dag eller en tidligere dag."),
        ({"unit": None}, ["unit"]),
    ],
)
def test_a_status_against_the_rules_is_refused(client, hospital, ward, leader, initiative, parts, refusal):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    filled = {"judgement": "stopped", "dated_on": tomorrow, "unit": hospital.pk}
    body = sent(ward) | {name: filled[name] for name in parts}

    refused = problems(client, leader, "POST", f"/initiatives/{initiative.pk}/statuses", body)

    assert (refused, Status.objects.count(), audited()) == ((409, refusal), 0, [])


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"judgement": "fine"}, "judgement"),
        ({"judgement": None}, "judgement"),
        ({"text": "a" * 10_001}, "text"),
        ({"text": "\x1b[31m"}, "text"),
        ({"based_on": -1}, "based_on"),
        ({"dated_on": "5/1 2026"}, "dated_on"),
    ],
)
def test_a_status_that_is_not_as_described_is_refused(client, ward, leader, initiative, parts, where):
    path = f"/initiatives/{initiative.pk}/statuses"

    assert problems(client, leader, "POST", path, sent(ward) | parts) == (422, [where])


def test_who_may_not_tell_is_told_so_and_what_is_not_seen_is_not_there(
    client, ward, nurse, leader, initiative
):
    elsewhere = make_status(initiative, factories.make_unit())
    unseen = make_status(make_initiative(), ward)
    path = f"/initiatives/{initiative.pk}/statuses"

    assert problems(client, nurse, "POST", path, sent(ward)) == NOT_ALLOWED
    assert problems(client, leader, "POST", "/initiatives/999999/statuses", sent(ward)) == NOT_THERE
    assert [problems(client, leader, "GET", f"/statuses/{row.pk}") for row in (elsewhere, unseen)] == [
        NOT_THERE
    ] * 2
    assert only_reads(client, leader, "POST", path, sent(ward))
    assert (Status.objects.count(), audited()) == (2, [])
