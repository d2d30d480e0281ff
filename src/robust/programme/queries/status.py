"""Status entries: which an account may see, the latest, drafts, and where somebody may write one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Role
from robust.programme.models import Initiative, Judgement, Status, StatusDraft

OVER = (Judgement.STOPPED, Judgement.HANDED_OVER, Judgement.DONE)
QUIET_DAYS = 60
SHOWN = (
    "initiative_id",
    "unit_id",
    "dated_on",
    "judgement",
    "text",
    "reason",
    "recorded_by_id",
    "recorded_at",
    "unit__name",
    "recorded_by__name",
)
NEWEST_FIRST = ("-dated_on", "-recorded_at", "-id")
WRITERS = (Role.WARD_LEADER, Role.DEPARTMENT_MANAGEMENT, Role.IMPROVEMENT_CONSULTANT)


def statuses_visible_to(
    account: Account, *, day: date, units: Collection[int] | None = None
) -> QuerySet[Status]:
    """Find the entries of the places the account sees; `units` where they have been asked for already."""
    if units is None:
        units = organisation_queries.units_visible_to(account, day=day)
    return Status.objects.filter(unit__in=units)


def statuses_of(initiative: Initiative, *, units: Collection[int]) -> QuerySet[Status]:
    """Find everything said of an initiative at these places, newest first."""
    entries = Status.objects.filter(initiative=initiative, unit__in=units).order_by(*NEWEST_FIRST)
    return entries.select_related("unit", "recorded_by")


def latest_statuses(*, units: Collection[int], day: date) -> QuerySet[Status]:
    """Find the latest entry of each initiative at each of these places, as of the day.

    One walk along the index `programme_status_latest`; narrow it to initiatives where you can.
    """
    return (
        Status.objects.filter(unit__in=units, dated_on__lte=day)
        .order_by("initiative_id", "unit_id", *NEWEST_FIRST)
        .distinct("initiative_id", "unit_id")
    )


def latest_by_initiative(
    initiatives: Collection[int] | QuerySet[Any, Any], *, units: Collection[int], day: date
) -> Mapping[int, tuple[Status, ...]]:
    """Give the latest entry at each place, newest first: the first is the state of the initiative."""
    found: dict[int, list[Status]] = defaultdict(list)
    latest = latest_statuses(units=units, day=day).filter(initiative__in=initiatives)
    told = latest.select_related("unit", "recorded_by").only(*SHOWN)
    for status in told:
        found[status.initiative_id].append(status)
    return {
        initiative_id: tuple(sorted(statuses, key=_age, reverse=True))
        for initiative_id, statuses in found.items()
    }


def latest_at(initiative: Initiative, *, unit_id: int, day: date) -> Status | None:
    """Give the latest entry at one place."""
    entries = Status.objects.filter(initiative=initiative, unit=unit_id, dated_on__lte=day)
    return entries.order_by(*NEWEST_FIRST).select_related("recorded_by", "unit").first()


def status_before(status: Status) -> Status | None:
    """Give the entry that this one took the place of."""
    entries = Status.objects.filter(initiative=status.initiative_id, unit=status.unit_id)
    that_day = Q(dated_on=status.dated_on, recorded_at__lt=status.recorded_at)
    same_moment = Q(dated_on=status.dated_on, recorded_at=status.recorded_at, pk__lt=status.pk)
    older = entries.filter(Q(dated_on__lt=status.dated_on) | that_day | same_moment)
    return older.order_by(*NEWEST_FIRST).select_related("unit", "recorded_by").first()


def judged(judgement: str, *, units: Collection[int], day: date) -> QuerySet[Any, Any]:
    """Find the ids of initiatives whose latest entry at some place has this judgement."""
    now = Status.objects.filter(
        ~Exists(_newer(day=day)), judgement=judgement, unit__in=units, dated_on__lte=day
    )
    return now.values("initiative")


def going_on(*, day: date, units: Collection[int] | None = None) -> Q:
    """Give the condition for initiatives that have not ended and are not over at every place with status."""
    entries = _entries(day=day, units=units)
    going_somewhere = entries.filter(~Exists(_newer(day=day))).exclude(judgement__in=OVER)
    has_not_ended = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return has_not_ended & (~Exists(entries) | Exists(going_somewhere))


def quiet(*, units: Collection[int], day: date) -> Q:
    """Give the condition for initiatives that go on, and of which nobody has said anything for a while."""
    recent = _entries(day=day, units=units).filter(dated_on__gt=day - timedelta(days=QUIET_DAYS))
    return ~Exists(recent) & going_on(day=day, units=units)


def places_for_status(account: Account, initiative: Initiative, *, day: date) -> frozenset[int]:
    """Give the units, open today, at which the account may say how far the initiative is."""
    open_units = frozenset(organisation_queries.tree_on(day).nodes)
    if account.pk in (initiative.owner_id, initiative.deputy_id):
        return organisation_queries.units_visible_to(account, day=day) & open_units
    return organisation_queries.units_where(account, roles=WRITERS, day=day) & open_units


def units_for_initiatives(account: Account, *, day: date) -> frozenset[int]:
    """Give the units, open today, to which the account may add initiatives."""
    open_units = frozenset(organisation_queries.tree_on(day).nodes)
    return organisation_queries.units_where(account, roles=WRITERS, day=day) & open_units


def usual_place(account: Account, initiative: Initiative, *, places: Collection[int], day: date) -> int:
    """Guess which of the places the account reports for.

    The one where it holds a role itself, of several the one it wrote for last, else the lowest; else where it
    wrote last; else the initiative's own unit.
    """
    held = {held.unit_id for held in organisation_queries.roles_on(account, day=day)} & set(places)
    if len(held) == 1:
        return held.pop()
    own = Status.objects.filter(initiative=initiative, recorded_by=account, unit__in=held or places)
    latest = own.order_by("-recorded_at", "-id").values_list("unit_id", flat=True).first()
    if latest is not None:
        return latest
    if held:
        return _lowest(held, day=day)
    return initiative.unit_id if initiative.unit_id in places else min(places)


def drafts_of(account: Account, initiative: Initiative, *, places: Collection[int]) -> dict[int, StatusDraft]:
    """Give what the account itself has begun to write of the initiative, by place, the latest first."""
    drafts = StatusDraft.objects.filter(account=account, initiative=initiative, unit__in=places)
    return {draft.unit_id: draft for draft in drafts}


def _lowest(units: Collection[int], *, day: date) -> int:
    tree = organisation_queries.tree_on(day)
    return max(units, key=lambda unit_id: (len(tree.above(unit_id)), -unit_id))


def _entries(*, day: date, units: Collection[int] | None) -> QuerySet[Status]:
    entries = Status.objects.filter(initiative=OuterRef("pk"), dated_on__lte=day)
    return entries if units is None else entries.filter(unit__in=units)


def _newer(*, day: date) -> QuerySet[Status]:
    """The entries that have taken the place of an outer one."""
    later_that_day = Q(dated_on=OuterRef("dated_on"), recorded_at__gt=OuterRef("recorded_at"))
    same_moment = Q(dated_on=OuterRef("dated_on"), recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk"))
    later = Q(dated_on__gt=OuterRef("dated_on")) | later_that_day | same_moment
    return Status.objects.filter(
        later, initiative=OuterRef("initiative"), unit=OuterRef("unit"), dated_on__lte=day
    )


def _age(status: Status) -> tuple[Any, ...]:
    return status.dated_on, status.recorded_at, status.pk
