from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import Plan
from tests.factories import make_account, make_unit
from tests.programme.factories import (
    make_area,
    make_initiative,
    make_plan,
    make_status,
    make_track,
)
from tests.programme.factories_more import queries_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def web(client, hospital):
    client.force_login(make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital))
    return client


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def sent(hospital, *areas, **more):
    data = {
        "name": "Robust Psykiatri",
        "short_name": "Robust",
        "unit": hospital.pk,
        "starts_on": "2026-01-01",
    }
    data |= {"areas-TOTAL_FORMS": str(len(areas)), "areas-INITIAL_FORMS": "0"}
    for number, area in enumerate(areas):
        data |= {f"areas-{number}-{name}": value for name, value in area.items()}
    return data | more


def test_each_plan_is_told_in_a_sentence_and_ended_ones_come_last(web, hospital):
    ended = make_plan("Gammel", unit=hospital, ends_on=TODAY)
    running = make_plan("Ny", unit=hospital, order=1)
    make_status(make_initiative(plan=running), judgement="at_risk", dated_on=TODAY)
    make_initiative(plan=running)
    make_plan("Andetsteds")

    context = web.get(address("plan_list")).context

    assert [(line.plan, line.answer, line.is_over) for line in context["lines"]] == [
        (running, "2 indsatser, 1 i risiko, 1 uden status i 60 dage.", False),
        (ended, "Ingen indsatser endnu.", True),
    ]
    assert context["may_create"]


def test_a_list_without_plans_says_what_a_plan_is_for(web):
    assert "Lav den første plan" in web.get(address("plan_list")).content.decode()


def test_the_list_takes_as_many_queries_for_one_plan_as_for_three(web, hospital):
    make_initiative(plan=make_plan(unit=hospital))
    one = queries_for(web, address("plan_list"))
    for _ in range(2):
        make_initiative(plan=make_plan(unit=hospital))

    assert queries_for(web, address("plan_list")) == one


def test_a_plan_is_read_by_area_and_group(web, hospital):
    plan = make_plan(unit=hospital)
    staff = make_area(plan, "Personale", order=1)
    for title, group in (("A", "Fastholdelse"), ("B", "Fastholdelse"), ("C", "Rekruttering")):
        make_initiative(title, plan=plan, area=staff, group=group)
    make_initiative("D", plan=plan)

    page = web.get(address("plan_detail", plan.pk)).context["page"]

    read = [
        (block.name, [(group.name, [row.title for row in group.rows]) for group in block.groups])
        for block in page.blocks
    ]
    assert read == [
        ("Personale", [("Fastholdelse", ["A", "B"]), ("Rekruttering", ["C"])]),
        ("", [("", ["D"])]),
    ]
    assert page.answer == "4 indsatser, 0 i risiko, 4 uden status i 60 dage."


def test_a_plan_is_read_by_track(web, hospital):
    plan = make_plan(unit=hospital)
    track = make_track(plan, "Sengeafsnit")
    make_track(plan, "Tomt spor")
    make_initiative("A", plan=plan, track=track)
    make_initiative("B", plan=plan)

    response = web.get(address("plan_detail", plan.pk) + "?by=track")

    assert [block.name for block in response.context["page"].blocks] == ["Sengeafsnit", ""]
    assert "Tomt spor" in response.content.decode()


def test_an_empty_plan_says_what_to_do(web, hospital):
    plan = make_plan(unit=hospital)

    pages = [web.get(address("plan_detail", plan.pk) + by).content.decode() for by in ("", "?by=track")]

    assert "Ingen indsatser i planen endnu" in pages[0]
    assert "Planen har ingen spor" in pages[1]


def test_a_plan_takes_as_many_queries_for_one_initiative_as_for_three(web, hospital):
    plan = make_plan(unit=hospital)

    def more():
        initiative = make_initiative(plan=plan, area=make_area(plan), owner=make_account())
        make_status(initiative, dated_on=TODAY - timedelta(days=1))

    more()
    one = queries_for(web, address("plan_detail", plan.pk))
    more()
    more()

    assert queries_for(web, address("plan_detail", plan.pk)) == one


def test_a_plan_one_does_not_see_is_not_there(web):
    assert web.get(address("plan_detail", make_plan().pk)).status_code == 404


def test_a_plan_is_made_with_its_areas(web, hospital):
    empty = web.get(address("plan_create")).context["areas"]
    response = web.post(address("plan_create"), sent(hospital, {"name": "Personale"}, {"name": ""}))

    plan = Plan.objects.get()
    assert len(empty.forms) == 3
    assert response.headers["Location"] == address("plan_detail", plan.pk)
    assert (plan.name, plan.unit, [area.name for area in plan.areas.all()]) == (
        "Robust Psykiatri",
        hospital,
        ["Personale"],
    )


def test_a_name_that_is_taken_is_told(web, hospital):
    make_plan("Robust Psykiatri")

    response = web.post(address("plan_create"), sent(hospital))

    assert (response.status_code, Plan.objects.count()) == (422, 1)
    assert response.context["form"].errors == {
        "name": ["En anden plan hedder det samme. Vælg et andet navn."]
    }


def test_an_area_is_added_without_losing_what_is_typed(web, hospital):
    response = web.post(address("plan_create"), sent(hospital, {"name": "Personale"}, name="", add="areas"))

    assert response.context["form"].errors == {}
    assert [row["name"].value() for row in response.context["areas"].forms] == ["Personale", None]


def test_a_plan_is_changed_under_its_own_name(web, hospital):
    plan = make_plan("Robust Psykiatri", unit=hospital)
    area = make_area(plan, "Personale")
    shown = web.get(address("plan_edit", plan.pk)).context

    response = web.post(
        address("plan_edit", plan.pk),
        sent(hospital, {"id": area.pk, "name": "Medarbejdere"}, short_name="RP", ends_on="2027-01-01"),
    )

    plan.refresh_from_db()
    assert [row["name"].value() for row in shown["areas"].forms] == ["Personale"]
    assert response.headers["Location"] == address("plan_detail", plan.pk)
    assert (plan.short_name, [(row.pk, row.name) for row in plan.areas.all()]) == (
        "RP",
        [(area.pk, "Medarbejdere")],
    )


def test_a_plan_does_not_end_before_it_begins(web, hospital):
    plan = make_plan(unit=hospital)

    response = web.post(address("plan_edit", plan.pk), sent(hospital, ends_on="2026-01-01"))

    assert response.status_code == 422
    assert response.context["form"].errors == {"ends_on": ["Slutdatoen skal ligge efter startdatoen."]}


def test_a_ward_leader_makes_and_changes_no_plans(client, hospital):
    client.force_login(make_account(role=Role.WARD_LEADER, unit=hospital))
    plan = make_plan(unit=hospital)

    refused = [client.get(address(*to)).status_code for to in (("plan_create",), ("plan_edit", plan.pk))]

    assert refused == [403, 403]
