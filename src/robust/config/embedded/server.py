"""Start and stop one PostgreSQL in a data folder, as a child that never outlives its supervisor."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

import psycopg

from robust.config import env
from robust.config.embedded import leash, programs, roles
from robust.config.embedded.socket_folder import socket_folder
from robust.config.embedded.system_user import SystemUser, closed_folder, database_user
from robust.config.words import Refused, say
from robust.config.words import gettext as _

READY_WITHIN_SECONDS = 600
TOLD_AFTER_SECONDS = 10
PREDECESSOR_GONE_SECONDS = 5
FAST_STOP_SECONDS = 30
FIRST_START = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@dataclass(kw_only=True)
class EmbeddedServer:
    """The database of one data folder; a forgetful one is fast and only for tests."""

    data: Path
    forgetful: bool = False
    user: SystemUser = field(init=False)
    programs: Path = field(init=False)
    sockets: Path = field(init=False)
    process: subprocess.Popen[bytes] | None = field(init=False, default=None)

    def start(self) -> None:
        """Start the database, made first where there is none, and wait until it answers. Raises: Refused."""
        self.find()
        if not self.folder.is_dir():
            self._make()
        self._check_version()
        self._write_access_rules()
        self._start_process()
        self._wait_until_it_answers()
        roles.ensure(self.url(roles.SUPERUSER, "postgres"))

    def stop(self) -> None:
        """Stop the database: at once but tidily, and after half a minute without tidiness."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(FAST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        self.process = None
        if self.sockets.parent != self.data:
            shutil.rmtree(self.sockets)

    def has_died(self) -> bool:
        """Tell whether the database was started and is gone."""
        return self.process is not None and self.process.poll() is not None

    def url(self, role: str, database: str = roles.DATABASE) -> str:
        """Give the address for a role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}"

    @property
    def folder(self) -> Path:
        return self.data / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "log" / "postgres.log"

    def find(self) -> None:
        """Find out who runs the database, with which programs, and where it listens. Raises: Refused."""
        self.user = database_user(self.folder)
        if (closed := closed_folder(self.data, self.user)) is not None:
            raise Refused(
                _(
                    "The database runs as the user “%(user)s”, who may not enter %(folder)s. "
                    "Choose another place with --data FOLDER."
                )
                % {"user": self.user.name, "folder": closed}
            )
        self.programs = programs.reachable_by(self.user, spare=self.data / "programs")
        self.sockets = socket_folder(self.data, self.user)
        self.log.parent.mkdir(mode=0o700, exist_ok=True)

    def _make(self) -> None:
        unfinished = self.data / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self._give(unfinished)
        hurry = ["--no-sync"] if self.forgetful else []
        made = self._started(
            "initdb",
            *["--pgdata", str(unfinished), "--username", roles.SUPERUSER, *FIRST_START, *hurry],
            *["--auth-local=peer", "--auth-host=reject", "--no-instructions"],
        )
        if made.wait() != 0:
            raise Refused(_("The database could not be made. %s says why.") % self.log)
        unfinished.rename(self.folder)

    def _check_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        wanted = self._major_version()
        if found != wanted:
            raise Refused(
                _(
                    "The database in %(folder)s was made by PostgreSQL %(found)s, and this version of Robust "
                    "brings %(wanted)s. Nothing was changed. Run “robust backup FILE” with the version "
                    "of Robust used until now, and “robust restore FILE” with this one in a new folder."
                )
                % {"folder": self.folder, "found": found, "wanted": wanted}
            )

    def _major_version(self) -> str:
        said = subprocess.run(  # noqa: S603 - our own program
            [self.programs / "bin" / "postgres", "--version"], check=True, capture_output=True, text=True
        )
        return said.stdout.split()[-1].split(".")[0]

    def _write_access_rules(self) -> None:
        names = {self.user.name, "root"}
        known_as = (roles.SUPERUSER, roles.OWNER, roles.APP)
        identities = [f'robust "{name}" {role}' for name in sorted(names) for role in known_as]
        self._write("pg_ident.conf", "\n".join(identities) + "\n")
        self._write("pg_hba.conf", "local all all peer map=robust\nlocal replication all peer map=robust\n")

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        self._give(path)

    def _give(self, path: Path) -> None:
        os.chown(path, self.user.uid, self.user.gid)

    def _start_process(self) -> None:
        sockets = str(self.sockets).replace('"', '""')
        self.process = self._started(
            "postgres",
            *[
                "-D",
                str(self.folder),
                "-c",
                "listen_addresses=",
                "-c",
                f'unix_socket_directories="{sockets}"',
            ],
            *["-c", "unix_socket_permissions=0700", "-c", "log_timezone=UTC", "-c", "timezone=UTC"],
            *(FORGETFUL if self.forgetful else []),
        )

    def _started(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        owner = f"{self.user.uid}:{self.user.gid}" if os.geteuid() == 0 else "-"
        tied = [sys.executable, "-I", "-S", leash.__file__, str(os.getpid()), str(int(signal.SIGINT)), owner]
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program
                [*tied, str(self.programs / "bin" / program), *arguments],
                cwd=self.sockets,
                env=env.inherited(LC_ALL="C"),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _wait_until_it_answers(self) -> None:
        begun = monotonic()
        told = False
        while not self._is_ready():
            waited = monotonic() - begun
            if self.has_died():
                self._try_again_or_refuse(waited)
            if waited > READY_WITHIN_SECONDS:
                raise Refused(_("The database does not answer. %s says why.") % self.log)
            if waited > TOLD_AFTER_SECONDS and not told:
                told = True
                say(_("The database is still getting ready; it may be tidying up after a sudden stop …"))
            sleep(0.05)

    def _is_ready(self) -> bool:
        """Tell whether it is our own process that answers, not a predecessor that still does."""
        return self.process is not None and self._process_on_file() == self.process.pid and self._answers()

    def _try_again_or_refuse(self, waited: float) -> None:
        """Let a predecessor finish: one that lost its supervisor is shutting down, or must be told to."""
        predecessor = self._process_on_file()
        if predecessor is None and waited > PREDECESSOR_GONE_SECONDS:
            raise Refused(_("The database does not start. %s says why.") % self.log)
        if predecessor is not None and self._answers():
            os.kill(predecessor, signal.SIGINT)
        sleep(0.2)
        self._start_process()

    def _process_on_file(self) -> int | None:
        try:
            process = int((self.folder / "postmaster.pid").read_text().split()[0])
            os.kill(process, 0)
        except (OSError, ValueError, IndexError):
            return None
        return process

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(roles.SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True
