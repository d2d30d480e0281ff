"""What every request passes: the language of the account, when it was here, and what is read only once."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from robust.organisation import queries
from robust.organisation.models import Account
from robust.web import actions

Answer = Callable[[HttpRequest], HttpResponse]


def language(get_response: Answer) -> Answer:
    """Speak the account's language, else the one chosen on this device, else Danish; never the browser's."""

    def answer(request: HttpRequest) -> HttpResponse:
        code = _language_of(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return answer


def visits(get_response: Answer) -> Answer:
    """Keep when each account was here last, so that lists can mark what is new since then."""

    def answer(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Account):
            actions.note_visit(request.user, now=timezone.now())
        return get_response(request)

    return answer


def reading_once(get_response: Answer) -> Answer:
    """Read the unit tree and the account's roles once for a page; what changes something reads afresh."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not isinstance(request.user, Account):
            return get_response(request)
        with queries.reading_once():
            return get_response(request)

    return answer


def _language_of(request: HttpRequest) -> str:
    chosen = (
        request.user.language
        if isinstance(request.user, Account)
        else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    )
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
