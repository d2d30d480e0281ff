"""Request types, what is needed to undo, lists as files, and the values that programs send and get."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar
from urllib.parse import quote

from django import forms
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails
from ninja import Field, Schema, UploadedFile
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

if TYPE_CHECKING:
    from robust.organisation.models import Account

T = TypeVar("T")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNDOS = 10
EVERY_ROW = 50_000  # of a list as a file; what is longer has to be narrowed
LARGEST_ID = 2**63 - 1
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
KEPT = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"  # neither the database nor documents take control characters
KEPT_ON_A_LINE = r"[^\x00-\x1f\x7f]"
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d\S*", re.ASCII)


class SignedInRequest(HttpRequest):
    """A request whose account is known, as it is behind the sign-in check and behind a key."""

    user: "Account"
    htmx: HtmxDetails


class Against(Exception):
    """What is sent is as described, but the rules of the house are against a part of it; `where` names it."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(problem)
        self.where = where


def undo_at(request: HttpRequest, address: str, **before: Any) -> str:
    """Keep how something was before, and give the tag with which a message offers to take the act back.

    Posting to the address gives what was kept back, once; the session keeps the latest few.
    """
    kept = {at: was for at, was in request.session.get("undo", {}).items() if at != address}
    request.session["undo"] = dict([*kept.items(), (address, before)][-MOST_UNDOS:])
    return f"undo={address}"


def taken_back(request: HttpRequest) -> dict[str, Any]:
    """Give how it was before the act that is taken back at this address; nothing the second time."""
    kept = request.session.get("undo", {})
    before: dict[str, Any] = kept.pop(request.path, {})
    request.session["undo"] = kept
    return before


def wants_part(request: HttpRequest) -> bool:
    """Tell whether a script asks for a part of the page that somebody looks at, or keeps a draft of it."""
    return request.headers.get("HX-Request") == "true" or "X-Autosave" in request.headers


def wants_file(request: HttpRequest) -> bool:
    """Tell whether a list is asked for as a file, with all of its rows."""
    return request.GET.get("format") == "xlsx"


def rows_shown(request: HttpRequest, usual: int) -> int:
    """Give how many rows a page of a list has: as usual, or as a file all there are, within reason."""
    return EVERY_ROW if wants_file(request) else usual


def file_answer(name: str, content: bytes, *, media_type: str = XLSX) -> HttpResponse:
    """Answer with a file to keep."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def asked_in_words(form: forms.Form) -> dict[str, str]:
    """Say what a checked form asks for, label by label; what has no label orders, and narrows nothing."""
    said = {
        str(field.label): _chosen(field, form.cleaned_data[name])
        for name, field in form.fields.items()
        if field.label and form.cleaned_data.get(name)
    }
    return {label: words for label, words in said.items() if words}


def _chosen(field: forms.Field, value: Any) -> str:
    if isinstance(value, date):
        return formats.date_format(value)
    if isinstance(field, forms.BooleanField):
        return _("yes")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # pairs; none of these forms has groups
        words = {str(key): str(label).strip() for key, label in choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(words.get(str(one), "") for one in chosen)
    return str(value)


def kept_text(longest: int, *, is_blank: bool = True) -> StringConstraints:
    """Describe a text without control characters; one that may not be blank has a visible character."""
    return _of(KEPT, longest, is_blank=is_blank)


def kept_line(longest: int, *, is_blank: bool = True) -> StringConstraints:
    """Describe a text that stands on one line."""
    return _of(KEPT_ON_A_LINE, longest, is_blank=is_blank)


def _of(kept: str, longest: int, *, is_blank: bool) -> StringConstraints:
    pattern = rf"^{kept}*$" if is_blank else rf"^{kept}*\S{kept}*$"
    return StringConstraints(strip_whitespace=True, max_length=longest, pattern=pattern)


def one_of(choices: type[TextChoices]) -> WithJsonSchema:
    """Describe a choice by its values, in its place: two models may both have a Kind."""
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


def _written(pattern: re.Pattern[str]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value is None or (isinstance(value, str) and pattern.fullmatch(value)):
            return value
        raise ValueError("Input should be a text as in ISO 8601")

    return BeforeValidator(check)


def places(most: int) -> AfterValidator:
    """Refuse a number with more decimals than are kept."""

    def check(value: Decimal) -> Decimal:
        if value != round(value, most):
            raise Against("", _("Write at most %(count)d decimals.") % {"count": most})
        return value

    return AfterValidator(check)


def number_from(least: int, most: int) -> WithJsonSchema:
    """Describe a number as JSON has them."""
    return WithJsonSchema({"type": "number", "minimum": least, "maximum": most})


def _a_number(value: Any) -> Any:
    if isinstance(value, bool | str):
        raise ValueError("Input should be a number")
    return value


def _true_or_false(value: Any) -> Any:
    if isinstance(value, bool) or value in ("true", "false"):
        return value
    raise ValueError("Input should be true or false")


def _within_reason(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Against("", _("Choose a day from 1900 to 2199."))
    return day


A_NUMBER = BeforeValidator(_a_number)
A_MOMENT = WithJsonSchema({"type": "string", "format": "date-time"})
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Ref = Annotated[Id, A_NUMBER]  # an id in a body, where "7" is no number and 7.0 is
Day = Annotated[date, AfterValidator(_within_reason), _written(ISO_DAY)]
Moment = Annotated[datetime, PlainSerializer(datetime.isoformat, return_type=str), A_MOMENT]
SentMoment = Annotated[AwareDatetime, _written(ISO_MOMENT), A_MOMENT]
SentNumber = Annotated[Decimal, A_NUMBER]
Number = Annotated[Decimal, PlainSerializer(float, return_type=float)]
Flag = Annotated[bool, BeforeValidator(_true_or_false)]
Words = Annotated[str, kept_line(200)]
Line = Annotated[str, kept_line(200, is_blank=False)]
Text = Annotated[str, kept_text(10_000)]
SaidText = Annotated[str, kept_text(10_000, is_blank=False)]
AskedId = Annotated[Id | None, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": LARGEST_ID})]
AskedDay = Annotated[Day | None, WithJsonSchema({"type": "string", "format": "date"})]


class Sent(BaseModel, extra="forbid"):
    """What a program sends: a part that is not described is refused, so that no typing error goes unseen."""


class Paging(BaseModel):
    """Which part of a list is asked for."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class Paged(Schema, Generic[T]):
    """A part of a list, and how much there is in all."""

    count: int
    items: list[T]


class Named(Schema):
    """A thing by its id and name."""

    id: int
    name: str


BYTES = "application/octet-stream"
Document = Annotated[
    UploadedFile, WithJsonSchema({"type": "string", "format": "binary", "minLength": 1}, mode="validation")
]


def a_file(*media_types: str) -> dict[str, Any]:
    """Describe that an operation answers with a file of one of these types."""
    content = {name: {"schema": {"type": "string", "format": "binary"}} for name in media_types}
    return {"responses": {200: {"content": content}}}


def page_of(
    rows: QuerySet[Any] | Sequence[Any],
    paging: Paging,
    show: Callable[[list[Any]], Iterable[Any]] = lambda rows: rows,
) -> dict[str, Any]:
    """Give the part asked for of an ordered list, each row as `show` gives it. One query counts the rest."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    part = list(rows[paging.offset : paging.offset + paging.limit])
    return {"count": count, "items": list(show(part))}
