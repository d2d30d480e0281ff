"""What every request passes at the door: how long a sign-in lasts, the second factor, protective headers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from robust.core.http import wants_part
from robust.organisation import queries
from robust.organisation.models import Account

Answer = Callable[[HttpRequest], HttpResponse]

SEEN_AT, SIGNED_IN_AT = "seen_at", "signed_in_at"
UNTIL_THE_BROWSER_CLOSES = 0
NOTED_EVERY = timedelta(seconds=20)
OPEN_WITHOUT_SECOND_FACTOR = {
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "organisation:door_second_factor",
    "organisation:look_mark",
    "organisation:look_stylesheet",
    "web:language",
}
FORBIDDEN_TO_PAGES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
)
OPEN_TO_OURSELVES = ("fullscreen", "publickey-credentials-create", "publickey-credentials-get")
HEADERS = {
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in FORBIDDEN_TO_PAGES), *(f"{name}=(self)" for name in OPEN_TO_OURSELVES)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def protective_headers(get_response: Answer) -> Answer:
    """Forbid the browser what Robust never needs, and keep what a person saw out of its store."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if isinstance(getattr(request, "user", None), Account):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.method == "POST" and _view_name(request) == "account_logout":
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return answer


def signed_out_parts(get_response: Answer) -> Answer:
    """Answer a script without a session with 401: what somebody wrote stays, and their page says the rest."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if wants_part(request) and not isinstance(request.user, Account) and _leads_to_sign_in(response):
            return HttpResponse(status=401)
        return response

    return answer


def session_limits(get_response: Answer) -> Answer:
    """End a sign-in after some idle time, short on shared computers, and in any case after half a day."""

    def answer(request: HttpRequest) -> HttpResponse:
        account, now = request.user, timezone.now()
        if not isinstance(account, Account):
            return get_response(request)
        if _is_over(request, account, now=now):
            return _signed_out(request, account)
        _note(request, account, now=now)
        return get_response(request)

    return answer


def second_factor(get_response: Answer) -> Answer:
    """Let those whose role asks for a second factor do nothing before they have set one up."""

    def answer(request: HttpRequest) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account) or _view_name(request) in OPEN_WITHOUT_SECOND_FACTOR:
            return get_response(request)
        if _came_with_second_factor(request) or not queries.lacks_second_factor(
            account, day=timezone.localdate()
        ):
            return get_response(request)
        return _go(request, resolve_url("organisation:door_second_factor"))

    return answer


def _came_with_second_factor(request: HttpRequest) -> bool:
    """Count a sign-in at the hospital's provider, where the hospital has said that it asks for one."""
    records = request.session.get("account_authentication_methods", [])
    return settings.PROVIDER_HAS_SECOND_FACTOR and any(
        record.get("method") == "socialaccount" for record in records
    )


def _is_over(request: HttpRequest, account: Account, *, now: datetime) -> bool:
    session = request.session
    longest_idle = settings.IDLE_SHARED if account.shared_computer else settings.IDLE
    seen_at = _moment(session.get(SEEN_AT), default=now)
    signed_in_at = _moment(session.get(SIGNED_IN_AT), default=now)
    return now - seen_at > longest_idle or now - signed_in_at > settings.LONGEST_SIGN_IN


def _note(request: HttpRequest, account: Account, *, now: datetime) -> None:
    """Write at most every twenty seconds, and never for what the page asks by itself."""
    session = request.session
    if account.shared_computer and not session.get_expire_at_browser_close():
        session.set_expiry(UNTIL_THE_BROWSER_CLOSES)
    session.setdefault(SIGNED_IN_AT, now.isoformat())
    is_asked_by_person = "X-Polling" not in request.headers
    if SEEN_AT not in session or (
        is_asked_by_person and now - _moment(session[SEEN_AT], default=now) > NOTED_EVERY
    ):
        session[SEEN_AT] = now.isoformat()


def _signed_out(request: HttpRequest, account: Account) -> HttpResponse:
    logout(request)
    with override(account.language):
        messages.info(
            request, _("You were signed out because nothing happened for a while. What you saved is kept.")
        )
    next_page = urlencode({"next": _page_of(request)})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{next_page}")


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return isinstance(response, HttpResponseRedirect) and response.url.startswith(
        resolve_url(settings.LOGIN_URL)
    )


def _page_of(request: HttpRequest) -> str:
    """Give the page the person looks at, to come back to."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    here = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", here.path or "/", here.query, ""))


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the whole page there, also when only a part of it was asked for."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _moment(text: str | None, *, default: datetime) -> datetime:
    return datetime.fromisoformat(text) if text else default


def _view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
