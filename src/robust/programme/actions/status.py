"""Saying how far an initiative is at a place, always as a new entry; and the drafts of what is to be said."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Unit
from robust.programme import queries
from robust.programme.models import Initiative, Judgement, Reminder, Status, StatusDraft


class CannotRecordStatus(Exception):
    """The status does not say enough, or speaks of a day to come."""


class StatusMeanwhile(Exception):
    """Somebody else wrote a status for the place after this one was begun."""

    def __init__(self, latest: Status) -> None:
        super().__init__(
            _(
                "%(name)s has written a status for %(place)s while you were writing. Yours is not saved yet: "
                "read the other one, correct your own if needed, and save again."
            )
            % {"name": latest.recorded_by.name, "place": latest.unit.name}
        )
        self.latest = latest


@transaction.atomic
def record_status(
    initiative: Initiative,
    *,
    unit: Unit,
    dated_on: date,
    judgement: str,
    text: str,
    reason: str = "",
    based_on: int | None = None,
    actor: Account,
    now: datetime,
) -> Status:
    """Add a status and answer the reminders that asked for it.

    `based_on` is the id of the place's latest status when writing began, 0 for none; without it nobody's
    entry in between is looked for. The same words sent twice by the same person are one entry.

    Raises: CannotRecordStatus, StatusMeanwhile.
    """
    _refuse_nonsense(dated_on=dated_on, judgement=judgement, text=text, reason=reason, now=now)
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    latest = queries.latest_at(initiative, unit_id=unit.pk, day=timezone.localdate(now))
    if latest and based_on is not None and latest.pk != based_on:
        if _says_the_same(latest, actor=actor, judgement=judgement, text=text, reason=reason):
            return latest
        raise StatusMeanwhile(latest)
    status = Status.objects.create(
        initiative=initiative,
        unit=unit,
        dated_on=dated_on,
        judgement=judgement,
        text=text,
        reason=reason,
        recorded_by=actor,
        recorded_at=now,
    )
    _answer_reminders(status, now=now)
    organisation_actions.record(
        "status.recorded",
        actor=actor,
        now=now,
        subject=initiative,
        detail={"status": status.pk, "unit": unit.name, "judgement": judgement},
    )
    return status


def keep_draft(
    initiative: Initiative,
    *,
    unit: Unit,
    judgement: str,
    text: str,
    reason: str,
    based_on: int,
    actor: Account,
    now: datetime,
) -> None:
    """Keep what somebody has written so far, in place of what was kept before; nobody but they see it.

    No line in the audit trail: nothing is said yet, and what is thrown away shall leave nothing behind.
    """
    said = {"judgement": judgement, "text": text, "reason": reason, "based_on": based_on, "kept_at": now}
    StatusDraft.objects.update_or_create(account=actor, initiative=initiative, unit=unit, defaults=said)


def forget_draft(initiative: Initiative, *, unit: Unit, actor: Account) -> None:
    """Delete what the actor had written so far for the place."""
    StatusDraft.objects.filter(account=actor, initiative=initiative, unit=unit).delete()


def forget_drafts(before: datetime) -> int:
    """Delete drafts that were kept last before a moment; give how many."""
    return StatusDraft.objects.filter(kept_at__lt=before).delete()[0]


def _refuse_nonsense(*, dated_on: date, judgement: str, text: str, reason: str, now: datetime) -> None:
    if dated_on > timezone.localdate(now):
        raise CannotRecordStatus(_("The day has not come yet. Choose today or an earlier day."))
    if not text and not judgement:
        raise CannotRecordStatus(_("Write how far it is, or choose how it goes."))
    if judgement == Judgement.STOPPED and not reason:
        raise CannotRecordStatus(_("Write why it was stopped, so that others can learn from it."))


def _says_the_same(latest: Status, *, actor: Account, judgement: str, text: str, reason: str) -> bool:
    said = (latest.recorded_by_id, latest.judgement, latest.text, latest.reason)
    return said == (actor.pk, judgement, text, reason)


def _answer_reminders(status: Status, *, now: datetime) -> None:
    """A status by somebody who answers for the initiative answers for all; another's only for themself."""
    initiative, actor_id = status.initiative, status.recorded_by_id
    waiting = Reminder.objects.filter(initiative=initiative, answered_with__isnull=True)
    if actor_id not in (initiative.owner_id, initiative.deputy_id):
        waiting = waiting.filter(Q(account=actor_id))
    waiting.update(answered_with=status, updated_at=now)
