from datetime import timedelta
from decimal import Decimal

import pytest

from robust.organisation.models import AuditEntry
from robust.programme import actions
from robust.programme.actions import InitiativeParts
from robust.programme.models import Initiative
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import (
    make_area,
    make_funding,
    make_initiative,
    make_link,
    make_plan,
    make_status,
    make_track,
)

pytestmark = pytest.mark.django_db


def change(initiative, parts=None, **more):
    actions.change_initiative(
        initiative,
        **({"values": {}, "parts": parts or InitiativeParts(), "actor": make_account(), "now": NOW} | more),
    )


def places(initiative):
    return list(initiative.placements.order_by("pk").values("plan", "area", "track", "group"))


def test_an_initiative_is_made_with_places_links_and_money():
    plan, other = make_plan(), make_plan()
    area, track = make_area(plan), make_track(other)
    parts = InitiativeParts(
        placements=(
            {"id": None, "plan_id": plan.pk, "area_id": area.pk, "track_id": None, "group": "Fastholdelse"},
            {"id": None, "plan_id": other.pk, "area_id": None, "track_id": track.pk, "group": ""},
        ),
        links=({"id": None, "label": "Referat", "url": "https://example.org/"},),
        funding=({"id": None, "amount_dkk": Decimal(5_000_000), "source": "Region", "decided_on": DAY},),
    )

    initiative = actions.create_initiative(
        values={"title": "Kortere nætter", "unit": make_unit()}, parts=parts, actor=make_account(), now=NOW
    )

    assert places(initiative) == [
        {"plan": plan.pk, "area": area.pk, "track": None, "group": "Fastholdelse"},
        {"plan": other.pk, "area": None, "track": track.pk, "group": ""},
    ]
    assert list(initiative.links.values_list("label", "url")) == [("Referat", "https://example.org/")]
    assert list(initiative.funding.values_list("amount_dkk", "source")) == [(Decimal(5_000_000), "Region")]
    assert list(AuditEntry.objects.values_list("action", "subject_name")) == [
        ("initiative.created", "Kortere nætter")
    ]


def test_parts_are_changed_added_and_removed_and_those_of_others_left_alone():
    initiative, other = make_initiative(), make_initiative()
    kept, dropped, foreign = make_link(initiative, "A"), make_link(initiative, "B"), make_link(other, "C")
    parts = InitiativeParts(
        links=(
            {"id": kept.pk, "label": "A rettet", "url": kept.url},
            {"id": foreign.pk, "label": "ny", "url": kept.url},
        )
    )

    change(initiative, parts)

    assert list(initiative.links.order_by("label").values_list("label", flat=True)) == ["A rettet", "ny"]
    assert initiative.links.filter(pk=kept.pk).exists()
    assert not initiative.links.filter(pk=dropped.pk).exists()
    assert list(other.links.values_list("pk", "label")) == [(foreign.pk, "C")]


def test_a_place_can_be_removed_and_put_back_in_one_go():
    plan = make_plan()
    initiative = make_initiative(plan=plan)
    again = {"id": None, "plan_id": plan.pk, "area_id": None, "track_id": None, "group": ""}

    change(initiative, InitiativeParts(placements=(again,)))

    assert places(initiative) == [{"plan": plan.pk, "area": None, "track": None, "group": ""}]


def test_the_audit_trail_names_what_was_changed():
    initiative = make_initiative("Nætter", kind="effort")

    change(initiative, values={"title": "Kortere nætter", "kind": "effort", "next_review_on": DAY})

    initiative.refresh_from_db()
    assert (initiative.title, initiative.next_review_on) == ("Kortere nætter", DAY)
    assert list(AuditEntry.objects.values_list("action", "detail")) == [
        ("initiative.changed", {"changed": ["next_review_on", "title"]})
    ]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    initiative = make_initiative("Nætter")
    make_funding(initiative)

    with pytest.raises(actions.ChangedMeanwhile):
        change(initiative, values={"title": "Mit"}, opened_at=initiative.updated_at - timedelta(seconds=1))

    initiative.refresh_from_db()
    assert (initiative.title, initiative.funding.count()) == ("Nætter", 1)


def test_nobody_changed_it_meanwhile():
    initiative = make_initiative()

    change(initiative, values={"title": "Mit"}, opened_at=initiative.updated_at)

    assert Initiative.objects.get().title == "Mit"


def test_an_initiative_nobody_has_spoken_of_can_be_deleted():
    initiative = make_initiative("Fejl", plan=make_plan())

    actions.delete_initiative(initiative, actor=make_account(), now=NOW)

    assert Initiative.objects.count() == 0
    assert list(AuditEntry.objects.values_list("action", "subject_name")) == [("initiative.deleted", "Fejl")]


def test_an_initiative_with_status_is_kept_and_nothing_is_written():
    initiative = make_initiative()
    make_status(initiative)

    with pytest.raises(actions.CannotDeleteInitiative):
        actions.delete_initiative(initiative, actor=make_account(), now=NOW)

    assert (Initiative.objects.count(), AuditEntry.objects.count()) == (1, 0)
