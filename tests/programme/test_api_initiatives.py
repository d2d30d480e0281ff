"""Initiatives for programs: looked for and read."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import ImportedRow, Initiative, Problem
from tests import factories
from tests.programme.calling import answer, api_queries, problems
from tests.programme.factories import (
    make_area,
    make_forum,
    make_funding,
    make_initiative,
    make_link,
    make_plan,
    make_problem,
    make_status,
    make_track,
)
from tests.programme.factories_more import make_relation
from tests.programme.reading_documents import make_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return factories.make_unit("Hospitalet", level="hospital")


@pytest.fixture
def ward(hospital):
    return factories.make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def leader(ward):
    return factories.make_account("Lis Berg", role=Role.WARD_LEADER, unit=ward)


@pytest.fixture
def nurse(hospital):
    return factories.make_account("Ole Lund", role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Region 2026", unit=hospital)


def titles(client, account, query):
    status, said = answer(client, account, "GET", f"/initiatives?{query}")
    assert status == 200
    return [row["title"] for row in said["items"]]


def test_initiatives_are_listed_with_the_latest_at_each_place(client, hospital, ward, nurse, leader, plan):
    area = make_area(plan, "Personale")
    initiative = make_initiative("Ro på stuen", plan=plan, area=area, group="Vold", owner=nurse)
    make_status(initiative, ward, dated_on=date(2026, 1, 1), text="Før")
    latest = make_status(initiative, ward, dated_on=date(2026, 2, 1), text="Nu", by=leader)
    make_status(initiative, factories.make_unit(), text="Ses ikke")
    make_initiative("Ses ikke")

    assert answer(client, nurse, "GET", "/initiatives") == (
        200,
        {
            "items": [
                {
                    "id": initiative.pk,
                    "title": "Ro på stuen",
                    "kind": "effort",
                    "unit": {"id": hospital.pk, "name": "Hospitalet"},
                    "owner": {"id": nurse.pk, "name": "Ole Lund"},
                    "party": None,
                    "starts_on": None,
                    "ends_on": None,
                    "next_review_on": None,
                    "awaits_decision": False,
                    "placements": [
                        {
                            "id": initiative.placements.get().pk,
                            "plan": {"id": plan.pk, "name": "Region 2026"},
                            "area": {"id": area.pk, "name": "Personale"},
                            "track": None,
                            "group": "Vold",
                        }
                    ],
                    "latest": [
                        {
                            "id": latest.pk,
                            "unit": {"id": ward.pk, "name": "Afsnit 1"},
                            "dated_on": "2026-02-01",
                            "judgement": "on_track",
                            "text": "Nu",
                            "reason": "",
                            "recorded_by": "Lis Berg",
                        }
                    ],
                }
            ],
            "count": 1,
        },
    )


def test_initiatives_are_looked_for_as_on_the_screen(client, hospital, ward, nurse, plan):
    day = timezone.localdate()
    area, track = make_area(plan), make_track(plan)
    make_initiative("Alarm", plan=plan, area=area, kind="trial", text="nattevagten")
    make_initiative("Bælte", plan=plan, track=track, next_review_on=day - timedelta(days=1))
    waiting = {"awaits_decision": True, "forum": make_forum(), "deputy": nurse}
    told = make_initiative("Cirkel", unit=hospital, **waiting)
    make_status(told, ward, dated_on=day, judgement="at_risk")

    assert {
        query: titles(client, nurse, query)
        for query in (
            "words=vagt",
            f"plan={plan.pk}",
            f"area={area.pk}",
            f"track={track.pk}",
            f"unit={ward.pk}",
            f"answered_for_by={nurse.pk}",
            "judgement=at_risk",
            "kind=trial",
            "review_overdue=true",
            "quiet=true",
            "awaits_decision=true",
            "sort=-title",
            "sort=stated",
            "sort=review&limit=1",
            "limit=1&offset=1",
        )
    } == {
        "words=vagt": ["Alarm"],
        f"plan={plan.pk}": ["Alarm", "Bælte"],
        f"area={area.pk}": ["Alarm"],
        f"track={track.pk}": ["Bælte"],
        f"unit={ward.pk}": ["Cirkel"],
        f"answered_for_by={nurse.pk}": ["Cirkel"],
        "judgement=at_risk": ["Cirkel"],
        "kind=trial": ["Alarm"],
        "review_overdue=true": ["Bælte"],
        "quiet=true": ["Alarm", "Bælte"],
        "awaits_decision=true": ["Cirkel"],
        "sort=-title": ["Cirkel", "Bælte", "Alarm"],
        "sort=stated": ["Cirkel", "Alarm", "Bælte"],
        "sort=review&limit=1": ["Bælte"],
        "limit=1&offset=1": ["Bælte"],
    }


@pytest.mark.parametrize("name", ["judgement", "kind", "sort", "quiet", "plan", "limit"])
def test_what_cannot_be_looked_for_is_refused(client, nurse, name):
    assert problems(client, nurse, "GET", f"/initiatives?{name}=what") == (422, [f"query.{name}"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_rows_as_for_one(client, ward, nurse, plan, rows):
    for _ in range(rows):
        make_status(make_initiative(plan=plan, area=make_area(plan), owner=nurse), ward)

    assert api_queries(client, nurse, "/initiatives") == 9


def furnished(nurse, plan):
    initiative = make_initiative("Ro på stuen", plan=plan, text="To går sammen.", deputy=nurse)
    for _ in range(2):
        make_link(initiative)
        make_funding(initiative)
        make_problem(make_track(plan), "Uro", initiative)
        make_relation(initiative, make_plan(unit=plan.unit), owner=nurse, track=make_track(plan))
        make_status(initiative)
    return initiative


def test_one_initiative_asks_as_much_for_much_as_for_nothing(client, nurse, plan):
    path = f"/initiatives/{furnished(nurse, plan).pk}"
    much = api_queries(client, nurse, path)
    for _ in range(3):
        make_link(Initiative.objects.get())
        make_problem(make_track(plan), "Larm", Initiative.objects.get())
        make_relation(Initiative.objects.get(), make_plan(unit=plan.unit), owner=nurse)

    assert api_queries(client, nurse, path) == much


def test_an_initiative_is_read_in_full(client, nurse, plan):
    initiative = furnished(nurse, plan)
    make_relation(initiative, make_plan())
    make_problem(make_track(make_plan()), "Ses ikke", initiative)
    ImportedRow.objects.create(initiative=initiative, reading=make_reading(), page=3, cell="B2", text="Ro")

    status, said = answer(client, nurse, "GET", f"/initiatives/{initiative.pk}")

    assert said["sources"] == [{"file": "opfølgning.pptx", "page": 3, "cell": "B2"}]
    link, line = initiative.links.first(), initiative.funding.first()
    relation, problem = initiative.plan_relations.first(), Problem.objects.filter(track__plan=plan).first()
    named = {"id": nurse.pk, "name": "Ole Lund"}
    assert (status, said["text"], said["deputy"], said["forum"]) == (200, "To går sammen.", named, None)
    assert [len(said[name]) for name in ("links", "funding", "problems", "relations", "latest")] == [
        2
    ] * 4 + [1]
    assert said["links"][0] == {"id": link.pk, "label": "Referat", "url": "https://example.org/"}
    assert said["funding"][0] == {
        "id": line.pk,
        "amount_dkk": 5_000_000,
        "source": "Regionsrådet",
        "decided_on": None,
    }
    assert said["problems"][0] == {
        "problem": problem.pk,
        "text": "Uro",
        "track": {"id": problem.track_id, "name": problem.track.name},
        "level": "hospital",
    }
    assert said["relations"][0] == {
        "plan": {"id": relation.plan_id, "name": relation.plan.name},
        "kind": "covered",
        "reason": "",
        "owner": named,
        "track": {"id": relation.track_id, "name": relation.track.name},
    }
