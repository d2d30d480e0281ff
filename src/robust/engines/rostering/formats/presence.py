"""How many people there are for a demand, day by day, to be shown next to what is wanted."""

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering import clock
from robust.engines.rostering.frame import Frame
from robust.engines.rostering.problem import Demand, Roster


def present(demand: Demand, *, frame: Frame, roster: Roster) -> tuple[int, ...]:
    """Count those who count and whom the demand asks for, on its shifts or on duty all of its interval."""
    lines = frame.choices(roster)
    people = [place for place in frame.chosen(demand.who) if frame.problem.people[place].counts]
    if demand.interval is None:
        there = frame.mask(demand.shifts)[lines[people]]
    else:
        there = _on_duty(demand.interval, frame, _with_the_day_before(frame, lines)[people])
    return tuple(there.sum(axis=0).tolist())


def _with_the_day_before(frame: Frame, lines: NDArray[np.int16]) -> NDArray[np.int16]:
    latest = [person.history.days[-1] if person.history.days else None for person in frame.problem.people]
    column = np.array([[frame.choice_of[shift]] for shift in latest], dtype=np.int16).reshape(-1, 1)
    return np.concatenate([column, lines], axis=1)


def _on_duty(interval: tuple[int, int], frame: Frame, lines: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Mark who is on duty all of the interval, from this day or the day before (first column of `lines`)."""
    horizon = frame.problem.horizon
    asked = clock.real_minutes(
        horizon.starts_on,
        day_count=horizon.day_count,
        clock_minutes=interval,
        time_zone=horizon.time_zone,
    )
    starts, ends = frame.instants(-1)
    is_duty = np.array([False, *(not shift.counts_as_rest for shift in frame.problem.shifts)])
    days = np.arange(horizon.day_count)
    found = np.zeros((len(lines), horizon.day_count), dtype=np.bool_)
    for later in (0, 1):
        columns = days + 1 - later
        covers = is_duty & (starts[columns] <= asked[:, :1]) & (ends[columns] >= asked[:, 1:])
        found |= covers[days, lines[:, columns]]
    return found
