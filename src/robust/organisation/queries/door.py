"""Who has to show a second factor and cannot."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists

from robust.organisation.models import Account, RoleAssignment, RoleRequirement
from robust.organisation.queries.units import open_on

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(account: Account, *, day: date) -> bool:
    """Say whether a role of the account asks for a second factor and none is set up. One query."""
    own = Authenticator.objects.filter(user=account.pk, type__in=SECOND_FACTORS)
    asking = RoleRequirement.objects.values("role")
    held = RoleAssignment.objects.filter(open_on(day), account=account, role__in=asking)
    return held.exclude(Exists(own)).exists()


def account_with_email(email: str) -> Account | None:
    """Give the account that signs in with this address, whatever its case."""
    return Account.objects.filter(email=email.strip().lower()).first()
