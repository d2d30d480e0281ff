"""Dataclasses to plain JSON values and back, by their type hints, with the path of everything that is wrong.

Fields have the names of the dataclass, sets and tuples are lists, dates are "2026-01-05", rules say their
"kind", and a field that is left out has its default.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from robust.engines.rostering.formats import clock_words
from robust.engines.rostering.refusal import Complaints

KIND = "kind"
BIGGEST = 10**15
_Reader = Callable[[Any, Any, str, Complaints], Any]
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class Object(dict[str, Any]):
    """A JSON object that remembers which of its fields were written twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counted = Counter(name for name, _value in pairs)
        self.twice = sorted(name for name, count in counted.items() if count > 1)


def kind_of(type_: type) -> str:
    """Give the word for a rule's class: FreePeriod is "free_period"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type_.__name__).lower()


def variants(type_: Any) -> tuple[Any, ...]:
    """Give the members of a union without None; another type alone."""
    if get_origin(type_) in (Union, UnionType):
        return tuple(one for one in get_args(type_) if one is not NoneType)
    return (type_,)


def is_optional(type_: Any) -> bool:
    """Say whether None is a value of a type."""
    return NoneType in get_args(type_)


def is_record(type_: Any) -> bool:
    """Say whether a type is a dataclass."""
    return hasattr(type_, "__dataclass_fields__")


def is_needed(one: "Field[Any]") -> bool:
    """Say whether a field has no default."""
    return one.default is MISSING and one.default_factory is MISSING


def read(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    """Make a value of a type out of a JSON value; what does not fit becomes a complaint and None."""
    if value is None and is_optional(type_):
        return None
    choices = variants(type_)
    if len(choices) > 1:
        return _read_variant(choices, value, path, complaints)
    (only,) = choices
    if is_record(only):
        return read_object(only, value, path, complaints)
    reader: _Reader = _READERS.get(get_origin(only) or only, _read_word)
    return reader(only, value, path, complaints)


def read_object(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    """Make a dataclass out of a JSON object, with a complaint for each field that is unknown or missing."""
    if not isinstance(value, dict):
        return _wrong("object", value, path, complaints)
    for name in getattr(value, "twice", []):
        complaints.add(f"{path}.{name}", "duplicate_field")
    hints = _hints(type_)
    for name in sorted(value.keys() - hints.keys()):
        complaints.add(f"{path}.{name}", "unknown_field")
    given = {
        name: _read_field(hint, name, value[name], f"{path}.{name}", complaints)
        for name, hint in hints.items()
        if name in value
    }
    for one in fields(type_):
        if one.name not in value and is_needed(one):
            complaints.add(f"{path}.{one.name}", "field_missing")
            given[one.name] = None
    return type_(**given)


@cache
def _hints(type_: Any) -> dict[str, Any]:
    hints = get_type_hints(type_)
    return {one.name: hints[one.name] for one in fields(type_)}


def _read_field(type_: Any, name: str, value: Any, path: str, complaints: Complaints) -> Any:
    if name in clock_words.FIELDS:
        value = clock_words.to_minutes(value, path, complaints)
    if name == "weekdays":
        value = clock_words.to_weekdays(value, path, complaints)
    return read(type_, value, path, complaints)


def _read_variant(choices: tuple[Any, ...], value: Any, path: str, complaints: Complaints) -> Any:
    if not isinstance(value, dict):
        return _wrong("object", value, path, complaints)
    kinds = {kind_of(one): one for one in choices}
    kind = value.get(KIND)
    if not isinstance(kind, str) or kind not in kinds:
        complaints.add(f"{path}.{KIND}", "unknown_kind", found=_shown(kind))
        return None
    rest = Object([(name, one) for name, one in value.items() if name != KIND])
    rest.twice = getattr(value, "twice", [])
    return read_object(kinds[kind], rest, path, complaints)


def _read_tuple(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    kinds = get_args(type_)
    if kinds[-1] is Ellipsis:
        return _read_items(kinds[0], value, path, complaints)
    if isinstance(value, list) and len(kinds) != len(value):
        complaints.add(path, "other_count", expected=len(kinds), found=len(value))
        return None
    return _read_items(kinds[0], value, path, complaints)


def _read_items(kind: Any, value: Any, path: str, complaints: Complaints) -> Any:
    if not isinstance(value, list):
        return _wrong("array", value, path, complaints)
    return tuple(read(kind, one, f"{path}[{place}]", complaints) for place, one in enumerate(value))


def _read_set(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    items = _read_items(get_args(type_)[0], value, path, complaints) or ()
    for place, one in enumerate(items):
        if one is not None and one in items[:place]:
            complaints.add(f"{path}[{place}]", "listed_twice", found=_shown(one))
    return frozenset(items)


def _read_mapping(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    if not isinstance(value, dict):
        return _wrong("object", value, path, complaints)
    for name in getattr(value, "twice", []):
        complaints.add(f"{path}.{name}", "duplicate_field")
    kind = get_args(type_)[1]
    return {name: read(kind, one, f"{path}.{name}", complaints) for name, one in value.items()}


def _read_whole(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        return _wrong("integer", value, path, complaints)
    return _within(value, path, complaints)


def _read_number(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _wrong("number", value, path, complaints)
    return float(_within(value, path, complaints) or 0)


def _within(value: Any, path: str, complaints: Complaints) -> Any:
    if abs(value) <= BIGGEST:
        return value
    return _wrong("smaller_number", value, path, complaints)


def _read_flag(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    return value if isinstance(value, bool) else _wrong("boolean", value, path, complaints)


def _read_text(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    if not isinstance(value, str):
        return _wrong("string", value, path, complaints)
    if _CONTROL.search(value):
        complaints.add(path, "control_character")
    return value


def _read_date(type_: Any, value: Any, path: str, complaints: Complaints) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        complaints.add(path, "not_a_date", found=_shown(value))
        return None


def _read_word(type_: type[StrEnum], value: Any, path: str, complaints: Complaints) -> Any:
    words = {one.value: one for one in type_}
    if isinstance(value, str) and value in words:
        return words[value]
    complaints.add(path, "unknown_word", found=_shown(value))
    return None


_READERS: dict[Any, _Reader] = {
    tuple: _read_tuple,
    frozenset: _read_set,
    Mapping: _read_mapping,
    int: _read_whole,
    float: _read_number,
    bool: _read_flag,
    str: _read_text,
    date: _read_date,
}


def _wrong(expected: str, value: Any, path: str, complaints: Complaints) -> None:
    if isinstance(value, float) and not isfinite(value):
        complaints.add(path, "not_finite")
    else:
        complaints.add(path, "wrong_type", expected=expected, found=_shown(value))


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return type(value).__name__ if isinstance(value, dict | list) else repr(value)


def write(value: Any, *, name: str = "") -> Any:
    """Make a JSON value; fields that have their default are left out, sets are sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: write(getattr(value, one.name), name=one.name)
            for one in fields(value)
            if is_needed(one) or getattr(value, one.name) != _default(one)
        }
    if isinstance(value, Mapping):
        return {key: write(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        value = sorted(value)
    if isinstance(value, tuple | list):
        value = [write(one) for one in value]
    return _as_word(value, name)


def _as_word(value: Any, name: str) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if name in clock_words.FIELDS:
        return clock_words.from_minutes(value)
    if name == "weekdays":
        return clock_words.from_weekdays(value)
    return value


def _default(one: "Field[Any]") -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()
