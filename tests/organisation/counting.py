"""A worker of its own process whose one kind of job counts, and waits at a gate until the test opens it."""

import sys
from pathlib import Path
from threading import Event

import django
from django.db import transaction

django.setup()

from robust.config import worker  # noqa: E402 - Django is set up first
from robust.core import registry  # noqa: E402
from robust.organisation.actions import RunningJob  # noqa: E402
from robust.organisation.models import UnitType  # noqa: E402


def count(running: RunningJob) -> None:
    start, gate = (running.checkpoint or {"next": 0})["next"], Path(running.arguments["gate"])
    for number in range(start, running.arguments["total"]):
        while number == running.arguments["gate_at"] and not gate.exists():
            running.check()
            Event().wait(0.02)
        with transaction.atomic():
            UnitType.objects.create(code=f"{running.run.pk}-{number}", name=f"from {start}")
            running.progress(number + 1, running.arguments["total"], checkpoint={"next": number + 1})
    running.finish(f"from {start}")


def hold(running: RunningJob) -> None:
    """Wait at the gate in the middle of a transaction, with a report that nobody sees yet."""
    with transaction.atomic():
        running.progress(1, 1, checkpoint={"next": 1})
        Path(running.arguments["gate"]).with_name("held").touch()
        while not Path(running.arguments["gate"]).exists():
            Event().wait(0.02)
    running.finish("held")


if __name__ == "__main__":
    registry.offer("job", "count", count)
    registry.offer("job", "hold", hold)
    print("ready", flush=True)  # noqa: T201 - the test waits for this line
    sys.exit(worker.run(concurrency=2))
