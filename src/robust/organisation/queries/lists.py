"""The hospital's own lists, and what hangs on a unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils.text import slugify

from robust.organisation.models import (
    Account,
    Party,
    Profession,
    Role,
    RoleAssignment,
    RoleRequirement,
    Unit,
    UnitCode,
    UnitPeriod,
    UnitSuccession,
    UnitType,
)
from robust.organisation.queries.units import UnitTree, open_on

_IN_CODES = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTimes:
    """When a unit was put into the tree, and when what it was or will be was changed latest."""

    made_at: datetime
    changed_at: datetime


def unit_times(ids: Collection[int]) -> dict[int, UnitTimes]:
    """Give when each of these units was made and changed."""
    units = Unit.objects.filter(pk__in=ids).annotate(changed_at=Max("periods__updated_at"))
    rows = units.order_by().values_list("pk", "created_at", "changed_at")
    return {
        pk: UnitTimes(made_at=made_at, changed_at=changed_at or made_at) for pk, made_at, changed_at in rows
    }


def units_among(ids: Collection[int]) -> QuerySet[Unit]:
    """Give these units in Danish order."""
    return Unit.objects.filter(pk__in=ids).order_by("sort_key", "id")


def unit_types() -> QuerySet[UnitType]:
    """Give the unit types in the hospital's order."""
    return UnitType.objects.order_by("order", "code")


def professions() -> QuerySet[Profession]:
    """Give the professions in the hospital's order."""
    return Profession.objects.order_by("order", "code")


def parties() -> QuerySet[Party]:
    """Give the parties outside the tree in Danish order."""
    return Party.objects.order_by("sort_key", "id")


def periods_of(unit: Unit) -> QuerySet[UnitPeriod]:
    """Give what the unit has been and is planned to be, oldest first."""
    return unit.periods.select_related("parent", "unit_type").order_by("starts_on")


def successions_of(unit: Unit) -> QuerySet[UnitSuccession]:
    """Give what the unit came from and went on as, oldest first."""
    about = Q(predecessor=unit) | Q(successor=unit)
    return (
        UnitSuccession.objects.filter(about)
        .select_related("predecessor", "successor")
        .order_by("happened_on", "id")
    )


def codes_of(unit: Unit) -> QuerySet[UnitCode]:
    """Give the unit's codes in other systems, the newest first within each."""
    return unit.codes.order_by("system", "-starts_on", "id")


def codes_at(units: Collection[int], *, day: date | None = None) -> QuerySet[UnitCode]:
    """Give the codes of these units in Danish order of the units; on a day, or through all time."""
    codes = UnitCode.objects.filter(unit__in=units).select_related("unit")
    if day:
        codes = codes.filter(open_on(day))
    return codes.order_by("unit__sort_key", "unit_id", "system", "starts_on")


def roles_counting_at(unit: Unit, tree: UnitTree, *, day: date) -> QuerySet[RoleAssignment]:
    """Give the roles that count at the unit on the day or are still to come: held there, or further up."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    held = RoleAssignment.objects.filter(lasting, unit__in=[unit.pk, *tree.above(unit.pk)])
    return held.select_related("account", "unit").order_by("role", "account__name", "starts_on")


def roles_of(account: Account) -> QuerySet[RoleAssignment]:
    """Give all roles the account has, had or will have, the newest first."""
    return account.roles.select_related("unit").order_by("-starts_on", "role", "id")


def roles_of_others(account: Account) -> QuerySet[RoleAssignment]:
    """Give every role that somebody else has, had or will have."""
    return RoleAssignment.objects.exclude(account=account)


def roles_held_by(accounts: Collection[Account], *, day: date) -> QuerySet[RoleAssignment]:
    """Give the roles these accounts hold on the day."""
    held = RoleAssignment.objects.filter(open_on(day), account__in=accounts)
    return held.select_related("unit").order_by("role", "unit__sort_key", "id")


def roles_at(units: Collection[int]) -> QuerySet[RoleAssignment]:
    """Give the roles held at these units."""
    return RoleAssignment.objects.filter(unit__in=units).select_related("account", "unit")


def roles_with_second_factor() -> frozenset[Role]:
    """Give the roles whose holders must sign in with a second factor."""
    return frozenset(Role(role) for role in RoleRequirement.objects.values_list("role", flat=True))


def free_unit_code(name: str) -> str:
    """Give a code that no unit has, made of a name: "Børn og unge" as boern-og-unge, or boern-og-unge-2."""
    stem = slugify(name.lower().translate(_IN_CODES))[:50] or "unit"
    taken = set(Unit.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in _numbered(stem, len(taken) + 1) if code not in taken)


def _numbered(stem: str, most: int) -> list[str]:
    return [stem, *(f"{stem}-{number}" for number in range(2, most + 2))]
