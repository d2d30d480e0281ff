"""Rest between one shift and the next, as an automaton."""

from collections.abc import Sequence

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import automata, past, pauses
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.lines.pauses import Ahead
from robust.engines.rostering.rules import Rest

_Rested = tuple[Ahead, bool, int]
_MONDAY = 0


def part_of(rule: Rest, frame: Frame, people: Sequence[int]) -> Part:
    """Compile the rule. Raises: CannotCompile.

    State: what lies ahead of the latest duty, whether the rest before it was cut, and how many rests of this
    week were cut (as far as it matters).
    """
    before = past.past_days(frame, people)
    limits = [rule.minutes] if rule.reduced_minutes is None else [rule.minutes, rule.reduced_minutes]
    whole = pauses.pauses_of(frame, rule=rule.id, limits=limits, first_day=-before)
    too_short = len(limits)

    def step(row: tuple[int, bool], state: _Rested, kind: int) -> tuple[_Rested, int]:
        day_class, is_monday = row
        ahead, was_cut, cuts = state
        cuts = 0 if is_monday else cuts
        after = whole.after[day_class][kind]
        if after is None:
            return (ahead[1:], was_cut and len(ahead) > 1, cuts), 0
        shortfall = pauses.shortfall(ahead, kind)
        broken = shortfall == too_short or (shortfall > 0 and (was_cut or cuts >= rule.reduced_per_week))
        if len(limits) == 1:
            return (after, False, 0), int(broken)
        return (after, shortfall > 0, min(cuts + (shortfall > 0), rule.reduced_per_week)), int(broken)

    unknown: _Rested = ((), False, 0)
    earlier, rows = past.rows_of(
        frame, people, lambda day: (whole.day_class[before + day], frame.weekday(day) == _MONDAY)
    )
    starts = past.states_before(frame, people, step, unknown=unknown, earlier=earlier, kinds=whole.kinds)
    return automata.tabulate(rule, step, starts=starts, rows=rows, kinds=whole.kinds)
