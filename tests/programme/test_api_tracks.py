"""Tracks with goals, signs and problems for programs, and who works on a problem."""

import pytest

from robust.organisation.models import Role
from robust.programme.models import ProblemInitiative, SuccessSign, Track
from tests import factories
from tests.programme.calling import NOT_ALLOWED, NOT_THERE, answer, audited, only_reads, problems
from tests.programme.factories import make_initiative, make_plan, make_problem, make_track

pytestmark = pytest.mark.django_db
SIGN = {"text": "Færre bælter", "target_kind": "number", "target_number": 31.5, "target_unit": "pr. måned",
        "target_source": "Nationale mål", "target_set_on": "2026-01-01"}  # fmt: skip


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
    return make_plan("Region 2026", unit=hospital)


@pytest.fixture
def track(plan):
    return make_track(plan, "Sengeafsnit")


def test_a_plans_tracks_are_listed(client, nurse, plan, track):
    assert answer(client, nurse, "GET", f"/plans/{plan.pk}/tracks") == (
        200,
        {
            "items": [
                {
                    "id": track.pk,
                    "name": "Sengeafsnit",
                    "purpose": "",
                    "plan": {"id": plan.pk, "name": "Region 2026"},
                }
            ],
            "count": 1,
        },
    )


def test_a_track_is_made_with_what_hangs_under_it_and_read(client, consultant, plan):
    body = {
        "name": "Uden tvang",
        "purpose": "Ro",
        "process_goals": [{"text": "Et råd"}],
        "success_signs": [SIGN, {"text": "Ro"}],
        "problems": [{"text": "Uro"}],
    }

    status, made = answer(client, consultant, "POST", f"/plans/{plan.pk}/tracks", body)

    track = Track.objects.get()
    goal, problem = track.process_goals.get(), track.problems.get()
    first, second = track.success_signs.all()
    not_set = {"target_kind": "not_set", "target_number": None, "target_unit": "", "target_series": "",
               "target_source": "", "target_set_on": None}  # fmt: skip
    assert (status, made) == (
        201,
        {
            "id": track.pk,
            "name": "Uden tvang",
            "purpose": "Ro",
            "plan": {"id": plan.pk, "name": "Region 2026"},
            "process_goals": [{"id": goal.pk, "text": "Et råd"}],
            "success_signs": [
                {"id": first.pk, "target_series": "", **SIGN},
                {"id": second.pk, "text": "Ro", **not_set},
            ],
            "problems": [{"id": problem.pk, "text": "Uro", "initiatives": []}],
        },
    )
    assert answer(client, consultant, "GET", f"/tracks/{track.pk}") == (200, made)
    assert audited() == [("track.created", {})]


def test_a_track_is_changed_and_what_is_not_sent_stays(client, consultant, track):
    problem, gone = make_problem(track, "Uro"), make_problem(track, "Larm")
    SuccessSign.objects.create(track=track, text="Ro")
    body = {"name": "Afsnit", "problems": [{"id": problem.pk, "text": "Megen uro"}]}

    status, said = answer(client, consultant, "PUT", f"/tracks/{track.pk}", body)

    assert (status, said["name"], [sign["text"] for sign in said["success_signs"]]) == (200, "Afsnit", ["Ro"])
    assert said["problems"] == [{"id": problem.pk, "text": "Megen uro", "initiatives": []}]
    assert (gone.pk in track.problems.values_list("pk", flat=True), audited()) == (
        False,
        [("track.changed", {})],
    )


def test_what_is_read_can_be_sent_back(client, consultant, track):
    SuccessSign.objects.create(track=track, **SIGN)
    _status, said = answer(client, consultant, "GET", f"/tracks/{track.pk}")
    body = {name: value for name, value in said.items() if name not in ("id", "plan")}

    assert answer(client, consultant, "PUT", f"/tracks/{track.pk}", body) == (200, said)


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"name": "Taget"}, "name"),
        ({"success_signs": [{**SIGN, "target_number": None}]}, "success_signs"),
        ({"success_signs": [{**SIGN, "target_source": ""}]}, "success_signs"),
        ({"success_signs": [{**SIGN, "target_set_on": None}]}, "success_signs"),
        ({"success_signs": [{"text": "Ro", "target_kind": "series"}]}, "success_signs"),
        ({"problems": [{"id": 1, "text": "En andens"}]}, "problems"),
    ],
)
def test_a_track_against_the_rules_is_refused(client, consultant, plan, track, part, where):
    make_track(plan, "Taget")

    refused = problems(client, consultant, "PUT", f"/tracks/{track.pk}", {"name": "Afsnit", **part})

    assert (refused, audited()) == ((409, [where]), [])


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (31.5678, (409, "Skriv højst 3 decimaler.")),
        (10**9, (422, ["success_signs.0.target_number"])),
        ("31,5", (422, ["success_signs.0.target_number"])),
        (True, (422, ["success_signs.0.target_number"])),
    ],
)
def test_a_target_is_a_number_as_it_can_be_kept(client, consultant, track, number, refusal):
    body = {"name": "Afsnit", "success_signs": [{**SIGN, "target_number": number}]}

    assert problems(client, consultant, "PUT", f"/tracks/{track.pk}", body) == refusal


def test_a_series_to_be_level_with_has_a_name(client, consultant, track):
    sign = {"text": "Ro", "target_kind": "series", "target_series": "resten af psykiatrien"}

    _status, said = answer(
        client, consultant, "PUT", f"/tracks/{track.pk}", {"name": "A", "success_signs": [sign]}
    )

    assert said["success_signs"][0]["target_series"] == "resten af psykiatrien"


def test_an_initiative_works_on_a_problem_until_it_does_not(client, consultant, plan, track):
    problem, initiative = make_problem(track, "Uro"), make_initiative("Ro på stuen", plan=plan)
    path = f"/tracks/{track.pk}/problems/{problem.pk}/initiatives"
    body = {"initiative": initiative.pk, "level": "ward"}

    first, again = (answer(client, consultant, "POST", path, body) for _ in range(2))
    link = ProblemInitiative.objects.get()
    seen = answer(client, consultant, "GET", f"/tracks/{track.pk}")[1]["problems"]
    gone = answer(client, consultant, "DELETE", f"/problem-initiatives/{link.pk}")

    working = {"id": link.pk, "level": "ward", "initiative": {"id": initiative.pk, "name": "Ro på stuen"}}
    assert (first, again, gone) == ((201, working), (201, working), (204, None))
    assert seen == [{"id": problem.pk, "text": "Uro", "initiatives": [working]}]
    assert audited() == [("problem.linked", {"problem": "Uro"}), ("problem.unlinked", {"problem": "Uro"})]


def test_only_what_is_seen_works_on_a_problem(client, consultant, plan, track):
    unseen = make_initiative(plan=plan, unit=factories.make_unit())
    problem = make_problem(track, "Uro", unseen)
    path = f"/tracks/{track.pk}/problems/{problem.pk}/initiatives"

    refused = problems(client, consultant, "POST", path, {"initiative": unseen.pk, "level": "ward"})
    _status, said = answer(client, consultant, "GET", f"/tracks/{track.pk}")

    assert (refused, said["problems"][0]["initiatives"]) == ((409, ["initiative"]), [])


def test_problems_are_for_those_who_manage_the_plan(client, nurse, consultant, plan, track):
    initiative = make_initiative(plan=plan)
    problem = make_problem(track, "Uro", initiative)
    unseen = make_problem(make_track(make_plan(unit=factories.make_unit())), "Uro", initiative)
    body = {"initiative": initiative.pk, "level": "ward"}
    links = f"/tracks/{track.pk}/problems/{problem.pk}/initiatives"
    link = f"/problem-initiatives/{problem.initiatives.get().pk}"
    elsewhere = f"/tracks/{track.pk}/problems/{unseen.pk}/initiatives"

    assert problems(client, nurse, "POST", links, body) == NOT_ALLOWED
    assert problems(client, nurse, "DELETE", link) == NOT_ALLOWED
    assert only_reads(client, consultant, "POST", links, body)
    assert only_reads(client, consultant, "DELETE", link)
    assert problems(client, consultant, "POST", elsewhere, body) == NOT_THERE
    assert (
        problems(client, consultant, "DELETE", f"/problem-initiatives/{unseen.initiatives.get().pk}")
        == NOT_THERE
    )
    assert (ProblemInitiative.objects.count(), audited()) == (2, [])
