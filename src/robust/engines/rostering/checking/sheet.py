"""A roster and what is known before it, as one array, with the shifts that people have on real instants."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.frame import FREE, Frame
from robust.engines.rostering.problem import Problem, Roster
from robust.engines.rostering.rules import OFF, Who

UNKNOWN = -1


class Misfit(StrEnum):
    """Why a roster is not one of the problem."""

    PEOPLE = "people"
    DAYS = "days"
    SHIFT = "shift"


class RosterDoesNotFit(ValueError):
    """A roster has not one line per person, not one cell per day, or a shift that there is not.

    `person` and `day` are the place: the first one that is missing, too much or unknown. A line too many
    belongs to nobody: then `person` is empty.
    """

    def __init__(self, why: Misfit, *, person: str = "", day: int = 0) -> None:
        super().__init__(f"{why}: person {person!r}, day {day}")
        self.why = why
        self.person = person
        self.day = day


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """All shifts that break rest, by person and day: who, on which day, and from when to when."""

    people: NDArray[np.int64]
    days: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def joined(self) -> NDArray[np.bool_]:
        """Mark (shape: duties less one) where a duty and the next are of the same person."""
        joined: NDArray[np.bool_] = self.people[1:] == self.people[:-1]
        return joined

    @property
    def rests(self) -> NDArray[np.int64]:
        """Give the minutes (shape: duties less one) from the end of a duty to the start of the next."""
        return self.starts[1:] - self.ends[:-1]


@dataclass(frozen=True)
class Sheet:
    """Choices per person and day (shape: people, days), the first `before` columns (at least one) earlier.

    Where nothing is known there is `UNKNOWN`.
    """

    frame: Frame
    lines: NDArray[np.int16]
    before: int

    @property
    def problem(self) -> Problem:
        """Give the problem that the roster answers."""
        return self.frame.problem

    @property
    def column_count(self) -> int:
        """Give the number of days with those of the history."""
        return self.before + self.frame.day_count

    @cached_property
    def days(self) -> NDArray[np.int64]:
        """Give the day of each column, below 0 in the history."""
        return np.arange(-self.before, self.frame.day_count, dtype=np.int64)

    @cached_property
    def weekdays(self) -> NDArray[np.int64]:
        """Give the weekday of each column, 0 for a Monday."""
        return (self.days + self.frame.first_weekday) % 7

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Mark the cells of which something is known."""
        known: NDArray[np.bool_] = self.lines != UNKNOWN
        return known

    @cached_property
    def first_known(self) -> NDArray[np.int64]:
        """Give the first day of which something is known (shape: people)."""
        return np.array([-len(person.history.days) for person in self.problem.people], np.int64)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Give the ids of the people."""
        return tuple(person.id for person in self.problem.people)

    @cached_property
    def shift_names(self) -> tuple[str, ...]:
        """Give the name of each choice, "off" for the free day."""
        return (OFF, *(shift.id for shift in self.problem.shifts))

    @cached_property
    def instants(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give start and end (shape: columns, choices) in minutes of real time since 1970."""
        return self.frame.instants(-self.before)

    @cached_property
    def shift_minutes(self) -> NDArray[np.int64]:
        """Give the working time that counts (shape: columns, choices) in minutes."""
        return self.frame.minutes(-self.before)

    @cached_property
    def minutes(self) -> NDArray[np.int64]:
        """Give the working time of each cell in minutes, 0 where nothing is known."""
        columns = np.arange(self.column_count)
        worked: NDArray[np.int64] = self.shift_minutes[columns, np.maximum(self.lines, FREE)]
        return worked

    def carried(self, rule: str) -> NDArray[np.int64]:
        """Give what each person's history has carried under the id of a rule."""
        return np.array([person.history.carried.get(rule, 0) for person in self.problem.people], np.int64)

    @cached_property
    def _masks(self) -> dict[frozenset[str], NDArray[np.bool_]]:
        return {}

    def mask(self, shifts: frozenset[str]) -> NDArray[np.bool_]:
        """Mark the choices (shape: choices) that names stand for, remembered for the next time."""
        if shifts not in self._masks:
            self._masks[shifts] = self.frame.mask(shifts)
        return self._masks[shifts]

    def chosen(self, who: Who) -> NDArray[np.int64]:
        """Give the indices of the people that `who` chooses."""
        return np.array(self.frame.chosen(who), dtype=np.int64)

    def marked(self, shifts: frozenset[str], people: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the cells (shape: these people, columns) with one of the shifts; unknown ones have none."""
        meant = np.append(self.mask(shifts), False)
        marked: NDArray[np.bool_] = meant[self.lines[people]]
        return marked

    @cached_property
    def choices(self) -> list[list[int]]:
        """Give the choices of the horizon as plain numbers, per person and day."""
        chosen: list[list[int]] = self.lines[:, self.before :].tolist()
        return chosen

    def choice(self, person: str, day: int) -> int:
        """Give what a person has on a day of the horizon."""
        return self.choices[self.frame.person_index[person]][day]

    def names(self, person: int, days: range) -> tuple[str, ...]:
        """Name the shifts of a person on some days that are known, "off" for a free one."""
        return tuple(self.shift_names[self.lines[person, self.before + day]] for day in days)

    @cached_property
    def is_duty(self) -> NDArray[np.bool_]:
        """Mark the choices that are shifts and do not count as rest."""
        return np.array([False, *(not shift.counts_as_rest for shift in self.problem.shifts)])

    @cached_property
    def every_duty(self) -> Duties:
        """Give the shifts of all people, without those that count as rest."""
        people, columns = np.nonzero(np.append(self.is_duty, False)[self.lines])
        choices = self.lines[people, columns]
        starts, ends = self.instants
        return Duties(
            people=people,
            days=columns - self.before,
            starts=starts[columns, choices],
            ends=ends[columns, choices],
        )

    def duties(self, who: Who) -> Duties:
        """Give the shifts of the people that `who` chooses, without those that count as rest."""
        is_chosen = np.zeros(len(self.people), dtype=np.bool_)
        is_chosen[self.chosen(who)] = True
        every = self.every_duty
        kept = is_chosen[every.people]
        return Duties(
            people=every.people[kept],
            days=every.days[kept],
            starts=every.starts[kept],
            ends=every.ends[kept],
        )


def read_sheet(problem: Problem, roster: Roster) -> Sheet:
    """Lay a roster beside the history of its problem. Raises: RosterDoesNotFit."""
    frame = Frame(problem)
    before = max([1, *(len(person.history.days) for person in problem.people)])
    lines = np.full((len(problem.people), before + frame.day_count), UNKNOWN, dtype=np.int16)
    lines[:, before:] = _choices(frame, roster)
    for place, person in enumerate(problem.people):
        past = [frame.choice_of[name] for name in person.history.days]
        lines[place, before - len(past) : before] = past
    return Sheet(frame=frame, lines=lines, before=before)


def _choices(frame: Frame, roster: Roster) -> NDArray[np.int16]:
    people = frame.problem.people
    for person, line in zip(people, roster.lines, strict=False):
        if len(line) != frame.day_count:
            raise RosterDoesNotFit(Misfit.DAYS, person=person.id, day=min(len(line), frame.day_count))
    if len(roster.lines) != len(people):
        surplus = len(roster.lines) > len(people)
        raise RosterDoesNotFit(Misfit.PEOPLE, person="" if surplus else people[len(roster.lines)].id)
    try:
        return frame.choices(roster)
    except KeyError as error:
        raise _unknown_shift(frame, roster) from error


def _unknown_shift(frame: Frame, roster: Roster) -> RosterDoesNotFit:
    person, day = next(
        (person.id, day)
        for person, line in zip(frame.problem.people, roster.lines, strict=True)
        for day, name in enumerate(line)
        if name not in frame.choice_of
    )
    return RosterDoesNotFit(Misfit.SHIFT, person=person, day=day)
