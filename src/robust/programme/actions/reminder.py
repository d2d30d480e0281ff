"""Rounds of reminders: opened for a plan, and mailed at most once to each person."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account
from robust.programme import queries
from robust.programme.models import Plan, Reminder, ReminderRound

JOB_KIND = "programme_reminders"


class CannotOpenRound(Exception):
    """A round is running, its day has passed, or there is nobody to ask."""


@transaction.atomic
def open_round(plan: Plan, *, due_on: date, message: str, actor: Account, now: datetime) -> ReminderRound:
    """Ask the owner (the deputy where there is none) of each initiative that goes on; the mails are a job.

    Raises: CannotOpenRound.
    """
    day = timezone.localdate(now)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    _refuse_round(plan, due_on=due_on, day=day)
    asked = [
        (initiative, answers)
        for initiative in queries.to_be_asked(plan, day=day)
        if (answers := initiative.owner_id or initiative.deputy_id)
    ]
    if not asked:
        raise CannotOpenRound(
            _("Nobody can be asked: no initiative in the plan that goes on has an owner or a deputy.")
        )
    round_ = ReminderRound.objects.create(
        plan=plan, opened_on=day, due_on=due_on, message=message, opened_by=actor
    )
    Reminder.objects.bulk_create(
        Reminder(round=round_, initiative=initiative, account_id=answers) for initiative, answers in asked
    )
    organisation_actions.record(
        "round.opened", actor=actor, now=now, subject=plan, detail={"asked": len(asked), "due_on": due_on}
    )
    title = _("Mail reminders for %(plan)s") % {"plan": plan.name}
    organisation_actions.start_job(
        JOB_KIND, title=title[:200], account=actor, arguments={"round": round_.pk}, now=now
    )
    return round_


def claim_mail(round_: ReminderRound, *, account: Account, now: datetime) -> tuple[Reminder, ...]:
    """Mark a person's unanswered reminders in the round as mailed and give them, or nothing if they were.

    The claim is committed before the mail is sent: after a crash in between the person gets no mail rather
    than two, and still finds the reminders on their first page.
    """
    with transaction.atomic():
        ReminderRound.objects.select_for_update().get(pk=round_.pk)
        theirs = Reminder.objects.filter(round=round_, account=account)
        if theirs.filter(sent_at__isnull=False).exists():
            return ()
        unanswered = theirs.filter(answered_with__isnull=True)
        unanswered.update(sent_at=now, updated_at=now)
        return tuple(unanswered.select_related("initiative").order_by("initiative__sort_key", "id"))


def give_back_mail(reminders: Iterable[Reminder], *, now: datetime) -> None:
    """Mark reminders as not mailed after the mail server has refused the mail."""
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in reminders]).update(
        sent_at=None, updated_at=now
    )


def _refuse_round(plan: Plan, *, due_on: date, day: date) -> None:
    if due_on < day:
        raise CannotOpenRound(_("The day to answer by has passed. Choose today or a later day."))
    running = plan.reminder_rounds.filter(due_on__gte=day).order_by("-due_on").first()
    if running:
        raise CannotOpenRound(
            _("A round is already running until %(day)s. Nobody was asked again.")
            % {"day": formats.date_format(running.due_on)}
        )
