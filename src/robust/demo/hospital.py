"""The demo hospital: loaded once, the same every time for the same day and seed."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction

from robust.demo import community, initiatives, people, plans, threads
from robust.demo.content import content
from robust.organisation.models import Account, Role

DEMO_PASSWORD = "robust-demo-2026"  # noqa: S105  printed at the start; only ever in a demo database
SEED = 20260101


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody to sign in as, with their role in words."""

    email: str
    name: str
    role: str


def demo_people() -> tuple[DemoPerson, ...]:
    """Give the people one can sign in as, one for each role."""
    return tuple(
        DemoPerson(email=entry["email"], name=entry["name"], role=str(Role(entry["role"]).label))
        for entry in content("organisation")["demo_people"]
    )


def is_loaded() -> bool:
    """Say whether the demo hospital is there."""
    return Account.objects.filter(email=demo_people()[0].email).exists()


@transaction.atomic
def load(*, today: date, seed: int = SEED) -> None:
    """Make the whole hospital; do nothing when it is there already."""
    if is_loaded():
        return
    random = Random(seed)
    units = people.make_tree()
    accounts = people.make_people(units, today=today, seed=seed, random=random, password=DEMO_PASSWORD)
    made_plans = plans.make_plans(units, today=today)
    forums = plans.make_forums(units, today=today)
    cast = initiatives.Cast(units=units, accounts=accounts, plans=made_plans, forums=forums)
    made_initiatives = initiatives.make_initiatives(cast, today=today, random=random)
    community.make_examples(units, made_initiatives, today=today, accounts=accounts)
    community.make_ideas(units, today=today, accounts=accounts, random=random)
    threads.make_threads(today=today, accounts=accounts)
