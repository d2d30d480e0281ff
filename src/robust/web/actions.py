"""What the shell changes: a person's own settings, and when they were here."""

from datetime import datetime, timedelta

from django.db import transaction

from robust.organisation import actions
from robust.organisation.models import Account

VISIT_ENDS_AFTER = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def save_settings(
    account: Account, *, language: str, theme: str, density: str, shared_computer: bool, now: datetime
) -> None:
    """Keep how somebody wants the screen, and whether they share the computer."""
    account.language, account.theme, account.density = language, theme, density
    account.shared_computer = shared_computer
    account.save(update_fields=["language", "theme", "density", "shared_computer", "updated_at"])
    actions.record("account.settings_changed", actor=account, subject=account, now=now)


def note_visit(account: Account, *, now: datetime) -> None:
    """Keep when the account was here, to five minutes; half an hour of silence ends a visit."""
    if account.here_at and now - account.here_at < NOTED_EVERY:
        return
    if account.here_at and now - account.here_at >= VISIT_ENDS_AFTER:
        account.previous_visit_at = account.here_at
    account.here_at = now
    Account.objects.filter(pk=account.pk).update(
        here_at=account.here_at, previous_visit_at=account.previous_visit_at
    )
