"""What is known of a nurse before a week: from counters to days, and from a week's roster to counters."""

from collections.abc import Sequence
from itertools import takewhile

from robust.engines.rostering.formats.inrc2_rows import Nurse, Past, Scenario

CUT = ":"


def days_before(nurse: Nurse, past: Past, scenario: Scenario) -> tuple[str | None, ...]:
    """Give days that end in the runs which the counters tell of, with a day before them that ends them.

    Runs that are longer than allowed are cut to what is allowed, since the competition charged the rest in an
    earlier week. Which shift types lie further back in a working run is unknown; another type than the
    latest stands for them.
    """
    contract = next(one for one in scenario.contracts if one.id == nurse.contract)
    if past.latest is None:
        free = min(past.free, max(contract.off_run))
        return (_shift(nurse, _other_type(scenario, None), scenario), *[None] * free) if free else ()
    longest = max(next(one.run for one in scenario.shift_types if one.id == past.latest))
    same = min(past.same_type, longest)
    worked = max(min(past.worked, max(contract.work_run)), same)
    other = _shift(nurse, _other_type(scenario, past.latest), scenario)
    return (None, *[other] * (worked - same), *[_shift(nurse, past.latest, scenario)] * same)


def _other_type(scenario: Scenario, latest: str | None) -> str:
    banned = {ban.shift_type for ban in scenario.bans if latest in ban.not_followed_by}
    others = [one.id for one in scenario.shift_types if one.id != latest]
    allowed = [one for one in others if one not in banned]
    return (*allowed, *others, *(one.id for one in scenario.shift_types))[0]


def _shift(nurse: Nurse, shift_type: str, scenario: Scenario) -> str:
    return f"{shift_type}{CUT}{(*nurse.skills, *scenario.skills)[0]}"


def past_after(past: Past, line: Sequence[str | None]) -> Past:
    """Give the counters after some whole weeks (days from a Monday on, each a shift id or None)."""
    types = [shift.partition(CUT)[0] if shift else None for shift in line]
    backwards = types[::-1]
    same = len(list(takewhile(lambda one: one == backwards[0], backwards)))
    worked = len(list(takewhile(bool, backwards)))
    free = len(list(takewhile(lambda one: one is None, backwards)))
    whole = len(types)
    return Past(
        place=past.place,
        assignments=past.assignments + sum(one is not None for one in types),
        weekends=past.weekends + sum(any(types[day : day + 2]) for day in range(5, whole, 7)),
        latest=backwards[0],
        same_type=(same + (past.same_type if same == whole and past.latest == backwards[0] else 0))
        if backwards[0]
        else 0,
        worked=worked + (past.worked if worked == whole else 0),
        free=free + (past.free if free == whole else 0),
    )
