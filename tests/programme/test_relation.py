import pytest

from robust.organisation.models import AuditEntry, Role
from robust.programme.actions import relation as actions
from robust.programme.models import Initiative, PlanRelation
from robust.programme.queries import relation as queries
from robust.programme.queries.relation import Coverage, Related
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import make_initiative, make_placement, make_plan, make_track
from tests.programme.factories_more import make_relation

pytestmark = pytest.mark.django_db
Kind = PlanRelation.Kind


@pytest.fixture
def plan():
    return make_plan("360")


@pytest.fixture
def other():
    return make_plan("Robust")


def test_a_relation_stands_with_reason_owner_and_track(plan, other):
    initiative, anna, track = make_initiative(plan=plan), make_account(), make_track(other)

    relation = actions.relate(
        initiative=initiative,
        plan=other,
        kind=Kind.COVERED,
        reason=" Samme mål. ",
        owner=anna,
        track=track,
        actor=anna,
        now=NOW,
    )

    assert (relation.kind, relation.reason, relation.owner, relation.track) == (
        Kind.COVERED,
        "Samme mål.",
        anna,
        track,
    )


def test_a_later_relation_takes_the_place_of_the_earlier_and_the_trail_keeps_both(plan, other):
    initiative, anna = make_initiative(plan=plan), make_account()
    actions.relate(initiative=initiative, plan=other, kind=Kind.PARTLY, actor=anna, now=NOW)

    actions.relate(initiative=initiative, plan=other, kind=Kind.COVERED, actor=anna, now=NOW)

    assert [relation.kind for relation in PlanRelation.objects.all()] == [Kind.COVERED]
    assert [
        (entry.action, entry.detail["kind"], entry.detail["before"].get("kind"))
        for entry in AuditEntry.objects.order_by("id")
    ] == [("relation.stated", "partly", None), ("relation.stated", "covered", "partly")]


def test_a_track_of_another_plan_is_refused(plan, other):
    with pytest.raises(actions.CannotRelate):
        actions.relate(
            initiative=make_initiative(plan=plan),
            plan=other,
            kind=Kind.COVERED,
            track=make_track(plan),
            actor=make_account(),
            now=NOW,
        )

    assert PlanRelation.objects.count() == 0


@pytest.mark.parametrize("kind", [Kind.NOT_RELEVANT, Kind.ELSEWHERE])
def test_what_is_not_for_the_plan_needs_a_reason(plan, other, kind):
    with pytest.raises(actions.CannotRelate):
        actions.relate(
            initiative=make_initiative(plan=plan), plan=other, kind=kind, actor=make_account(), now=NOW
        )


def test_a_relation_can_be_left_open_again(plan, other):
    initiative = make_initiative(plan=plan)
    make_relation(initiative, other)

    actions.unrelate(initiative=initiative, plan=other, actor=make_account(), now=NOW)
    actions.unrelate(initiative=initiative, plan=other, actor=make_account(), now=NOW)

    assert PlanRelation.objects.count() == 0
    assert [entry.action for entry in AuditEntry.objects.all()] == ["relation.left_open"]


def test_coverage_counts_each_initiative_once_and_standing_in_both_plans_as_part(plan, other):
    for kind in (Kind.COVERED, Kind.PART_OF, Kind.RELEVANT_TOO, Kind.PARTLY, Kind.NOT_RELEVANT):
        make_relation(make_initiative(plan=plan), other, kind)
    make_placement(make_initiative(plan=plan), other)
    both = make_initiative(plan=plan)
    make_placement(both, other)
    make_placement(both, plan, group="En overskrift til")
    make_relation(both, other, Kind.ELSEWHERE)
    make_initiative(plan=plan)

    found = queries.coverage_of(plan, others=[other.pk], initiatives=Initiative.objects.all())

    assert found == {
        other.pk: Coverage(
            initiative_count=8,
            counts={
                "covered": 1,
                "part_of": 2,
                "relevant_too": 1,
                "partly": 1,
                "not_relevant": 1,
                "elsewhere": 1,
            },
        )
    }
    assert (found[other.pk].covered_count, found[other.pk].not_judged_count, found[other.pk].gap_count) == (
        3,
        1,
        2,
    )


def test_an_empty_plan_is_covered_by_nothing(plan, other):
    found = queries.coverage_of(plan, others=[other.pk], initiatives=Initiative.objects.all())

    assert found == {other.pk: Coverage(initiative_count=0)}


def test_gaps_are_what_is_relevant_but_not_covered_and_what_nobody_has_judged(plan, other):
    make_relation(make_initiative("Relevant", plan=plan), other, Kind.RELEVANT_TOO)
    make_relation(make_initiative("Dækket", plan=plan), other, Kind.COVERED)
    make_placement(make_initiative("I begge", plan=plan), other)
    make_initiative("Ikke vurderet", plan=plan)

    found = queries.gaps_to(other.pk, initiatives=Initiative.objects.order_by("title"))

    assert [initiative.title for initiative in found] == ["Ikke vurderet", "Relevant"]


def test_a_typed_relation_goes_before_standing_in_both_plans(plan, other):
    placed, typed = make_initiative(plan=plan), make_initiative(plan=plan)
    make_placement(placed, other)
    make_placement(typed, other)
    partly = make_relation(typed, other, Kind.PARTLY, reason="Kun natten.", owner=make_account("Anna"))
    tracked = make_initiative(plan=plan)
    covered = make_relation(tracked, other, track=make_track(other, "Spor 2"))

    found = queries.relations_between([placed.pk, typed.pk, tracked.pk], plans=[other.pk])

    assert found == {
        (placed.pk, other.pk): Related(kind=Kind.PART_OF, is_placed=True),
        (typed.pk, other.pk): Related(
            kind=Kind.PARTLY,
            reason="Kun natten.",
            owner="Anna",
            made_at=partly.created_at,
            changed_at=partly.updated_at,
        ),
        (tracked.pk, other.pk): Related(
            kind=Kind.COVERED,
            track="Spor 2",
            made_at=covered.created_at,
            changed_at=covered.updated_at,
        ),
    }


def test_a_relation_can_be_looked_after_by_those_around_the_plan_and_those_who_answer(other):
    hospital = other.unit
    ward = make_unit(parent=hospital)
    consultant = make_account("Bo", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)
    manager = make_account("Carl", role=Role.DEPARTMENT_MANAGEMENT, unit=ward)
    owner, deputy, kept = make_account("Anna"), make_account("Dorte"), make_account("Erik")
    make_account("Nurse", role=Role.EMPLOYEE, unit=ward)
    make_account("Somebody else", role=Role.IMPROVEMENT_CONSULTANT)
    initiative = make_initiative(unit=ward, owner=owner, deputy=deputy)
    make_relation(initiative, other, owner=kept)

    found = queries.relation_owners(initiative, other, day=DAY)

    assert list(found) == [owner, consultant, manager, deputy, kept]
