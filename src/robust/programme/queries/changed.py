"""Which initiatives of a plan changed between two days, found in the database before any words are read.

The words of those that are shown are then read by `follow_up_of_plan`, where changed means the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from robust.organisation import queries as organisation_queries
from robust.programme.models import Initiative, Plan
from robust.programme.queries.change import began_between, night_after
from robust.programme.queries.plan import placements_in
from robust.programme.queries.status import OVER

# The long columns are read only where another entry has taken the place of the one before.
_SAID = """
WITH entry AS MATERIALIZED (
    SELECT initiative_id, unit_id, status.id, dated_on, recorded_at, judgement
    FROM unnest(%(initiatives)s::bigint[]) AS member(id)
    JOIN programme_status AS status ON initiative_id = member.id
    WHERE unit_id = ANY(%(units)s) AND dated_on <= %(after_on)s
), before AS (
    SELECT DISTINCT ON (initiative_id, unit_id) initiative_id, unit_id, id, judgement
    FROM entry
    WHERE dated_on <= %(before_on)s
    ORDER BY initiative_id, unit_id, recorded_at < %(night)s DESC, dated_on DESC, recorded_at DESC, id DESC
), after AS (
    SELECT DISTINCT ON (initiative_id, unit_id) initiative_id, unit_id, id, judgement
    FROM entry
    ORDER BY initiative_id, unit_id, dated_on DESC, recorded_at DESC, id DESC
)
SELECT
    after.initiative_id,
    bool_or(before.id IS NULL OR (old.judgement, old.text, old.reason) IS DISTINCT FROM
            (new.judgement, new.text, new.reason)),
    bool_or(before.id IS NOT NULL),
    bool_and(after.judgement = ANY(%(over)s))
        AND NOT bool_and(before.id IS NOT NULL AND before.judgement = ANY(%(over)s))
FROM after LEFT JOIN before USING (initiative_id, unit_id)
LEFT JOIN programme_status AS old ON old.id = before.id AND before.id <> after.id
LEFT JOIN programme_status AS new ON new.id = after.id AND before.id <> after.id
GROUP BY after.initiative_id
"""
_Said = Sequence[bool]  # something changed, something was said before, it is now over everywhere
_NOTHING: _Said = (False, False, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An initiative in which something changed, and whether it came or ended."""

    initiative_id: int
    is_added: bool
    is_ended: bool


def changed_in_plan(
    plan: Plan,
    *,
    initiatives: QuerySet[Initiative],
    units: Collection[int],
    before_on: date,
    after_on: date,
) -> list[Changed]:
    """Find the plan's initiatives in which something changed, in the plan's order. Three queries."""
    tree = organisation_queries.tree_known_on(after_on)
    members = placements_in(plan, initiatives=initiatives)
    rows = dict.fromkeys(
        members.select_related(None).values_list(
            "initiative_id", "initiative__starts_on", "initiative__ends_on", "initiative__created_at"
        )
    )
    said = _said(
        [row[0] for row in rows],
        units=[unit for unit in units if unit in tree.nodes],
        before_on=before_on,
        after_on=after_on,
    )
    found = (_changed(row, said.get(row[0], _NOTHING), period=(before_on, after_on)) for row in rows)
    return [one for one in found if one]


def _said(
    initiatives: list[int], *, units: Collection[int], before_on: date, after_on: date
) -> dict[int, _Said]:
    asked: dict[str, Any] = {
        "initiatives": initiatives,
        "units": list(units),
        "before_on": before_on,
        "after_on": after_on,
        "night": night_after(before_on),
        "over": [str(judgement) for judgement in OVER],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAID, asked)
        return {initiative: said for initiative, *said in cursor.fetchall()}


def _changed(
    row: tuple[int, date | None, date | None, datetime], said: _Said, *, period: tuple[date, date]
) -> Changed | None:
    initiative, starts_on, ends_on, created_at = row
    is_changed, was_spoken_of, is_over_now = said
    is_added = not was_spoken_of and began_between(starts_on, created_at, period)
    is_ended = is_over_now or (ends_on is not None and period[0] < ends_on <= period[1])
    if not (is_changed or is_added or is_ended):
        return None
    return Changed(initiative_id=initiative, is_added=is_added, is_ended=is_ended)
