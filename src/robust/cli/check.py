"""`robust demo --check`: start everything in a temporary place, walk through it as each person, clean up."""

import shutil
import tempfile
from pathlib import Path

from robust.cli.installation import chosen
from robust.cli.supervisor import Supervisor, listening
from robust.cli.walk import walk
from robust.config.words import gettext as _
from robust.config.words import say


def run() -> int:
    """Give 0 when everybody could sign in and visit every menu entry, else print what failed and give 1."""
    place = Path(tempfile.mkdtemp(prefix="robust-check-"))
    place.chmod(0o711)
    try:
        with listening("127.0.0.1", 0) as listener:
            supervisor = Supervisor(
                installation=chosen(place, kind="demo"), listener=listener, preparation=("--demo",)
            )
            with supervisor.running():
                visited, failures = walk_as_everybody(supervisor)
    finally:
        shutil.rmtree(place)
    return report(visited, failures)


def report(visited: int, failures: list[str]) -> int:
    """Say what failed and how much was visited, and give the exit code."""
    for failure in failures:
        say(failure)
    say(_("%(pages)d pages visited, %(failures)d failures.") % {"pages": visited, "failures": len(failures)})
    return 1 if failures else 0


def walk_as_everybody(supervisor: Supervisor) -> tuple[int, list[str]]:
    """Give how many pages were visited, and what failed."""
    visited, failures = 0, []
    for person in supervisor.people:
        walked = walk(supervisor.address, email=person["email"], password=person["password"])
        visited += len(walked.pages)
        failures += walked.failures
    if not supervisor.people:
        failures.append(_("The demo hospital has nobody to sign in as."))
    return visited, failures
