"""What kind of shift one is, for colours, and a short sign for it."""

from enum import StrEnum

from robust.engines.rostering.problem import Problem, Shift

DAY = 1440
DEEP_NIGHT, EVENING_ENDS, MORNING_STARTS = 3 * 60, 20 * 60, 10 * 60  # minutes from midnight


class Tone(StrEnum):
    """Kinds of shifts that are told apart at a glance."""

    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    STANDBY = "standby"


def tones(problem: Problem) -> dict[str, Tone]:
    """Give each shift's tone by its clock times, or by its place where all start at the same time."""
    by_place = (Tone.MORNING, Tone.DAY, Tone.EVENING, Tone.NIGHT)
    if len(problem.shifts) > 1 and len({shift.starts_minute for shift in problem.shifts}) == 1:
        count = len(problem.shifts)
        return {shift.id: by_place[place * 4 // count] for place, shift in enumerate(problem.shifts)}
    return {shift.id: _tone(shift) for shift in problem.shifts}


def _tone(shift: Shift) -> Tone:
    ends = shift.starts_minute + shift.length_minutes
    if shift.counts_as_rest:
        return Tone.STANDBY
    if shift.starts_minute < DEEP_NIGHT or ends > DAY + DEEP_NIGHT:
        return Tone.NIGHT
    if ends > EVENING_ENDS:
        return Tone.EVENING
    return Tone.MORNING if shift.starts_minute < MORNING_STARTS else Tone.DAY


def signs(problem: Problem) -> dict[str, str]:
    """Give each shift the shortest beginning of its label (or id) that no other label begins with."""
    texts = {shift.id: shift.label or shift.id for shift in problem.shifts}
    return {name: _sign(text, set(texts.values()) - {text}) for name, text in texts.items()}


def _sign(text: str, others: set[str]) -> str:
    beginnings = (text[:length] for length in range(1, len(text)))
    return next((one for one in beginnings if not any(other.startswith(one) for other in others)), text)
