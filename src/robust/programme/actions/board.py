"""What forums do: meet, decide, ask; and how something comes before them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Unit
from robust.programme.actions.status import record_status
from robust.programme.models import Decision, Forum, Initiative, Judgement, Meeting, Question

Outcome = Decision.Outcome


class CannotMeet(Exception):
    """The forum or its meeting cannot be as wished."""


class CannotDecide(Exception):
    """The decision, or the question, cannot be taken up like this."""


@transaction.atomic
def found_forum(*, name: str, unit: Unit, actor: Account, now: datetime) -> Forum:
    """Make a forum at a unit. Raises: CannotMeet, where the unit has one of that name."""
    forum, is_new = Forum.objects.get_or_create(name=name.strip(), unit=unit)
    if not is_new:
        raise CannotMeet(_("There is already a forum with that name here. Choose another name."))
    organisation_actions.record("forum.founded", actor=actor, now=now, subject=forum)
    return forum


@transaction.atomic
def plan_meeting(*, forum: Forum, held_on: date, actor: Account, now: datetime) -> Meeting:
    """Set the day of a meeting; planned twice, it is still one meeting."""
    meeting, is_new = Meeting.objects.get_or_create(forum=forum, held_on=held_on)
    if is_new:
        organisation_actions.record("meeting.planned", actor=actor, now=now, subject=meeting)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, held_on: date, note: str, actor: Account, now: datetime) -> None:
    """Move a meeting, and write what else should be remembered of it.

    Raises: CannotMeet, where the forum meets on that day already, or something was decided on the old one.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    before = {"held_on": meeting.held_on, "note": meeting.note}
    if held_on != meeting.held_on:
        if meeting.decisions.exists():
            raise CannotMeet(
                _("Something was decided at this meeting, so its day stays. Plan a new meeting.")
            )
        if Meeting.objects.filter(forum=meeting.forum_id, held_on=held_on).exists():
            raise CannotMeet(_("The forum already meets on that day. Choose another day."))
    meeting.held_on, meeting.note = held_on, note.strip()
    meeting.save(update_fields=["held_on", "note", "updated_at"])
    organisation_actions.record("meeting.changed", actor=actor, now=now, subject=meeting, detail=before)


@transaction.atomic
def send_to_decision(
    *, initiative: Initiative, forum: Forum, wanted: str, actor: Account, now: datetime
) -> None:
    """Put an initiative before a forum; sent again, the newer question stands. Raises: CannotDecide."""
    if not wanted.strip():
        raise CannotDecide(_("Write what is to be decided, so that the forum can answer yes or no."))
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    initiative.forum, initiative.awaits_decision = forum, True
    initiative.decision_wanted = wanted.strip()
    _save_waiting(initiative)
    detail = {"forum": forum.pk, "wanted": initiative.decision_wanted}
    organisation_actions.record(
        "initiative.sent_to_decision", actor=actor, now=now, subject=initiative, detail=detail
    )


@transaction.atomic
def call_back(*, initiative: Initiative, actor: Account, now: datetime) -> None:
    """Take an initiative off the forum's table; where it is not there it changes nothing."""
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if initiative.awaits_decision:
        _answered(initiative)
        organisation_actions.record("initiative.called_back", actor=actor, now=now, subject=initiative)


@transaction.atomic
def decide(
    *,
    meeting: Meeting,
    initiative: Initiative,
    outcome: Decision.Outcome,
    reason: str,
    actor: Account,
    now: datetime,
) -> Decision:
    """Write down what a forum decided and why; sent twice, it is still one decision.

    What was only postponed goes on waiting. What was stopped gets a status that says so, with the reason.
    Raises: CannotDecide, where no reason is given, or another forum is asked.
    """
    if not reason.strip():
        raise CannotDecide(_("Write the reason. It stands on the initiative, where its owner reads it."))
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if initiative.awaits_decision and initiative.forum_id not in (None, meeting.forum_id):
        raise CannotDecide(
            _("Another forum has been asked to decide this. Decide it there, or call it back.")
        )
    said: Decision | None = meeting.decisions.filter(
        initiative=initiative, outcome=outcome, reason=reason.strip()
    ).first()
    if said and not initiative.awaits_decision:
        return said
    decision = Decision.objects.create(
        initiative=initiative,
        meeting=meeting,
        outcome=outcome,
        asked=initiative.decision_wanted,
        reason=reason.strip(),
        decided_by=actor,
        decided_at=now,
    )
    if outcome != Outcome.POSTPONED:
        _answered(initiative)
    if outcome == Outcome.STOPPED:
        _stop(initiative, decision, actor=actor, now=now)
    detail = {"initiative": initiative.title, "outcome": outcome, "meeting": meeting.pk}
    organisation_actions.record("decision.taken", actor=actor, now=now, subject=decision, detail=detail)
    return decision


@transaction.atomic
def ask(*, meeting: Meeting, initiative: Initiative, text: str, actor: Account, now: datetime) -> Question:
    """Ask whoever answers for an initiative; asked twice, it is one question. Raises: CannotDecide."""
    if not text.strip():
        raise CannotDecide(_("Write the question."))
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    question, is_new = Question.objects.get_or_create(
        meeting=meeting,
        initiative=initiative,
        text=text.strip(),
        defaults={"asked_by": actor, "asked_at": now},
    )
    if is_new:
        organisation_actions.record("question.asked", actor=actor, now=now, subject=question)
    return question


@transaction.atomic
def answer_question(*, question: Question, text: str, actor: Account, now: datetime) -> None:
    """Answer a forum's question; a later answer takes the place of an earlier one. Raises: CannotDecide."""
    if not text.strip():
        raise CannotDecide(_("Write the answer. The forum reads it at its next meeting."))
    question = Question.objects.select_for_update().get(pk=question.pk)
    before = question.answer
    question.answer, question.answered_by, question.answered_at = text.strip(), actor, now
    question.save(update_fields=["answer", "answered_by", "answered_at", "updated_at"])
    organisation_actions.record(
        "question.answered", actor=actor, now=now, subject=question, detail={"before": before}
    )


def _answered(initiative: Initiative) -> None:
    initiative.awaits_decision, initiative.decision_wanted = False, ""
    _save_waiting(initiative)


def _save_waiting(initiative: Initiative) -> None:
    initiative.save(update_fields=["forum", "awaits_decision", "decision_wanted", "updated_at"])


def _stop(initiative: Initiative, decision: Decision, *, actor: Account, now: datetime) -> None:
    record_status(
        initiative,
        unit=initiative.unit,
        dated_on=timezone.localdate(now),
        judgement=Judgement.STOPPED,
        text="",
        reason=decision.reason,
        actor=actor,
        now=now,
    )
