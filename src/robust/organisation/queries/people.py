"""People, their employments, and the accounts with which they sign in."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from robust.organisation.models import Account, Employment, Person, Role, RoleAssignment, Unit
from robust.organisation.queries.access import units_visible_to, units_where
from robust.organisation.queries.units import open_on

Named = TypeVar("Named", Account, Person, Unit)

PERSONNEL_ROLES = (
    Role.WORK_PLANNER,
    Role.WARD_LEADER,
    Role.DEPARTMENT_MANAGEMENT,
    Role.HR_ANALYST,
    Role.ADMINISTRATOR,
)

EMPLOYER_ROLES = (Role.DEPARTMENT_MANAGEMENT, Role.ADMINISTRATOR)


def people_visible_to(account: Account, *, day: date) -> QuerySet[Person]:
    """Give the account's own person, and those with a post where the account works with personnel.

    An administrator also sees people who have had no post yet, so that one can be given.
    """
    units = units_where(account, roles=PERSONNEL_ROLES, day=day)
    visible = Q(pk=account.person_id) | Q(employments__unit__in=units)
    if units_where(account, roles=(Role.ADMINISTRATOR,), day=day):
        visible |= Q(employments__isnull=True)
    return Person.objects.filter(visible).distinct()


def employments_visible_to(account: Account, *, day: date) -> QuerySet[Employment]:
    """Give the account's own posts, and those at units where the account works with personnel."""
    units = units_where(account, roles=PERSONNEL_ROLES, day=day)
    own = Q(person__isnull=False, person=account.person_id)
    return Employment.objects.filter(own | Q(unit__in=units)).select_related("person", "unit", "profession")


def accounts_visible_to(account: Account, *, day: date) -> QuerySet[Account]:
    """Give the account itself and its colleagues: whoever holds a role at a unit the account sees.

    An administrator also sees accounts without any role, so that one can be given.
    """
    units = units_visible_to(account, day=day)
    holders = RoleAssignment.objects.filter(open_on(day), unit__in=units).values("account")
    visible = Q(pk=account.pk) | Q(pk__in=holders)
    if units_where(account, roles=(Role.ADMINISTRATOR,), day=day):
        visible |= Q(roles__isnull=True)
    return Account.objects.filter(visible).distinct()


def named(rows: QuerySet[Named], words: str) -> QuerySet[Named]:
    """Keep the rows in whose name every one of the words stands, anywhere."""
    for word in words.split()[:10]:
        rows = rows.filter(name__icontains=word)
    return rows


def accounts_with(
    accounts: QuerySet[Account], *, words: str = "", role: str = "", active: str = "", day: date
) -> QuerySet[Account]:
    """Keep the accounts so named, with this role on the day, that may (not) sign in, as far as asked for."""
    accounts = named(accounts, words)
    if role:
        holders = RoleAssignment.objects.filter(open_on(day), role=role).values("account")
        accounts = accounts.filter(pk__in=holders)
    if active:
        accounts = accounts.filter(is_active=active == "yes")
    return accounts.select_related("person").order_by("name", "id")


def employments_with(
    employments: QuerySet[Employment], *, unit_ids: Collection[int] = (), day: date | None = None
) -> QuerySet[Employment]:
    """Keep the employments at these units, and open on a day, as far as each is asked for."""
    if unit_ids:
        employments = employments.filter(unit__in=unit_ids)
    return employments.filter(open_on(day)) if day else employments


def employments_of(person: Person) -> QuerySet[Employment]:
    """Give all employments of a person, the newest first, to that person."""
    return person.employments.select_related("unit", "profession").order_by("-starts_on", "id")


def people_without_account(reader: Account, *, account: Account, day: date) -> QuerySet[Person]:
    """Give the people the reader sees whom the account can be tied to: no other account is theirs."""
    free = Q(account__isnull=True) | Q(account=account)
    return people_visible_to(reader, day=day).filter(free)
