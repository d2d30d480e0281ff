"""The demo's organisation: the unit tree, everybody who has worked there, and their accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from robust.demo.content import content
from robust.demo.histories import Spell, histories
from robust.organisation.models import (
    Account,
    Employment,
    Party,
    Person,
    Profession,
    RoleAssignment,
    Unit,
    UnitCode,
    UnitPeriod,
    UnitType,
)

FIRST_DAY = date(2000, 1, 1)
PSYCHIATRY = "psykiatrien"
ACCOUNT_COUNT = 900
SOMATIC_COUNT_PER_UNIT = 24
PROFESSION_WEIGHTS = {
    "inpatient": {"nurse": 42, "health_care_assistant": 22, "specialist_nurse": 6, "doctor_in_training": 5,
                  "specialist_doctor": 4, "pedagogue": 5, "occupational_therapist": 3, "physiotherapist": 2,
                  "social_worker": 3, "medical_secretary": 3, "peer_worker": 2, "service_assistant": 3},
    "outpatient": {"nurse": 26, "specialist_nurse": 8, "psychologist": 16, "specialist_psychologist": 5,
                   "specialist_doctor": 9, "doctor_in_training": 8, "social_worker": 7,
                   "medical_secretary": 11, "dietitian": 3, "occupational_therapist": 5, "pharmaconomist": 2},
}  # fmt: skip
WEEKLY_HOURS = (Decimal(37), Decimal(37), Decimal(37), Decimal(35), Decimal(32), Decimal(30), Decimal(28))


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The demo's units by code, the codes in psychiatry by unit type, and the parties by name."""

    by_code: dict[str, Unit]
    type_of: dict[str, str]
    psychiatry: dict[str, list[str]]
    parties: dict[str, Party]

    def __getitem__(self, code: str) -> Unit:
        return self.by_code[code]


def make_tree() -> Units:
    """Make the region with its hospitals, departments, units, codes, unit types and parties."""
    told = content("organisation")
    types = {
        entry["code"]: UnitType.objects.update_or_create(
            code=entry["code"], defaults={"name": entry["name"], "order": order}
        )[0]
        for order, entry in enumerate(told["unit_types"])
    }
    planned = list(_planned_units(told))
    made = Unit.objects.bulk_create(
        [Unit(code=unit["code"], name=unit["name"], level=unit["level"]) for unit in planned]
    )
    by_code = {unit.code: unit for unit in made}
    UnitPeriod.objects.bulk_create(
        UnitPeriod(
            unit=by_code[unit["code"]],
            parent=by_code.get(unit["parent"]),
            name=unit["name"],
            unit_type=types.get(unit["type"]),
            starts_on=FIRST_DAY,
        )
        for unit in planned
    )
    _make_codes(made)
    parties = Party.objects.bulk_create(Party(name=one["name"], kind=one["kind"]) for one in told["parties"])
    return Units(
        by_code=by_code,
        type_of={unit["code"]: unit["type"] for unit in planned if unit["type"]},
        psychiatry=_by_type(unit for unit in planned if unit["hospital"] == PSYCHIATRY),
        parties={party.name: party for party in parties},
    )


def _planned_units(told: dict[str, Any]) -> Iterator[dict[str, str]]:
    region = told["region"]["code"]
    yield _planned(told["region"], level=Unit.Level.REGION)
    for hospital in told["hospitals"]:
        yield _planned(hospital, level=Unit.Level.HOSPITAL, parent=region)
        for department in hospital["departments"]:
            yield _planned(department, level=Unit.Level.DEPARTMENT, parent=hospital["code"])
            for code, name, unit_type in department["units"]:
                yield {
                    **_planned(
                        {"code": code, "name": name}, level=Unit.Level.UNIT, parent=department["code"]
                    ),
                    "type": unit_type,
                    "hospital": hospital["code"],
                }


def _planned(entry: dict[str, Any], *, level: str, parent: str = "") -> dict[str, str]:
    named = {"code": entry["code"], "name": entry["name"]}
    return {**named, "level": level, "parent": parent, "type": "", "hospital": ""}


def _make_codes(units: list[Unit]) -> None:
    UnitCode.objects.bulk_create(
        UnitCode(unit=unit, system=system, code=f"{prefix}{number:04d}", starts_on=FIRST_DAY)
        for number, unit in enumerate(units, start=1)
        for system, prefix in ((UnitCode.System.SOR, "99900"), (UnitCode.System.PAY, "Q"))
    )


def _by_type(units: Iterator[dict[str, str]]) -> dict[str, list[str]]:
    by_type: dict[str, list[str]] = {}
    for unit in units:
        by_type.setdefault(unit["type"], []).append(unit["code"])
    return by_type


def make_people(units: Units, *, today: date, seed: int, random: Random, password: str) -> dict[str, Account]:
    """Make professions, people, employments, accounts and roles; give accounts by e-mail."""
    told = content("organisation")
    professions = {
        entry["code"]: Profession.objects.update_or_create(
            code=entry["code"], defaults={"name": entry["name"], "order": order}
        )[0]
        for order, entry in enumerate(told["professions"])
    }
    spells = histories(units=units.psychiatry, until=today, seed=seed) + _somatic(units, today, random)
    names = _names(random)
    numbers = sorted({spell.person for spell in spells})
    people = dict(
        zip(numbers, Person.objects.bulk_create(Person(name=next(names)) for _ in numbers), strict=True)
    )
    _make_employments(units, spells, people, professions, random)
    accounts = _make_accounts(units, spells, people)
    return accounts | _make_demo_people(units, told["demo_people"], professions, password, today)


def _somatic(units: Units, today: date, random: Random) -> list[Spell]:
    codes = [code for code in units.type_of if not any(code in known for known in units.psychiatry.values())]
    numbers = iter(range(1_000_000, 2_000_000))
    return [
        Spell(
            person=next(numbers), unit_code=code, starts_on=today - timedelta(days=random.randint(30, 6000))
        )
        for code in codes
        for _ in range(SOMATIC_COUNT_PER_UNIT)
    ]


def _names(random: Random) -> Iterator[str]:
    told = content("names")
    while True:
        middle = f" {random.choice(told['family'])}" if random.random() < 0.25 else ""
        yield f"{random.choice(told['given'])}{middle} {random.choice(told['family'])}"


def _make_employments(
    units: Units,
    spells: list[Spell],
    people: dict[int, Person],
    professions: dict[str, Profession],
    random: Random,
) -> None:
    profession_of: dict[int, str] = {}
    rows = []
    for number, spell in enumerate(spells, start=1):
        weights = PROFESSION_WEIGHTS[
            "inpatient" if units.type_of[spell.unit_code] == "inpatient" else "outpatient"
        ]
        drawn = random.choices(list(weights), list(weights.values()))[0]
        profession = profession_of.setdefault(spell.person, drawn)
        rows.append(
            Employment(
                person=people[spell.person],
                unit=units[spell.unit_code],
                profession=professions[profession],
                post_number=f"{number:06d}",
                weekly_hours=random.choice(WEEKLY_HOURS),
                starts_on=spell.starts_on,
                ends_on=spell.ends_on,
            )
        )
    Employment.objects.bulk_create(rows, batch_size=1000)


def _make_accounts(units: Units, spells: list[Spell], people: dict[int, Person]) -> dict[str, Account]:
    """Give accounts to as many of those who work here now as make the whole number, somatic units first."""
    here = [spell for spell in spells if spell.ends_on is None]
    wanted = ACCOUNT_COUNT - len(content("organisation")["demo_people"])
    chosen = sorted(here, key=lambda spell: (spell.person < 1_000_000, spell.person))[:wanted]
    accounts = Account.objects.bulk_create(
        Account(
            email=f"medarbejder{spell.person}@fjordland.example",
            name=people[spell.person].name,
            person=people[spell.person],
            password=make_password(None),
        )
        for spell in chosen
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            account=account, role="employee", unit=units[spell.unit_code], starts_on=spell.starts_on
        )
        for account, spell in zip(accounts, chosen, strict=True)
    )
    return {account.email: account for account in accounts}


def _make_demo_people(
    units: Units,
    told: list[dict[str, str]],
    professions: dict[str, Profession],
    password: str,
    today: date,
) -> dict[str, Account]:
    hashed = make_password(password)
    accounts = {}
    for number, entry in enumerate(told, start=1):
        person = Person.objects.create(name=entry["name"])
        account = Account.objects.create(
            email=entry["email"], name=entry["name"], person=person, password=hashed
        )
        started = today - timedelta(days=900 + 31 * number)
        Employment.objects.create(
            person=person,
            unit=units[entry["unit"]],
            profession=professions[entry["profession"]],
            post_number=f"D{number:05d}",
            starts_on=started,
        )
        RoleAssignment.objects.create(
            account=account, role=entry["role"], unit=units[entry["unit"]], starts_on=started
        )
        accounts[account.email] = account
    return accounts
