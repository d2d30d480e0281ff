"""A plan against the other plans for programs: coverage, matrix, and one relation."""

import pytest

from robust.organisation.models import Role
from robust.programme.models import PlanRelation
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
from tests.programme.factories import make_area, make_initiative, make_placement, make_plan, make_track
from tests.programme.factories_more import make_relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return factories.make_unit("Hospitalet", level="hospital")


@pytest.fixture
def consultant(hospital):
    return factories.make_account("Eva Friis", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def nurse(hospital):
    return factories.make_account(role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Regionens plan", unit=hospital, order=1)


@pytest.fixture
def other(hospital):
    return make_plan("Hospitalets plan", unit=hospital, order=2)


@pytest.fixture
def initiative(plan):
    return make_initiative("Alarm", plan=plan, area=make_area(plan, "Vold"), group="Ude")


def named(row, name=""):
    return {"id": row.pk, "name": name or row.name}


def test_coverage_is_in_figures_for_each_plan_that_is_seen(client, nurse, plan, other, initiative):
    make_plan()
    make_relation(initiative, other, "covered")
    for kind in ("partly", "relevant_too", "elsewhere", "not_relevant"):
        make_relation(make_initiative(plan=plan), other, kind, reason="Fordi")
    make_initiative(plan=plan)

    assert answer(client, nurse, "GET", f"/plans/{plan.pk}/coverage") == (
        200,
        {
            "items": [
                {
                    "plan": named(other),
                    "initiative_count": 6,
                    "covered_count": 1,
                    "partly_count": 1,
                    "relevant_count": 1,
                    "elsewhere_count": 1,
                    "not_relevant_count": 1,
                    "not_judged_count": 1,
                    "gap_count": 2,
                }
            ],
            "count": 1,
        },
    )


def test_the_matrix_says_how_each_initiative_stands_to_each_plan(client, nurse, plan, other, initiative):
    third = make_plan("Arbejdsmiljø", unit=plan.unit, order=3)
    make_placement(initiative, third)
    track = make_track(other, "Sengeafsnit")
    make_relation(initiative, other, "relevant_too", reason="Samme sag", owner=nurse, track=track)
    make_plan()

    open_cell = {"kind": None, "reason": "", "owner": "", "track": "", "is_placed": False, "is_gap": True}
    said = {"reason": "Samme sag", "owner": nurse.name, "track": "Sengeafsnit"}
    assert answer(client, nurse, "GET", f"/plans/{plan.pk}/relations") == (
        200,
        {
            "items": [
                {
                    "initiative": named(initiative, "Alarm"),
                    "area": named(plan.areas.get()),
                    "group": "Ude",
                    "relations": [
                        {"plan": named(other), **open_cell, **said, "kind": "relevant_too"},
                        {
                            "plan": named(third),
                            **open_cell,
                            "kind": "part_of",
                            "is_placed": True,
                            "is_gap": False,
                        },
                    ],
                }
            ],
            "count": 1,
        },
    )
    _status, back = answer(client, nurse, "GET", f"/plans/{third.pk}/relations")
    assert back["items"][0]["relations"][1] == {
        "plan": named(other),
        **open_cell,
        **said,
        "kind": "relevant_too",
    }


def test_the_gaps_to_a_plan_are_what_is_relevant_but_not_covered_and_what_nobody_judged(
    client, nurse, plan, other, initiative
):
    third = make_plan(unit=plan.unit)
    make_relation(initiative, other, "covered")
    relevant = make_initiative("Bælte", plan=plan)
    make_relation(relevant, other, "relevant_too")
    make_initiative("Cirkel", plan=plan)

    status, said = answer(client, nurse, "GET", f"/plans/{plan.pk}/relations?gaps_to={other.pk}")
    _status, part = answer(client, nurse, "GET", f"/plans/{plan.pk}/relations?limit=1&offset=1")

    assert (status, [(row["initiative"]["name"], len(row["relations"])) for row in said["items"]]) == (
        200,
        [("Bælte", 1), ("Cirkel", 1)],
    )
    assert {cell["plan"]["id"] for row in part["items"] for cell in row["relations"]} == {other.pk, third.pk}
    assert (part["count"], [row["initiative"]["name"] for row in part["items"]]) == (3, ["Bælte"])


@pytest.mark.parametrize("rows", [1, 3])
def test_coverage_and_matrix_ask_as_much_for_three_as_for_one(client, nurse, hospital, plan, rows):
    for _ in range(rows):
        against, area = make_plan(unit=hospital), make_area(plan)
        initiative = make_initiative(plan=plan, area=area)
        make_relation(initiative, against, owner=nurse, track=make_track(against))

    assert api_queries(client, nurse, f"/plans/{plan.pk}/coverage") == 9
    assert api_queries(client, nurse, f"/plans/{plan.pk}/relations") == 10
    path = f"/initiatives/{initiative.pk}/relations/{against.pk}"
    assert api_queries(client, nurse, path) == 8


def test_a_relation_is_said_read_said_anew_and_left_open(client, consultant, plan, other, initiative):
    track = make_track(other, "Sengeafsnit")
    path = f"/initiatives/{initiative.pk}/relations/{other.pk}"
    body = {"kind": "elsewhere", "reason": "I dialogen", "owner": consultant.pk, "track": track.pk}

    said = answer(client, consultant, "PUT", path, body)
    read = answer(client, consultant, "GET", path)
    anew = answer(client, consultant, "PUT", path, {"kind": "covered"})
    gone, again = (answer(client, consultant, "DELETE", path) for _ in range(2))

    whole = {"initiative": named(initiative, "Alarm"), "plan": named(other), "kind": "elsewhere",
             "reason": "I dialogen", "owner": named(consultant), "track": named(track)}  # fmt: skip
    assert (said, read, gone, again) == ((200, whole), (200, whole), (204, None), (204, None))
    assert anew == (200, whole | {"kind": "covered", "reason": "", "owner": None, "track": None})
    before = {"kind": "elsewhere", "reason": "I dialogen", "owner": consultant.pk, "track": track.pk}
    nothing = {"kind": "covered", "reason": "", "owner": None, "track": None}
    about = {"plan": other.pk, "kind": "covered", "reason": ""}
    assert audited() == [
        ("relation.stated", {"plan": other.pk, "kind": "elsewhere", "reason": "I dialogen", "before": {}}),
        ("relation.stated", {**about, "before": before}),
        ("relation.left_open", {**about, "before": nothing}),
    ]
    assert problems(client, consultant, "GET", path) == NOT_THERE


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (
            {"kind": "not_relevant"},
            (409, "Skriv, hvorfor det ikke er relevant, eller hvor det besluttes. Andre vil spørge."),
        ),
        ({"kind": "covered", "owner": 999_999}, (409, ["owner"])),
        ({"kind": "covered", "track": 999_999}, (409, ["track"])),
        ({"kind": "what"}, (422, ["kind"])),
        ({"kind": "covered", "reason": "a" * 5_001}, (422, ["reason"])),
        ({}, (422, ["kind"])),
    ],
)
def test_a_relation_against_the_rules_is_refused(client, consultant, other, initiative, body, refusal):
    path = f"/initiatives/{initiative.pk}/relations/{other.pk}"

    refused = problems(client, consultant, "PUT", path, body)

    assert (refused, PlanRelation.objects.count(), audited()) == (refusal, 0, [])


def test_the_track_of_another_plan_cannot_be_chosen(client, consultant, plan, other, initiative):
    body = {"kind": "covered", "track": make_track(plan).pk}
    path = f"/initiatives/{initiative.pk}/relations/{other.pk}"

    assert problems(client, consultant, "PUT", path, body) == (409, ["track"])


def test_relations_are_said_by_those_who_may_change_the_initiative(
    client, nurse, consultant, plan, other, initiative
):
    make_relation(initiative, other)
    path = f"/initiatives/{initiative.pk}/relations/{other.pk}"
    unseen = f"/initiatives/{initiative.pk}/relations/{make_plan().pk}"
    theirs = f"/initiatives/{make_initiative().pk}/relations/{other.pk}"
    body = {"kind": "partly"}

    assert problems(client, nurse, "PUT", path, body) == NOT_ALLOWED
    assert problems(client, nurse, "DELETE", path) == NOT_ALLOWED
    assert only_reads(client, consultant, "PUT", path, body)
    assert only_reads(client, consultant, "DELETE", path)
    for address in (unseen, theirs):
        assert [
            problems(client, consultant, "GET", address),
            problems(client, consultant, "PUT", address, body),
            problems(client, consultant, "DELETE", address),
        ] == [NOT_THERE] * 3
    assert (PlanRelation.objects.get().kind, audited()) == ("covered", [])


def test_a_plan_that_is_not_seen_is_neither_compared_nor_compared_with(client, nurse, plan):
    unseen = make_plan()

    assert [
        problems(client, nurse, "GET", path)
        for path in (
            f"/plans/{unseen.pk}/coverage",
            f"/plans/{unseen.pk}/relations",
            f"/plans/{plan.pk}/relations?gaps_to={unseen.pk}",
            f"/plans/{plan.pk}/relations?gaps_to={plan.pk}",
        )
    ] == [NOT_THERE] * 4
