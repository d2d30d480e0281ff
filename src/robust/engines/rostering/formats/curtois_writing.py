"""A problem as a text in the form of the Curtois & Qu instances, where that form can say it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.problem import Demand, History, Person, Problem, Wish
from robust.engines.rostering.refusal import Complaints
from robust.engines.rostering.rules import ANYONE, OFF, Basis, Count, Rule, Run, Sequence, Unit

_PLAIN = re.compile(r"[^\s,|=#][^\s,|=]*")
EVERY_DAY = frozenset(range(7))
Limits = dict[str, int]


def write_problem(problem: Problem) -> str:
    """Write an instance; clock times of shifts and names of people are not part of the form.

    Raises: ProblemRefused with code "not_in_this_form" for each part that the form cannot say.
    """
    complaints = Complaints()
    _complain(problem, complaints)
    banned, limits = _rules(problem, complaints)
    complaints.refuse_if_any()
    return "\n".join(_lines(problem, banned, limits)) + "\n"


def _complain(problem: Problem, complaints: Complaints) -> None:
    ids = {shift.id for shift in problem.shifts}
    checks = (
        ("horizon", [problem.horizon.starts_on.weekday() == 0]),
        ("shifts", [_PLAIN.fullmatch(shift.id) and not shift.counts_as_rest for shift in problem.shifts]),
        ("people", [_is_plain_person(person) for person in problem.people]),
        ("demands", [_is_plain_demand(demand, ids) for demand in problem.demands]),
        ("wishes", [len(wish.shifts) == 1 and wish.shifts <= ids for wish in problem.wishes]),
        ("fixed", [fixed.shifts == {OFF} for fixed in problem.fixed]),
        ("published", [problem.published is None]),
    )
    for part, sound in checks:
        for place, fits in enumerate(sound):
            if not fits:
                complaints.add(f"$.{part}[{place}]", "not_in_this_form")
    cells = {(demand.day, shift) for demand in problem.demands for shift in demand.shifts}
    if len(problem.demands) != problem.horizon.day_count * len(ids) or len(cells) != len(problem.demands):
        complaints.add("$.demands", "not_in_this_form")


def _is_plain_person(person: Person) -> bool:
    return bool(_PLAIN.fullmatch(person.id)) and person.counts and person.history == History()


def _is_plain_demand(demand: Demand, ids: set[str]) -> bool:
    plain = Demand(
        id=demand.id,
        day=demand.day,
        shifts=demand.shifts,
        wanted=demand.wanted,
        under_weight=demand.under_weight,
        over_weight=demand.over_weight,
    )
    return demand == plain and len(demand.shifts) == 1 and demand.shifts <= ids and demand.wanted is not None


def _rules(problem: Problem, complaints: Complaints) -> tuple[dict[str, list[str]], dict[str, Limits]]:
    frame = Frame(problem)
    ids = [shift.id for shift in problem.shifts]
    banned: dict[str, list[str]] = defaultdict(list)
    limits: dict[str, Limits] = {person.id: {} for person in problem.people}
    for place, rule in enumerate(problem.rules):
        chosen = [problem.people[k].id for k in frame.chosen(rule.who)]
        told = _limits(rule, ids)
        succession = _succession(rule, ids) if len(chosen) == len(problem.people) else None
        again = any(limits[person].keys() & told.keys() for person in chosen)
        if again or (not told and succession is None):
            complaints.add(f"$.rules[{place}]", "not_in_this_form")
        if succession is not None:
            banned[succession[0]] += succession[1]
        for person in chosen:
            limits[person] |= told
    return banned, limits


def _succession(rule: Rule, ids: list[str]) -> tuple[str, list[str]] | None:
    if not isinstance(rule, Sequence) or len(rule.shifts) != 2 or len(rule.shifts[0]) != 1:
        return None
    (first,), second = rule.shifts
    if rule.weight is not None or rule.weekdays != EVERY_DAY or not {first} | second <= set(ids):
        return None
    return first, [name for name in ids if name in second]


def _limits(rule: Rule, ids: list[str]) -> Limits:
    """Give what a rule says in the words of the form, nothing where the form cannot say it."""
    if not isinstance(rule, Count | Run):
        return {}
    least, most = rule.minimum, rule.maximum
    bare = replace(rule, id="", who=ANYONE, basis=Basis.LOCAL, reference="")
    for like, words in (
        (Count(id="", unit=Unit.MINUTES, minimum=least, maximum=most), ("least minutes", "most minutes")),
        (Count(id="", unit=Unit.WEEKENDS, maximum=most), ("", "weekends")),
        (Run(id="", minimum=least, maximum=most), ("shortest run", "longest run")),
        (Run(id="", shifts=frozenset({OFF}), minimum=least), ("shortest off", "")),
        *((Count(id="", shifts=frozenset({name}), maximum=most), ("", f"={name}")) for name in ids),
    ):
        if like == bare:
            return {
                word: limit for word, limit in zip(words, (least, most), strict=True) if limit is not None
            }
    return {}


def _lines(problem: Problem, banned: dict[str, list[str]], limits: dict[str, Limits]) -> Iterator[str]:
    lengths = {
        shift.id: shift.length_minutes if shift.counted_minutes is None else shift.counted_minutes
        for shift in problem.shifts
    }
    days = problem.horizon.day_count
    yield from ("SECTION_HORIZON", f"{days}", "", "SECTION_SHIFTS")
    for name, length in lengths.items():
        yield f"{name},{length},{'|'.join(banned.get(name, ()))}"
    yield from ("", "SECTION_STAFF")
    longest = days * max(lengths.values())
    for person, told in limits.items():
        yield _staff(person, told, list(lengths), days=days, longest=longest)
    yield from ("", "SECTION_DAYS_OFF")
    yield from _days_off(problem)
    for heading, granted in (("SECTION_SHIFT_ON_REQUESTS", True), ("SECTION_SHIFT_OFF_REQUESTS", False)):
        yield from ("", heading)
        yield from _requests(wish for wish in problem.wishes if wish.granted == granted)
    yield from ("", "SECTION_COVER")
    for demand in problem.demands:
        (name,) = demand.shifts
        yield f"{demand.day},{name},{demand.wanted},{demand.under_weight},{demand.over_weight}"


def _staff(person: str, told: Limits, shifts: list[str], *, days: int, longest: int) -> str:
    most_of = "|".join(f"{name}={told.get(f'={name}', days)}" for name in shifts)
    numbers = (
        told.get("most minutes", longest),
        told.get("least minutes", 0),
        told.get("longest run", days),
        told.get("shortest run", 1),
        told.get("shortest off", 1),
        told.get("weekends", days),
    )
    return ",".join((person, most_of, *map(str, numbers)))


def _days_off(problem: Problem) -> Iterator[str]:
    days: dict[str, list[str]] = defaultdict(list)
    for fixed in problem.fixed:
        days[fixed.person].append(f"{fixed.day}")
    for person, numbers in days.items():
        yield ",".join((person, *numbers))


def _requests(wishes: Iterable[Wish]) -> Iterator[str]:
    for wish in wishes:
        (name,) = wish.shifts
        yield f"{wish.person},{wish.day},{name},{wish.weight}"
