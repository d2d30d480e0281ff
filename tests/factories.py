"""Make the organisation's rows for tests: everything not said has a plain, visible default."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from robust.organisation import actions
from robust.organisation.models import (
    Account,
    Employment,
    Party,
    Person,
    Profession,
    Role,
    RoleAssignment,
    StoredFile,
    Unit,
    UnitPeriod,
    UnitType,
)

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
OPENED_ON = date(2020, 1, 1)

_numbers = count(1)


def make_unit(
    name: str = "",
    *,
    parent: Unit | None = None,
    level: str = "unit",
    unit_type: UnitType | None = None,
    code: str = "",
    starts_on: date = OPENED_ON,
    ends_on: date | None = None,
) -> Unit:
    """Make a unit that is open from 2020, with one period."""
    number = next(_numbers)
    unit = Unit.objects.create(code=code or f"unit-{number}", name=name or f"Afsnit {number}", level=level)
    UnitPeriod.objects.create(
        unit=unit, parent=parent, name=unit.name, unit_type=unit_type, starts_on=starts_on, ends_on=ends_on
    )
    return unit


def make_unit_type(code: str = "", name: str = "", *, order: int = 0) -> UnitType:
    number = next(_numbers)
    return UnitType.objects.create(code=code or f"type-{number}", name=name or f"Type {number}", order=order)


def make_profession(name: str = "", *, code: str = "", order: int = 0) -> Profession:
    number = next(_numbers)
    return Profession.objects.create(
        code=code or f"profession-{number}", name=name or f"Faggruppe {number}", order=order
    )


def make_person(name: str = "") -> Person:
    return Person.objects.create(name=name or f"Person {next(_numbers)}")


def make_employment(
    person: Person | None = None,
    unit: Unit | None = None,
    *,
    profession: Profession | None = None,
    post_number: str = "",
    weekly_hours: Decimal = Decimal(37),
    starts_on: date = OPENED_ON,
    ends_on: date | None = None,
) -> Employment:
    return Employment.objects.create(
        person=person or make_person(),
        unit=unit or make_unit(),
        profession=profession or make_profession(),
        post_number=post_number or f"P{next(_numbers)}",
        weekly_hours=weekly_hours,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def make_account(
    name: str = "",
    *,
    email: str = "",
    person: Person | None = None,
    password: str | None = None,
    role: Role | None = None,
    unit: Unit | None = None,
) -> Account:
    """Make an account that may sign in; with `role` and `unit` it holds that role from 2020."""
    number = next(_numbers)
    account = Account.objects.create_user(
        email=email or f"person-{number}@example.org", name=name or f"Konto {number}", password=password
    )
    if person:
        account.person = person
        account.save()
    if role:
        give_role(account, role, unit or make_unit())
    return account


def give_role(
    account: Account, role: Role, unit: Unit, *, starts_on: date = OPENED_ON, ends_on: date | None = None
) -> RoleAssignment:
    return RoleAssignment.objects.create(
        account=account, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )


def make_party(name: str = "", *, kind: str = "municipality") -> Party:
    return Party.objects.create(name=name or f"Kommune {next(_numbers)}", kind=kind)


def make_stored_file(
    content: bytes = b"text",
    *,
    name: str = "fil.txt",
    media_type: str = "text/plain",
    actor: Account | None = None,
) -> StoredFile:
    return actions.store_file(name=name, content=content, media_type=media_type, actor=actor, now=NOW)
