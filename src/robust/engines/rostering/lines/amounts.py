"""How much of a unit each choice is, day by day, and by how much a count is too little or too much."""

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.rules import Count, Unit


def amounts_of(frame: Frame, *, unit: Unit, shifts: frozenset[str], first_day: int = 0) -> NDArray[np.int64]:
    """Give what each choice counts (shape: days from `first_day` on, choices) in shifts or minutes."""
    mask = frame.mask(shifts)
    if unit is Unit.MINUTES:
        return frame.minutes(first_day) * mask
    return np.tile(mask.astype(np.int64), (frame.day_count - first_day, 1))


def broken_steps(rule: Count, amount: int, *, whole: bool) -> int:
    """Give the steps, begun ones too, by which an amount is too little (in a whole window) or too much."""
    missing = rule.minimum - amount if whole and rule.minimum is not None else 0
    surplus = amount - rule.maximum if rule.maximum is not None else 0
    return -(-max(missing, surplus, 0) // rule.step)
