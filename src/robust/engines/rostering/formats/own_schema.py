"""The JSON form of a problem as a JSON Schema, made from the dataclasses of the contract."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from robust.engines.rostering.formats import clock_words, mirror
from robust.engines.rostering.problem import Demand, Problem

DRAFT = "https://json-schema.org/draft/2020-12/schema"
CLOCK = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": clock_words.CLOCK_PATTERN}]}
WEEKDAYS = {
    "type": "array",
    "uniqueItems": True,
    "items": {"enum": [*clock_words.WEEKDAYS, *range(7)]},
}
Definitions = dict[str, dict[str, Any]]
_Form = Callable[[Any, Definitions], dict[str, Any]]


def schema() -> dict[str, Any]:
    """Give the schema (draft 2020-12) of what `problem_from_json` reads."""
    definitions: Definitions = {}
    top = _object(Problem, definitions)
    top["properties"] = {"version": {"const": 1}, **top["properties"]}
    _allow_templates(definitions[Demand.__name__])
    return {"$schema": DRAFT, "title": "A ward and its period", **top, "$defs": definitions}


def _object(type_: Any, definitions: Definitions) -> dict[str, Any]:
    hints = get_type_hints(type_)
    return {
        "type": "object",
        "description": str(type_.__doc__).partition("\n")[0],
        "properties": {one.name: _field(one.name, hints[one.name], definitions) for one in fields(type_)},
        "required": [one.name for one in fields(type_) if mirror.is_needed(one)],
        "additionalProperties": False,
    }


def _field(name: str, type_: Any, definitions: Definitions) -> dict[str, Any]:
    if name == "weekdays":
        return WEEKDAYS
    if name == "interval":
        pair = {"type": "array", "prefixItems": [CLOCK, CLOCK], "minItems": 2, "maxItems": 2}
        return _or_null(pair, type_)
    if name in clock_words.FIELDS:
        return _or_null(CLOCK, type_)
    return _value(type_, definitions)


def _or_null(form: dict[str, Any], type_: Any) -> dict[str, Any]:
    return {"anyOf": [form, {"type": "null"}]} if mirror.is_optional(type_) else form


def _value(type_: Any, definitions: Definitions) -> dict[str, Any]:
    choices = mirror.variants(type_)
    if len(choices) > 1:
        return {"oneOf": [_variant(one, definitions) for one in choices]}
    (only,) = choices
    if mirror.is_record(only):
        return _or_null(_reference(only, definitions), type_)
    form: _Form = _FORMS.get(get_origin(only) or only, _words)
    return _or_null(form(only, definitions), type_)


def _reference(type_: Any, definitions: Definitions) -> dict[str, Any]:
    if type_.__name__ not in definitions:
        definitions[type_.__name__] = {}
        definitions[type_.__name__] |= _object(type_, definitions)
    return {"$ref": f"#/$defs/{type_.__name__}"}


def _variant(type_: Any, definitions: Definitions) -> dict[str, Any]:
    reference = _reference(type_, definitions)
    form = definitions[type_.__name__]
    form["properties"] = {mirror.KIND: {"const": mirror.kind_of(type_)}, **form["properties"]}
    form["required"] = [mirror.KIND, *form["required"]]
    return reference


def _list(type_: Any, definitions: Definitions) -> dict[str, Any]:
    return {"type": "array", "items": _value(get_args(type_)[0], definitions)}


def _set(type_: Any, definitions: Definitions) -> dict[str, Any]:
    return {**_list(type_, definitions), "uniqueItems": True}


def _mapping(type_: Any, definitions: Definitions) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": _value(get_args(type_)[1], definitions)}


def _words(type_: type[StrEnum], definitions: Definitions) -> dict[str, Any]:
    return {"enum": [one.value for one in type_]}


def _plain(**form: str) -> _Form:
    return lambda _type, _definitions: dict(form)


_FORMS: dict[Any, _Form] = {
    tuple: _list,
    frozenset: _set,
    Mapping: _mapping,
    int: _plain(type="integer"),
    float: _plain(type="number"),
    bool: _plain(type="boolean"),
    str: _plain(type="string"),
    date: _plain(type="string", format="date"),
}


def _allow_templates(demand: dict[str, Any]) -> None:
    demand["properties"] |= {"weekdays": {**WEEKDAYS, "minItems": 1}, "every_day": {"const": True}}
    demand["required"] = [name for name in demand["required"] if name != "day"]
    demand["oneOf"] = [{"required": [name]} for name in ("day", "weekdays", "every_day")]
