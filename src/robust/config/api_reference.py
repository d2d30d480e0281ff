"""The reference of the API as a page: what programs can ask for, group by group, with all that they send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from robust.config.api import api

Schemas = Mapping[str, Any]
REF = "#/components/schemas/"
KINDS = {
    "boolean": "true or false",
    "integer": "whole number",
    "null": "null",
    "number": "number",
    "object": "parts",
    "string": "text",
    "date": "day",
    "date-time": "time",
    "binary": "file",
}

GROUPS: dict[str, Any] = {
    "board": _("Meetings and decisions"),
    "follow-up": _("Follow-up"),
    "good examples": _("Good examples"),
    "handing over": _("Handing over"),
    "ideas": _("Ideas"),
    "initiatives": _("Initiatives"),
    "organisation": _("The organisation"),
    "plans": _("Plans"),
    "reading": _("Reading documents"),
    "relations": _("Plan against plan"),
    "reminders": _("Reminders"),
    "shares": _("Links for parties"),
    "status": _("Status"),
    "thread": _("The golden thread"),
    "tracks": _("Tracks"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A part of an address or a body; a part of a part is named after it."""

    name: str
    kind: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What can be asked for at an address, and what is sent with it."""

    method: str
    path: str
    summary: str
    description: str
    asked: tuple[Field, ...]
    sent: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The operations about one subject."""

    name: str
    operations: tuple[Operation, ...]


@login_required
@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    """Show what programs can ask for, as plain text; the same description as openapi.json."""
    context = {"groups": groups_of(api.get_openapi_schema())}
    return render(request, "organisation/api_reference.html", context)


def groups_of(description: Mapping[str, Any]) -> tuple[Group, ...]:
    """Show the operations of a description in the order of its addresses, those of one tag together."""
    schemas = description["components"]["schemas"]
    operations = (
        (found["tags"][0], _operation(method, path, found, schemas))
        for path, at_path in sorted(description["paths"].items())
        for method, found in at_path.items()
    )
    by_tag = groupby(sorted(operations, key=lambda found: found[0]), key=lambda found: found[0])
    return tuple(
        Group(name=str(GROUPS.get(tag, tag)), operations=tuple(one for _tag, one in found))
        for tag, found in by_tag
    )


def _operation(method: str, path: str, found: Mapping[str, Any], schemas: Schemas) -> Operation:
    asked = (
        Field(name=part["name"], kind=_kind(part["schema"], schemas), is_required=part.get("required", False))
        for part in found.get("parameters", ())
    )
    bodies = found.get("requestBody", {}).get("content", {})
    return Operation(
        method=method.upper(),
        path=path,
        summary=found["summary"],
        description=found.get("description", ""),
        asked=tuple(asked),
        sent=tuple(part for body in bodies.values() for part in _fields(body["schema"], schemas)),
    )


def _fields(schema: Mapping[str, Any], schemas: Schemas, *, within: str = "") -> Iterator[Field]:
    """Give the parts of an object, each followed by its own parts."""
    whole = _resolved(schema, schemas)
    for name, part in whole.get("properties", {}).items():
        path = f"{within}{name}"
        is_required = name in whole.get("required", ())
        yield Field(name=path, kind=_kind(part, schemas), is_required=is_required)
        for one in _alternatives(part):
            inner, dots = (one["items"], "[].") if "items" in one else (one, ".")
            yield from _fields(inner, schemas, within=path + dots)


def _kind(schema: Mapping[str, Any], schemas: Schemas) -> str:
    return " or ".join(_kind_of_one(one, schemas) for one in _alternatives(schema))


def _kind_of_one(schema: Mapping[str, Any], schemas: Schemas) -> str:
    found = _resolved(schema, schemas)
    if "enum" in found:
        return "one of " + ", ".join(str(value) for value in found["enum"])
    if "items" in found:
        return f"list of {_kind(found['items'], schemas)}"
    kind = KINDS[found.get("format", found["type"])]
    return f"{kind}, at most {found['maxLength']}" if "maxLength" in found else kind


def _alternatives(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from schema.get("anyOf", (schema,))


def _resolved(schema: Mapping[str, Any], schemas: Schemas) -> Mapping[str, Any]:
    name = schema.get("$ref", "").removeprefix(REF)
    found: Mapping[str, Any] = schemas[name] if name else schema
    return found
