from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from robust.core.registry import Found, HomeItem
from robust.organisation.models import Role
from robust.programme.views import home, search
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import (
    make_initiative,
    make_plan,
    make_problem,
    make_reminder,
    make_round,
    make_status,
    make_track,
)

pytestmark = pytest.mark.django_db
SINCE = datetime(2026, 2, 20, tzinfo=UTC)


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def test_questions_and_due_reviews_wait_each_initiative_once():
    owner = make_account()
    asked = make_initiative("Nætter", owner=owner, next_review_on=DAY)
    due = make_initiative("Mentor", owner=owner, next_review_on=DAY)
    round_ = make_round(make_plan(short_name="360°"), due_on=DAY + timedelta(days=7))
    make_reminder(round_, asked, owner)

    assert home.waiting(owner, day=DAY) == [
        HomeItem(
            title="Nætter",
            url=address("status_create", asked.pk),
            kind="Skriv status",
            due_on=DAY + timedelta(days=7),
            note="360°",
        ),
        HomeItem(title="Mentor", url=address("status_create", due.pk), kind="Opfølgning", due_on=DAY),
    ]


def test_many_reviews_are_counted_after_the_first_fifteen():
    owner, unit = make_account(), make_unit()
    for _ in range(17):
        make_initiative(unit=unit, owner=owner, next_review_on=DAY)

    items = home.waiting(owner, day=DAY)

    assert len(items) == 16
    assert items[-1] == HomeItem(
        title="2 andre indsatser at følge op på",
        url=address("initiative_list") + "?owner=me&only=overdue&sort=review&unit=",
        kind="Opfølgning",
    )


def test_many_questions_are_counted_after_the_first_fifteen():
    owner, plan = make_account(), make_plan()
    round_ = make_round(plan)
    for _ in range(17):
        make_reminder(round_, make_initiative(plan=plan, owner=owner, next_review_on=DAY), owner)

    items = home.waiting(owner, day=DAY)

    assert len(items) == 16
    assert items[-1] == HomeItem(
        title="2 andre spørgsmål at svare på",
        url=address("initiative_list") + "?owner=me&sort=stated&unit=",
        kind="Skriv status",
    )


def test_those_who_plan_are_asked_for_the_first_plan_until_there_is_one():
    hospital = make_unit(level="hospital")
    planner = make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)

    assert list(home.first_plan(planner, day=DAY)) == [
        HomeItem(
            title="Læs den første plan",
            url=address("reading_create"),
            kind="Første skridt",
            note="Den plan, I har som slides eller dokument, bliver til indsatser.",
        )
    ]
    make_plan(unit=hospital)
    assert list(home.first_plan(planner, day=DAY)) == []


def test_administrators_are_told_who_reads_the_first_plan():
    hospital = make_unit(level="hospital")
    administrator = make_account(role=Role.ADMINISTRATOR, unit=hospital)
    leader = make_account(role=Role.WARD_LEADER, unit=hospital)

    assert list(home.first_plan(administrator, day=DAY)) == [
        HomeItem(
            title="4. Læs den første plan",
            url=address("plan_list"),
            kind="Første skridt",
            note="Det gør forbedringskonsulenter og afdelingsledelser: Giv nogen den rolle.",
        )
    ]
    assert list(home.first_plan(leader, day=DAY)) == []


def test_what_others_wrote_since_the_previous_visit_is_news():
    ward = make_unit("Afsnit 1")
    reader = make_account(role=Role.EMPLOYEE, unit=ward)
    initiative = make_initiative("Nætter", unit=ward)
    make_status(initiative, dated_on=DAY - timedelta(days=30))
    make_status(initiative, by=reader)
    unjudged = make_status(initiative, judgement="", recorded_at=datetime(2026, 3, 1, tzinfo=UTC))
    judged = make_status(initiative, judgement="at_risk")
    make_status(make_initiative())

    assert home.news(reader, since=SINCE, day=DAY) == [
        HomeItem(
            title="Nætter", url=address("status_detail", judged.pk), kind="Status", note="i risiko, Afsnit 1"
        ),
        HomeItem(
            title="Nætter",
            url=address("status_detail", unjudged.pk),
            kind="Status",
            note="ikke vurderet, Afsnit 1",
        ),
    ]


def test_a_search_finds_initiatives_plans_and_tracks_one_sees():
    hospital = make_unit(level="hospital")
    reader = make_account(role=Role.EMPLOYEE, unit=hospital)
    plan = make_plan("Vagtplanen", unit=hospital)
    track = make_track(plan, "Sengeafsnit")
    for text in ("Nattevagter er ulige fordelt", "Vagter bytter ingen"):
        make_problem(track, text)
    in_text = make_initiative("Ansvar", unit=hospital, text="Nattevagten deles af to.")
    in_title = make_initiative("Nattevagten", unit=hospital)
    make_initiative("Dagvagten")
    make_plan("Vagtplan et andet sted")

    found = search.found(reader, words="vagt", day=DAY)

    assert found == [
        Found(title="Nattevagten", url=address("initiative_detail", in_title.pk), kind="Indsatser"),
        Found(
            title="Ansvar",
            url=address("initiative_detail", in_text.pk),
            kind="Indsatser",
            excerpt="Nattevagten deles af to.",
        ),
        Found(title="Vagtplanen", url=address("plan_detail", plan.pk), kind="Planer"),
        Found(title="Sengeafsnit", url=address("track_detail", track.pk), kind="Spor"),
    ]
