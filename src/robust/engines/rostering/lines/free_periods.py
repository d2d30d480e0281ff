"""Long free periods that must not lie too far apart, as an automaton."""

from collections.abc import Sequence

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import automata, past, pauses
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.lines.pauses import Ahead
from robust.engines.rostering.rules import FreePeriod

_Working = tuple[Ahead, int, int]
_FREE: _Working = ((), 0, 0)


def part_of(rule: FreePeriod, frame: Frame, people: Sequence[int]) -> Part:
    """Compile the rule. Raises: CannotCompile.

    State: what lies ahead of the latest duty (nothing after a long free period), how many days the stretch of
    work has lasted (as far as it matters), and how many of them have been too many since that duty.
    """
    before = past.past_days(frame, people)
    whole = pauses.pauses_of(frame, rule=rule.id, limits=[rule.minutes], first_day=-before)

    def step(day_class: int, state: _Working, kind: int) -> tuple[_Working, int]:
        ahead, lasted, waiting = state
        after = whole.after[day_class][kind]
        if after is not None and not pauses.shortfall(ahead, kind):
            ahead, lasted, waiting = (), 0, 0
        too_many = int(lasted >= rule.days_between)
        lasted = min(lasted + 1, rule.days_between)
        if after is not None:
            return (after, lasted, 0) if after else _FREE, waiting + too_many
        return ((ahead[1:], lasted, waiting + too_many) if len(ahead) > 1 else _FREE), 0

    earlier, rows = past.rows_of(frame, people, lambda day: whole.day_class[before + day])
    states = past.states_before(frame, people, step, unknown=_FREE, earlier=earlier, kinds=whole.kinds)
    starts = [(ahead, lasted, 0) for ahead, lasted, _waiting in states]
    return automata.tabulate(rule, step, starts=starts, rows=rows, kinds=whole.kinds)
