"""The mails of a round of reminders: one to each person who was asked."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.organisation.actions import JobFailed, RunningJob
from robust.organisation.models import Account
from robust.programme import actions, queries
from robust.programme.models import Reminder, ReminderRound


def send_reminders(running: RunningJob) -> None:
    """Mail everybody who was asked in the round and has not been mailed, also by an earlier attempt."""
    round_, asked = queries.round_with_asked(running.arguments["round"])
    total, refused = asked.count(), []
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        running.finish(_("Mail is not set up here. The questions stand on the first page of those asked."))
        return
    for number, account in enumerate(asked, start=1):
        if not _mail(round_, account):
            refused.append(account.name)
        running.progress(number, total)
    if refused:
        raise JobFailed(
            ngettext(
                "%(count)d person could not be mailed: %(names)s. The question stands on the first page.",
                "%(count)d people could not be mailed: %(names)s. The questions stand on the first page.",
                len(refused),
            )
            % {"count": len(refused), "names": ", ".join(refused[:10])}
        )
    told = ngettext("%d person was asked.", "%d people were asked.", total) % total
    running.finish(told, result_url=reverse("programme:round_detail", args=[round_.pk]))


def _mail(round_: ReminderRound, account: Account) -> bool:
    now = timezone.now()
    reminders = actions.claim_mail(round_, account=account, now=now)
    if not reminders:
        return True
    try:
        _send(round_, account, reminders)
    except (SMTPException, OSError):
        actions.give_back_mail(reminders, now=now)
        return False
    return True


def _send(round_: ReminderRound, account: Account, reminders: tuple[Reminder, ...]) -> None:
    lines = [
        (
            reminder.initiative.title,
            settings.PUBLIC_URL + reverse("programme:status_create", args=[reminder.initiative_id]),
        )
        for reminder in reminders
    ]
    with translation.override(account.language):
        day = formats.date_format(round_.due_on)
        subject = _("How far is it? Answer by %(day)s") % {"day": day}
        words = {"round": round_, "account": account, "lines": lines}
        text = render_to_string("programme/reminder_mail.txt", words)
    send_mail(subject, text, None, [account.email])
