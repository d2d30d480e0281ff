"""What of a problem's rules does not make sense."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatch

from robust.engines.rostering.problem import Problem
from robust.engines.rostering.refusal import Complaints
from robust.engines.rostering.rules import (
    ANY,
    OFF,
    WORK,
    Accompanied,
    Apart,
    Count,
    Fairness,
    FreePeriod,
    Rest,
    Rule,
    Run,
    Sequence,
    Unit,
    WeeklyFree,
    Who,
    Window,
)

HEAVIEST = 10**7
WORDS = frozenset({OFF, WORK, ANY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a problem's parts may be called by."""

    day_count: int
    shifts: frozenset[str]
    people: frozenset[str]
    groups: frozenset[str]
    competences: frozenset[str]

    def complain_of_shifts(self, path: str, names: frozenset[str], complaints: Complaints) -> None:
        """Note shift types that are not there, and an empty choice."""
        if not names:
            complaints.add(path, "no_shifts")
        for name in sorted(names - self.shifts - WORDS):
            complaints.add(path, "unknown_shift", id=name)

    def complain_of_who(self, path: str, who: Who, complaints: Complaints) -> None:
        """Note people, groups and competences that are not there."""
        for part, code, chosen, known in (
            ("ids", "unknown_person", who.ids, self.people),
            ("groups", "unknown_group", who.groups, self.groups),
            ("competences", "unknown_competence", who.competences, self.competences),
        ):
            for name in sorted(chosen - known):
                complaints.add(f"{path}.{part}", code, id=name)
        complain_below(f"{path}.experience_at_least", who.experience_at_least, 0, complaints)

    def complain_of_day(self, path: str, day: int, complaints: Complaints) -> None:
        """Note a day outside of the horizon."""
        if not 0 <= day < self.day_count:
            complaints.add(path, "outside_of_horizon", day=day)


def names_of(problem: Problem) -> Names:
    """Give what a problem's parts are called."""
    return Names(
        day_count=problem.horizon.day_count,
        shifts=frozenset(shift.id for shift in problem.shifts).union(
            *(shift.tags for shift in problem.shifts)
        ),
        people=frozenset(person.id for person in problem.people),
        groups=frozenset[str]().union(*(person.groups for person in problem.people)),
        competences=frozenset[str]().union(*(person.competences for person in problem.people)),
    )


def complain_below(path: str, value: int | None, least: int, complaints: Complaints) -> None:
    """Note a number below the least that makes sense; None is fine."""
    if value is not None and value < least:
        complaints.add(path, "too_small", value=value, least=least)


def complain_of_weight(path: str, weight: int | None, complaints: Complaints) -> None:
    """Note a weight below 0 or so heavy that sums of it overflow."""
    complain_below(path, weight, 0, complaints)
    if weight is not None and weight > HEAVIEST:
        complaints.add(path, "too_heavy", value=str(weight), most=HEAVIEST)


def complain_of_bounds(path: str, minimum: int | None, maximum: int | None, complaints: Complaints) -> None:
    """Note limits below 0, and a minimum above its maximum."""
    complain_below(f"{path}.minimum", minimum, 0, complaints)
    complain_below(f"{path}.maximum", maximum, 0, complaints)
    if minimum is not None and maximum is not None and minimum > maximum:
        complaints.add(path, "minimum_above_maximum", minimum=minimum, maximum=maximum)


def complain_of_rules(rules: Iterable[Rule], names: Names, complaints: Complaints) -> None:
    """Note what is wrong with each rule."""
    for place, rule in enumerate(rules):
        path = f"$.rules[{place}]"
        complain_of_weight(f"{path}.weight", rule.weight, complaints)
        names.complain_of_who(f"{path}.who", rule.who, complaints)
        _check(rule, path, names, complaints)


@singledispatch
def _check(rule: Rule, path: str, names: Names, complaints: Complaints) -> None:
    raise TypeError(type(rule).__name__)


@_check.register
def _sequence(rule: Sequence, path: str, names: Names, complaints: Complaints) -> None:
    if not rule.shifts:
        complaints.add(f"{path}.shifts", "no_shifts")
    for place, shifts in enumerate(rule.shifts):
        names.complain_of_shifts(f"{path}.shifts[{place}]", shifts, complaints)
    if not rule.weekdays or not rule.weekdays <= set(range(7)):
        complaints.add(f"{path}.weekdays", "not_weekdays")


@_check.register
def _rest(rule: Rest, path: str, names: Names, complaints: Complaints) -> None:
    complain_below(f"{path}.minutes", rule.minutes, 1, complaints)
    complain_below(f"{path}.reduced_minutes", rule.reduced_minutes, 0, complaints)
    complain_below(f"{path}.reduced_per_week", rule.reduced_per_week, 0, complaints)
    if rule.reduced_minutes is not None and rule.reduced_minutes > rule.minutes:
        complaints.add(path, "minimum_above_maximum", minimum=rule.reduced_minutes, maximum=rule.minutes)


@_check.register
def _count(rule: Count, path: str, names: Names, complaints: Complaints) -> None:
    names.complain_of_shifts(f"{path}.shifts", rule.shifts, complaints)
    _limits(path, rule.minimum, rule.maximum, complaints)
    complain_below(f"{path}.step", rule.step, 1, complaints)
    _window(rule.window, f"{path}.window", names, complaints)


def _limits(path: str, minimum: int | None, maximum: int | None, complaints: Complaints) -> None:
    if minimum is None and maximum is None:
        complaints.add(path, "no_limit")
    complain_of_bounds(path, minimum, maximum, complaints)


def _window(window: Window, path: str, names: Names, complaints: Complaints) -> None:
    names.complain_of_day(f"{path}.from_day", window.from_day, complaints)
    complain_below(f"{path}.to_day", window.to_day, window.from_day + 1, complaints)
    complain_below(f"{path}.every_days", window.every_days, 1, complaints)
    if window.rolling and window.every_days is None:
        complaints.add(path, "rolling_without_length")


@_check.register
def _run(rule: Run, path: str, names: Names, complaints: Complaints) -> None:
    names.complain_of_shifts(f"{path}.shifts", rule.shifts, complaints)
    _limits(path, rule.minimum, rule.maximum, complaints)
    if rule.unit is Unit.MINUTES:
        complaints.add(f"{path}.unit", "run_of_minutes")


@_check.register
def _free_period(rule: FreePeriod, path: str, names: Names, complaints: Complaints) -> None:
    complain_below(f"{path}.minutes", rule.minutes, 1, complaints)
    complain_below(f"{path}.days_between", rule.days_between, 1, complaints)


@_check.register
def _weekly_free(rule: WeeklyFree, path: str, names: Names, complaints: Complaints) -> None:
    complain_below(f"{path}.short_minutes", rule.short_minutes, 1, complaints)
    if rule.short_minutes > rule.long_minutes:
        complaints.add(path, "minimum_above_maximum", minimum=rule.short_minutes, maximum=rule.long_minutes)


@_check.register
def _fairness(rule: Fairness, path: str, names: Names, complaints: Complaints) -> None:
    names.complain_of_shifts(f"{path}.shifts", rule.shifts, complaints)
    if rule.weight is None:
        complaints.add(f"{path}.weight", "fairness_cannot_be_hard")
    complain_below(f"{path}.total", rule.total, 0, complaints)
    complain_below(f"{path}.tolerance", rule.tolerance, 0, complaints)
    complain_below(f"{path}.step", rule.step, 1, complaints)


@_check.register
def _apart(rule: Apart, path: str, names: Names, complaints: Complaints) -> None:
    names.complain_of_shifts(f"{path}.shifts", rule.shifts, complaints)
    complain_below(f"{path}.most", rule.most, 0, complaints)


@_check.register
def _accompanied(rule: Accompanied, path: str, names: Names, complaints: Complaints) -> None:
    names.complain_of_shifts(f"{path}.shifts", rule.shifts, complaints)
    names.complain_of_who(f"{path}.by", rule.by, complaints)
