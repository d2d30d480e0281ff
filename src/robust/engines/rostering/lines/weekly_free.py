"""Free time in each calendar week, as an automaton."""

from collections.abc import Sequence
from typing import NamedTuple

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import automata, past, pauses
from robust.engines.rostering.lines.automata import CannotCompile, Part
from robust.engines.rostering.lines.pauses import Ahead
from robust.engines.rostering.rules import WeeklyFree

SHORTEST_WEEK = 7 * 1440 - 60
"""Minutes in the week in which summer time begins: a free period that is longer fits in no week."""

_MONDAY, _SUNDAY = 0, 6
_TWO_SHORT = 2


class _Row(NamedTuple):
    """What to know of a day."""

    day_class: int
    is_monday: bool
    ends_all: bool


class _Week(NamedTuple):
    """What lies ahead of the latest duty (None: there was none yet), and what the week still lacks.

    It lacks two short free periods, one, or none; a week that is not known from its Monday on lacks none.
    """

    ahead: Ahead | None
    lacks: int


def part_of(rule: WeeklyFree, frame: Frame, people: Sequence[int]) -> Part:
    """Compile the rule: a week is judged on the Monday after it or the latest day. Raises: CannotCompile."""
    if rule.long_minutes > SHORTEST_WEEK:
        raise CannotCompile(rule.id)
    before = past.past_days(frame, people)
    limits = [rule.short_minutes, rule.long_minutes]
    whole = pauses.pauses_of(frame, rule=rule.id, limits=limits, first_day=-before, to_mondays=True)

    def step(row: _Row, week: _Week, kind: int) -> tuple[_Week, int]:
        after = whole.after[row.day_class][kind]
        lacks = week.lacks
        if after is not None or row.is_monday:
            shortfall = 0 if week.ahead is None else pauses.shortfall(week.ahead, kind)
            lacks = max(lacks - _TWO_SHORT + shortfall, 0)
        judged = row.is_monday or (row.ends_all and after is not None)
        ahead = after if after is not None else week.ahead and week.ahead[1:]
        return _Week(ahead, _TWO_SHORT if row.is_monday else lacks), int(judged and lacks > 0)

    def row_of(day: int) -> _Row:
        weekday = frame.weekday(day)
        ends_all = weekday == _SUNDAY and day == frame.day_count - 1
        return _Row(whole.day_class[before + day], weekday == _MONDAY, ends_all)

    earlier, rows = past.rows_of(frame, people, row_of)
    unknown = _Week(None, 0)
    states = past.states_before(frame, people, step, unknown=unknown, earlier=earlier, kinds=whole.kinds)
    if rows[0].is_monday:
        states = [_Week(week.ahead, 0) for week in states]
    return automata.tabulate(rule, step, starts=states, rows=rows, kinds=whole.kinds)
