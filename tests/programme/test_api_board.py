"""Forums, meetings, decisions and questions over the API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import Decision, Forum, Meeting, Question
from tests.factories import make_account, make_unit
from tests.programme.calling import answer, api_queries, audited, problems
from tests.programme.factories import (
    make_decision,
    make_forum,
    make_initiative,
    make_meeting,
    make_status,
)
from tests.programme.factories_more import make_question

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Iben", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def reader(hospital):
    return make_account("Ellen", role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def forum(hospital):
    return make_forum("Ledelsen", unit=hospital)


@pytest.fixture
def meeting(forum):
    return make_meeting(forum, held_on=TODAY)


@pytest.fixture
def initiative(hospital):
    return make_initiative("Nattevagter deles", unit=hospital)


def named(row) -> dict:
    return {"id": row.pk, "name": getattr(row, "title", "") or row.name}


def test_a_forum_is_made_and_shows_its_next_meeting_and_what_waits(client, consultant, reader, hospital):
    status, made = answer(client, consultant, "POST", "/forums", {"name": "Ledelsen", "unit": hospital.pk})
    forum = Forum.objects.get()
    make_meeting(forum, held_on=TODAY)
    make_initiative(unit=hospital, forum=forum, awaits_decision=True)
    row = {"id": forum.pk, "name": "Ledelsen", "unit": named(hospital), "next_on": None, "waiting_count": 0}
    later = row | {"next_on": TODAY.isoformat(), "waiting_count": 1}

    assert (status, made) == (201, row)
    assert answer(client, reader, "GET", "/forums") == (200, {"count": 1, "items": [later]})
    assert answer(client, reader, "GET", f"/forums/{forum.pk}") == (200, later)
    assert audited()[-1][0] == "forum.founded"


def test_a_forum_is_made_once_at_a_unit_one_manages(client, consultant, reader, forum, hospital):
    elsewhere = make_unit()
    body = {"name": "Ledelsen", "unit": hospital.pk}

    assert answer(client, consultant, "POST", "/forums", body)[0] == 409
    assert problems(client, consultant, "POST", "/forums", body | {"unit": elsewhere.pk}) == (409, ["unit"])
    assert problems(client, consultant, "POST", "/forums", {"unit": hospital.pk}) == (422, ["name"])
    assert answer(client, reader, "POST", "/forums", body | {"name": "Ny"})[0] == 403


@pytest.mark.parametrize("path", ["", "/waiting", "/meetings"])
def test_a_forum_elsewhere_is_not_found(client, consultant, path):
    assert answer(client, consultant, "GET", f"/forums/{make_forum().pk}{path}")[0] == 404


@pytest.mark.parametrize("path", ["", "/changes", "/ended"])
def test_a_meeting_elsewhere_is_not_found(client, consultant, path):
    assert answer(client, consultant, "GET", f"/meetings/{make_meeting().pk}{path}")[0] == 404


def test_what_waits_for_a_forum_says_what_is_to_be_decided(client, reader, forum, hospital):
    waiting = make_initiative(
        "Ny dør", unit=hospital, forum=forum, awaits_decision=True, decision_wanted="Skal vi?"
    )

    said = answer(client, reader, "GET", f"/forums/{forum.pk}/waiting")

    row = {
        "initiative": named(waiting),
        "forum": named(forum),
        "unit": named(hospital),
        "owner": None,
        "wanted": "Skal vi?",
    }
    assert said == (200, {"count": 1, "items": [row]})


def test_a_meeting_is_planned_moved_and_noted(client, consultant, forum):
    path = f"/forums/{forum.pk}/meetings"
    status, made = answer(client, consultant, "POST", path, {"held_on": "2026-05-01"})
    meeting = Meeting.objects.get()
    row = {"id": meeting.pk, "forum": named(forum), "held_on": "2026-05-01", "note": ""}
    moved = answer(
        client, consultant, "PUT", f"/meetings/{meeting.pk}", {"held_on": "2026-05-02", "note": "Lokale 3"}
    )

    assert (status, made) == (201, row)
    assert moved == (
        200,
        row
        | {
            "held_on": "2026-05-02",
            "note": "Lokale 3",
            "before": None,
            "new_since": "2026-04-02",
            "new_until": "2026-05-02",
        },
    )
    assert answer(client, consultant, "GET", path)[1]["count"] == 1
    assert [action for action, _detail in audited()] == ["meeting.planned", "meeting.changed"]


def test_a_meeting_where_something_was_decided_keeps_its_day(client, consultant, meeting, initiative):
    make_decision(initiative, meeting)

    status, _said = answer(client, consultant, "PUT", f"/meetings/{meeting.pk}", {"held_on": "2026-05-02"})

    meeting.refresh_from_db()
    assert (status, meeting.held_on) == (409, TODAY)


def test_a_reader_plans_moves_and_decides_nothing(client, reader, forum, meeting, initiative):
    day, about = {"held_on": "2026-05-02"}, {"initiative": initiative.pk}
    asked = make_question(initiative, meeting)

    refused = [
        answer(client, reader, "POST", f"/forums/{forum.pk}/meetings", day),
        answer(client, reader, "PUT", f"/meetings/{meeting.pk}", day),
        answer(
            client,
            reader,
            "POST",
            f"/meetings/{meeting.pk}/decisions",
            about | {"outcome": "noted", "reason": "Ja."},
        ),
        answer(client, reader, "POST", f"/meetings/{meeting.pk}/questions", about | {"text": "Hvad?"}),
        answer(client, reader, "PUT", f"/questions/{asked.pk}/answer", {"answer": "Det."}),
        answer(
            client,
            reader,
            "POST",
            f"/initiatives/{initiative.pk}/decision-wanted",
            {"forum": forum.pk, "wanted": "Skal vi?"},
        ),
        answer(client, reader, "DELETE", f"/initiatives/{initiative.pk}/decision-wanted"),
    ]

    assert [status for status, _said in refused] == [403] * 7


def test_a_meeting_is_told_what_is_new_since_the_one_before_and_what_ended(
    client, reader, forum, meeting, hospital, initiative
):
    before = make_meeting(forum, held_on=TODAY - timedelta(days=40))
    make_status(initiative, text="Aftalt.", dated_on=TODAY - timedelta(days=50))
    make_status(initiative, text="Aftalt. Begyndt.", dated_on=TODAY - timedelta(days=3))
    stopped = make_status(make_initiative("Dør", unit=hospital), judgement="stopped", text="", dated_on=TODAY)

    _status, told = answer(client, reader, "GET", f"/meetings/{meeting.pk}")
    _status, new = answer(client, reader, "GET", f"/meetings/{meeting.pk}/changes?limit=1&offset=1")
    _status, ended = answer(client, reader, "GET", f"/meetings/{meeting.pk}/ended")

    since = (TODAY - timedelta(days=40)).isoformat()
    assert (told["before"], told["new_since"], told["new_until"]) == (before.pk, since, TODAY.isoformat())
    assert (new["count"], new["title"], new["before_on"]) == (2, "Ledelsen", since)
    assert [row["title"] for row in new["items"]] == ["Nattevagter deles"]
    assert [part["change"] for part in new["items"][0]["sites"][0]["passages"]] == ["kept", "new"]
    assert ended["items"] == [
        {
            "status": stopped.pk,
            "initiative": {"id": stopped.initiative_id, "name": "Dør"},
            "unit": named(hospital),
            "dated_on": TODAY.isoformat(),
            "judgement": "stopped",
            "text": "",
            "reason": "Ingen opbakning.",
        }
    ]


def test_an_initiative_is_put_before_a_forum_and_called_back(client, consultant, forum, initiative):
    path = f"/initiatives/{initiative.pk}/decision-wanted"

    status, said = answer(client, consultant, "POST", path, {"forum": forum.pk, "wanted": "Skal vi?"})
    back = answer(client, consultant, "DELETE", path)

    initiative.refresh_from_db()
    assert (status, said["forum"], said["wanted"]) == (200, named(forum), "Skal vi?")
    assert (back, initiative.awaits_decision) == ((204, None), False)
    assert [action for action, _detail in audited()] == [
        "initiative.sent_to_decision",
        "initiative.called_back",
    ]


def test_an_initiative_is_put_before_no_forum_that_one_does_not_see(client, consultant, initiative):
    path, unseen = f"/initiatives/{initiative.pk}/decision-wanted", make_forum()
    body = {"forum": unseen.pk, "wanted": "Skal vi?"}

    assert problems(client, consultant, "POST", path, body) == (409, ["forum"])
    assert problems(client, consultant, "POST", path, body | {"wanted": " "}) == (422, ["wanted"])


def test_a_decision_is_written_down_with_its_reason(client, consultant, forum, meeting, initiative):
    body = {"initiative": initiative.pk, "outcome": "stopped", "reason": "Ingen hænder."}

    status, said = answer(client, consultant, "POST", f"/meetings/{meeting.pk}/decisions", body)

    decision = Decision.objects.get()
    assert (status, said) == (
        201,
        {
            "id": decision.pk,
            "initiative": named(initiative),
            "meeting": meeting.pk,
            "forum": named(forum),
            "outcome": "stopped",
            "asked": "",
            "reason": "Ingen hænder.",
            "decided_by": named(consultant),
            "decided_at": decision.decided_at.isoformat(),
        },
    )
    assert initiative.statuses.get().judgement == "stopped"
    assert audited()[-1][0] == "decision.taken"


def test_what_another_forum_was_asked_is_not_decided_here(client, consultant, meeting, hospital):
    waiting = make_initiative(unit=hospital, forum=make_forum(unit=hospital), awaits_decision=True)
    body = {"initiative": waiting.pk, "outcome": "approved", "reason": "Ja."}
    path = f"/meetings/{meeting.pk}/decisions"

    assert answer(client, consultant, "POST", path, body)[0] == 409
    unseen = body | {"initiative": make_initiative().pk}
    assert problems(client, consultant, "POST", path, unseen) == (409, ["initiative"])
    assert problems(client, consultant, "POST", path, body | {"outcome": "yes"}) == (422, ["outcome"])


def test_a_question_is_asked_once_and_answered(client, consultant, meeting, initiative):
    path = f"/meetings/{meeting.pk}/questions"
    body = {"initiative": initiative.pk, "text": "Hvornår?"}

    status, asked = answer(client, consultant, "POST", path, body)
    _status, again = answer(client, consultant, "POST", path, body)
    _status, open_ones = answer(client, consultant, "GET", "/questions?unanswered=true")
    done, answered = answer(
        client, consultant, "PUT", f"/questions/{asked['id']}/answer", {"answer": "I maj."}
    )

    assert (status, done, asked["answer"], again["id"]) == (201, 200, "", asked["id"])
    assert (answered["answer"], answered["answered_by"]) == ("I maj.", named(consultant))
    assert open_ones["items"] == [asked]
    assert answer(client, consultant, "GET", "/questions?unanswered=true")[1]["count"] == 0
    assert audited()[-2][0] == "question.asked"
    assert audited()[-1] == ("question.answered", {"before": ""})


def test_a_question_about_what_one_does_not_see_is_not_found(client, consultant):
    unseen = make_question(make_initiative())

    assert answer(client, consultant, "PUT", f"/questions/{unseen.pk}/answer", {"answer": "Nej."})[0] == 404


def test_decisions_and_questions_are_narrowed(client, reader, forum, meeting, initiative, hospital):
    decision, question = make_decision(initiative, meeting), make_question(initiative, meeting)
    other = make_initiative(unit=hospital)
    make_decision(other, make_meeting(held_on=date(2026, 1, 1)))
    make_question(other)
    make_decision(make_initiative())

    asked = f"?initiative={initiative.pk}&meeting={meeting.pk}&forum={forum.pk}"
    decisions = answer(client, reader, "GET", f"/decisions{asked}")[1]["items"]
    questions = answer(client, reader, "GET", f"/questions{asked}")[1]["items"]

    assert ([row["id"] for row in decisions], [row["id"] for row in questions]) == (
        [decision.pk],
        [question.pk],
    )
    assert answer(client, reader, "GET", "/decisions")[1]["count"] == 2
    assert Question.objects.count() == answer(client, reader, "GET", "/questions")[1]["count"]


def test_the_lists_take_as_many_queries_for_three_as_for_one(client, reader, forum, meeting, hospital):
    def more() -> None:
        waiting = make_initiative(unit=hospital, forum=forum, awaits_decision=True, owner=make_account())
        make_status(waiting, dated_on=TODAY, judgement="done")
        make_decision(waiting, meeting)
        make_question(waiting, meeting, answer="Ja.")

    paths = [
        "/forums",
        f"/forums/{forum.pk}/waiting",
        f"/forums/{forum.pk}/meetings",
        f"/meetings/{meeting.pk}/changes",
        f"/meetings/{meeting.pk}/ended",
        "/decisions",
        "/questions",
    ]
    more()
    one = [api_queries(client, reader, path) for path in paths]
    for days in (1, 2):
        more()
        make_meeting(forum, held_on=TODAY + timedelta(days=days))
        make_forum(unit=hospital)

    assert [api_queries(client, reader, path) for path in paths] == one
