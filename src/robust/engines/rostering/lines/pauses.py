"""How long it is from each duty to each later one, as levels that rules compare with their limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering import clock
from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines.automata import CannotCompile

MOST_PAUSES = 20_000_000
_LONG_AGO = -(1 << 50)
_CHANGES_OF_CLOCKS = 180  # minutes, more than any zone has ever put its clocks forward or back

Ahead = tuple[tuple[int, ...], ...]
"""What lies ahead of a duty: for each of the next days the level of each kind of choice on it.

The level of a duty is the number of limits that the pause before it falls short of. Days from which on
no pause falls short of any are left out; after a day the rest of the tuple is what lies ahead.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Pauses after the duties from some first day on.

    `kinds` (choices) groups the choices that start and end alike on all days, `day_class` (days) the days
    that are alike. `after` (day classes, kinds) is what lies ahead of a duty, None for what breaks no rest.
    """

    kinds: NDArray[np.int64]
    day_class: tuple[int, ...]
    after: tuple[tuple[Ahead | None, ...], ...]


def shortfall(ahead: Ahead, kind: int) -> int:
    """Give how many limits the pause falls short of that ends today with a choice of a kind."""
    return ahead[0][kind] if ahead else 0


def pauses_of(
    frame: Frame,
    *,
    rule: str,
    limits: Sequence[int],
    first_day: int,
    to_mondays: bool = False,
) -> Pauses:
    """Compare the pauses with limits (minutes of real time). Raises: CannotCompile.

    Choices that are no duty have level 0, on Mondays, with `to_mondays`, that of a pause which ends at the
    midnight with which the day begins.
    """
    starts, ends = frame.instants(first_day)
    is_duty = np.array([False, *(not shift.counts_as_rest for shift in frame.problem.shifts)])
    starts[:, ~is_duty] = _midnights(frame, first_day)
    ends[:, ~is_duty] = _LONG_AGO
    _first, samples, kinds = np.unique(
        np.concatenate([starts, ends]), axis=1, return_index=True, return_inverse=True
    )
    starts, ends, is_duty = starts[:, samples], ends[:, samples], is_duty[samples]
    is_monday = [to_mondays and frame.weekday(day) == 0 for day in range(first_day, frame.day_count)]
    ends_pause = is_duty | np.array(is_monday).reshape(-1, 1)
    levels = _levels(rule, (starts, ends), ends_pause, sorted(limits))
    day_class, after = _classes(levels, is_duty.tolist())
    return Pauses(kinds=kinds.reshape(-1), day_class=day_class, after=after)


def _midnights(frame: Frame, first_day: int) -> NDArray[np.int64]:
    """Give the instants (shape: days, 1) at which days begin, in minutes of real time since 1970."""
    horizon = frame.problem.horizon
    return clock.real_minutes(
        horizon.starts_on + timedelta(days=first_day),
        day_count=frame.day_count - first_day,
        clock_minutes=(0,),
        time_zone=horizon.time_zone,
    )


def _levels(
    rule: str,
    instants: tuple[NDArray[np.int64], NDArray[np.int64]],
    ends_pause: NDArray[np.bool_],
    limits: Sequence[int],
) -> NDArray[np.int8]:
    """Give the levels (shape: days, kinds, days ahead, kinds then).

    Beyond the horizon, and where no pause ends, they are 0.
    """
    starts, ends = instants
    day_count, kind_count = starts.shape
    longest = int((ends - starts).max()) + limits[-1] + _CHANGES_OF_CLOCKS
    ahead = min(max(longest, 0) // clock.MINUTES_PER_DAY + 2, day_count)
    if day_count * ahead * kind_count**2 > MOST_PAUSES:
        raise CannotCompile(rule)
    levels = np.zeros((day_count, kind_count, ahead, kind_count), dtype=np.int8)
    for later in range(1, min(ahead + 1, day_count)):
        pauses = starts[later:, np.newaxis, :] - ends[:-later, :, np.newaxis]
        for limit in limits:
            levels[:-later, :, later - 1] += (pauses < limit) & ends_pause[later:, np.newaxis, :]
    return levels


def _classes(
    levels: NDArray[np.int8], is_duty: Sequence[bool]
) -> tuple[tuple[int, ...], tuple[tuple[Ahead | None, ...], ...]]:
    """Number the days that are alike."""
    seen: dict[bytes, Ahead] = {}
    classes: dict[tuple[bytes, ...], int] = {}
    after: list[tuple[Ahead | None, ...]] = []
    day_class = []
    for day in levels:
        traces = tuple(ahead.tobytes() for ahead in day)
        if traces not in classes:
            classes[traces] = len(after)
            for trace, ahead in zip(traces, day, strict=True):
                seen.setdefault(trace, _trimmed(ahead))
            after.append(
                tuple(seen[trace] if duty else None for trace, duty in zip(traces, is_duty, strict=True))
            )
        day_class.append(classes[traces])
    return tuple(day_class), tuple(after)


def _trimmed(ahead: NDArray[np.int8]) -> Ahead:
    rows = [tuple(row) for row in ahead.tolist()]
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(rows)
