"""The problem as arrays: choices numbered, clock times as real instants, selections as indices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering import clock
from robust.engines.rostering.problem import Person, Problem, Roster, Shift
from robust.engines.rostering.rules import ANY, OFF, WORK, Who

FREE = 0


@dataclass(frozen=True)
class Frame:
    """A problem's days, people and choices. Choice 0 is a free day, choice k is shift type k - 1.

    Arrays by day run over the days of the horizon; `instants` can also be asked for earlier days.
    """

    problem: Problem

    @cached_property
    def day_count(self) -> int:
        """Give the number of days of the horizon."""
        return self.problem.horizon.day_count

    @cached_property
    def choice_count(self) -> int:
        """Give the number of shift types and one more for the free day."""
        return len(self.problem.shifts) + 1

    @cached_property
    def choice_of(self) -> dict[str | None, int]:
        """Give the choice for a shift id, and for None that of the free day."""
        return {None: FREE} | {shift.id: k for k, shift in enumerate(self.problem.shifts, start=1)}

    @cached_property
    def person_index(self) -> dict[str, int]:
        """Give each person's place in the problem."""
        return {person.id: k for k, person in enumerate(self.problem.people)}

    @cached_property
    def first_weekday(self) -> int:
        """Give the weekday of day 0, 0 for a Monday."""
        return self.problem.horizon.starts_on.weekday()

    def weekday(self, day: int) -> int:
        """Give the weekday of a day, 0 for a Monday."""
        return (self.first_weekday + day) % 7

    def chosen(self, who: Who) -> tuple[int, ...]:
        """Give the indices of the people that `who` chooses."""
        return tuple(k for k, person in enumerate(self.problem.people) if _is_chosen(person, who))

    def mask(self, shifts: Iterable[str]) -> NDArray[np.bool_]:
        """Mark the choices (shape: choices) that a set of ids, tags and words (off, work, any) stands for."""
        names = frozenset(shifts)
        marked = [OFF in names or ANY in names]
        marked += [_is_meant(shift, names) for shift in self.problem.shifts]
        return np.array(marked, dtype=np.bool_)

    def instants(self, first_day: int = 0) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give start and end (shape: days from `first_day`, choices) in minutes of real time since 1970."""
        horizon = self.problem.horizon
        begins = [0, *(shift.starts_minute for shift in self.problem.shifts)]
        lengths = [0, *(shift.length_minutes for shift in self.problem.shifts)]
        finishes = [begin + length for begin, length in zip(begins, lengths, strict=True)]
        both = clock.real_minutes(
            horizon.starts_on + timedelta(days=first_day),
            day_count=self.day_count - first_day,
            clock_minutes=begins + finishes,
            time_zone=horizon.time_zone,
        )
        both[:, [0, self.choice_count]] = 0
        return both[:, : self.choice_count].copy(), both[:, self.choice_count :].copy()

    def minutes(self, first_day: int = 0) -> NDArray[np.int64]:
        """Give the working time that counts (shape: days from `first_day` on, choices) in minutes."""
        starts, ends = self.instants(first_day)
        counted = ends - starts
        for choice, shift in enumerate(self.problem.shifts, start=1):
            if shift.counted_minutes is not None:
                counted[:, choice] = shift.counted_minutes
        return counted

    def choices(self, roster: Roster) -> NDArray[np.int16]:
        """Give a roster as choices (shape: people, days). Raises: KeyError for a shift that is not there."""
        return np.array(
            [[self.choice_of[name] for name in line] for line in roster.lines], dtype=np.int16
        ).reshape(len(self.problem.people), self.day_count)

    def roster(self, choices: NDArray[np.int16]) -> Roster:
        """Give choices (shape: people, days) as a roster."""
        names = [None, *(shift.id for shift in self.problem.shifts)]
        return Roster(lines=tuple(tuple(names[choice] for choice in line) for line in choices.tolist()))


def _is_chosen(person: Person, who: Who) -> bool:
    return (
        (not who.ids or person.id in who.ids)
        and (not who.groups or bool(who.groups & person.groups))
        and who.competences <= person.competences
        and person.experience_years >= who.experience_at_least
    )


def _is_meant(shift: Shift, names: frozenset[str]) -> bool:
    return WORK in names or ANY in names or shift.id in names or bool(shift.tags & names)
