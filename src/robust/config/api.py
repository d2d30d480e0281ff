"""The frame of the API: who may call it, how it says no, and its description in OpenAPI."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from robust.core.http import Against
from robust.organisation import actions, queries
from robust.organisation.api import ROUTERS as ORGANISATION
from robust.organisation.models import ApiToken
from robust.programme.actions import board, idea, initiative, reading, relation, reminder, share, status
from robust.programme.api import ROUTERS as PROGRAMME
from robust.thread.actions import CannotLink
from robust.thread.api import router as thread

READING = ("GET", "HEAD", "OPTIONS")
AGAINST_THE_RULES = (
    actions.CannotCancel,
    board.CannotDecide,
    board.CannotMeet,
    idea.CannotAnswer,
    idea.CannotMerge,
    initiative.CannotDeleteInitiative,
    initiative.ChangedMeanwhile,
    reading.CannotChangeReading,
    relation.CannotRelate,
    reminder.CannotOpenRound,
    share.CannotShare,
    status.CannotRecordStatus,
    status.StatusMeanwhile,
    CannotLink,
)
REFUSALS = {
    "400": "The request cannot be read.",
    "401": "No key, or one that does not work.",
    "403": "The key may not do this.",
    "404": "There is no such thing, or you may not see it.",
    "409": "The rules of the house are against it; nothing was changed.",
    "422": "Something in the request is not as described; nothing was changed.",
}


class Refusal(Schema):
    """Why a request was refused: a sentence, and for each part that is wrong where and how."""

    detail: str
    problems: list[dict[str, str]] = []


class ApiKey(HttpBearer):
    """Let a key act for its account; a key for reading changes nothing."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        found = queries.live_token(actions.digest_of(token), day=timezone.localdate())
        if found is None:
            raise AuthenticationError
        if request.method not in READING and found.scope != ApiToken.Scope.WRITE:
            raise AuthorizationError(message=_("This key may only read. Make one that may also write."))
        actions.note_use(found, now=timezone.now())
        request.user = found.account
        translation.activate(found.account.language)
        return found


class RobustAPI(NinjaAPI):
    """Describe with every operation the ways in which it can refuse."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Refusal"] = Refusal.json_schema()
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for code, description in REFUSALS.items():
                    refusal = {"description": description, "content": content}
                    operation["responses"].setdefault(int(code), refusal)
        return schema


api = RobustAPI(
    title="Robust",
    version="1",
    description=(
        "Everything that can be seen and done on the screens of Robust, for programs. "
        "Send a key in the header `Authorization: Bearer …`; it sees and does what its account may. "
        "Texts are in the language of the account."
    ),
    auth=ApiKey(),
    docs_url=None,
    urls_namespace="api",
)


for router in (*ORGANISATION, *PROGRAMME, thread):
    api.add_router("", router)


@api.exception_handler(AuthenticationError)
def unknown_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    sentence = _("This needs a key that works. Make one under My keys, and send it as Authorization: Bearer.")
    response = _refused(request, HTTPStatus.UNAUTHORIZED, sentence)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return unreadable(request, error)
    return _refused(request, error.status_code, error.message)


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say the same of a body that is broken, too long, or no JSON."""
    return _refused(request, HTTPStatus.BAD_REQUEST, _("The request cannot be read. Send it as described."))


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _refused(request, HTTPStatus.FORBIDDEN, str(error) or _("You may not do this."))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _refused(request, HTTPStatus.NOT_FOUND, _("There is no such thing, or you may not see it."))


def against_the_rules(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    return _refused(request, HTTPStatus.CONFLICT, str(error))


for refusal in AGAINST_THE_RULES:
    api.add_exception_handler(refusal, against_the_rules)


@api.exception_handler(Against)
def against_a_part(request: HttpRequest, error: Against) -> HttpResponse:
    problems = [{"where": error.where, "problem": str(error)}] if error.where else []
    return _refused(request, HTTPStatus.CONFLICT, str(error), problems)


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [{"where": _where(found["loc"]), "problem": found["msg"]} for found in error.errors]
    sentence = _("Something in the request is not as described. Nothing was changed.")
    return _refused(request, HTTPStatus.UNPROCESSABLE_ENTITY, sentence, problems)


def _where(steps: Sequence[str | int]) -> str:
    """Name a part of the body or of a form by itself, and a part of the address with where in it."""
    inner = steps[{"body": 2, "form": 1, "file": 1}.get(str(steps[0]), 0) :]
    return ".".join(str(step) for step in inner) or "body"


def _refused(
    request: HttpRequest, status: int, detail: str, problems: list[dict[str, str]] | None = None
) -> HttpResponse:
    return api.create_response(request, {"detail": detail, "problems": problems or []}, status=status)
