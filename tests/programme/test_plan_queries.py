from datetime import timedelta

import pytest

from robust.organisation.models import Role
from robust.programme import queries
from robust.programme.models import Initiative
from robust.programme.queries import PlanFigures
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import (
    make_area,
    make_initiative,
    make_placement,
    make_plan,
    make_problem,
    make_status,
    make_track,
)

pytestmark = pytest.mark.django_db


def figures(plan, **more):
    return queries.figures_of_plans(
        [plan.pk], initiatives=Initiative.objects.all(), units=[plan.unit_id], day=DAY, **more
    )[plan.pk]


def test_one_sees_the_plans_of_ones_units_and_those_above():
    hospital = make_unit(level="hospital")
    reader = make_account(role=Role.EMPLOYEE, unit=make_unit(parent=hospital))
    plan = make_plan(unit=hospital)
    make_plan()

    assert list(queries.plans_visible_to(reader, day=DAY)) == [plan]
    assert list(queries.plans_managed_by(reader, day=DAY)) == []


def test_one_manages_the_plans_of_ones_units():
    plan = make_plan()
    consultant = make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=plan.unit)

    assert list(queries.plans_managed_by(consultant, day=DAY)) == [plan]


def test_a_plan_stands_under_its_areas_or_its_tracks():
    plan = make_plan()
    second, first = make_area(plan, "Praksis", order=2), make_area(plan, "Personale", order=1)
    track = make_track(plan)
    make_initiative("loose", plan=plan)
    make_initiative("practice", plan=plan, area=second, track=track)
    make_initiative("staff", plan=plan, area=first, group="Fastholdelse")
    visible = Initiative.objects.all()

    by_area = [row.initiative.title for row in queries.placements_in(plan, initiatives=visible)]
    by_track = [
        row.initiative.title for row in queries.placements_in(plan, initiatives=visible, by_track=True)
    ]

    assert by_area == ["staff", "practice", "loose"]
    assert by_track == ["practice", "staff", "loose"]


def test_a_plan_counts_what_is_at_risk_somewhere_what_is_quiet_and_what_is_over():
    plan = make_plan()
    risky, silent, done = (make_initiative(plan=plan) for _ in range(3))
    make_initiative(plan=plan, ends_on=DAY)
    make_placement(risky, plan, group="stands twice")
    make_status(risky, judgement="at_risk")
    make_status(silent, dated_on=DAY - timedelta(days=60))
    make_status(done, judgement="done", dated_on=DAY - timedelta(days=99))

    assert figures(plan) == PlanFigures(initiative_count=4, at_risk_count=1, quiet_count=1, over_count=2)


def test_an_empty_plan_counts_nothing():
    assert figures(make_plan()) == PlanFigures()


def test_a_plan_without_anything_to_see_is_counted_as_empty():
    plan = make_plan()
    make_status(make_initiative(plan=plan))

    counted = queries.figures_of_plans([plan.pk], initiatives=Initiative.objects.none(), units=[], day=DAY)

    assert counted == {plan.pk: PlanFigures()}


def test_figures_take_one_query_for_one_plan_and_for_three(django_assert_num_queries):
    plans = [make_plan() for _ in range(3)]
    for plan in plans:
        make_status(make_initiative(plan=plan))

    for asked in (plans[:1], plans):
        with django_assert_num_queries(1):
            queries.figures_of_plans(
                [plan.pk for plan in asked],
                initiatives=Initiative.objects.all(),
                units=[plan.unit_id for plan in plans],
                day=DAY,
            )


def test_a_track_is_seen_with_its_plan():
    track = make_track(make_plan())
    make_track(make_plan())
    reader = make_account(role=Role.EMPLOYEE, unit=track.plan.unit)

    assert list(queries.tracks_visible_to(reader, day=DAY)) == [track]


def test_problems_come_with_the_initiatives_one_sees(django_assert_num_queries):
    track = make_track(make_plan())
    seen, hidden = make_initiative("B"), make_initiative("A")
    problem = make_problem(track, "Uro", seen, hidden)
    alone = make_problem(track, "Alene")

    with django_assert_num_queries(2):
        problems = list(queries.problems_of(track, initiatives=Initiative.objects.filter(pk=seen.pk)))
        working = [[link.initiative for link in row.initiatives.all()] for row in problems]

    assert (problems, working) == ([problem, alone], [[seen], []])
