"""Clock times and lengths as people write them ("07:15", "8:15"), to minutes and back."""

import re
from typing import Any

from robust.engines.rostering.refusal import Complaints

FIELDS = frozenset(
    {
        "starts_minute",
        "length_minutes",
        "counted_minutes",
        "interval",
        "minutes",
        "reduced_minutes",
        "long_minutes",
        "short_minutes",
    }
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = 60_000
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
CLOCK_PATTERN = "^[0-9]{1,3}:[0-5][0-9]$"


def to_minutes(value: Any, path: str, complaints: Complaints) -> Any:
    """Turn "07:15" into 435, also inside of a list; what is no text is left as it is."""
    if isinstance(value, list):
        return [to_minutes(one, f"{path}[{place}]", complaints) for place, one in enumerate(value)]
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(value)
    if found is None:
        complaints.add(path, "not_a_time", found=value)
        return 0
    return int(found[1]) * 60 + int(found[2])


def from_minutes(value: Any) -> Any:
    """Turn 435 into "07:15", also inside of a list; what is too long to be written so is left as it is."""
    if isinstance(value, list):
        return [from_minutes(one) for one in value]
    if not 0 <= value < LONGEST:
        return value
    return f"{value // 60:02}:{value % 60:02}"


def to_weekdays(value: Any, path: str, complaints: Complaints) -> Any:
    """Turn names of weekdays in a list into numbers, 0 for "mon"; numbers are left as they are."""
    if not isinstance(value, list):
        return value
    return [_weekday(one, f"{path}[{place}]", complaints) for place, one in enumerate(value)]


def _weekday(value: Any, path: str, complaints: Complaints) -> Any:
    if not isinstance(value, str):
        return value
    if value not in WEEKDAYS:
        complaints.add(path, "not_a_weekday", found=value)
        return 0
    return WEEKDAYS.index(value)


def from_weekdays(value: list[int]) -> list[int | str]:
    """Turn numbers of weekdays into names."""
    return [WEEKDAYS[one] if 0 <= one < 7 else one for one in value]
