"""Start the database, the web server and a worker, keep them running, and stop them in the right order."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from robust.cli.child import Child, tied
from robust.cli.installation import Installation, robust_command
from robust.config import env
from robust.config.data_folder import SPACE_TO_WORK_BYTES
from robust.config.embedded import roles
from robust.config.words import Refused, say
from robust.config.words import gettext as _

LOOK_EVERY_SECONDS = 0.2
DISK_EVERY_SECONDS = 5.0
WEB_READY_SECONDS = 60
STOP_SECONDS = 20
LONGEST_LOG_BYTES = 10_000_000


@dataclass(kw_only=True)
class Supervisor:
    """Everything that `start` and `demo` run, as children of this process."""

    installation: Installation
    listener: socket.socket
    preparation: tuple[str, ...] = ()
    space_bytes: int = SPACE_TO_WORK_BYTES
    children: list[Child] = field(default_factory=list)
    people: list[dict[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.listener.getsockname()[1]}"

    @contextmanager
    def running(self) -> Iterator["Supervisor"]:
        """Start everything, and stop it in the end whatever happens. Raises: Refused."""
        with self.installation.folder.locked():
            for kind in (signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(kind) is not signal.SIG_IGN:  # nohup means it
                    signal.signal(kind, signal.default_int_handler)
            try:
                self._start()
                yield self
            finally:
                self._stop()

    def look_after(self) -> None:
        """Keep everything running until somebody asks to stop. Raises: KeyboardInterrupt, Refused."""
        look_at_disk = 0.0
        while True:
            if monotonic() >= look_at_disk:
                self.installation.folder.check_space(self.space_bytes)
                look_at_disk = monotonic() + DISK_EVERY_SECONDS
            self._look_after_database()
            for child in self.children:
                child.look_after()
            sleep(LOOK_EVERY_SECONDS)

    def _start(self) -> None:
        if self.installation.server is not None:
            self.installation.server.start()
        self._prepare()
        self.installation.folder.stamp()
        self.children = [self._web(), self._worker()]
        for child in self.children:
            child.start()
        self._wait_for_web()

    def _prepare(self) -> None:
        preparing = tied(
            robust_command("prepare", *self.preparation),
            env=self._environment(roles.OWNER),
            stdout=subprocess.PIPE,
        )
        try:
            printed, _nothing = preparing.communicate()
        finally:
            preparing.kill()
            preparing.wait()
        if preparing.returncode != 0:
            raise Refused(_("Robust was not started. What is stored is as it was."))
        self.people = json.loads(printed or "[]")

    def _web(self) -> Child:
        command = [sys.executable, "-m", "gunicorn", "-c", "python:robust.config.web_server"]
        number = self.listener.fileno()
        return Child(
            _("The web server"),
            [*command, "--bind", f"fd://{number}"],
            environment=self._environment(roles.APP),
            log=self._log("web"),
            pass_fds=[number],
        )

    def _worker(self) -> Child:
        return Child(
            _("The worker"),
            robust_command("work"),
            environment=self._environment(roles.APP),
            log=self._log("worker"),
        )

    def _environment(self, role: str) -> dict[str, str]:
        public = env.optional("ROBUST_PUBLIC_URL") or self.address
        return self.installation.environment(role, ROBUST_PUBLIC_URL=public)

    def _log(self, name: str) -> Path:
        path = self.installation.folder.path / "log" / f"{name}.log"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if path.exists() and path.stat().st_size > LONGEST_LOG_BYTES:
            path.rename(path.with_suffix(".old.log"))
        return path

    def _wait_for_web(self) -> None:
        web = self.children[0]
        give_up = monotonic() + WEB_READY_SECONDS
        while not self._web_answers():
            if not web.is_alive() or monotonic() > give_up:
                raise Refused(_("The web server does not start. %s says why.") % web.log)
            sleep(LOOK_EVERY_SECONDS)

    def _web_answers(self) -> bool:
        host, port = self.listener.getsockname()[:2]
        try:
            with closing(HTTPConnection(host, port, timeout=2)) as visit:
                visit.request("HEAD", "/")
                visit.getresponse()
        except (OSError, HTTPException):
            return False
        return True

    def _look_after_database(self) -> None:
        server = self.installation.server
        if server is not None and server.has_died():
            say(_("The database stopped by itself and is started again. %s says why.") % server.log)
            self.installation.folder.check_space(self.space_bytes)
            server.start()

    def _stop(self) -> None:
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(kind, signal.SIG_IGN)
        say(_("Stopping …"))
        for child in reversed(self.children):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.wait_until_stopped(STOP_SECONDS)
        if self.installation.server is not None:
            self.installation.server.stop()


def listening(host: str, port: int) -> socket.socket:
    """Take the port, so that no one else can and no visitor is turned away while the web server restarts.

    Port 0 is any free one. Raises: Refused, naming a free port.
    """
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Refused(
                _("Port %(port)d at %(host)s cannot be used: %(reason)s.")
                % {"port": port, "host": host, "reason": os.strerror(error.errno or 0)}
            ) from error
        raise Refused(
            _("Port %(port)d is taken by another program. Port %(free)d is free: add --port %(free)d.")
            % {"port": port, "free": _free_port(host, after=port)}
        ) from error


def _free_port(host: str, *, after: int) -> int:
    """Give a free port not far after this one, or 0, with which the system chooses."""
    return next((port for port in range(after + 1, min(after + 100, 65536)) if _is_free(host, port)), 0)


def _is_free(host: str, port: int) -> bool:
    try:
        socket.create_server((host, port)).close()
    except OSError:
        return False
    return True
