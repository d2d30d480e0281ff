"""`robust restore FILE`: put a backup into a new database, which then takes the old one's place."""

import subprocess
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from robust.cli import archive, clients
from robust.cli.backup import counted_rows
from robust.cli.child import tied
from robust.cli.installation import Installation, chosen, robust_command
from robust.config.data_folder import ANY_KIND
from robust.config.embedded import roles
from robust.config.words import Refused, say
from robust.config.words import gettext as _

UNKNOWN_TO_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"
MAINTENANCE = "postgres"


def run(arguments: Namespace) -> int:
    """Restore. Raises: Refused, and then everything is as it was."""
    manifest = archive.read_manifest(arguments.file)
    installation = chosen(arguments.data, kind=ANY_KIND)
    if installation.server is not None and installation.folder.is_in_use():
        raise Refused(_("Robust is running. Stop it first, then restore."))
    with installation.reached():
        _restore(installation, arguments, manifest)
    say(_("%(file)s of %(day)s is restored.") % {"file": arguments.file, "day": manifest.made_at[:10]})
    return 0


def _restore(installation: Installation, arguments: Namespace, manifest: archive.Manifest) -> None:
    url = installation.url(roles.OWNER)
    name = str(conninfo_to_dict(url)["dbname"])
    new = f"{name}_restoring"
    _check_target(url, name, overwrite=arguments.overwrite)
    with _maintaining(url) as maintenance:
        _remake(maintenance, new)
        try:
            _fill(arguments.file, _at(url, new), embedded=installation.server is not None)
            _check_content(_at(url, new), manifest)
            _bring_up_to_date(installation, _at(url, new))
        except BaseException:
            _drop(maintenance, new)
            raise
        _swap(maintenance, name, new)
        _drop(maintenance, f"{name}_replaced")


def _check_target(url: str, name: str, *, overwrite: bool) -> None:
    with _connected(url) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [name]
        ).fetchone()
        if others and others[0]:
            raise Refused(
                _("Somebody is working in the database. Stop Robust everywhere first, then restore.")
            )
        if not overwrite and any(counted_rows(connection).values()):
            raise Refused(_("The database holds data. Add --overwrite to replace it; there is no way back."))


def _remake(maintenance: psycopg.Connection, new: str) -> None:
    _drop(maintenance, new)
    try:
        maintenance.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(new)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refused(
            _("Your role at the database server may not make databases. Ask for the right CREATEDB.")
        ) from error


def _fill(file: Path, url: str, *, embedded: bool) -> None:
    reader = clients.for_restore(next(archive.read_dump(file), b""), embedded=embedded)
    writer = clients.of_system_or_brought(embedded=embedded)
    words, environment = clients.address(url)
    command = [writer.path("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    with subprocess.Popen(  # noqa: S603 - a program found by its full path
        [*command, "--output=/dev/null", f"--dbname={words}"], env=environment, stdin=subprocess.PIPE
    ) as writing:
        _pour(_statements(reader, file), writing)
    if writing.returncode != 0:
        raise Refused(_("The backup could not be put into the database. Nothing was changed."))


def _statements(reader: clients.Clients, file: Path) -> Iterator[bytes]:
    """Give the dump as SQL, without the one setting that servers before 17 do not know."""
    command = [reader.path("pg_restore"), "--no-owner", "--no-privileges", "--file=-"]
    with subprocess.Popen(  # noqa: S603 - a program found by its full path
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reading:
        assert reading.stdout is not None  # noqa: S101 - it was asked for
        feeding = Thread(target=_pour, args=[archive.read_dump(file), reading])
        feeding.start()
        yield from (line for line in reading.stdout if line != UNKNOWN_TO_OLDER_SERVERS)
        feeding.join()
    if reading.returncode != 0:
        raise Refused(_("The backup could not be read to its end. Nothing was changed."))


def _pour(chunks: Iterable[bytes], program: "subprocess.Popen[bytes]") -> None:
    assert program.stdin is not None  # noqa: S101 - it was asked for
    with suppress(BrokenPipeError), program.stdin as opening:
        for chunk in chunks:
            opening.write(chunk)


def _check_content(url: str, manifest: archive.Manifest) -> None:
    with _connected(url) as connection:
        found = counted_rows(connection)
    if found != manifest.rows:
        raise Refused(_("The restored database does not hold what the backup promises. Nothing was changed."))


def _bring_up_to_date(installation: Installation, url: str) -> None:
    """Let this version of Robust accept the tables, or change them to what it needs."""
    environment = {**installation.environment(roles.OWNER), "ROBUST_DATABASE_URL": url}
    if tied(robust_command("prepare", "--only-tables"), env=environment).wait() != 0:
        raise Refused(_("The backup does not fit this version of Robust. Nothing was changed."))


def _swap(maintenance: psycopg.Connection, name: str, new: str) -> None:
    with maintenance.transaction():
        for before, after in ((name, f"{name}_replaced"), (new, name)):
            maintenance.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(before), sql.Identifier(after)
                )
            )


def _drop(maintenance: psycopg.Connection, name: str) -> None:
    maintenance.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def _maintaining(url: str) -> Iterator[psycopg.Connection]:
    with _connected(_at(url, MAINTENANCE)) as connection:
        connection.autocommit = True
        yield connection


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(url)
    except psycopg.OperationalError as error:
        raise Refused(_("The database does not answer: %s") % str(error).strip()) from error
    with connection:
        yield connection


def _at(url: str, database: str) -> str:
    return make_conninfo(url, dbname=database)
