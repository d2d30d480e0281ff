"""The follow-up between two days for programs: of a plan, and of one initiative."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from robust.organisation.models import Role
from tests import factories
from tests.programme.calling import NOT_THERE, answer, api_queries, problems
from tests.programme.factories import (
    make_area,
    make_forum,
    make_initiative,
    make_meeting,
    make_plan,
    make_status,
)

pytestmark = pytest.mark.django_db
DAYS = "before=2026-01-15&after=2026-02-15"


@pytest.fixture
def hospital():
    return factories.make_unit("Hospitalet", level="hospital")


@pytest.fixture
def nurse(hospital):
    return factories.make_account("Ole Lund", role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Region 2026", unit=hospital)


@pytest.fixture
def initiative(plan, nurse):
    early = {"starts_on": date(2025, 1, 1), "next_review_on": date(2026, 6, 1)}
    area = make_area(plan, "Personale")
    return make_initiative("Ro på stuen", plan=plan, area=area, group="Vold", owner=nurse, **early)


def followed(initiative, before, after):
    """The row of the initiative, said as it was and as it is at the hospital."""

    def said(status):
        return {
            "status": status.pk,
            "dated_on": status.dated_on.isoformat(),
            "judgement": "on_track",
            "text": status.text,
            "reason": "",
            "by": status.recorded_by.name,
        }

    return {
        "initiative": initiative.pk,
        "title": "Ro på stuen",
        "text": "",
        "owner": "Ole Lund",
        "party": "",
        "starts_on": "2025-01-01",
        "ends_on": None,
        "next_review_on": "2026-06-01",
        "placements": [{"area": "Personale", "track": "", "group": "Vold"}],
        "sites": [
            {
                "unit": initiative.unit_id,
                "name": "Hospitalet",
                "before": said(before),
                "after": said(after),
                "is_changed": True,
                "passages": [
                    {"text": "Et", "change": "removed"},
                    {"text": "To", "change": "new"},
                    {"text": " afsnit", "change": "kept"},
                ],
            }
        ],
        "sources": [],
        "is_added": False,
        "is_ended": False,
        "is_changed": True,
    }


def test_a_plans_follow_up_says_what_changed_word_by_word(client, nurse, plan, initiative):
    before = make_status(initiative, dated_on=date(2026, 1, 1), text="Et afsnit")
    after = make_status(initiative, dated_on=date(2026, 2, 1), text="To afsnit")
    make_status(initiative, factories.make_unit(), text="Ses ikke")
    make_initiative("Ses ikke", plan=plan, unit=factories.make_unit())

    assert answer(client, nurse, "GET", f"/plans/{plan.pk}/changes?{DAYS}") == (
        200,
        {
            "title": "Region 2026",
            "before_on": "2026-01-15",
            "after_on": "2026-02-15",
            "count": 1,
            "items": [followed(initiative, before, after)],
        },
    )


def test_one_initiatives_follow_up_says_the_same(client, nurse, initiative):
    before = make_status(initiative, dated_on=date(2026, 1, 1), text="Et afsnit")
    after = make_status(initiative, dated_on=date(2026, 2, 1), text="To afsnit")

    status, said = answer(client, nurse, "GET", f"/initiatives/{initiative.pk}/changes?{DAYS}")

    assert (status, said["title"], said["items"]) == (
        200,
        "Ro på stuen",
        [followed(initiative, before, after)],
    )


def test_a_follow_up_may_hold_what_changed_only_and_comes_in_parts(client, nurse, plan, initiative):
    quiet = make_initiative("Stille", plan=plan, starts_on=date(2025, 1, 1))
    make_status(quiet, dated_on=date(2026, 1, 1))
    make_status(initiative, dated_on=date(2026, 2, 1))
    path = f"/plans/{plan.pk}/changes?{DAYS}"

    found = {
        more: (said["count"], [row["initiative"] for row in said["items"]])
        for more in ("", "&only_changed=true", "&limit=1&offset=1")
        if (said := answer(client, nurse, "GET", path + more)[1])
    }

    assert found == {
        "": (2, [initiative.pk, quiet.pk]),
        "&only_changed=true": (1, [initiative.pk]),
        "&limit=1&offset=1": (2, [quiet.pk]),
    }


def test_today_is_compared_with_the_latest_meeting_or_a_month_ago(client, nurse, plan, initiative):
    today, month_ago = timezone.localdate(), timezone.localdate() - timedelta(days=30)
    paths = (f"/plans/{plan.pk}/changes", f"/initiatives/{initiative.pk}/changes")

    without = [answer(client, nurse, "GET", path)[1] for path in paths]
    make_meeting(make_forum(unit=plan.unit), held_on=today - timedelta(days=3))
    with_meeting = [answer(client, nurse, "GET", path)[1] for path in paths]

    assert [(said["before_on"], said["after_on"]) for said in without] == [
        (month_ago.isoformat(), today.isoformat())
    ] * 2
    assert [said["before_on"] for said in with_meeting] == [(today - timedelta(days=3)).isoformat()] * 2


@pytest.mark.parametrize("rows", [1, 3])
def test_a_follow_up_asks_as_much_for_three_rows_as_for_one(client, nurse, plan, rows):
    for _ in range(rows):
        initiative = make_initiative(plan=plan, area=make_area(plan), owner=nurse)
        make_status(initiative, dated_on=date(2026, 1, 1))
        make_status(initiative, dated_on=date(2026, 2, 1))

    assert api_queries(client, nurse, f"/plans/{plan.pk}/changes?{DAYS}") == 12
    assert api_queries(client, nurse, f"/initiatives/{initiative.pk}/changes?{DAYS}") == 12


def test_days_that_make_no_period_are_refused(client, nurse, plan, initiative):
    backwards = "before=2026-02-15&after=2026-01-15"

    for path in (f"/plans/{plan.pk}/changes", f"/initiatives/{initiative.pk}/changes"):
        assert problems(client, nurse, "GET", f"{path}?{backwards}") == (409, ["after"])
        assert problems(client, nurse, "GET", f"{path}?before=2026-02-30") == (422, ["query.before"])
        assert problems(client, nurse, "GET", f"{path}?after=1800-01-01") == (
            409,
            "Vælg en dag fra 1900 til 2199.",
        )


def test_the_follow_up_of_what_is_not_seen_is_not_there(client, nurse):
    assert problems(client, nurse, "GET", f"/plans/{make_plan().pk}/changes") == NOT_THERE
    assert problems(client, nurse, "GET", f"/initiatives/{make_initiative().pk}/changes") == NOT_THERE
