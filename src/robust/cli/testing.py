"""`robust test`: every check and every test, in the order in which they fail fastest."""

import subprocess
import sys
import sysconfig
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from robust.cli import chromium
from robust.cli.installation import SOURCES
from robust.config import env
from robust.config.words import Refused, say
from robust.config.words import gettext as _

CHECKOUT = SOURCES.parent
PARALLEL = ["-n", "2", "--max-worker-restart=0"]
EVERYTHING_ELSE = [
    "tests",
    "docs",
    "--doctest-glob=*.md",
    "--ignore=tests/engines",
    "--ignore=tests/journeys",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Commands that together show one thing."""

    name: str
    commands: list[list[str]]
    is_pytest: bool = False


def run(arguments: Namespace) -> int:
    """Give 0 when everything, or what was selected, is in order. Raises: Refused."""
    if not (CHECKOUT / "tests").is_dir():
        raise Refused(_("The tests come with the source code, and this is an installed package."))
    return report(steps(arguments.selection))


def steps(selection: list[str]) -> list[Step]:
    """Give what to run: everything, only what is seen without running ("lint"), or the named tests."""
    if selection == ["lint"]:
        return [*_checks(), _tests("tests/architecture", _pytest("tests/architecture"))]
    if selection:
        return [_tests("tests", _pytest(*map(_as_pytest_says, selection)))]
    return [
        Step(name="chromium", commands=[_python("-m", "robust.cli", "chromium")]),
        *_checks(),
        Step(name="coverage erase", commands=[_coverage("erase")]),
        _tests("tests/engines", _measured("tests/engines", *PARALLEL)),
        _tests("tests", _measured(*EVERYTHING_ELSE, *PARALLEL)),
        # Apart, since the driver of the browser leaves an event loop running, which the worker cannot bear.
        _tests("tests/journeys", _measured("tests/journeys", *PARALLEL)),
        Step(name="coverage", commands=[_coverage("combine", "--quiet"), _coverage("report")]),
    ]


def report(steps: list[Step]) -> int:
    """Run the steps, say how long each took, and name in the end those that are not in order."""
    failed = [step.name for step in steps if not _passes(step)]
    if failed:
        say(_("Not in order: %s.") % ", ".join(failed))
    return 1 if failed else 0


def _checks() -> list[Step]:
    templates = [str(path) for path in sorted((CHECKOUT / "src").rglob("templates/**/*.html"))]
    djade = [_program("djade"), "--check", "--target-version", "5.2", *templates]
    return [
        Step(name="ruff check", commands=[_python("-m", "ruff", "check", "--quiet", ".")]),
        Step(name="ruff format", commands=[_python("-m", "ruff", "format", "--check", "--quiet", ".")]),
        Step(name="djade", commands=[djade]),
        Step(name="mypy", commands=[_python("-m", "mypy", "--no-error-summary")]),
        Step(name="lint-imports", commands=[[_program("lint-imports"), "--no-cache"]]),
    ]


def _passes(step: Step) -> bool:
    begun = monotonic()
    codes = [_run(command, is_pytest=step.is_pytest) for command in step.commands]
    say(f"{step.name}: {monotonic() - begun:.1f} s")
    return set(codes) <= {0}


def _run(command: list[str], *, is_pytest: bool = False) -> int:
    """Run a command; only what pytest says goes to standard output."""
    out = None if is_pytest else sys.stderr
    done = subprocess.run(command, cwd=CHECKOUT, env=_environment(), stdout=out, check=False)  # noqa: S603 - our own
    return done.returncode


def _environment() -> dict[str, str]:
    settings = "robust.config.settings"
    folders = f"{SOURCES}:{CHECKOUT}"
    nowhere = "postgresql://nobody@localhost/nothing"
    return env.inherited(
        DJANGO_SETTINGS_MODULE=settings,
        PYTHONPATH=folders,
        ROBUST_SECRET_KEY="only-for-tests",  # noqa: S106 - signs nothing
        ROBUST_DATABASE_URL=nowhere,
        ROBUST_CHROMIUM=chromium.find() or "",
    )


def _tests(name: str, command: list[str]) -> Step:
    return Step(name=name, commands=[command], is_pytest=True)


def _pytest(*arguments: str) -> list[str]:
    return _python("-m", "pytest", *arguments)


def _measured(*arguments: str) -> list[str]:
    return _coverage("run", "-m", "pytest", *arguments)


def _coverage(*arguments: str) -> list[str]:
    return _python("-m", "coverage", *arguments)


def _as_pytest_says(word: str) -> str:
    return f"-k={word[2:]}" if word.startswith("k=") else word


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _program(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)
