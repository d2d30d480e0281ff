"""Plans and tracks for programs: as reader, as writer, and as somebody who may not."""

import pytest

from robust.organisation.models import Role
from robust.programme.models import Area, Plan, Track
from tests import factories
from tests.programme.calling import NOT_ALLOWED, NOT_THERE, answer, api_queries, audited, only_reads, problems
from tests.programme.factories import (
    make_area,
    make_initiative,
    make_plan,
    make_problem,
    make_status,
    make_track,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return factories.make_unit("Hospitalet", level="hospital")


@pytest.fixture
def consultant(hospital):
    return factories.make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def nurse(hospital):
    return factories.make_account(role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Region 2026", short_name="R26", unit=hospital)


def sent(unit, **parts):
    return {"name": "Ny plan", "short_name": "Ny", "unit": unit.pk, "starts_on": "2026-01-01", **parts}


def test_plans_are_listed_with_their_figures(client, hospital, nurse, plan):
    make_status(make_initiative(plan=plan), judgement="at_risk")
    make_plan(unit=factories.make_unit())

    assert answer(client, nurse, "GET", "/plans") == (
        200,
        {
            "items": [
                {
                    "id": plan.pk,
                    "name": "Region 2026",
                    "short_name": "R26",
                    "purpose": "",
                    "unit": {"id": hospital.pk, "name": "Hospitalet"},
                    "starts_on": "2020-01-01",
                    "ends_on": None,
                    "figures": {
                        "initiative_count": 1,
                        "at_risk_count": 1,
                        "quiet_count": 1,
                        "over_count": 0,
                    },
                }
            ],
            "count": 1,
        },
    )


def test_a_list_is_read_part_by_part(client, hospital, nurse):
    _first, second, _third = (make_plan(name, unit=hospital) for name in "ABC")

    _status, part = answer(client, nurse, "GET", "/plans?limit=1&offset=1")

    assert ([plan["id"] for plan in part["items"]], part["count"]) == ([second.pk], 3)


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("limit=0", "query.limit"),
        ("limit=201", "query.limit"),
        ("offset=-1", "query.offset"),
        ("offset=x", "query.offset"),
    ],
)
def test_parts_have_bounds(client, nurse, query, where):
    assert problems(client, nurse, "GET", f"/plans?{query}") == (422, [where])


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_and_details_ask_as_much_for_three_rows_as_for_one(client, hospital, nurse, plan, rows):
    track = make_track(plan)
    for _ in range(rows):
        other = make_plan(unit=hospital)
        make_area(plan)
        make_track(plan)
        make_problem(track, "", make_initiative(plan=plan, area=make_area(other), owner=nurse))

    assert {
        path: api_queries(client, nurse, path)
        for path in (
            "/plans",
            f"/plans/{plan.pk}",
            f"/plans/{plan.pk}/initiatives",
            f"/plans/{plan.pk}/tracks",
            f"/tracks/{track.pk}",
        )
    } == {
        "/plans": 8,
        f"/plans/{plan.pk}": 9,
        f"/plans/{plan.pk}/initiatives": 8,
        f"/plans/{plan.pk}/tracks": 8,
        f"/tracks/{track.pk}": 10,
    }


def test_a_plan_is_read_with_its_areas_and_tracks(client, nurse, plan):
    area, track = make_area(plan, "Personale"), make_track(plan, "Sengeafsnit")

    status, said = answer(client, nurse, "GET", f"/plans/{plan.pk}")

    assert (status, said["name"], said["areas"], said["tracks"]) == (
        200,
        "Region 2026",
        [{"id": area.pk, "name": "Personale"}],
        [{"id": track.pk, "name": "Sengeafsnit"}],
    )


@pytest.mark.parametrize("under", ["areas", "tracks"])
def test_a_plans_initiatives_stand_in_its_order(client, hospital, nurse, plan, under):
    areas = [make_area(plan, "Sidst", order=2), make_area(plan, "Først", order=1)]
    tracks = [make_track(plan, "Forrest", order=1), make_track(plan, "Bagest", order=2)]
    one, two = (
        make_initiative(title, plan=plan, area=area, track=track, group="Vold", owner=nurse)
        for title, area, track in zip(("Et", "To"), areas, tracks, strict=True)
    )
    make_initiative(plan=plan, unit=factories.make_unit())

    path = f"/plans/{plan.pk}/initiatives" + ("?by_track=true" if under == "tracks" else "")
    _status, said = answer(client, nurse, "GET", path)

    first, second = (two, one) if under == "areas" else (one, two)
    assert [row["initiative"]["id"] for row in said["items"]] == [first.pk, second.pk]
    assert said["items"][0] == {
        "id": first.placements.get().pk,
        "area": {"id": first.placements.get().area_id, "name": first.placements.get().area.name},
        "track": {"id": first.placements.get().track_id, "name": first.placements.get().track.name},
        "group": "Vold",
        "initiative": {"id": first.pk, "name": first.title},
        "unit": {"id": hospital.pk, "name": "Hospitalet"},
        "owner": {"id": nurse.pk, "name": nurse.name},
    }


def test_a_plan_is_made_with_its_areas(client, hospital, consultant):
    body = sent(hospital, purpose="Tryghed\nfor alle", areas=[{"name": "Personale"}, {"name": "Rammer"}])

    status, said = answer(client, consultant, "POST", "/plans", body)

    plan = Plan.objects.get()
    assert (status, said["id"], said["purpose"]) == (201, plan.pk, "Tryghed\nfor alle")
    assert [area["name"] for area in said["areas"]] == ["Personale", "Rammer"]
    assert audited() == [("plan.created", {})]


def test_a_plan_is_changed_and_an_area_left_out_is_removed(client, hospital, consultant, plan):
    kept, _gone = make_area(plan, "Personale"), make_area(plan, "Rammer")
    body = sent(hospital, ends_on="2027-01-01", areas=[{"id": kept.pk, "name": "Mennesker"}, {"name": "Ny"}])

    status, said = answer(client, consultant, "PUT", f"/plans/{plan.pk}", body)

    assert (status, said["name"], said["ends_on"]) == (200, "Ny plan", "2027-01-01")
    assert said["areas"][0] == {"id": kept.pk, "name": "Mennesker"}
    assert [area["name"] for area in said["areas"]] == ["Mennesker", "Ny"]
    assert audited() == [("plan.changed", {})]


def test_areas_that_are_not_sent_stay(client, hospital, consultant, plan):
    area = make_area(plan, "Personale")

    _status, said = answer(client, consultant, "PUT", f"/plans/{plan.pk}", sent(hospital))

    assert said["areas"] == [{"id": area.pk, "name": "Personale"}]


def test_a_plan_cannot_be_made_as_described_but_against_the_rules(client, hospital, consultant, plan):
    theirs = make_area(make_plan(unit=hospital))
    refused = {
        "name": sent(hospital, name="Region 2026"),
        "ends_on": sent(hospital, ends_on="2026-01-01"),
        "unit": sent(factories.make_unit()),
        "areas": sent(hospital, areas=[{"name": "A"}, {"name": "A"}]),
    }

    assert {
        where: problems(client, consultant, "POST", "/plans", body) for where, body in refused.items()
    } == {where: (409, [where]) for where in refused}
    for parts in ([{"id": theirs.pk, "name": "A"}], [{"id": theirs.pk, "name": "A"}] * 2):
        body = sent(hospital, areas=parts)
        assert problems(client, consultant, "PUT", f"/plans/{plan.pk}", body) == (409, ["areas"])
    assert (Plan.objects.count(), Area.objects.count(), audited()) == (2, 1, [])


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"nme": "x"}, "nme"),
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"short_name": "a" * 41}, "short_name"),
        ({"purpose": "a\x00b"}, "purpose"),
        ({"unit": 2**63}, "unit"),
        ({"unit": "1"}, "unit"),
        ({"starts_on": 0}, "starts_on"),
        ({"areas": [{"name": ""}]}, "areas.0.name"),
    ],
)
def test_a_plan_that_is_not_as_described_is_refused(client, hospital, consultant, parts, where):
    body = sent(hospital) | parts

    assert problems(client, consultant, "POST", "/plans", body) == (422, [where])


@pytest.mark.parametrize("body", [None, [], "x"])
def test_a_body_that_is_no_object_is_refused(client, consultant, body):
    assert problems(client, consultant, "POST", "/plans", body) == (422, ["body"])


def test_a_day_beyond_reason_is_refused(client, hospital, consultant):
    body = sent(hospital, starts_on="1066-10-14")

    assert problems(client, consultant, "POST", "/plans", body) == (409, "Vælg en dag fra 1900 til 2199.")


def test_who_may_not_change_plans_is_told_so_and_what_is_not_seen_is_not_there(
    client, hospital, nurse, consultant, plan
):
    unseen = make_plan(unit=factories.make_unit())
    track, unseen_track = make_track(plan), make_track(unseen)
    refused = {
        ("POST", "/plans"): sent(hospital),
        ("PUT", f"/plans/{plan.pk}"): sent(hospital),
        ("POST", f"/plans/{plan.pk}/tracks"): {"name": "Spor"},
        ("PUT", f"/tracks/{track.pk}"): {"name": "Spor"},
    }
    missing = {
        ("GET", f"/plans/{unseen.pk}"): None,
        ("GET", f"/plans/{unseen.pk}/initiatives"): None,
        ("GET", f"/plans/{unseen.pk}/tracks"): None,
        ("GET", f"/tracks/{unseen_track.pk}"): None,
        ("PUT", f"/plans/{unseen.pk}"): sent(hospital),
        ("POST", f"/plans/{unseen.pk}/tracks"): {"name": "Spor"},
        ("PUT", f"/tracks/{unseen_track.pk}"): {"name": "Spor"},
    }

    assert [problems(client, nurse, *ask, body) for ask, body in refused.items()] == [NOT_ALLOWED] * 4
    assert [problems(client, consultant, *ask, body) for ask, body in missing.items()] == [NOT_THERE] * 7
    assert (Plan.objects.count(), Track.objects.count(), audited()) == (2, 2, [])


def test_a_key_for_reading_changes_no_plan(client, hospital, consultant, plan):
    track = make_track(plan)
    asks = [
        ("POST", "/plans"),
        ("PUT", f"/plans/{plan.pk}"),
        ("POST", f"/plans/{plan.pk}/tracks"),
        ("PUT", f"/tracks/{track.pk}"),
    ]

    assert all(only_reads(client, consultant, *ask, sent(hospital)) for ask in asks)
    assert (Plan.objects.count(), Track.objects.count(), audited()) == (1, 1, [])
