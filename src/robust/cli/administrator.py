"""The first administrator: who opens the door when nobody else can, without a password that others know."""

import sys
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from robust.config.words import Refused, say
from robust.config.words import gettext as _
from robust.organisation import actions
from robust.organisation.actions.unit import open_unit
from robust.organisation.models import Account, Role, RoleAssignment, Unit


def ensure(email: str | None) -> None:
    """See to it that there is an administrator; ask at the keyboard who it is. Raises: Refused."""
    now = timezone.now()
    today = timezone.localdate(now)
    if email is None and _is_there(today):
        return
    address = _checked(email or _asked())
    with transaction.atomic():
        path = actions.invite(_made(address, today=today, now=now), now=now)
    say(_("%s is administrator. With this link, which works once, the password is chosen:") % address)
    say("  " + settings.PUBLIC_URL.rstrip("/") + path)


def _is_there(day: date) -> bool:
    held = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, account__is_active=True, starts_on__lte=day)
    return held.exclude(ends_on__lte=day).exists()


def _asked() -> str:
    if not sys.stdin.isatty():
        raise Refused(_("Nobody is administrator yet. Start once with --administrator-email ADDRESS."))
    say(_("Nobody is administrator yet. Which e-mail address shall the administrator have?"))
    return sys.stdin.readline()


def _checked(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(_("“%s” is not an e-mail address. Start again with one.") % address) from error
    return address


def _made(address: str, *, today: date, now: datetime) -> Account:
    account = Account.objects.filter(email=address).first()
    if account is None:
        account = Account.objects.create_user(email=address, name=address.partition("@")[0])
    for root in _roots(account, today=today, now=now):
        _give_role(account, root, today=today, now=now)
    return account


def _roots(account: Account, *, today: date, now: datetime) -> list[Unit]:
    open_periods = {"periods__parent": None, "periods__starts_on__lte": today}
    roots = Unit.objects.filter(**open_periods).exclude(periods__ends_on__lte=today).distinct()
    if roots or Unit.objects.exists():
        return list(roots)
    region = open_unit(
        code="region",
        name=_("The region"),
        level=Unit.Level.REGION,
        parent=None,
        unit_type=None,
        opens_on=today,
        actor=account,
        now=now,
    )
    return [region]


def _give_role(account: Account, unit: Unit, *, today: date, now: datetime) -> None:
    held = RoleAssignment.objects.filter(account=account, role=Role.ADMINISTRATOR, unit=unit)
    if held.exclude(ends_on__lte=today).exists():
        return
    given = RoleAssignment.objects.create(
        account=account, role=Role.ADMINISTRATOR, unit=unit, starts_on=today
    )
    actions.record("role.given", actor=None, now=now, subject=given, detail={"by": "robust start"})
