"""Days that must not follow each other, as an automaton."""

from collections.abc import Sequence as Many

import numpy as np

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import automata, past
from robust.engines.rostering.lines.automata import Part
from robust.engines.rostering.rules import Sequence


def part_of(rule: Sequence, frame: Frame, people: Many[int]) -> Part:
    """Compile the rule; the state holds how many days of each begun occurrence are there.

    Raises: CannotCompile.
    """
    masks = np.array([frame.mask(names) for names in rule.shifts])
    columns, inverse = np.unique(masks, axis=1, return_inverse=True)
    kinds = inverse.reshape(-1)
    fits = columns.T.tolist()

    def step(may_begin: bool, begun: frozenset[int], kind: int) -> tuple[frozenset[int], int]:
        places = begun | {0} if may_begin else begun
        reached = frozenset(place + 1 for place in places if fits[kind][place])
        return reached - {len(masks)}, int(len(masks) in reached)

    earlier, rows = past.rows_of(frame, people, lambda day: frame.weekday(day) in rule.weekdays)
    unknown = frozenset[int]()
    starts = past.states_before(frame, people, step, unknown=unknown, earlier=earlier, kinds=kinds)
    return automata.tabulate(rule, step, starts=starts, rows=rows, kinds=kinds)
