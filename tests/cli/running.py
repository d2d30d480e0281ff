"""Robust as a hospital runs it: real processes in a folder of their own, for tests that kill them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from robust.cli.walk import Page, Visitor

SOURCES = Path(__file__).resolve().parents[2] / "src"
PATIENCE_SECONDS = 90
SET_FOR_TESTS = ("ROBUST_DATABASE_URL", "ROBUST_SECRET_KEY", "ROBUST_DATA_FOLDER", "ROBUST_PUBLIC_URL")
DEMO_PASSWORD = "robust-demo-2026"


def environment(**changes: str) -> dict[str, str]:
    """The environment of somebody at the keyboard, who knows nothing of the tests' database."""
    plain = {name: value for name, value in os.environ.items() if name not in SET_FOR_TESTS}
    return {**plain, "PYTHONPATH": str(SOURCES), "ROBUST_WEB_PROCESSES": "1", "LC_ALL": "C.UTF-8", **changes}


def robust(*words: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [sys.executable, "-m", "robust.cli", *words],
        check=False,
        **{
            "env": environment(),
            "text": True,
            "capture_output": True,
            "timeout": PATIENCE_SECONDS,
            **options,
        },
    )
    return done


def until(look: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    give_up = monotonic() + PATIENCE_SECONDS
    while not look():
        assert monotonic() < give_up, f"waited in vain: {what}"
        sleep(0.05)


class Running:
    """A `robust` that serves, at any free port."""

    def __init__(self, data: Path, *words: str, **variables: str) -> None:
        self.said = data.with_name(data.name + ".said")
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "robust.cli", *words, "--data", str(data), "--port", "0"],
                env=environment(**variables),
                stdin=subprocess.DEVNULL,
                stderr=said,
            )

    def wait_until_ready(self) -> str:
        """Give the address."""
        until(lambda: "Ctrl-C" in self.words() or self.process.poll() is not None, "the address")
        assert self.process.poll() is None, self.words()
        return "http://localhost:" + self.words().split("http://localhost:")[-1].split(".")[0].split("/")[0]

    def words(self) -> str:
        return self.said.read_text()

    def processes(self) -> dict[int, str]:
        """Every process under this one, by its command."""
        found = {}
        waiting = [self.process.pid]
        while waiting:
            for child in _children(waiting.pop()):
                found[child] = _command(child)
                waiting.append(child)
        return found

    def child(self, part: str) -> int | None:
        """The direct child whose command holds this text, once it is what it will be."""
        children = _children(self.process.pid)
        return next(
            (child for child in children if part in _command(child) and "leash" not in _command(child)), None
        )

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE_SECONDS)


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def signed_in(address: str, email: str) -> Visitor:
    visitor = Visitor(address)
    door = visitor.get(address + "/")
    visitor.post(door.url, {**Page(door.body).fields, "login": email, "password": DEMO_PASSWORD})
    return visitor


def _children(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""
