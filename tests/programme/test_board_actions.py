from datetime import date

import pytest

from robust.organisation.models import AuditEntry
from robust.programme.actions import board as actions
from robust.programme.models import Decision, Forum, Initiative, Meeting, Question, Status
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import make_forum, make_initiative, make_meeting
from tests.programme.factories_more import make_question

pytestmark = pytest.mark.django_db
Outcome = Decision.Outcome


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def waiting(forum, **fields):
    return make_initiative(forum=forum, awaits_decision=True, decision_wanted="Skal vi fortsætte?", **fields)


def state_of(initiative) -> tuple[object, bool, str]:
    initiative.refresh_from_db()
    return initiative.forum, initiative.awaits_decision, initiative.decision_wanted


def test_a_forum_is_founded_at_a_unit():
    unit = make_unit()

    forum = actions.found_forum(name=" Hospitalsledelsen ", unit=unit, actor=make_account(), now=NOW)

    assert (forum.name, forum.unit, audited()) == ("Hospitalsledelsen", unit, ["forum.founded"])


def test_a_unit_has_one_forum_of_a_name():
    forum = make_forum("Hospitalsledelsen")

    with pytest.raises(actions.CannotMeet):
        actions.found_forum(name="Hospitalsledelsen", unit=forum.unit, actor=make_account(), now=NOW)

    assert (Forum.objects.count(), audited()) == (1, [])


def test_a_meeting_planned_twice_is_one_meeting():
    forum, anna = make_forum(), make_account()

    first = actions.plan_meeting(forum=forum, held_on=DAY, actor=anna, now=NOW)
    second = actions.plan_meeting(forum=forum, held_on=DAY, actor=anna, now=NOW)

    assert second == first
    assert (first.forum, first.held_on, audited()) == (forum, DAY, ["meeting.planned"])


def test_a_meeting_can_be_moved_and_noted():
    meeting = make_meeting()

    actions.change_meeting(
        meeting=meeting, held_on=date(2026, 4, 1), note=" Lokale 2 ", actor=make_account(), now=NOW
    )

    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.note, audited()) == (date(2026, 4, 1), "Lokale 2", ["meeting.changed"])


def test_a_meeting_is_not_moved_onto_another():
    forum = make_forum()
    make_meeting(forum, held_on=date(2026, 4, 1))

    with pytest.raises(actions.CannotMeet):
        actions.change_meeting(
            meeting=make_meeting(forum), held_on=date(2026, 4, 1), note="", actor=make_account(), now=NOW
        )


def test_a_meeting_with_decisions_keeps_its_day_but_can_be_noted():
    forum, anna = make_forum(), make_account()
    meeting = make_meeting(forum)
    actions.decide(
        meeting=meeting, initiative=waiting(forum), outcome=Outcome.NOTED, reason="Set.", actor=anna, now=NOW
    )

    actions.change_meeting(meeting=meeting, held_on=DAY, note="Referat følger", actor=anna, now=NOW)
    with pytest.raises(actions.CannotMeet):
        actions.change_meeting(meeting=meeting, held_on=date(2026, 4, 1), note="", actor=anna, now=NOW)

    assert list(Meeting.objects.values_list("held_on", "note")) == [(DAY, "Referat følger")]


def test_an_initiative_waits_for_the_forum_it_was_sent_to():
    initiative, forum = make_initiative(), make_forum()

    actions.send_to_decision(
        initiative=initiative, forum=forum, wanted=" Skal vi fortsætte? ", actor=make_account(), now=NOW
    )

    assert state_of(initiative) == (forum, True, "Skal vi fortsætte?")
    assert audited() == ["initiative.sent_to_decision"]


def test_nothing_is_sent_to_decision_without_a_question():
    initiative = make_initiative()

    with pytest.raises(actions.CannotDecide):
        actions.send_to_decision(
            initiative=initiative, forum=make_forum(), wanted=" ", actor=make_account(), now=NOW
        )

    assert state_of(initiative) == (None, False, "")


def test_an_initiative_can_be_called_back():
    forum = make_forum()
    initiative = waiting(forum)

    actions.call_back(initiative=initiative, actor=make_account(), now=NOW)
    actions.call_back(initiative=initiative, actor=make_account(), now=NOW)

    assert state_of(initiative) == (forum, False, "")
    assert audited() == ["initiative.called_back"]


@pytest.mark.parametrize("outcome", [Outcome.APPROVED, Outcome.CHANGED, Outcome.REJECTED, Outcome.NOTED])
def test_a_decision_stands_on_the_initiative_which_waits_no_more(outcome):
    forum, chair = make_forum(), make_account()
    meeting, initiative = make_meeting(forum), waiting(forum)

    decision = actions.decide(
        meeting=meeting, initiative=initiative, outcome=outcome, reason=" Det virker. ", actor=chair, now=NOW
    )

    assert list(initiative.decisions.all()) == [decision]
    assert (decision.asked, decision.reason, decision.decided_by, decision.decided_at, decision.meeting) == (
        "Skal vi fortsætte?",
        "Det virker.",
        chair,
        NOW,
        meeting,
    )
    assert state_of(initiative) == (forum, False, "")
    assert (Status.objects.count(), audited()) == (0, ["decision.taken"])


def test_what_was_postponed_goes_on_waiting():
    forum = make_forum()
    initiative = waiting(forum)

    actions.decide(
        meeting=make_meeting(forum),
        initiative=initiative,
        outcome=Outcome.POSTPONED,
        reason="Tallene mangler.",
        actor=make_account(),
        now=NOW,
    )

    assert state_of(initiative) == (forum, True, "Skal vi fortsætte?")


def test_stopping_writes_a_status_with_the_reason():
    forum, chair = make_forum(), make_account()
    initiative = waiting(forum)

    actions.decide(
        meeting=make_meeting(forum),
        initiative=initiative,
        outcome=Outcome.STOPPED,
        reason="Ulemperne er større end gevinsten.",
        actor=chair,
        now=NOW,
    )

    assert list(
        Status.objects.values_list("initiative", "unit", "dated_on", "judgement", "reason", "recorded_by")
    ) == [(initiative.pk, initiative.unit_id, DAY, "stopped", "Ulemperne er større end gevinsten.", chair.pk)]
    assert audited() == ["status.recorded", "decision.taken"]


def test_a_decision_sent_twice_is_one_decision():
    forum, chair = make_forum(), make_account()
    meeting, initiative = make_meeting(forum), waiting(forum)
    sent = {"meeting": meeting, "initiative": initiative, "outcome": Outcome.APPROVED, "reason": "Ja."}

    first = actions.decide(**sent, actor=chair, now=NOW)
    second = actions.decide(**sent, actor=chair, now=NOW)

    assert second == first
    assert Decision.objects.count() == 1


def test_the_same_answer_to_a_new_question_is_a_new_decision():
    forum, chair = make_forum(), make_account()
    meeting, initiative = make_meeting(forum), waiting(forum)
    sent = {"meeting": meeting, "initiative": initiative, "outcome": Outcome.APPROVED, "reason": "Ja."}
    actions.decide(**sent, actor=chair, now=NOW)
    Initiative.objects.update(awaits_decision=True, decision_wanted="Også om natten?")

    actions.decide(**sent, actor=chair, now=NOW)

    assert list(Decision.objects.order_by("id").values_list("asked", flat=True)) == [
        "Skal vi fortsætte?",
        "Også om natten?",
    ]


def test_nothing_is_decided_without_a_reason():
    forum = make_forum()
    initiative = waiting(forum)

    with pytest.raises(actions.CannotDecide):
        actions.decide(
            meeting=make_meeting(forum),
            initiative=initiative,
            outcome=Outcome.APPROVED,
            reason=" ",
            actor=make_account(),
            now=NOW,
        )

    assert (Decision.objects.count(), state_of(initiative)[1]) == (0, True)


def test_a_forum_does_not_decide_what_another_was_asked():
    initiative = waiting(make_forum())

    with pytest.raises(actions.CannotDecide):
        actions.decide(
            meeting=make_meeting(),
            initiative=initiative,
            outcome=Outcome.APPROVED,
            reason="Ja.",
            actor=make_account(),
            now=NOW,
        )


def test_a_question_asked_twice_is_one_question():
    meeting, initiative, chair = make_meeting(), make_initiative(), make_account()

    first = actions.ask(meeting=meeting, initiative=initiative, text=" Hvornår? ", actor=chair, now=NOW)
    second = actions.ask(meeting=meeting, initiative=initiative, text="Hvornår?", actor=chair, now=NOW)

    assert second == first
    assert (first.text, first.asked_by, first.asked_at) == ("Hvornår?", chair, NOW)
    assert audited() == ["question.asked"]


def test_an_empty_question_is_not_asked():
    with pytest.raises(actions.CannotDecide):
        actions.ask(
            meeting=make_meeting(), initiative=make_initiative(), text=" ", actor=make_account(), now=NOW
        )


def test_an_answer_stands_on_the_question_with_who_and_when():
    question, anna = make_question(make_initiative()), make_account()

    actions.answer_question(question=question, text=" I maj. ", actor=anna, now=NOW)

    assert list(Question.objects.values_list("answer", "answered_by", "answered_at")) == [
        ("I maj.", anna.pk, NOW)
    ]
    assert audited() == ["question.answered"]


def test_an_empty_answer_is_refused():
    with pytest.raises(actions.CannotDecide):
        actions.answer_question(
            question=make_question(make_initiative()), text="", actor=make_account(), now=NOW
        )
