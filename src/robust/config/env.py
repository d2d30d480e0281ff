"""The only reader of the environment: what differs between hospitals, each with its meaning and default."""

import os
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class MissingSetting(Exception):
    """A setting that has no safe default is not in the environment."""


def text(name: str, default: str | None = None) -> str:
    """Give the variable's text; an empty one counts as not set. Raises: MissingSetting."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise MissingSetting(f"{name} is not set. Set it in the environment and start again.")
    return value


def optional(name: str) -> str | None:
    """Give the variable's text, or nothing when it is not set or empty."""
    return os.environ.get(name, "").strip() or None


def first_set(*names: str) -> str:
    """Give the text of the first of these variables that is set, or an empty text."""
    return next((value for name in names if (value := optional(name))), "")


def inherited(**changes: str) -> dict[str, str]:
    """Give the environment for a program that is started from here, with these changes."""
    return {**os.environ, **changes}


def settle(**values: str) -> None:
    """Set variables for this process, before Django's settings are read."""
    os.environ.update(values)


def flag(name: str, default: bool) -> bool:
    """Give a yes or no: 1, true, yes and on are yes, in any case."""
    return text(name, "yes" if default else "no").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Give a whole number. Raises: MissingSetting when the text is none."""
    return _parsed(name, str(default), int)


def listed(name: str, default: str = "") -> list[str]:
    """Give the parts of a comma-separated list, without empty ones."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _parsed(name: str, default: str, parse: Callable[[str], Value]) -> Value:
    value = text(name, default)
    try:
        return parse(value)
    except ValueError as error:
        raise MissingSetting(
            f"{name} is {value!r}, which is not a number. Correct it and start again."
        ) from error
