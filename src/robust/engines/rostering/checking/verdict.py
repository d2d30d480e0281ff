"""What the judge says: each violation as codes, people, days and amounts, and what they add up to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from robust.engines.rostering.rules import Basis

FIXED = "fixed"
PUBLISHED = "published"


class Breach(StrEnum):
    """The kinds of violations."""

    FORBIDDEN_SEQUENCE = "forbidden_sequence"
    REST_TOO_SHORT = "rest_too_short"
    REST_CUT_TWICE_RUNNING = "rest_cut_twice_running"
    REST_CUT_TOO_OFTEN = "rest_cut_too_often"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    RUN_TOO_SHORT = "run_too_short"
    RUN_TOO_LONG = "run_too_long"
    FREE_PERIOD_TOO_LATE = "free_period_too_late"
    WEEK_WITHOUT_FREE_PERIOD = "week_without_free_period"
    BELOW_SHARE = "below_share"
    ABOVE_SHARE = "above_share"
    TOO_MANY_TOGETHER = "too_many_together"
    NOT_ACCOMPANIED = "not_accompanied"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"
    BELOW_WANTED = "below_wanted"
    ABOVE_WANTED = "above_wanted"
    WISH_NOT_GRANTED = "wish_not_granted"
    FIXED_CHANGED = "fixed_changed"
    PUBLISHED_CHANGED = "published_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One breach: of a rule, a demand, a wish, what is fixed, or an earlier roster.

    `rule` is the id of the rule, demand or wish, or the word "fixed" or "published". Days are inclusive; day
    0 is the first of the horizon, days of the history are below 0. `shifts` are those of the people on the
    days in question ("off" for a free day), or, where something is counted, the names in the rule or demand.
    `amount` is how many units are broken; `cost` is 0 when the breach is `hard`. `reference` is that of the
    rule, for something fixed why it is so.
    """

    rule: str
    code: Breach
    people: tuple[str, ...]
    first_day: int
    last_day: int
    shifts: tuple[str, ...]
    amount: int
    cost: int
    hard: bool
    basis: Basis | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All violations: what is fixed, demands, rules, wishes, the earlier roster, each in the problem's order.

    Within one rule they are ordered by person and day, or, where it couples people, by shift and day.
    """

    violations: tuple[Violation, ...]

    @property
    def objective(self) -> int:
        """Give the sum of what the soft violations cost."""
        return sum(violation.cost for violation in self.violations)

    @property
    def lawful(self) -> bool:
        """Say whether no hard rule is broken."""
        return self.hard_count == 0

    @property
    def hard_count(self) -> int:
        """Give how many hard violations there are, whatever their amounts."""
        return sum(violation.hard for violation in self.violations)

    @property
    def cost_by_rule(self) -> dict[str, int]:
        """Give what the soft violations cost per rule, demand and wish, without those that cost nothing."""
        return _added((violation.rule, violation.cost) for violation in self.violations)

    @property
    def cost_by_person(self) -> dict[str, int]:
        """Give what the soft violations cost that concern one person alone, per person."""
        alone = (violation for violation in self.violations if len(violation.people) == 1)
        return _added((violation.people[0], violation.cost) for violation in alone)


def _added(parts: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for name, cost in parts:
        if cost:
            sums[name] += cost
    return dict(sums)
