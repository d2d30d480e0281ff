"""What of a scenario, a history and its weeks does not fit together, with the place where it stands."""

from collections.abc import Iterable, Sequence

from robust.engines.rostering.formats.inrc2_rows import Scenario, WeekDemand, WeekHistory
from robust.engines.rostering.refusal import Complaints


def complain(
    scenario: Scenario,
    history: WeekHistory,
    weeks: Sequence[WeekDemand],
    *,
    to_the_end: bool,
    complaints: Complaints,
) -> None:
    """Note unknown and duplicate names, files of another scenario, and what is missing.

    With `to_the_end` the weeks must be all that the history leaves of the scenario.
    """
    _scenario(scenario, complaints)
    _same_scenario(scenario, "history", history.scenario, complaints)
    _history(scenario, history, complaints)
    for number, week in enumerate(weeks, start=1):
        _same_scenario(scenario, f"week {number}", week.scenario, complaints)
        _week(scenario, week, f"week {number}", complaints)
    left = scenario.weeks - history.week
    if not 1 <= len(weeks) <= left or (to_the_end and len(weeks) != left):
        complaints.add("weeks", "other_count", expected=left, found=len(weeks))


def _scenario(scenario: Scenario, complaints: Complaints) -> None:
    types = {one.id for one in scenario.shift_types}
    contracts = {one.id for one in scenario.contracts}
    _twice("scenario", [f"shift type {one.id}" for one in scenario.shift_types], complaints)
    _twice("scenario", [f"skill {skill}" for skill in scenario.skills], complaints)
    _twice("scenario", [f"contract {one.id}" for one in scenario.contracts], complaints)
    _twice("scenario", [f"nurse {one.id}" for one in scenario.nurses], complaints)
    for ban in scenario.bans:
        _known(ban.place, "shift_type", (ban.shift_type, *ban.not_followed_by), types, complaints)
    for nurse in scenario.nurses:
        _known(nurse.place, "contract", [nurse.contract], contracts, complaints)
        _known(nurse.place, "skill", nurse.skills, set(scenario.skills), complaints)


def _history(scenario: Scenario, history: WeekHistory, complaints: Complaints) -> None:
    nurses = {one.id for one in scenario.nurses}
    types = {one.id for one in scenario.shift_types}
    for name, past in history.nurses.items():
        _known(past.place, "nurse", [name], nurses, complaints)
        _known(past.place, "shift_type", [past.latest] if past.latest else [], types, complaints)
    for name in sorted(nurses - history.nurses.keys()):
        complaints.add("history", "nurse_missing", id=name)


def _week(scenario: Scenario, week: WeekDemand, where: str, complaints: Complaints) -> None:
    types = {one.id for one in scenario.shift_types}
    nurses = {one.id for one in scenario.nurses}
    for requirement in week.requirements:
        _known(requirement.place, "shift_type", [requirement.shift_type], types, complaints)
        _known(requirement.place, "skill", [requirement.skill], set(scenario.skills), complaints)
    for request in week.requests:
        _known(request.place, "nurse", [request.nurse], nurses, complaints)
        wanted = [request.shift_type] if request.shift_type else []
        _known(request.place, "shift_type", wanted, types, complaints)
    given = [f"{one.shift_type}:{one.skill}" for one in week.requirements]
    _twice(where, given, complaints)
    for name in sorted({f"{one}:{skill}" for one in types for skill in scenario.skills} - set(given)):
        complaints.add(where, "requirement_missing", id=name)


def _same_scenario(scenario: Scenario, where: str, name: str, complaints: Complaints) -> None:
    if name != scenario.name:
        complaints.add(where, "other_scenario", expected=scenario.name, found=name)


def _twice(where: str, names: Sequence[str], complaints: Complaints) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        complaints.add(where, "duplicate_id", id=name)


def _known(place: str, kind: str, names: Iterable[str], known: set[str], complaints: Complaints) -> None:
    for name in names:
        if name not in known:
            complaints.add(place, f"unknown_{kind}", id=name)
