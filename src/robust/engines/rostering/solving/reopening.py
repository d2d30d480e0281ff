"""Opening the lines of a few people while all others keep theirs, and choosing them anew together.

Source: large neighbourhood search (Shaw, CP 1998) with a restricted master over fresh columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.solving import generation, rosters
from robust.engines.rostering.solving.generation import Generated
from robust.engines.rostering.solving.master import Column, Limits, Master, Part
from robust.engines.rostering.solving.rosters import Held
from robust.engines.rostering.solving.ward import Ward

ROUNDS = 60
SMOOTHING = 0.5
COLUMNS_PER_PERSON = 40
NEAR = 1e-4
LARGE_DIAGRAM = 150_000
SHORTEST_DAYS, LONGEST_DAYS = 14, 35


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """What came of it: the roster (None when nothing better can be found), and whether time ran out."""

    roster: Held | None
    cut_short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What the whole ward's relaxation knows: the duals, and good columns of each person."""

    duals: NDArray[np.float64]
    columns: Mapping[int, Sequence[Column]]


def guide_of(ward: Ward, master: Master, generated: Generated, *, per_person: int = 15) -> Guide:
    """Keep of a relaxation what helps to reopen people: per person the columns of least reduced cost."""
    reduced = master.reduced_costs(generated.duals)
    kept: dict[int, list[Column]] = {person: [] for person in range(ward.person_count)}
    for number in np.argsort(reduced, kind="stable"):
        column = master.columns[number]
        if len(kept[column.person]) < per_person:
            kept[column.person].append(column)
    return Guide(duals=generated.duals, columns=kept)


def reopen(
    ward: Ward,
    roster: Held,
    people: Sequence[int],
    guide: Guide,
    *,
    limits: Limits,
    seed: int,
    stop: Callable[[], bool],
    window: tuple[int, int] | None = None,
) -> Reopened:
    """Choose the lines of these people anew, within the window of days if one is given."""
    first_day, until = window or (0, ward.frame.day_count)
    part = _part(ward, roster, people, first_day, until)
    master = Master(ward, part, stop=stop)
    present = [_present(ward, roster, part, place) for place in range(len(people))]
    master.add(present)
    if window is None:
        master.add(column for person in people for column in guide.columns[person])
    before = _cost(ward, part, present)
    found = generation.generate(
        ward, master, duals=guide.duals, stop=stop, most_rounds=ROUNDS, smoothing=SMOOTHING
    )
    if found is None:
        return Reopened(roster=None, cut_short=True)
    if found.complete and np.ceil(found.bound - NEAR) >= before:
        return Reopened(roster=None, cut_short=False)
    allowed = _worthwhile(master, found, before)
    chosen = master.choose(allowed, start=range(len(people)), limits=limits, seed=seed)
    columns = [master.columns[number] for number in chosen.numbers]
    lines = {column.person: _whole(ward, roster, column, first_day) for column in columns}
    return Reopened(roster=rosters.changed(ward, roster, lines), cut_short=chosen.cut_short)


def _part(ward: Ward, roster: Held, people: Sequence[int], first_day: int, until: int) -> Part:
    settled = roster.sums.copy()
    lines = []
    for person in people:
        line = roster.columns[person].line
        settled -= ward.sums(person, line[first_day:until], first_day)
        whole = (first_day, until) == (0, line.size)
        lines.append(ward.lines[person] if whole else ward.lines[person].between(first_day, until, line))
    return Part(
        people=tuple(people),
        lines=tuple(lines),
        settled=settled,
        rows=ward.rows_within(people, first_day, until),
    )


def _present(ward: Ward, roster: Held, part: Part, place: int) -> Column:
    lines, person = part.lines[place], part.people[place]
    line = roster.columns[person].line[lines.first_day : lines.first_day + lines.day_count]
    return generation.column_of(ward, person, line, lines.lawful_cost(line), lines.first_day)


def _cost(ward: Ward, part: Part, columns: Sequence[Column]) -> int:
    sums = part.settled + np.sum([column.sums for column in columns], axis=0, dtype=np.int64)
    return sum(column.cost for column in columns) + int(ward.rows.cost(sums)[part.rows].sum())


def _worthwhile(master: Master, found: Generated, before: int) -> NDArray[np.bool_]:
    """Mark the present columns and those that a roster no worse than the present one can hold."""
    reduced = master.reduced_costs(found.relaxed.duals, found.relaxed.person_duals)
    most = min(reduced.size, COLUMNS_PER_PERSON * len(master.part.people))
    room = min(float(np.sort(reduced)[most - 1]), max(before - found.relaxed.objective, 0.0))
    allowed: NDArray[np.bool_] = reduced <= room + NEAR
    allowed[: len(master.part.people)] = True
    return allowed


def _whole(ward: Ward, roster: Held, column: Column, first_day: int) -> Column:
    line = roster.columns[column.person].line.copy()
    line[first_day : first_day + column.line.size] = column.line
    return generation.whole_column(ward, column.person, line)


def window_of(
    ward: Ward, random: np.random.Generator, *, large: int = LARGE_DIAGRAM
) -> tuple[int, int] | None:
    """Give the days to open: all (None), unless a diagram has `large` nodes or more; then some weeks."""
    if max(lines.diagram.node_count for lines in ward.lines) < large:
        return None
    days = ward.frame.day_count
    length = int(random.integers(SHORTEST_DAYS, LONGEST_DAYS + 1))
    begin = int(random.integers(-length // 2, days - length // 2))
    return max(begin, 0), min(begin + length, days)
