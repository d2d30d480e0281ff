"""The vocabulary of rules. Each is hard (`weight` None) or costs `weight` per unit that it is broken by.

`shifts` name shift types by id or tag; the words "off", "work" and "any" stand for a free day, any shift and
either. A rule holds for the people that `who` chooses. `basis` names where it comes from (a law, an
agreement, a piece of advice), so that a breach can say so.

Days before what is known of a person match no shift and no "off". A shift belongs to the day on which it
starts. A calendar week begins on Monday. Only what the horizon decides is charged: a breach that is complete
in the history is not.
"""

from dataclasses import dataclass
from enum import StrEnum

OFF = "off"
WORK = "work"
ANY = "any"


class Basis(StrEnum):
    """What a rule rests on; a breach of law weighs otherwise than a breach of advice."""

    LAW = "law"
    AGREEMENT = "agreement"
    ADVICE = "advice"
    LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Chooses people: all that meet each condition which is given; an empty one holds for everybody.

    One of `ids`, one of `groups`, all of `competences`, and the years of experience.
    """

    ids: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    competences: frozenset[str] = frozenset()
    experience_at_least: int = 0


ANYONE = Who()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    id: str
    who: Who = ANYONE
    weight: int | None = None
    basis: Basis = Basis.LOCAL
    reference: str = ""


class Unit(StrEnum):
    """What a rule counts. A weekend counts when its Saturday or its Sunday has one of the shifts."""

    SHIFTS = "shifts"
    MINUTES = "minutes"
    WEEKENDS = "weekends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(_Rule):
    """These days must not follow each other: one set of shifts per day, from one of `weekdays` (0 Monday).

    Broken once per occurrence. Two sets are a forbidden succession; "off" before "work" from a Saturday is an
    incomplete weekend; night, "off", "work" asks for two free days after nights. `weekdays` are those of the
    first day. Days of the history take part, days after the horizon do not; the latest day of the occurrence
    lies in the horizon.
    """

    shifts: tuple[frozenset[str], ...]
    weekdays: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest(_Rule):
    """At least `minutes` of real time between the end of one shift and the start of the next.

    With `reduced_minutes` the rest may be cut to that at most `reduced_per_week` times within a calendar week
    (the week of the day of the later shift) and never twice in a row. Broken once per rest that is too short.

    Rests lie between one shift of a person and the next, however many free days are between; shifts that
    count as rest are passed over. A rest below `minutes` is cut. A cut rest is too short when it is below
    `reduced_minutes` (or there are none), when the rest just before it (the same shift ends one and begins
    the other) was cut too, or when it is later than the first `reduced_per_week` cut rests of its week.
    Every cut rest counts for these two tests, also one that is too short itself or lies in the history.
    """

    minutes: int
    reduced_minutes: int | None = None
    reduced_per_week: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Where a counting rule counts.

    Days `from_day` up to and without `to_day` (None: the end), as one whole, or, with `every_days`, in
    stretches of that many days side by side, or, with `rolling`, in every stretch of that many days.

    Without `rolling` only days of the horizon are counted (a `from_day` below 0 shifts where the stretches
    begin, so that they can be calendar weeks), and the latest stretch, when `to_day` or the end cuts it
    short, is not held to a minimum. A rolling stretch ends on any day of the window from day 0 on; of its
    days those are counted that are known (history too) and, with `from_day` above 0, not before `from_day`.
    It is held to a minimum only when all its days are counted.
    """

    from_day: int = 0
    to_day: int | None = None
    every_days: int | None = None
    rolling: bool = False


PERIOD = Window()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(_Rule):
    """At least `minimum` and at most `maximum` of `unit` with `shifts` in each window.

    What the history has carried under the id of the rule counts in the first window (the first that has days
    of the horizon; rolling windows take nothing carried, they look back into the days of the history). Broken
    by each `step` of units (begun steps count) that is missing or too much, in each window by itself. Minutes
    are those of the day's shift as it counts. A weekend counts in a window when one of those of its days that
    the window counts has one of the shifts.
    """

    unit: Unit = Unit.SHIFTS
    shifts: frozenset[str] = frozenset({WORK})
    window: Window = PERIOD
    minimum: int | None = None
    maximum: int | None = None
    step: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(_Rule):
    """Runs of consecutive days (or weekends, with `unit` WEEKENDS) with `shifts` have a length within limits.

    A run that touches the end of the horizon, or begins before what is known, is not held to the minimum.
    Broken by each day (weekend) that is missing or too much.

    A run that begins on the first known day (day 0, without history) may have begun before. Days beyond the
    maximum are charged that lie in the horizon; the run is counted from where it is known. A run that the
    history ended is not charged; one that reaches the latest day of the history and is not continued on day 0
    is (it is day 0 that ends it). A weekend of which one day only is known (cut by the edge of the history or
    of the horizon) counts when that day has one of the shifts and is unknown otherwise; runs beside it are
    not held to the minimum. A weekend lies in the horizon when its Sunday does, or its Saturday.
    """

    shifts: frozenset[str] = frozenset({WORK})
    unit: Unit = Unit.SHIFTS
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePeriod(_Rule):
    """At most `days_between` days from the first to the last day of work between two long free periods.

    A free period is long when at least `minutes` of real time pass from the end of one shift to the start of
    the next. Broken by each day too many.

    The days are counted from the first shift after a long free period (or the first shift that is known) to
    the latest one before the next (or in the horizon), both ends and all free days between them included.
    Days beyond `days_between` are charged that lie in the horizon. Shifts that count as rest are no work.
    """

    minutes: int
    days_between: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyFree(_Rule):
    """Each calendar week holds one free period of `long_minutes` or two of `short_minutes` of real time.

    A free period belongs to the week of its last free day; one that touches an edge of what is known is taken
    to be long. Broken once per week.

    A free period lasts from the end of one shift to the start of the next (those that count as rest passed
    over); its last free day is the day before the day of the next shift. In that week it counts whole. In
    each earlier week that it reaches into it counts with what lies in that week, up to midnight after Sunday,
    so that a long leave does not break the weeks it covers. At the edges: the time before the first shift
    that is known is long in every week it reaches into; the time after the latest shift counts, when at least
    one free day follows, as long in the week of the last day of the horizon, and in earlier weeks as above.
    Only weeks are judged whose seven days are all known and whose Sunday lies in the horizon.
    """

    long_minutes: int
    short_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness(_Rule):
    """Each person's count lies near a share of the whole, in proportion to contract, with memory.

    The whole is `total` (None: what the demands per shift want of these shifts, or at least need; for
    minutes times their length; for weekends half of what they want on Saturdays and Sundays) plus all that
    the history has carried. It is divided by the contract shares within `who`; each person's target is that
    part less what the person carries, rounded to the nearest unit, at least 0. Costs `weight` times the
    squared distance (in whole `step`s, begun ones count) beyond `tolerance`. Never hard: `weight` None is
    refused.

    A person's count is that of the horizon alone, as in one window of `Count`. The demands that make up the
    whole are those per shift (not per interval) whose shifts are all among `shifts`, for exactly this `who`
    or, if there are none, for anyone; of several for the same day and the same shifts only the largest
    counts. The length is the mean of the counted minutes of the demand's shifts on that day, times the
    people, rounded down; half of the weekend days is rounded down. Contract shares are taken to four
    decimals, a target that lies halfway goes up.
    """

    shifts: frozenset[str] = frozenset({WORK})
    unit: Unit = Unit.SHIFTS
    total: int | None = None
    tolerance: int = 0
    step: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(_Rule):
    """Of `who` at most `most` work on the same of `shifts` on one day. Broken by each person too many.

    Each shift type is counted by itself; a free day is one of them when `shifts` names "off" or "any".
    """

    shifts: frozenset[str] = frozenset({WORK})
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompanied(_Rule):
    """Whoever of `who` is on one of `shifts` has at least one of `by` for each on that shift and day.

    With `who` and `by` naming one person each, those two work together. Broken by each companion missing.

    Each shift type is counted by itself; nobody whom `who` chooses is a companion.
    """

    by: Who
    shifts: frozenset[str] = frozenset({WORK})


Rule = Sequence | Rest | Count | Run | FreePeriod | WeeklyFree | Fairness | Apart | Accompanied
LineRule = Sequence | Rest | Count | Run | FreePeriod | WeeklyFree | Fairness
CouplingRule = Apart | Accompanied
