import pytest

from robust.organisation.models import AuditEntry
from robust.programme import actions
from robust.programme.models import Plan
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import make_area, make_initiative, make_plan

pytestmark = pytest.mark.django_db


def areas(plan):
    return list(plan.areas.order_by("order").values_list("name", flat=True))


def test_a_plan_is_made_with_its_areas_in_order():
    values = {"name": "360", "short_name": "360°", "unit": make_unit(), "starts_on": DAY}

    plan = actions.create_plan(
        values=values, areas=[{"name": "Praksis"}, {"name": "Personale"}], actor=make_account(), now=NOW
    )

    assert (plan.name, areas(plan)) == ("360", ["Praksis", "Personale"])
    assert list(AuditEntry.objects.values_list("action", "subject_name")) == [("plan.created", "360")]


def test_what_stood_in_a_removed_area_stays_in_the_plan():
    plan = make_plan()
    kept, dropped = make_area(plan, "Personale"), make_area(plan, "Praksis")
    placement = make_initiative(plan=plan, area=dropped).placements.get()

    actions.change_plan(
        plan,
        values={"name": "Nyt navn"},
        areas=[{"id": None, "name": "Ny"}, {"id": kept.pk, "name": "Medarbejdere"}],
        actor=make_account(),
        now=NOW,
    )

    placement.refresh_from_db()
    assert (Plan.objects.get().name, areas(plan), placement.area) == (
        "Nyt navn",
        ["Ny", "Medarbejdere"],
        None,
    )
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["plan.changed"]


def test_two_areas_can_change_names_with_each_other():
    plan = make_plan()
    one, two = make_area(plan, "A"), make_area(plan, "B")

    actions.change_plan(
        plan,
        values={},
        areas=[{"id": one.pk, "name": "B"}, {"id": two.pk, "name": "A"}],
        actor=make_account(),
        now=NOW,
    )

    assert areas(plan) == ["B", "A"]
