"""Plans: which an account may see, what stands in them, and how they are doing in figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Role
from robust.programme.models import Initiative, Judgement, Placement, Plan
from robust.programme.queries.status import OVER, QUIET_DAYS, latest_statuses

MANAGERS = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """How many initiatives stand in a plan, and how many of them need a look."""

    initiative_count: int = 0
    at_risk_count: int = 0
    quiet_count: int = 0
    over_count: int = 0


def plans_visible_to(account: Account, *, day: date, units: Collection[int] | None = None) -> QuerySet[Plan]:
    """Find the plans of the units the account sees; `units` where they have been asked for already."""
    if units is None:
        units = organisation_queries.units_visible_to(account, day=day)
    return Plan.objects.filter(unit__in=units).select_related("unit")


def plans_managed_by(account: Account, *, day: date) -> QuerySet[Plan]:
    """Find the plans that the account may change."""
    return Plan.objects.filter(unit__in=organisation_queries.units_where(account, roles=MANAGERS, day=day))


def is_plan_name_taken(name: str, *, besides: Plan | None) -> bool:
    """Tell whether another plan has the name."""
    return Plan.objects.filter(name=name).exclude(pk=besides.pk if besides else 0).exists()


def units_for_plans(account: Account, *, day: date) -> frozenset[int]:
    """Give the units, open today, to which the account may add plans."""
    open_units = frozenset(organisation_queries.tree_on(day).nodes)
    return organisation_queries.units_where(account, roles=MANAGERS, day=day) & open_units


def plans_to_stand_in(
    account: Account, initiative: Initiative | None, *, day: date, units: Collection[int]
) -> list[Plan]:
    """Give the plans the account sees, and those the initiative stands in already."""
    plans = plans_visible_to(account, day=day, units=units)
    if initiative:
        plans = plans | Plan.objects.filter(placements__initiative=initiative).select_related("unit")
    return list(plans.distinct())


def placements_in(
    plan: Plan, *, initiatives: QuerySet[Initiative], by_track: bool = False
) -> QuerySet[Placement]:
    """Find the places of these initiatives in a plan, as they stand under its areas or its tracks."""
    first, second = ("track", "area") if by_track else ("area", "track")
    order = [
        F(f"{name}__{field}").asc(nulls_last=True) for name in (first, second) for field in ("order", "name")
    ]
    return _with_names(Placement.objects.filter(plan=plan, initiative__in=initiatives)).order_by(
        *order[:2], *(order[2:] if by_track else []), "order", "group", "id"
    )


def placements_listed(ids: Collection[int]) -> QuerySet[Placement]:
    """Read placements with the names a list shows."""
    return _with_names(Placement.objects.filter(pk__in=ids))


def figures_of_plans(
    plans: Collection[int], *, initiatives: QuerySet[Initiative], units: Collection[int], day: date
) -> Mapping[int, PlanFigures]:
    """Count each plan's visible initiatives; one query whatever the size. Every plan asked for is there."""
    placed = Placement.objects.filter(plan__in=plans, initiative__in=initiatives).order_by()
    members = placed.values("plan_id", "initiative_id", ends_on=F("initiative__ends_on")).distinct()
    latest = latest_statuses(units=units, day=day).filter(
        initiative__in=Placement.objects.filter(plan__in=plans).order_by().values("initiative")
    )
    with_members, of_members = _sql(members)
    with_latest, of_latest = _sql(latest.values("initiative_id", "judgement", "dated_on"))
    with connection.cursor() as cursor:
        cursor.execute(
            _FIGURES.format(members=with_members, latest=with_latest),
            [day - timedelta(days=QUIET_DAYS), day, *of_members, Judgement.AT_RISK, list(OVER), *of_latest],
        )
        counted = {plan_id: counts for plan_id, *counts in cursor.fetchall()}
    return {plan_id: _figures(*counted.get(plan_id, ())) for plan_id in plans}


# The ORM cannot count over a query that is itself distinct by initiative and place.
_FIGURES = """
SELECT plan_id, count(*),
    count(*) FILTER (WHERE at_risk),
    count(*) FILTER (WHERE goes_on AND (latest_on <= %s OR latest_on IS NULL)),
    count(*) FILTER (WHERE NOT goes_on)
FROM (
    SELECT plan_id, at_risk, latest_on, COALESCE(going, true) AND COALESCE(ends_on > %s, true) AS goes_on
    FROM ({members}) members LEFT JOIN (
        SELECT initiative_id, max(dated_on) AS latest_on,
            bool_or(judgement = %s) AS at_risk, bool_or(judgement <> ALL(%s)) AS going
        FROM ({latest}) latest GROUP BY initiative_id
    ) states USING (initiative_id)
) figures GROUP BY plan_id
"""


def _with_names(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    named = placements.select_related(
        "area", "track", "initiative__owner", "initiative__party", "initiative__unit"
    )
    return named.defer("initiative__search", "initiative__text")


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """Give a query as SQL, also one that can only find nothing."""
    sql, params = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, params


def _figures(initiatives: int = 0, at_risk: int = 0, quiet: int = 0, over: int = 0) -> PlanFigures:
    return PlanFigures(
        initiative_count=initiatives, at_risk_count=at_risk, quiet_count=quiet, over_count=over
    )
