from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from tests.factories import make_account, make_unit
from tests.programme.factories import (
    make_forum,
    make_initiative,
    make_meeting,
    make_plan,
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
    client.force_login(make_account(role=Role.EMPLOYEE, unit=plan.unit))
    return client


def ago(days):
    return TODAY - timedelta(days=days)


def changed(plan, title="Nætter"):
    initiative = make_initiative(title, plan=plan, starts_on=ago(300))
    make_status(initiative, dated_on=ago(90), text="Før.")
    make_status(initiative, dated_on=ago(9), text="Nu.")
    return initiative


def plan_address(plan):
    return reverse("programme:plan_change", args=[plan.pk])


def test_what_is_new_in_a_plan_since_the_latest_meeting_is_shown(web, plan):
    meeting = make_meeting(make_forum("Ledelsen", unit=plan.unit), held_on=ago(24))
    changed(plan)
    make_status(make_initiative("Uændret", plan=plan, starts_on=ago(300)), dated_on=ago(90))

    response = web.get(plan_address(plan))

    page, asked = response.context["page"], response.context["asked"]
    assert (asked.before_on, asked.after_on, asked.meeting) == (ago(24), TODAY, meeting)
    assert page.answer == "Der er nyt i 1 af 2 indsatser: 0 er kommet til, 0 er slut."
    assert [line.title for line in page.lines] == ["Nætter"]
    assert "<ins>Nu</ins>" in response.content.decode()


def test_two_days_can_be_chosen_and_the_marks_left_out(web, plan):
    changed(plan)
    days = f"?before={ago(100).isoformat()}&after={ago(50).isoformat()}&show=plain"

    response = web.get(plan_address(plan) + days)

    assert [site.passages[0].text for site in response.context["page"].lines[0].sites] == ["Før."]
    assert response.context["asked"].is_plain
    assert "<ins>" not in response.content.decode()


def test_days_in_the_wrong_order_are_told_and_the_usual_ones_shown(web, plan):
    days = f"?before={TODAY.isoformat()}&after={ago(9).isoformat()}"

    response = web.get(plan_address(plan) + days)

    assert (response.context["asked"].before_on, response.context["asked"].meeting) == (ago(30), None)
    assert "Den anden dato ligger før den første" in response.content.decode()


@pytest.mark.parametrize(
    "fields",
    [{"starts_on": ago(9)}, {"ends_on": ago(9), "starts_on": ago(300)}, {}],
    ids=["began", "ran out", "entered"],
)
def test_what_came_or_ended_without_a_word_is_shown(web, plan, fields):
    make_initiative("Nætter", plan=plan, **fields)

    assert [line.title for line in web.get(plan_address(plan)).context["page"].lines] == ["Nætter"]


def test_what_was_written_late_is_shown(web, plan):
    initiative = make_initiative("Nætter", plan=plan, starts_on=ago(300))
    make_status(initiative, dated_on=ago(90))
    make_status(initiative, dated_on=ago(40), text="Nyt.", recorded_at=timezone.now() - timedelta(days=3))

    assert [line.title for line in web.get(plan_address(plan)).context["page"].lines] == ["Nætter"]


def test_a_plan_takes_as_many_queries_for_one_change_as_for_three(web, plan):
    changed(plan)
    one = queries_for(web, plan_address(plan))
    changed(plan, "A")
    changed(plan, "B")

    assert queries_for(web, plan_address(plan)) == one


def test_what_is_new_in_one_initiative_is_shown(web, plan):
    initiative = changed(plan)

    page = web.get(reverse("programme:initiative_change", args=[initiative.pk])).context["page"]

    assert page.answer == "Der er nyt fra 1 sted."
    assert [site.place for site in page.lines[0].sites] == ["Psykiatrien"]


def test_what_one_does_not_see_is_not_there(web):
    unseen = [
        plan_address(make_plan()),
        reverse("programme:initiative_change", args=[make_initiative().pk]),
    ]

    assert [web.get(address).status_code for address in unseen] == [404, 404]
