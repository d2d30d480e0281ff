import pytest

from robust.organisation.models import AuditEntry
from robust.programme import actions
from robust.programme.actions import TrackParts
from robust.programme.models import ProblemInitiative
from tests.factories import NOW, make_account
from tests.programme.factories import make_initiative, make_plan, make_problem, make_track

pytestmark = pytest.mark.django_db


def test_a_track_is_made_last_in_its_plan_with_all_that_hangs_under_it():
    plan = make_plan()
    make_track(plan)
    parts = TrackParts(
        process_goals=({"text": "Spilleregler er aftalt."},),
        success_signs=({"text": "Flow", "target_kind": "not_set"},),
        problems=({"text": "Vagterne er ulige fordelt."},),
    )

    track = actions.create_track(
        plan,
        values={"name": "Sengeafsnit", "purpose": "At blive."},
        parts=parts,
        actor=make_account(),
        now=NOW,
    )

    assert (track.order, track.name, track.purpose) == (1, "Sengeafsnit", "At blive.")
    assert [
        str(row)
        for name in ("process_goals", "success_signs", "problems")
        for row in getattr(track, name).all()
    ] == [
        "Spilleregler er aftalt.",
        "Flow",
        "Vagterne er ulige fordelt.",
    ]
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["track.created"]


def test_changing_a_track_keeps_who_works_on_its_problems():
    track, initiative = make_track(make_plan()), make_initiative()
    problem = make_problem(track, "Uro", initiative)

    actions.change_track(
        track,
        values={"name": "Nyt navn"},
        parts=TrackParts(problems=({"id": problem.pk, "text": "Uro om natten"},)),
        actor=make_account(),
        now=NOW,
    )

    track.refresh_from_db()
    assert (track.name, track.problems.get().text) == ("Nyt navn", "Uro om natten")
    assert ProblemInitiative.objects.get().initiative == initiative


def test_saying_twice_that_an_initiative_works_on_a_problem_is_saying_it_once():
    problem, initiative, actor = make_problem(make_track(make_plan())), make_initiative(), make_account()

    links = [
        actions.link_problem(problem, initiative=initiative, level="ward", actor=actor, now=NOW)
        for _ in range(2)
    ]

    assert links[0] == links[1]
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["problem.linked"]


def test_an_initiative_can_be_said_not_to_work_on_a_problem_after_all():
    initiative = make_initiative("Nætter")
    problem = make_problem(make_track(make_plan()), "Uro", initiative)

    actions.unlink_problem(problem.initiatives.get(), actor=make_account(), now=NOW)

    assert problem.initiatives.count() == 0
    assert list(AuditEntry.objects.values_list("action", "subject_name", "detail")) == [
        ("problem.unlinked", "Nætter", {"problem": "Uro"})
    ]
