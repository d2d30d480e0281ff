from datetime import date

import pytest

from robust.organisation.models import Role
from robust.programme.models import Forum, Initiative, Status
from robust.programme.queries import board as queries
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import make_decision, make_forum, make_initiative, make_meeting, make_status
from tests.programme.factories_more import at, make_question

pytestmark = pytest.mark.django_db
ALL = Initiative.objects.all()


def test_an_account_sees_the_forums_of_its_hospital():
    hospital = make_unit(level="hospital")
    ward = make_unit(parent=hospital)
    forum = make_forum(unit=hospital)
    make_forum()

    assert list(queries.forums_visible_to(make_account(role=Role.EMPLOYEE, unit=ward), day=DAY)) == [forum]


def test_a_forum_tells_its_next_meeting_and_how_much_waits():
    forum = make_forum("A")
    make_meeting(forum, held_on=date(2026, 2, 1))
    make_meeting(forum, held_on=date(2026, 5, 1))
    make_meeting(forum, held_on=date(2026, 4, 1))
    make_initiative(forum=forum, awaits_decision=True)
    make_initiative(forum=forum, awaits_decision=True)
    make_initiative(forum=forum)
    make_forum("B")

    found = queries.with_next_meeting(Forum.objects.order_by("name"), initiatives=ALL, day=DAY)

    assert [(row.name, row.next_on, row.waiting_count) for row in found] == [
        ("A", date(2026, 4, 1), 2),
        ("B", None, 0),
    ]


def test_meetings_stand_newest_first_with_how_many_decisions():
    forum = make_forum()
    first, second = make_meeting(forum, held_on=date(2026, 2, 1)), make_meeting(forum)
    make_decision(make_initiative(), first)

    found = queries.meetings_of(forum)

    assert [(meeting.pk, meeting.decision_count) for meeting in found] == [(second.pk, 0), (first.pk, 1)]


def test_the_meeting_before_is_the_same_forums_latest():
    forum = make_forum()
    make_meeting(forum, held_on=date(2026, 1, 1))
    before = make_meeting(forum, held_on=date(2026, 2, 1))
    make_meeting(held_on=date(2026, 2, 15))
    meeting = make_meeting(forum)

    assert queries.meeting_before(meeting) == before
    assert queries.meeting_before(make_meeting()) is None


def test_the_next_meeting_is_the_first_from_today_on():
    forum = make_forum()
    make_meeting(forum, held_on=date(2026, 2, 1))
    make_meeting(forum, held_on=date(2026, 5, 1))
    coming = make_meeting(forum, held_on=DAY)

    assert queries.meeting_after(forum, day=DAY) == coming
    assert queries.meeting_after(make_forum(), day=DAY) is None


def test_what_waits_for_a_forum_stands_in_danish_order():
    forum = make_forum()
    for title in ("Åben dør", "Arbejdstid", "Ærlig snak"):
        make_initiative(title, forum=forum, awaits_decision=True)
    make_initiative(awaits_decision=True, forum=make_forum())

    found = queries.waiting_in(forum, initiatives=ALL)

    assert [initiative.title for initiative in found] == ["Arbejdstid", "Ærlig snak", "Åben dør"]


def test_decisions_stand_newest_first_and_those_of_a_meeting_apart():
    initiative = make_initiative()
    old = make_decision(initiative, make_meeting(held_on=date(2026, 1, 1)))
    new = make_decision(initiative)
    make_decision(make_initiative())
    mine = Initiative.objects.filter(pk=initiative.pk)

    assert list(queries.decisions_about(mine)) == [new, old]
    assert list(queries.decisions_at(old.meeting, initiatives=ALL)) == [old]


def test_an_owner_and_a_deputy_find_what_others_decided_since():
    owner, deputy, chair = make_account(), make_account(), make_account()
    initiative = make_initiative(owner=owner, deputy=deputy)
    make_decision(initiative, decided_at=at(2026, 1, 1), by=chair)
    since = make_decision(initiative, decided_at=at(2026, 3, 1), by=chair)
    make_decision(initiative, decided_at=at(2026, 3, 2), by=owner)

    assert list(queries.decisions_for(owner, since=at(2026, 2, 1))) == [since]
    assert since in queries.decisions_for(deputy, since=at(2026, 2, 1))
    assert list(queries.decisions_for(chair, since=at(2026, 2, 1))) == []


def test_a_meeting_shows_its_questions_and_earlier_ones_without_answer():
    forum = make_forum()
    before, meeting = make_meeting(forum, held_on=date(2026, 2, 1)), make_meeting(forum)
    make_question(make_initiative(), before, text="Besvaret før", answer="Ja.")
    make_question(make_initiative(), before, text="Åben fra før")
    make_question(make_initiative(), meeting, text="Ny", answer="I maj.")
    make_question(make_initiative(), text="Et andet forum")

    found = queries.questions_at(meeting, initiatives=ALL)

    assert {question.text for question in found} == {"Åben fra før", "Ny"}


def test_an_owner_finds_what_was_asked_and_not_answered():
    owner = make_account()
    initiative = make_initiative(owner=owner)
    waiting = make_question(initiative, text="Hvornår?")
    make_question(initiative, text="Hvem?", answer="Mig.")
    make_question(make_initiative())

    assert list(queries.questions_to(owner)) == [waiting]


def test_spoken_of_since_counts_what_was_written_late_too():
    hospital = make_unit()
    dated = make_initiative("A", unit=hospital)
    make_status(dated, dated_on=date(2026, 2, 20))
    written_late = make_initiative("B", unit=hospital)
    make_status(written_late, dated_on=date(2026, 1, 20), recorded_at=at(2026, 2, 20))
    known_before = make_initiative("C", unit=hospital)
    make_status(known_before, dated_on=date(2026, 1, 20))
    make_status(make_initiative("D"), dated_on=date(2026, 2, 20))

    found = queries.spoken_of(
        ALL, units={hospital.pk}, after=date(2026, 2, 1), until=DAY, written_after=at(2026, 2, 2, 0)
    )

    assert list(found) == [dated, written_late]


def test_what_ended_in_the_time_is_told_with_its_reason():
    initiative = make_initiative()
    stopped = make_status(initiative, dated_on=date(2026, 2, 20), judgement="stopped", reason="Få patienter.")
    make_status(initiative, dated_on=date(2026, 1, 20), judgement="stopped")
    make_status(initiative, dated_on=date(2026, 2, 20), judgement="at_risk")
    make_status(make_initiative(), dated_on=date(2026, 2, 20), judgement="done")

    found = queries.ended_between(units={initiative.unit_id}, after=date(2026, 2, 1), until=DAY)

    assert [(status.pk, status.reason) for status in found] == [(stopped.pk, "Få patienter.")]
    assert Status.objects.count() == 4
