"""Where allauth asks us: who may come in, in which words it refuses, and what is kept of what happened."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as provider_signals
from django.contrib.auth import signals as django_signals
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from robust.organisation import actions, queries
from robust.organisation.models import Account

WRONG_CODE = _("The code is not right, or it has been used. Wait for the next one and try again.")
WAYS_TO_SHOW_IT = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
}
JUST_NOW_SECONDS = 120


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The door for people, by whatever key; nobody makes an account for themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask your administrator."),
        "email_password_mismatch": _("E-mail and password do not fit together. Try again."),
        "enter_current_password": _("This is not your password now. Try again."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("The password is not right. Try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Do not ask again whoever has come in this very moment, as those who must set up a second factor."""
        records = self.request.session.get("account_authentication_methods", [])
        if records and timezone.now().timestamp() - records[-1]["at"] < JUST_NOW_SECONDS:
            return False
        asked: bool = super().is_reauthentication_required(app=app, **more)
        return asked

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        found = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS_TO_SHOW_IT[way["id"]]} for way in found]

    def reauthenticate(self, user: Account, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second lock of the door, with our words for a wrong code."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}


def keep_what_happens() -> None:
    """Listen to what allauth and Django tell of the door; called once, when the apps are ready."""
    heard = (
        (account_signals.user_logged_in, _signed_in),
        (django_signals.user_logged_out, _signed_out),
        (django_signals.user_login_failed, _sign_in_failed),
        (account_signals.password_set, _password_changed),
        (account_signals.password_changed, _password_changed),
        (account_signals.password_reset, _password_changed),
        (mfa_signals.authenticator_added, _factor_added),
        (mfa_signals.authenticator_removed, _factor_removed),
        (mfa_signals.authenticator_reset, _factor_renewed),
        (mfa_signals.authentication_failed, _factor_failed),
        (provider_signals.social_account_added, _provider_added),
    )
    for signal, receiver in heard:
        signal.connect(receiver, dispatch_uid=f"{__name__}.{receiver.__name__}.{id(signal)}")


def _keep(action: str, account: Account, **detail: Any) -> None:
    actions.note_at_the_door(action, account=account, now=timezone.now(), detail=detail)


def _signed_in(sender: Any, request: HttpRequest, user: Account, **_more: Any) -> None:
    records = request.session.get("account_authentication_methods", [])
    _keep("signed_in", user, by=[record.get("type") or record["method"] for record in records])


def _signed_out(sender: Any, request: HttpRequest, user: Account | None, **_more: Any) -> None:
    if user:
        _keep("signed_out", user)


def _sign_in_failed(sender: Any, credentials: dict[str, Any], **_more: Any) -> None:
    """Keep it only for an account that exists: what was typed may be a password."""
    if account := queries.account_with_email(str(credentials.get("email", ""))):
        _keep("sign_in_failed", account)


def _password_changed(sender: Any, user: Account, **_more: Any) -> None:
    _keep("password_changed", user)


def _factor_added(sender: Any, user: Account, authenticator: Authenticator, **_more: Any) -> None:
    _keep("second_factor_added", user, kind=authenticator.type)


def _factor_removed(sender: Any, user: Account, authenticator: Authenticator, **_more: Any) -> None:
    _keep("second_factor_removed", user, kind=authenticator.type)


def _factor_renewed(sender: Any, user: Account, authenticator: Authenticator, **_more: Any) -> None:
    _keep("second_factor_renewed", user, kind=authenticator.type)


def _factor_failed(sender: Any, user: Account, **_more: Any) -> None:
    _keep("second_factor_failed", user)


def _provider_added(sender: Any, sociallogin: Any, **_more: Any) -> None:
    _keep("provider_connected", sociallogin.user, provider=sociallogin.account.provider)
