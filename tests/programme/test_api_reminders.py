"""Rounds of reminders over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import ReminderRound
from tests.factories import make_account, make_unit
from tests.programme.calling import answer, api_queries, audited, problems
from tests.programme.factories import make_initiative, make_plan, make_reminder, make_round, make_status

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = (TODAY + timedelta(days=7)).isoformat()


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Iben", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def owner(hospital):
    return make_account("Ulla", role=Role.WARD_LEADER, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Robust", unit=hospital)


@pytest.fixture
def initiative(plan, owner):
    return make_initiative("Nattevagter deles", plan=plan, owner=owner)


def named(row) -> dict:
    return {"id": row.pk, "name": getattr(row, "title", "") or row.name}


def test_a_round_is_opened_and_says_whom_nobody_can_be_asked_about(client, consultant, plan, initiative):
    unowned = make_initiative("Ny dør", plan=plan)
    body = {"due_on": SOON, "message": "Husk status."}

    status, said = answer(client, consultant, "POST", f"/plans/{plan.pk}/rounds", body)
    _status, read = answer(client, consultant, "GET", f"/rounds/{said['id']}")

    round_ = ReminderRound.objects.get()
    assert (status, read, said) == (
        201,
        said,
        {
            "id": round_.pk,
            "plan": named(plan),
            "opened_on": TODAY.isoformat(),
            "due_on": SOON,
            "message": "Husk status.",
            "opened_by": named(consultant),
            "asked_count": 1,
            "answered_count": 0,
            "is_late": False,
            "unasked": [named(unowned)],
        },
    )
    assert ("round.opened", {"asked": 1, "due_on": SOON}) in audited()


@pytest.mark.parametrize("due_on", ["2026-01-01", SOON])
def test_a_round_is_opened_neither_too_late_nor_for_nobody(client, consultant, plan, due_on):
    body = {"due_on": due_on}

    assert answer(client, consultant, "POST", f"/plans/{plan.pk}/rounds", body)[0] == 409
    assert ReminderRound.objects.count() == 0


def test_a_round_that_is_not_as_described_is_refused(client, consultant, plan):
    body = {"due_on": "i morgen", "text": "Husk."}

    assert problems(client, consultant, "POST", f"/plans/{plan.pk}/rounds", body) == (
        422,
        ["due_on", "text"],
    )


def test_only_those_who_manage_the_plan_see_its_rounds(client, consultant, owner, plan):
    round_, unseen = make_round(plan), make_round(make_plan())

    refused = [
        answer(client, owner, "GET", f"/plans/{plan.pk}/rounds")[0],
        answer(client, owner, "POST", f"/plans/{plan.pk}/rounds", {"due_on": SOON})[0],
        answer(client, owner, "GET", f"/rounds/{round_.pk}")[0],
        answer(client, owner, "GET", f"/rounds/{round_.pk}/reminders")[0],
    ]

    assert refused == [403] * 4
    assert answer(client, consultant, "GET", f"/rounds/{unseen.pk}")[0] == 404
    assert answer(client, consultant, "GET", f"/rounds/{unseen.pk}/reminders")[0] == 404
    assert answer(client, consultant, "GET", f"/plans/{unseen.plan_id}/rounds")[0] == 404


def test_rounds_say_how_many_answered_and_who_is_late(client, consultant, plan, initiative, owner):
    round_ = make_round(plan, opened_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    answered = make_reminder(round_, make_initiative("Dør", plan=plan), owner)
    answered.answered_with = make_status(answered.initiative)
    answered.save()
    make_reminder(round_, initiative, owner)

    _status, rounds = answer(client, consultant, "GET", f"/plans/{plan.pk}/rounds")
    _status, asked = answer(client, consultant, "GET", f"/rounds/{round_.pk}/reminders")

    (row,) = rounds["items"]
    assert (row["asked_count"], row["answered_count"], row["is_late"]) == (2, 1, True)
    assert asked["items"] == [
        {
            "initiative": named(initiative),
            "account": named(owner),
            "sent_at": None,
            "answered_with": None,
        },
        {
            "initiative": named(answered.initiative),
            "account": named(owner),
            "sent_at": None,
            "answered_with": answered.answered_with_id,
        },
    ]


def test_one_sees_what_one_was_asked_and_a_status_answers_it(
    client, consultant, owner, plan, initiative, hospital
):
    answer(client, consultant, "POST", f"/plans/{plan.pk}/rounds", {"due_on": SOON, "message": "Husk."})
    _status, before = answer(client, owner, "GET", "/open-reminders")
    body = {"unit": hospital.pk, "judgement": "on_track", "text": "Begyndt."}
    answer(client, owner, "POST", f"/initiatives/{initiative.pk}/statuses", body)

    _status, after = answer(client, owner, "GET", "/open-reminders")

    round_ = ReminderRound.objects.get()
    assert before["items"] == [
        {
            "round": round_.pk,
            "plan": named(plan),
            "initiative": named(initiative),
            "due_on": SOON,
            "message": "Husk.",
        }
    ]
    assert after == {"count": 0, "items": []}


def test_the_lists_take_as_many_queries_for_three_as_for_one(client, consultant, plan, hospital):
    round_ = make_round(plan)
    paths = [f"/plans/{plan.pk}/rounds", f"/rounds/{round_.pk}/reminders", "/open-reminders"]
    make_reminder(round_, make_initiative(plan=plan), consultant)
    one = [api_queries(client, consultant, path) for path in paths]
    for _number in range(2):
        make_round(plan)
        make_reminder(round_, make_initiative(plan=plan), consultant)

    assert [api_queries(client, consultant, path) for path in paths] == one
