import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import ProblemInitiative, Track
from tests.factories import make_account, make_unit
from tests.programme.factories import (
    make_initiative,
    make_plan,
    make_problem,
    make_status,
    make_track,
)
from tests.programme.factories_more import queries_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SETS = ("process_goals", "success_signs", "problems")


@pytest.fixture
def plan():
    return make_plan(unit=make_unit("Psykiatrien", level="hospital"))


@pytest.fixture
def web(client, plan):
    client.force_login(make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=plan.unit))
    return client


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def sent(**more):
    data = {"name": "Sengeafsnit", "purpose": "At blive."}
    for prefix in SETS:
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | more


def test_a_track_shows_goals_signs_and_which_problems_nobody_works_on(web, plan):
    track = make_track(plan, "Sengeafsnit")
    track.process_goals.create(text="Spilleregler er aftalt.")
    track.success_signs.create(text="LUP")
    initiative = make_initiative("Nætter", plan=plan, track=track)
    make_status(initiative, judgement="at_risk", dated_on=TODAY)
    at_hospital = make_problem(track, "Uro", initiative)
    at_ward = make_problem(track, "Vagter", make_initiative("Uden status", plan=plan), level="ward")
    make_problem(track, "Alene")

    response = web.get(address("track_detail", track.pk))

    page = response.context["page"]
    assert page.answer == "1 indsats i sporet. Ingen arbejder med 1 af de 3 problemer endnu."
    assert [
        (
            line.problem.text,
            [(work.title, work.judgement) for work in line.at_hospital],
            [(work.title, work.judgement) for work in line.at_ward],
            line.is_left_alone,
        )
        for line in page.problems
    ] == [
        (at_hospital.text, [("Nætter", "at_risk")], [], False),
        (at_ward.text, [], [("Uden status", None)], False),
        ("Alene", [], [], True),
    ]
    assert [title for _pk, title in response.context["choices"]] == ["Nætter", "Uden status"]
    assert "ikke fastsat" in response.content.decode()


def test_a_track_without_problems_says_only_how_many_initiatives(web, plan):
    page = web.get(address("track_detail", make_track(plan).pk)).context["page"]

    assert page.answer == "0 indsatser i sporet."


def test_a_reader_is_not_offered_to_connect(client, plan):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=plan.unit))
    track = make_track(plan)
    make_problem(track, "Uro", make_initiative(plan=plan))

    assert client.get(address("track_detail", track.pk)).context["choices"] == ()


def test_a_track_takes_as_many_queries_for_one_initiative_as_for_three(web, plan):
    track = make_track(plan)

    def more():
        initiative = make_initiative(plan=plan, track=track, owner=make_account())
        make_status(initiative, dated_on=TODAY)
        make_problem(track, "", initiative)

    more()
    one = queries_for(web, address("track_detail", track.pk))
    more()
    more()

    assert queries_for(web, address("track_detail", track.pk)) == one


def test_a_track_is_made_with_what_hangs_under_it(web, plan):
    blank = web.get(address("track_create", plan.pk)).context
    data = sent(
        **{
            "process_goals-TOTAL_FORMS": "1",
            "process_goals-0-text": "Spilleregler er aftalt.",
            "success_signs-TOTAL_FORMS": "2",
            "success_signs-0-text": "Flow",
            "success_signs-0-target_kind": "number",
            "success_signs-0-target_number": "17,39",
            "success_signs-0-target_unit": "%",
            "success_signs-0-target_source": "Personaledata",
            "success_signs-0-target_set_on": "2022-01-05",
            "success_signs-1-target_kind": "not_set",
        }
    )

    response = web.post(address("track_create", plan.pk), data)

    track = Track.objects.get()
    sign = track.success_signs.get()
    assert [len(blank[name].forms) for name in SETS] == [1, 1, 1]
    assert response.headers["Location"] == address("track_detail", track.pk)
    assert [goal.text for goal in track.process_goals.all()] == ["Spilleregler er aftalt."]
    assert (sign.text, str(sign.target_number), sign.target_unit) == ("Flow", "17.390", "%")


def test_a_name_that_is_taken_in_the_plan_is_told(web, plan):
    make_track(plan, "Sengeafsnit")

    response = web.post(address("track_create", plan.pk), sent())

    assert (response.status_code, Track.objects.count()) == (422, 1)
    assert response.context["form"].errors == {
        "name": ["Planen har allerede et spor med det navn. Vælg et andet."]
    }


def test_a_problem_is_added_without_losing_what_is_typed(web, plan):
    response = web.post(address("track_create", plan.pk), sent(name="", add="problems"))

    assert response.context["form"].errors == {}
    assert [len(response.context[name].forms) for name in SETS] == [0, 0, 1]


def test_a_track_is_shown_for_change_and_changed(web, plan):
    track = make_track(plan, "Sengeafsnit")
    sign = track.success_signs.create(text="LUP")
    shown = web.get(address("track_edit", track.pk)).context["success_signs"].forms[0]
    data = sent(
        **{
            "success_signs-TOTAL_FORMS": "1",
            "success_signs-INITIAL_FORMS": "1",
            "success_signs-0-id": sign.pk,
            "success_signs-0-text": "LUP: inddragelse",
            "success_signs-0-target_kind": "series",
            "success_signs-0-target_series": "ambulatorierne",
        }
    )

    response = web.post(address("track_edit", track.pk), data)

    sign.refresh_from_db()
    assert {name: shown[name].value() for name in ("id", "text", "target_kind")} == {
        "id": sign.pk,
        "text": "LUP",
        "target_kind": "not_set",
    }
    assert response.headers["Location"] == address("track_detail", track.pk)
    assert (sign.text, sign.target_series) == ("LUP: inddragelse", "ambulatorierne")


def test_a_wrong_change_of_a_track_is_told(web, plan):
    track = make_track(plan)

    assert web.post(address("track_edit", track.pk), sent(name="")).status_code == 422


def test_a_ward_leader_makes_and_changes_no_tracks(client, plan):
    client.force_login(make_account(role=Role.WARD_LEADER, unit=plan.unit))
    track = make_track(plan)

    refused = [
        client.get(address(*to)).status_code for to in (("track_create", plan.pk), ("track_edit", track.pk))
    ]

    assert refused == [403, 403]


def test_an_initiative_is_connected_to_a_problem_and_disconnected(web, plan):
    track, initiative = make_track(plan), make_initiative(plan=plan)
    problem = make_problem(track)
    data = {"problem": problem.pk, "initiative": initiative.pk, "level": "ward"}

    web.post(address("problem_link", track.pk), data)
    link = ProblemInitiative.objects.get()
    response = web.post(address("problem_unlink", link.pk))

    assert (link.problem, link.initiative, link.level) == (problem, initiative, "ward")
    assert response.headers["Location"] == address("track_detail", track.pk)
    assert ProblemInitiative.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"level": "cellar"}, {"initiative": "0"}, {"problem": "0"}, {"initiative": "9" * 18}]
)
def test_nonsense_connects_nothing_and_says_so(web, plan, wrong):
    track, initiative = make_track(plan), make_initiative(plan=plan)
    right = {"problem": make_problem(track).pk, "initiative": initiative.pk, "level": "ward"}

    response = web.post(address("problem_link", track.pk), right | wrong, follow=True)

    assert ProblemInitiative.objects.count() == 0
    assert [str(message) for message in response.context["messages"]] == [
        "Vælg et problem og en indsats fra listerne. Intet er ændret."
    ]


def test_only_who_manages_the_plan_connects(client, plan):
    client.force_login(make_account(role=Role.WARD_LEADER, unit=plan.unit))
    track = make_track(plan)
    problem = make_problem(track, "", make_initiative(plan=plan))

    refused = [
        client.post(address("problem_link", track.pk)).status_code,
        client.post(address("problem_unlink", problem.initiatives.get().pk)).status_code,
    ]

    assert refused == [403, 403]
