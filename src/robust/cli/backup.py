"""`robust backup FILE`: the whole database with all uploaded files, as it is at one moment, in one file."""

import subprocess
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
from psycopg import sql

from robust import __version__
from robust.cli import archive, clients
from robust.cli.installation import Installation, existing
from robust.config.embedded import roles
from robust.config.words import Refused, say
from robust.config.words import gettext as _


def run(arguments: Namespace) -> int:
    """Write the backup, also while Robust runs. Raises: Refused."""
    installation = existing(arguments.data)
    with installation.reached():
        manifest = _back_up(installation, arguments)
    say(
        _("%(file)s holds %(rows)d rows of %(tables)d tables.")
        % {"file": arguments.file, "rows": sum(manifest.rows.values()), "tables": len(manifest.rows)}
    )
    return 0


def _back_up(installation: Installation, arguments: Namespace) -> archive.Manifest:
    url = installation.url(roles.OWNER)
    programs = clients.of_system_or_brought(embedded=installation.server is not None)
    try:
        connection = psycopg.connect(url)
    except psycopg.OperationalError as error:
        raise Refused(_("The database does not answer: %s") % str(error).strip()) from error
    with connection:
        programs.check_dump_of(connection)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        manifest = archive.Manifest(
            robust=__version__,
            server=str(connection.info.server_version),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            rows=counted_rows(connection),
        )
        archive.write(arguments.file, _dump(url, programs, _snapshot(connection)), manifest)
    return manifest


def counted_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Give how many rows each table holds."""
    found = connection.execute(
        "SELECT relname FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
    ).fetchall()
    counts = {}
    for (table,) in found:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        counts[table] = row[0] if row else 0
    return counts


def _snapshot(connection: psycopg.Connection) -> str:
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    return str(row[0]) if row else ""


def _dump(url: str, programs: clients.Clients, snapshot: str) -> Iterator[bytes]:
    words, environment = clients.address(url)
    command = [programs.path("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    with subprocess.Popen(  # noqa: S603 - a program found by its full path
        [*command, f"--snapshot={snapshot}", f"--dbname={words}"], env=environment, stdout=subprocess.PIPE
    ) as dumping:
        assert dumping.stdout is not None  # noqa: S101 - it was asked for
        while chunk := dumping.stdout.read(archive.CHUNK_BYTES):
            yield chunk
    if dumping.returncode != 0:
        raise Refused(_("The database could not be read. There is no backup."))
