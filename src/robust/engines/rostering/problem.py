"""A ward as data: horizon, shift types, people, demand, wishes, what is fixed, and what happened before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from robust.engines.rostering.rules import ANYONE, Rule, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The days that are planned; day 0 is `starts_on`. Clock times are local times of `time_zone`."""

    starts_on: date
    day_count: int
    time_zone: str = "Europe/Copenhagen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One type of shift; a person has at most one per day, that of the day on which it starts.

    `starts_minute` counts from local midnight, `length_minutes` is the length on a day without a change of
    clocks: on the two nights of the year that have one, start and end keep their clock times and the real
    length differs. `counted_minutes` is what the shift counts as working time; None takes its real length.
    A shift that `counts_as_rest` (stand-by at home) does not break rest and free periods, and its holder may
    be called out. `tags` group shift types, so that a rule can say "night".
    """

    id: str
    starts_minute: int
    length_minutes: int
    counted_minutes: int | None = None
    counts_as_rest: bool = False
    tags: frozenset[str] = frozenset()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known of a person before day 0.

    `days` are the latest days, oldest first, each a shift id or None for a free day; what lies before them is
    unknown, and no minimum is held against it. `carried` is, per rule id, what that rule has already counted
    in the window that reaches into the horizon, and for fairness the balance from earlier periods (above
    zero: has had more than the share).
    """

    days: tuple[str | None, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One employee. `contract_share` is the share of full time and weighs the shares of fairness.

    A person who does not `count` (a newcomer on introduction) works, but fills no demand.
    """

    id: str
    name: str = ""
    groups: frozenset[str] = frozenset()
    competences: frozenset[str] = frozenset()
    experience_years: int = 0
    contract_share: float = 1.0
    counts: bool = True
    history: History = field(default_factory=History)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How many of `who` are needed on one day, on a shift or in an interval of the day.

    Exactly one of `shifts` (ids or tags; a person on any of them counts) and `interval` (start and end as
    minutes from midnight of the day, the end may lie past 24 h; a person counts who is on duty all of it) is
    given. Below `minimum` or above `maximum` the roster is not lawful. Each person short of `wanted` costs
    `under_weight`, each one above it `over_weight`; without `wanted` nothing is charged between the two.
    Both stand by themselves: who is below the minimum is also short of what is wanted, and is charged for it.

    For an interval the shift of the day or that of the day before (history too) must cover all of it in real
    time; the clock times are read as those of shifts. Stand-by that counts as rest covers no interval. One
    person is on duty once, two shifts do not add up.
    """

    id: str
    day: int
    shifts: frozenset[str] = frozenset()
    interval: tuple[int, int] | None = None
    minimum: int = 0
    wanted: int | None = None
    maximum: int | None = None
    under_weight: int = 0
    over_weight: int = 0
    who: Who = ANYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish of one person for one day: one of `shifts` (ids, tags, "off" or "work"), or none of them.

    Not granting it costs `weight`. `group` is the class of the wish (life phase, course, preference).
    """

    id: str
    person: str
    day: int
    shifts: frozenset[str]
    granted: bool = True
    weight: int = 1
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What is settled for one person and one day: the `shifts` (ids, tags, "off", "work") still allowed."""

    person: str
    day: int
    shifts: frozenset[str]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An earlier roster that should change little: `lines` per person, one shift id or None per day."""

    lines: Mapping[str, tuple[str | None, ...]]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A ward and its period. `check_problem` says what of it does not make sense."""

    name: str
    horizon: Horizon
    shifts: tuple[Shift, ...]
    people: tuple[Person, ...]
    demands: tuple[Demand, ...] = ()
    rules: tuple[Rule, ...] = ()
    wishes: tuple[Wish, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    published: Published | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who has which shift: per person (in the problem's order) and day a shift id, or None for a free day."""

    lines: tuple[tuple[str | None, ...], ...]
