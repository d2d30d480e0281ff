"""A process that the supervisor keeps alive: tied to it, started again when it ends, stopped with it."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

from robust.config.embedded import leash
from robust.config.words import gettext as _
from robust.config.words import say

STEADY_SECONDS = 30
LONGEST_PAUSE_SECONDS = 30


def tied(command: Sequence[str], **options: object) -> "subprocess.Popen[bytes]":
    """Start a program that is killed when this process is gone."""
    leader, death_signal = str(os.getpid()), str(int(signal.SIGKILL))
    leashed = [sys.executable, "-I", "-S", leash.__file__, leader, death_signal, "-", *command]
    return subprocess.Popen(leashed, **options)  # type: ignore[call-overload,no-any-return]  # noqa: S603 - our own


class Child:
    """One of the supervisor's processes."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self.name, self.command, self.log = name, command, log
        self._environment, self._pass_fds = environment, pass_fds
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = self._start_at = 0.0
        self._pause_seconds = 0.5

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process; what it says goes to its log."""
        self._started_at = monotonic()
        with self.log.open("ab") as log:
            self._process = tied(
                self.command,
                env=self._environment,
                pass_fds=self._pass_fds,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def look_after(self) -> None:
        """Start the process again when it has ended, after a pause that grows while it keeps ending."""
        if self.is_alive():
            return
        if self._process is not None:
            self._note_the_end()
        if monotonic() >= self._start_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Ask the process to end what it is doing and stop."""
        if self._process is not None and self.is_alive():
            self._process.terminate()

    def wait_until_stopped(self, seconds: float) -> None:
        """Wait for the process to stop, and end it when that takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _note_the_end(self) -> None:
        steady = monotonic() - self._started_at > STEADY_SECONDS
        self._pause_seconds = 0.5 if steady else min(self._pause_seconds * 2, LONGEST_PAUSE_SECONDS)
        self._start_at = monotonic() + self._pause_seconds
        self._process = None
        say(
            _("%(process)s stopped by itself and is started again. %(log)s says why.")
            % {"process": self.name, "log": self.log}
        )
