"""How long the pages of the room take at the server with 5,000 initiatives and 50,000 status entries.

Run with a database of its own: ROBUST_DATABASE_URL=… python benchmarks/programme_pages.py [--keep]
The target is a median under 150 ms, warm, on 2 cores. Beside it stand the processor time in Python, which
says more on a busy machine, and the number of queries. Nothing is asserted here; the table is Markdown.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "robust.config.settings")
os.environ.setdefault("ROBUST_SECRET_KEY", "only-for-measuring")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from robust.demo import hospital
from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Unit
from robust.programme.actions import reminder as reminder_actions
from robust.programme.models import (
    DocumentReading,
    Example,
    ExampleAdoption,
    Forum,
    Handout,
    Idea,
    Initiative,
    Judgement,
    Meeting,
    Placement,
    Plan,
    ProposedRow,
    ReminderRound,
    Status,
    Track,
)

SEED = 7
INITIATIVES, STATUSES, ROUNDS = 5_000, 50_000, 15
WORDS = [
    "vagt",
    "nat",
    "afsnit",
    "patient",
    "plan",
    "kursus",
    "leder",
    "klinik",
    "opgave",
    "introduktion",
    "sparring",
    "udskrivelse",
    "møde",
]
LISTS = {
    "initiative_list": "",
    "initiative_list, words": "?words=sparring",
    "initiative_list, at risk": "?judgement=at_risk",
    "initiative_list, quiet": "?only=quiet",
    "initiative_list, newest": "?sort=-stated",
    "initiative_list, page 40": "?page=40",
}
LISTED: tuple[str, ...] = (
    "plan_list",
    "reading_list",
    "handout_list",
    "forum_list",
    "idea_list",
    "idea_queue",
)
LISTED += ("example_list", "share_list", "initiative_create", "plan_create", "idea_create", "example_create")
LISTED += ("reading_create", "forum_create", "share_create")
OF_A_PLAN: tuple[str, ...] = (
    "plan_detail",
    "plan_edit",
    "plan_change",
    "relation_matrix",
    "round_list",
    "round_open",
)
OF_A_PLAN += ("track_create",)
OF_AN_INITIATIVE = (
    "initiative_detail",
    "initiative_edit",
    "initiative_change",
    "status_create",
    "decision_ask",
)
OF_ROWS: dict[str, Any] = {
    "handout_create": Plan,
    "template_edit": Plan,
    "status_detail": Status,
    "track_detail": Track,
    "track_edit": Track,
    "round_detail": ReminderRound,
    "reading_detail": DocumentReading,
    "handout_detail": Handout,
    "forum_detail": Forum,
    "meeting_detail": Meeting,
    "meeting_edit": Meeting,
    "idea_detail": Idea,
    "example_detail": Example,
    "example_edit": Example,
    "example_adopt": Example,
    "adoption_edit": ExampleAdoption,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a page took, in milliseconds and round by round, and what it asked the database."""

    wall: list[float]
    cpu: list[float]
    queries: int
    size: int


def fill(today: date) -> None:
    """Load the demo hospital and add initiatives and statuses up to the numbers above."""
    random = Random(SEED)
    hospital.load(today=today)
    account = Account.objects.get(email="konsulent@demo.example")
    units = list(Unit.objects.exclude(level=Unit.Level.REGION))
    made = Initiative.objects.bulk_create(
        (
            _initiative(number, account, units, random, today)
            for number in range(INITIATIVES - Initiative.objects.count())
        ),
        batch_size=1000,
    )
    plans = list(Plan.objects.prefetch_related("areas"))
    Placement.objects.bulk_create(
        (_placement(number, one, plans, random) for number, one in enumerate(made)), batch_size=1000
    )
    Status.objects.bulk_create(
        (_status(made, account, units, random, today) for _ in range(STATUSES - Status.objects.count())),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what the server does by itself within a minute


def add_documents(today: date) -> None:
    """Add a document of 40 slides with 320 rows that waits to be looked through, a round and a follow-up."""
    random = Random(SEED)
    now = timezone.now()
    account = Account.objects.get(email="konsulent@demo.example")
    plan = Plan.objects.order_by("order")[0]
    file = organisation_actions.store_file(
        name="plan.pptx", content=b"", media_type="application/pptx", actor=account, now=now
    )
    reading = DocumentReading.objects.create(
        file=file, plan=plan, unit=plan.unit, dated_on=today, state="preview", read_by=account
    )
    known = Initiative.objects.filter(placements__plan=plan).order_by("pk")[:320]
    ProposedRow.objects.bulk_create(
        ProposedRow(
            reading=reading,
            number=number,
            page=number // 8 + 1,
            area=random.choice(WORDS),
            text=f"{one.text} {random.choice(WORDS)}",
            status=" ".join(random.choices(WORDS, k=25)),
            **({"choice": "join", "joined": one} if number % 2 else {}),
        )
        for number, one in enumerate(known)
    )
    reminder_actions.open_round(plan, due_on=today + timedelta(days=9), message="", actor=account, now=now)
    Handout.objects.create(plan=plan, kind="pptx", dated_on=today, made_by=account, file=file)


def _initiative(number: int, owner: Account, units: list[Unit], random: Random, today: date) -> Initiative:
    return Initiative(
        title=f"{random.choice(WORDS)} {random.choice(WORDS)} {number}",
        text=" ".join(random.choices(WORDS, k=30)),
        unit=random.choice(units),
        owner=owner,
        starts_on=today - timedelta(days=random.randint(0, 800)),
        next_review_on=today + timedelta(days=random.randint(-60, 300)),
    )


def _placement(number: int, initiative: Initiative, plans: list[Plan], random: Random) -> Placement:
    plan = random.choice(plans)
    area = random.choice([None, *plan.areas.all()])
    return Placement(initiative=initiative, plan=plan, area=area, group=random.choice(WORDS), order=number)


def _status(
    initiatives: list[Initiative], by: Account, units: list[Unit], random: Random, today: date
) -> Status:
    initiative = random.choice(initiatives)
    day = today - timedelta(days=random.randint(0, 730))
    return Status(
        initiative=initiative,
        unit=random.choice([initiative.unit, *random.sample(units, 2)]),
        dated_on=day,
        judgement=random.choice([value for value in Judgement.values if value != "stopped"]),
        text=" ".join(random.choices(WORDS, k=25)),
        recorded_by=by,
        recorded_at=datetime.combine(day, datetime.min.time(), timezone.get_current_timezone()),
    )


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Give the addresses that are measured, each with the name it is printed under."""
    plan = Plan.objects.order_by("order").first()
    said = Initiative.objects.filter(statuses__isnull=False).order_by("-pk").first()
    assert plan
    assert said
    lists = reverse("programme:initiative_list")
    yield "Min dag", reverse("web:home")
    yield "search", reverse("web:search") + "?words=sparring"
    for name, asked in LISTS.items():
        yield name, lists + asked
    for name in ("matrix", "timeline", *LISTED):
        yield name, reverse(f"programme:{name}")
    for name in OF_A_PLAN:
        yield name, reverse(f"programme:{name}", args=[plan.pk])
    since = (timezone.localdate() - timedelta(days=365)).isoformat()
    yield "plan_detail, by track", reverse("programme:plan_detail", args=[plan.pk]) + "?by=track"
    yield "plan_change, a year", reverse("programme:plan_change", args=[plan.pk]) + f"?before={since}"
    for name in OF_AN_INITIATIVE:
        yield name, reverse(f"programme:{name}", args=[said.pk])
    yield "relation_edit", reverse("programme:relation_edit", args=[said.pk, plan.pk])
    for name, model in OF_ROWS.items():
        rows = model.objects.order_by("pk").values_list("pk", flat=True)
        addresses = (reverse(f"programme:{name}", args=[pk]) for pk in rows)
        first = next((address for address in addresses if client.get(address).status_code == 200), None)
        if first:
            yield name, first
        else:
            print(f"Nothing to measure for {name}", file=sys.stderr)


def measure(client: Client, address: str) -> Measured:
    """Ask for a page, first to warm up, then to count its queries, then so many rounds."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        query_count = len(captured)
    walls, cpus = [], []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        client.get(address)
        walls.append((time.perf_counter() - begun) * 1000)
        cpus.append((time.process_time() - worked) * 1000)
    return Measured(wall=walls, cpu=cpus, queries=query_count, size=len(response.content))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="measure what is in the database already")
    wanted = parser.parse_args()
    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    if not wanted.keep:
        fill(timezone.localdate())
    if not DocumentReading.objects.exists():
        add_documents(timezone.localdate())
    client = Client()
    client.force_login(Account.objects.get(email="konsulent@demo.example"))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, ", end="")
    print(f"Django {django.__version__}, PostgreSQL {version}, seed {SEED}, {ROUNDS} rounds")
    print(f"{Initiative.objects.count()} initiatives, {Status.objects.count()} statuses")
    print("\n| page | median ms | max ms | CPU ms | queries | kB |\n|---|--:|--:|--:|--:|--:|")
    for name, address in pages(client):
        page = measure(client, address)
        median, cpu = statistics.median(page.wall), statistics.median(page.cpu)
        print(f"| {name} | {median:.0f} | {max(page.wall):.0f} | {cpu:.0f} ", end="")
        print(f"| {page.queries} | {page.size // 1024} |", flush=True)


if __name__ == "__main__":
    main()
