"""The stretches of days, side by side, in which a rule counts."""

from collections.abc import Callable
from dataclasses import dataclass

from robust.engines.rostering.rules import Window

Broken = Callable[[int, bool], int]
"""By how many units a rule is broken: by an amount in a stretch, and whether that is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days from `first` up to and without `end`; one that is not whole is held to no minimum."""

    first: int
    end: int
    whole: bool


def end_of(window: Window, day_count: int) -> int:
    """Give the day before which the window ends."""
    return day_count if window.to_day is None else min(window.to_day, day_count)


def stretches_of(window: Window, day_count: int) -> tuple[Stretch, ...]:
    """Give the stretches of a window without `rolling` that have days of the horizon, in order."""
    end = end_of(window, day_count)
    each: tuple[Stretch, ...]
    if window.every_days is None:
        each = (Stretch(first=max(window.from_day, 0), end=end, whole=True),)
    else:
        each = tuple(
            Stretch(
                first=max(begin, 0),
                end=min(begin + window.every_days, end),
                whole=begin + window.every_days <= end,
            )
            for begin in range(window.from_day, end, window.every_days)
        )
    return tuple(stretch for stretch in each if stretch.first < stretch.end)
