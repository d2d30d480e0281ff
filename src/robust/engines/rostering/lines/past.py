"""What is known of people before day 0, as choices, and the states that rules have reached by then."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines.automata import Row, State, Step


def past_days(frame: Frame, people: Sequence[int]) -> int:
    """Give how many days before day 0 are known of the person of whom most is known."""
    return max((len(frame.problem.people[person].history.days) for person in people), default=0)


def past_choices(frame: Frame, person: int) -> tuple[int, ...]:
    """Give the choices of the latest days before day 0, oldest first."""
    return tuple(frame.choice_of[name] for name in frame.problem.people[person].history.days)


def rows_of(frame: Frame, people: Sequence[int], row_of: Callable[[int], Row]) -> tuple[list[Row], list[Row]]:
    """Give the rows of the days before day 0, oldest first, and those of the horizon."""
    earlier = [row_of(day) for day in range(-past_days(frame, people), 0)]
    return earlier, [row_of(day) for day in range(frame.day_count)]


def states_before(
    frame: Frame,
    people: Sequence[int],
    step: Step[Row, State],
    *,
    unknown: State,
    earlier: Sequence[Row],
    kinds: NDArray[np.int64],
) -> list[State]:
    """Give each person's state before day 0: the step taken over the days that are known."""
    states = []
    for person in people:
        state = unknown
        past = past_choices(frame, person)
        for row, choice in zip(earlier[len(earlier) - len(past) :], past, strict=True):
            state, _units = step(row, state, int(kinds[choice]))
        states.append(state)
    return states
