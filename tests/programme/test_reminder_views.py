from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import ReminderRound
from robust.programme.views import reminder as views
from tests.factories import make_account, make_unit
from tests.programme.factories import (
    make_initiative,
    make_plan,
    make_reminder,
    make_round,
    make_status,
)
from tests.programme.factories_more import queries_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def plan():
    return make_plan(unit=make_unit("Psykiatrien", level="hospital"))


@pytest.fixture
def web(client, plan):
    client.force_login(make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=plan.unit))
    return client


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def test_rounds_are_listed_with_how_many_answered(web, plan):
    late = make_round(plan, opened_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    make_reminder(late, make_initiative(), make_account())
    running = make_round(plan, opened_on=TODAY, due_on=TODAY)

    context = web.get(address("round_list", plan.pk)).context

    assert [
        (line.round, line.asked_count, line.answered_count, line.is_late) for line in context["rounds"]
    ] == [(running, 0, 0, False), (late, 1, 0, True)]
    assert context["is_running"]


def test_a_plan_without_rounds_says_what_one_is(web, plan):
    assert "Ingen er spurgt endnu" in web.get(address("round_list", plan.pk)).content.decode()


def test_who_will_be_asked_is_shown_before_anybody_is(web, plan):
    mette = make_account("Mette Ravn")
    for _ in range(2):
        make_initiative(plan=plan, owner=mette)
    nobody = make_initiative("Ingen", plan=plan)

    page = web.get(address("round_open", plan.pk)).context["page"]

    assert page.answer == "1 person bliver spurgt. Det gælder 2 af planens indsatser."
    assert (page.asked, page.unasked) == ((("Mette Ravn", 2),), (nobody,))


def test_a_round_is_opened(web, plan):
    make_initiative(plan=plan, owner=make_account())

    response = web.post(
        address("round_open", plan.pk), {"due_on": TODAY.isoformat(), "message": "Til mødet."}
    )

    round_ = ReminderRound.objects.get()
    assert response.headers["Location"] == address("round_detail", round_.pk)
    assert (round_.plan, round_.due_on, round_.message) == (plan, TODAY, "Til mødet.")


@pytest.mark.parametrize("due_on", ["", "2020-01-01"])
def test_a_round_that_cannot_be_opened_is_told(web, plan, due_on):
    make_initiative(plan=plan, owner=make_account())

    response = web.post(address("round_open", plan.pk), {"due_on": due_on, "message": "Til mødet."})

    assert (response.status_code, ReminderRound.objects.count()) == (422, 0)
    assert response.context["form"]["message"].value() == "Til mødet."


def test_a_round_shows_who_is_late_who_answered_and_whom_nobody_can_ask(web, plan):
    round_ = make_round(plan, opened_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    answered = make_reminder(round_, make_initiative(plan=plan, owner=make_account()), make_account())
    answered.answered_with = make_status(answered.initiative, dated_on=TODAY)
    answered.save()
    waiting = make_reminder(round_, make_initiative(plan=plan, deputy=make_account()), make_account())
    nobody = make_initiative(plan=plan)

    page = web.get(address("round_detail", round_.pk)).context["page"]

    assert page.answer == "1 af 2 er besvaret."
    assert (page.open, page.answered, page.unasked, page.is_late) == (
        (waiting,),
        (answered,),
        (nobody,),
        True,
    )


def test_a_long_round_is_shown_page_by_page(web, plan, monkeypatch):
    monkeypatch.setattr(views, "REMINDERS_ON_A_PAGE", 2)
    round_ = make_round(plan)
    for _ in range(3):
        make_reminder(round_, make_initiative(plan=plan), make_account())

    first, second = (
        web.get(address("round_detail", round_.pk), {"page": number}).context["page"] for number in (1, 2)
    )

    assert [(len(page.open), page.open_count, len(page.unasked)) for page in (first, second)] == [
        (2, 3, 3),
        (1, 3, 0),
    ]


def test_a_round_takes_as_many_queries_for_one_question_as_for_three(web, plan):
    round_ = make_round(plan)
    make_reminder(round_, make_initiative(plan=plan), make_account())
    one = queries_for(web, address("round_detail", round_.pk))
    for _ in range(2):
        make_reminder(round_, make_initiative(plan=plan), make_account())

    assert queries_for(web, address("round_detail", round_.pk)) == one


def test_only_who_manages_the_plan_sees_its_rounds(client, plan):
    client.force_login(make_account(role=Role.WARD_LEADER, unit=plan.unit))
    round_ = make_round(plan)

    refused = [
        client.get(address(*to)).status_code
        for to in (("round_list", plan.pk), ("round_open", plan.pk), ("round_detail", round_.pk))
    ]

    assert refused == [403, 403, 403]
