"""The judge: a problem and a roster in, all violations out; it shares no code with what solves."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from robust.engines.rostering.checking import (
    counting,
    following,
    freetime,
    runs,
    settled,
    sharing,
    staffing,
    together,
)
from robust.engines.rostering.checking.sheet import Sheet, read_sheet
from robust.engines.rostering.checking.verdict import Verdict, Violation
from robust.engines.rostering.problem import Problem, Roster
from robust.engines.rostering.rules import (
    Accompanied,
    Apart,
    Count,
    Fairness,
    FreePeriod,
    Rest,
    Run,
    Sequence,
    WeeklyFree,
)

_JUDGES: dict[type, Callable[[Any, Sheet], Iterator[Violation]]] = {
    Sequence: following.forbidden_sequences,
    Rest: following.short_rests,
    Count: counting.counts,
    Run: runs.broken_runs,
    FreePeriod: freetime.late_free_periods,
    WeeklyFree: freetime.weeks_without_free_period,
    Fairness: sharing.unfair_shares,
    Apart: together.crowded_shifts,
    Accompanied: together.unaccompanied_shifts,
}


def check(problem: Problem, roster: Roster) -> Verdict:
    """Judge a roster of a problem that makes sense (`check_problem` finds nothing in it).

    Raises: RosterDoesNotFit, when it has not one cell per person and day or names a shift that there is not.
    """
    sheet = read_sheet(problem, roster)
    found = chain(
        settled.changed_fixed_days(sheet),
        staffing.unmet_demands(sheet),
        *(_JUDGES[type(rule)](rule, sheet) for rule in problem.rules),
        settled.refused_wishes(sheet),
        settled.changed_published_days(sheet),
    )
    return Verdict(violations=tuple(found))
