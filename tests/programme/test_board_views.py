from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.core.registry import HomeItem
from robust.organisation.models import Role
from robust.programme.models import Decision, Forum, Meeting, Question, Status
from robust.programme.views import board as views
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import (
    make_decision,
    make_forum,
    make_initiative,
    make_meeting,
    make_status,
)
from tests.programme.factories_more import make_question, queries_for

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 2, 2)


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def chair(hospital):
    return make_account("Bodil", role=Role.BOARD, unit=hospital)


@pytest.fixture
def nurse(hospital):
    return make_account("Nina", role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def consultant(hospital):
    return make_account("Karin", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def forum(hospital):
    return make_forum("Hospitalsledelsen", unit=hospital)


@pytest.fixture
def meeting(forum):
    make_meeting(forum, held_on=BEFORE)
    return make_meeting(forum)


@pytest.fixture
def web(client, chair):
    client.force_login(chair)
    return client


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def waiting(forum, title="Fast makker", **fields):
    return make_initiative(
        title,
        unit=forum.unit,
        forum=forum,
        awaits_decision=True,
        decision_wanted="Skal vi fortsætte?",
        **fields,
    )


def test_everyone_sees_who_decides_what_and_when(client, nurse, forum):
    client.force_login(nurse)
    make_meeting(forum, held_on=timezone.localdate() + timedelta(days=3))
    waiting(forum)
    decision = make_decision(make_initiative(unit=forum.unit), make_meeting(forum))
    make_decision(make_initiative())

    context = client.get(address("forum_list")).context

    assert [(row.name, row.waiting_count) for row in context["forums"]] == [("Hospitalsledelsen", 1)]
    assert [row.pk for row in context["decided"]] == [decision.pk]
    assert context["may_found"] is False


def test_a_consultant_founds_a_forum(client, consultant, hospital):
    client.force_login(consultant)

    response = client.post(address("forum_create"), {"name": "MED-udvalget", "unit": hospital.pk})

    assert response.url == address("forum_detail", Forum.objects.get().pk)


@pytest.mark.parametrize("name", ["", "Hospitalsledelsen"])
def test_a_forum_needs_a_name_of_its_own(client, consultant, forum, name):
    client.force_login(consultant)

    response = client.post(address("forum_create"), {"name": name, "unit": forum.unit_id})

    assert (response.status_code, Forum.objects.count()) == (422, 1)


def test_an_employee_founds_no_forum(client, nurse):
    client.force_login(nurse)

    assert client.get(address("forum_create")).status_code == 403


def test_a_forum_shows_what_waits_and_what_it_decided(web, forum, meeting):
    item = waiting(forum)
    decision = make_decision(make_initiative(unit=forum.unit), meeting)

    context = web.get(address("forum_detail", forum.pk)).context

    assert context["waiting"] == [item]
    assert [row.pk for row in context["decided"]] == [decision.pk]
    assert [row.held_on for row in context["meetings"]] == [DAY, BEFORE]
    assert context["may_decide"] is True


def test_a_forum_elsewhere_is_not_found(web):
    assert web.get(address("forum_detail", make_forum().pk)).status_code == 404


def test_the_forum_costs_the_same_for_one_and_for_three(web, forum, meeting):
    make_decision(waiting(forum), meeting)
    for_one = queries_for(web, address("forum_detail", forum.pk))
    for _number in range(2):
        make_decision(waiting(forum, owner=make_account()), meeting)

    assert queries_for(web, address("forum_detail", forum.pk)) == for_one


def test_a_meeting_is_planned(web, forum):
    response = web.post(address("meeting_create", forum.pk), {"held_on": "2026-05-04"})

    meeting = Meeting.objects.get()
    assert (response.url, meeting.held_on) == (address("meeting_detail", meeting.pk), date(2026, 5, 4))


def test_a_meeting_without_a_day_is_sent_back(web, forum):
    assert web.post(address("meeting_create", forum.pk), {"held_on": "i morgen"}).status_code == 422


def test_an_employee_plans_and_changes_no_meeting(client, nurse, forum, meeting):
    client.force_login(nurse)

    assert client.post(address("meeting_create", forum.pk), {"held_on": "2026-05-04"}).status_code == 403
    assert client.get(address("meeting_edit", meeting.pk)).status_code == 403


def test_a_meeting_tells_what_waits_what_ended_and_what_is_new(web, forum, meeting):
    ward = make_unit("Afsnit 1", parent=forum.unit)
    item = waiting(forum, owner=make_account("Anna"))
    make_status(item, dated_on=date(2026, 1, 5), text="Vi er i gang.")
    stopped = make_initiative("Sene vagter", unit=forum.unit)
    make_status(stopped, ward, dated_on=date(2026, 1, 5), text="Kører.")
    make_status(stopped, ward, dated_on=date(2026, 2, 19), judgement="done", text="Første gang.")
    make_status(stopped, ward, dated_on=date(2026, 2, 20), judgement="stopped", reason="Få patienter.")
    risky = make_initiative("Ny introduktion", unit=forum.unit, starts_on=date(2026, 2, 10))
    make_status(risky, dated_on=date(2026, 2, 21), judgement="at_risk", text="Mangler tid.")
    old = make_initiative("Stille", unit=forum.unit)
    make_status(old, dated_on=date(2026, 1, 5))

    page = web.get(address("meeting_detail", meeting.pk)).context["page"]

    assert page.answer == "1 venter på beslutning, 1 er afsluttet og 2 har nyt."
    assert [(row.title, row.asked, row.owner, row.status) for row in page.waiting] == [
        ("Fast makker", "Skal vi fortsætte?", "Anna", "Vi er i gang.")
    ]
    assert [(row.title, row.place, row.judgement, row.why) for row in page.ended] == [
        ("Sene vagter", "Afsnit 1", "stopped", "Få patienter.")
    ]
    assert [(row.title, row.is_added) for row in page.at_risk] == [("Ny introduktion", True)]
    assert [
        (row.title, [(site.place, site.before, site.judgement) for site in row.sites]) for row in page.news
    ] == [("Sene vagter", [("Afsnit 1", "på sporet", "stopped")])]


def test_a_first_meeting_looks_back_a_month(web, forum):
    first = make_meeting(forum)

    assert web.get(address("meeting_detail", first.pk)).context["since"] == DAY - timedelta(days=30)


def test_a_coming_meeting_tells_what_is_known_today(web, forum):
    make_meeting(forum, held_on=timezone.localdate() - timedelta(days=10))
    coming = make_meeting(forum, held_on=timezone.localdate() + timedelta(days=10))
    make_status(make_initiative(unit=forum.unit), dated_on=timezone.localdate(), recorded_at=timezone.now())

    assert web.get(address("meeting_detail", coming.pk)).context["page"].answer == (
        "0 venter på beslutning, 0 er afsluttet og 1 har nyt."
    )


def test_those_who_do_not_decide_get_no_forms(client, nurse, forum, meeting):
    client.force_login(nurse)
    waiting(forum)

    (row,) = client.get(address("meeting_detail", meeting.pk)).context["page"].waiting

    assert (row.decide, row.ask) == (None, None)


def test_a_meeting_costs_the_same_for_one_and_for_three(web, forum, meeting):
    def one_more():
        item = waiting(forum, owner=make_account())
        make_status(item, dated_on=DAY, judgement="stopped")
        make_question(item, meeting, answer="Ja.")
        make_decision(item, meeting)

    one_more()
    for_one = queries_for(web, address("meeting_detail", meeting.pk))
    one_more()
    one_more()

    assert queries_for(web, address("meeting_detail", meeting.pk)) == for_one


def test_the_meeting_shows_its_questions_with_answers(web, forum, meeting):
    make_question(make_initiative(unit=forum.unit), meeting, text="Hvornår?", answer="I maj.")

    page = web.get(address("meeting_detail", meeting.pk)).context["page"]

    assert [(row.text, row.answer) for row in page.questions] == [("Hvornår?", "I maj.")]


def test_a_meeting_is_moved_and_noted(web, meeting):
    response = web.post(address("meeting_edit", meeting.pk), {"held_on": "2026-03-09", "note": "Lokale 2"})

    meeting.refresh_from_db()
    assert response.url == address("meeting_detail", meeting.pk)
    assert (meeting.held_on, meeting.note) == (date(2026, 3, 9), "Lokale 2")


def test_the_form_of_a_meeting_shows_its_day(web, meeting):
    assert web.get(address("meeting_edit", meeting.pk)).context["form"].initial == {
        "held_on": DAY,
        "note": "",
    }


def test_a_meeting_is_not_moved_onto_another(web, meeting):
    assert web.post(address("meeting_edit", meeting.pk), {"held_on": BEFORE.isoformat()}).status_code == 422


def test_a_decision_is_taken_at_the_meeting(web, forum, meeting, chair):
    item = waiting(forum)

    response = web.post(
        address("decision_create", meeting.pk, item.pk), {"outcome": "stopped", "reason": "Det hjalp ikke."}
    )

    assert response.url == address("meeting_detail", meeting.pk)
    assert list(Decision.objects.values_list("initiative", "outcome", "reason", "decided_by")) == [
        (item.pk, "stopped", "Det hjalp ikke.", chair.pk)
    ]
    assert Status.objects.get().judgement == "stopped"


def test_a_decision_can_be_opened_on_its_own_page(web, forum, meeting):
    assert web.get(address("decision_create", meeting.pk, waiting(forum).pk)).context["meeting"] == meeting


@pytest.mark.parametrize("sent", [{"outcome": "approved", "reason": ""}, {"outcome": "x", "reason": "Ja."}])
def test_a_decision_that_is_none_is_sent_back(web, forum, meeting, sent):
    response = web.post(address("decision_create", meeting.pk, waiting(forum).pk), sent)

    assert (response.status_code, Decision.objects.count()) == (422, 0)


def test_what_another_forum_was_asked_is_refused_in_words(web, meeting, forum):
    item = waiting(make_forum(unit=forum.unit))

    response = web.post(
        address("decision_create", meeting.pk, item.pk), {"outcome": "approved", "reason": "Ja."}
    )

    assert (response.status_code, len(response.context["form"].errors["reason"])) == (422, 1)


def test_an_employee_neither_decides_nor_asks(client, nurse, forum, meeting):
    client.force_login(nurse)
    item = waiting(forum)

    assert client.get(address("decision_create", meeting.pk, item.pk)).status_code == 403
    assert client.get(address("question_create", meeting.pk, item.pk)).status_code == 403


def test_a_question_goes_to_the_owner_who_answers_it(client, web, forum, meeting, nurse):
    item = waiting(forum, owner=nurse)

    asked = web.post(address("question_create", meeting.pk, item.pk), {"text": "Hvornår ved vi mere?"})
    question = Question.objects.get()
    client.force_login(nurse)
    answered = client.post(address("question_answer", question.pk), {"answer": "I maj."})

    question.refresh_from_db()
    assert (asked.url, answered.url) == (
        address("meeting_detail", meeting.pk),
        address("initiative_detail", item.pk),
    )
    assert (question.text, question.answer, question.answered_by) == ("Hvornår ved vi mere?", "I maj.", nurse)


def test_empty_questions_and_answers_are_sent_back(web, client, forum, meeting, consultant):
    item = waiting(forum)

    asked = web.post(address("question_create", meeting.pk, item.pk), {"text": " "})
    client.force_login(consultant)
    answered = client.post(address("question_answer", make_question(item, meeting).pk), {"answer": ""})

    assert (asked.status_code, answered.status_code) == (422, 422)


def test_whoever_does_not_answer_for_an_initiative_answers_no_question(client, nurse, forum, meeting):
    client.force_login(nurse)

    assert client.get(address("question_answer", make_question(waiting(forum)).pk)).status_code == 403


def test_an_owner_sends_an_initiative_to_decision_and_calls_it_back(client, nurse, forum):
    client.force_login(nurse)
    item = make_initiative(unit=forum.unit, owner=nurse)

    sent = client.post(address("decision_ask", item.pk), {"forum": forum.pk, "wanted": "Skal vi fortsætte?"})
    item.refresh_from_db()
    waited = (item.forum, item.awaits_decision, item.decision_wanted)
    back = client.post(address("decision_call_back", item.pk))
    item.refresh_from_db()

    assert (sent.url, back.url) == (address("initiative_detail", item.pk),) * 2
    assert waited == (forum, True, "Skal vi fortsætte?")
    assert item.awaits_decision is False


def test_what_is_to_be_decided_must_be_said(client, nurse, forum):
    client.force_login(nurse)
    item = make_initiative(unit=forum.unit, owner=nurse)

    assert client.post(address("decision_ask", item.pk), {"forum": forum.pk, "wanted": ""}).status_code == 422


def test_whoever_may_not_change_an_initiative_does_not_send_it(client, nurse, forum):
    client.force_login(nurse)
    item = make_initiative(unit=forum.unit)

    assert client.get(address("decision_ask", item.pk)).status_code == 403
    assert client.post(address("decision_call_back", item.pk)).status_code == 403


def test_my_day_tells_the_owner_what_was_decided_and_asked(nurse, forum, chair):
    item = make_initiative("Fast makker", unit=forum.unit, owner=nurse)
    make_decision(item, make_meeting(forum), by=chair, decided_at=timezone.now())
    question = make_question(item, make_meeting(forum, held_on=BEFORE))

    assert list(views.waiting(nurse, day=DAY)) == [
        HomeItem(
            title="Fast makker",
            url=address("initiative_detail", item.pk),
            kind="Beslutning",
            note="Godkendt: Der er opbakning.",
        ),
        HomeItem(
            title="Fast makker",
            url=address("question_answer", question.pk),
            kind="Spørgsmål fra Hospitalsledelsen",
            note="Hvornår ved vi mere?",
        ),
    ]


def test_my_day_tells_the_board_what_waits_and_when_it_meets(chair, forum):
    waiting(forum)
    waiting(forum)
    unplanned = list(views.waiting(chair, day=DAY))
    meeting = make_meeting(forum, held_on=date(2026, 3, 9))

    said = {"title": "2 indsatser venter på beslutning i Hospitalsledelsen", "kind": "Møde"}
    assert unplanned == [HomeItem(**said, url=address("forum_detail", forum.pk))]
    assert list(views.waiting(chair, day=DAY)) == [
        HomeItem(**said, url=address("meeting_detail", meeting.pk), due_on=date(2026, 3, 9))
    ]
    assert NOW.date() == DAY
