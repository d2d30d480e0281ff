"""PostgreSQL's client programs: those that came along, or those of the system for a hospital's own server."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from robust.config import env
from robust.config.embedded import programs
from robust.config.words import Refused
from robust.config.words import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """The client programs in one folder, or on the system's path."""

    folder: Path | None

    def path(self, name: str) -> str:
        """Give the full path of a program. Raises: Refused when the system does not have it."""
        path = str(self.folder / name) if self.folder else shutil.which(name)
        if path is None:
            raise Refused(
                _(
                    "The program %s is not installed, and your own database server needs it. "
                    "On Debian and Ubuntu: apt install postgresql-client."
                )
                % name
            )
        return path

    def major_version(self, name: str) -> int:
        """Give the program's major version: 15 for “pg_dump (PostgreSQL) 15.18 (Debian …)”."""
        said = subprocess.run(  # noqa: S603 - a program found by its full path
            [self.path(name), "--version"], check=True, capture_output=True, text=True
        )
        return int(said.stdout.split("PostgreSQL) ")[1].split(".")[0].split()[0])

    def check_dump_of(self, connection: psycopg.Connection) -> None:
        """Raises: Refused when the server is newer than the program that would read it."""
        server, own = connection.info.server_version // 10_000, self.major_version("pg_dump")
        if own < server:
            raise Refused(
                _(
                    "The database server is PostgreSQL %(server)d, and pg_dump on this computer is %(own)d, "
                    "which cannot read it. Install postgresql-client-%(server)d."
                )
                % {"server": server, "own": own}
            )


def of_system_or_brought(*, embedded: bool) -> Clients:
    """Give the programs that fit the server: those that came with it, or the system's."""
    return Clients(folder=programs.found() / "bin") if embedded else Clients(folder=None)


def for_restore(archive_start: bytes, *, embedded: bool) -> Clients:
    """Give programs that can read this backup; the system's may be older than it. Raises: Refused."""
    brought = Clients(folder=programs.found() / "bin")
    system = Clients(folder=None)
    candidates = [brought] if embedded else [system, brought]
    for clients in candidates:
        listed = subprocess.run(  # noqa: S603 - our own program
            [clients.path("pg_restore"), "--list"], input=archive_start, capture_output=True, check=False
        )
        if b"unsupported version" not in listed.stderr:
            return clients
    raise Refused(_("This backup was written by a newer PostgreSQL than is installed here."))


def address(url: str) -> tuple[str, dict[str, str]]:
    """Give how to tell a program of a database: words that all may see, an environment with the password."""
    parts = {name: str(part) for name, part in conninfo_to_dict(url).items()}
    secret = {"PGPASSWORD": parts.pop("password")} if "password" in parts else {}
    return make_conninfo(**parts), env.inherited(**secret)
