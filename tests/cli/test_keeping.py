"""Backup and restore, with real databases: the one that came along, and one as a hospital's own."""

import hashlib
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from robust.cli.__main__ import main
from robust.config.embedded import programs, roles
from robust.config.embedded.server import EmbeddedServer
from tests.cli.running import SET_FOR_TESTS, Running, robust

MOTTO = "Vi bliver, fordi her er godt at være"


@pytest.fixture(scope="module")
def own_server(lasting_place: Path) -> Iterator[EmbeddedServer]:
    data = lasting_place / "own"
    data.mkdir(mode=0o711)
    server = EmbeddedServer(data=data, forgetful=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_database(own_server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database on a server given by its address, whose programs are the system's."""
    maintenance = own_server.url(roles.OWNER, "postgres")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute("CREATE DATABASE hospital")
    url = own_server.url(roles.OWNER, "hospital")
    monkeypatch.setenv("ROBUST_DATABASE_URL", url)
    monkeypatch.setenv("PATH", f"{programs.found() / 'bin'}:{os.environ['PATH']}")
    yield url
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute("DROP DATABASE hospital WITH (FORCE)")


@pytest.fixture(autouse=True)
def keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SET_FOR_TESTS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def filled(lasting_backup: Path, lasting_place: Path) -> Path:
    """A data folder that holds what the backup holds."""
    data = lasting_place / "filled"
    assert robust("restore", str(lasting_backup), "--data", str(data)).returncode == 0
    return data


@pytest.fixture(scope="module")
def lasting_backup(lasting_place: Path) -> Path:
    """A backup written while Robust runs, of a database in which somebody has worked."""
    data, file = lasting_place / "data", lasting_place / "hospital.backup"
    running = Running(data, "start", "--administrator-email", "Leder@Hospital.example")
    running.wait_until_ready()
    with psycopg.connect(_server(data).url(roles.APP)) as connection:
        connection.execute("UPDATE organisation_account SET name = %s", [MOTTO])
    done = robust("backup", str(file), "--data", str(data))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    refused = robust("restore", str(file), "--data", str(data), "--overwrite")
    assert (refused.returncode, refused.stderr) == (2, "Robust is running. Stop it first, then restore.\n")
    assert running.stop() == 0
    return file


def _server(data: Path) -> EmbeddedServer:
    server = EmbeddedServer(data=data)
    server.find()
    return server


def _names(url: str) -> list[tuple[str]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT name FROM organisation_account").fetchall()


def _names_in(data: Path) -> list[tuple[str]]:
    server = EmbeddedServer(data=data)
    server.start()
    try:
        return _names(server.url(roles.APP))
    finally:
        server.stop()


def _altered(backup: Path, to: Path, **changes: object) -> Path:
    """Write a copy of a backup whose manifest says something else."""
    with zipfile.ZipFile(backup) as old:
        dump, manifest = old.read("database.dump"), json.loads(old.read("manifest.json"))
    return _written(to, dump, {**manifest, **changes})


def _with_dump(backup: Path, to: Path, alter: Callable[[bytes], bytes]) -> Path:
    """Write a copy of a backup with another dump, and a manifest that believes it."""
    with zipfile.ZipFile(backup) as old:
        dump, manifest = alter(old.read("database.dump")), json.loads(old.read("manifest.json"))
    return _written(to, dump, {**manifest, "sha256": hashlib.sha256(dump).hexdigest()})


def _written(to: Path, dump: bytes, manifest: dict[str, object]) -> Path:
    with zipfile.ZipFile(to, "w") as new:
        new.writestr("database.dump", dump)
        new.writestr("manifest.json", json.dumps(manifest))
    return to


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_unfinished(lasting_backup):
    assert stat.S_IMODE(lasting_backup.stat().st_mode) == 0o600
    assert [path.name for path in lasting_backup.parent.glob("hospital.backup*")] == ["hospital.backup"]


def test_a_restored_database_holds_what_was_there(filled):
    assert _names_in(filled) == [(MOTTO,)]


def test_a_backup_is_not_overwritten(lasting_backup, filled, capsys):
    code = main(["backup", str(lasting_backup), "--data", str(filled)])

    said = f"{lasting_backup} is there already and is not overwritten. Choose another name.\n"
    assert (code, capsys.readouterr().err) == (2, said)


def test_a_stopped_robust_is_backed_up_too(filled, place, capsys):
    code = main(["backup", str(place / "second.backup"), "--data", str(filled)])

    assert code == 0
    assert capsys.readouterr().err.startswith(f"{place}/second.backup holds ")


def test_a_folder_without_a_database_has_nothing_to_back_up(place, capsys):
    code = main(["backup", str(place / "b"), "--data", str(place / "empty")])

    said = f"There is no database in {place}/empty. Name the folder with --data FOLDER.\n"
    assert (code, capsys.readouterr().err) == (2, said)


def test_a_backup_that_cannot_be_written_says_so(filled, place, capsys):
    code = main(["backup", str(place / "no" / "b"), "--data", str(filled)])

    said = f"{place}/no/b could not be written: No such file or directory. There is no backup.\n"
    assert (code, capsys.readouterr().err) == (2, said)


def test_restoring_over_data_must_be_asked_for(lasting_backup, filled, capsys):
    code = main(["restore", str(lasting_backup), "--data", str(filled)])

    said = "The database holds data. Add --overwrite to replace it; there is no way back.\n"
    assert (code, capsys.readouterr().err) == (2, said)
    assert main(["restore", str(lasting_backup), "--data", str(filled), "--overwrite"]) == 0
    assert _names_in(filled) == [(MOTTO,)]


def test_a_backup_that_does_not_hold_what_it_promises_changes_nothing(lasting_backup, filled, place, capsys):
    backup = _altered(lasting_backup, place / "altered", rows={"organisation_account": 7})

    code = main(["restore", str(backup), "--data", str(filled), "--overwrite"])

    said = "The restored database does not hold what the backup promises. Nothing was changed.\n"
    assert (code, capsys.readouterr().err) == (2, said)
    assert _names_in(filled) == [(MOTTO,)]


def test_a_damaged_backup_is_refused_before_anything_is_touched(lasting_backup, place, capsys):
    backup = _altered(lasting_backup, place / "altered", sha256="0")

    code = main(["restore", str(backup), "--data", str(place / "data")])

    said = f"{backup} is damaged: its content is not what was written. Nothing was changed.\n"
    assert (code, capsys.readouterr().err, (place / "data").exists()) == (2, said, False)


def test_a_dump_that_ends_too_early_changes_nothing(lasting_backup, filled, place, capsys):
    backup = _with_dump(lasting_backup, place / "altered", lambda dump: dump[: len(dump) // 2])

    code = main(["restore", str(backup), "--data", str(filled), "--overwrite"])

    said = "The backup could not be read to its end. Nothing was changed.\n"
    assert (code, capsys.readouterr().err.endswith(said)) == (2, True)
    assert _names_in(filled) == [(MOTTO,)]


def test_a_dump_of_a_postgresql_to_come_is_refused(lasting_backup, place, capsys):
    backup = _with_dump(lasting_backup, place / "altered", lambda dump: dump[:6] + b"\x63" + dump[7:])

    code = main(["restore", str(backup), "--data", str(place / "data")])

    said = "This backup was written by a newer PostgreSQL than is installed here.\n"
    assert (code, capsys.readouterr().err) == (2, said)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup_is_refused(content, place, capsys):
    (place / "file").write_bytes(content)

    code = main(["restore", str(place / "file"), "--data", str(place / "data")])

    said = f"{place}/file is no backup of Robust, or it is damaged. Nothing was changed.\n"
    assert (code, capsys.readouterr().err) == (2, said)


def test_a_backup_that_is_not_there_is_refused(place, capsys):
    code = main(["restore", str(place / "file"), "--data", str(place / "data")])

    assert (code, capsys.readouterr().err) == (2, f"There is no file {place}/file.\n")


def test_a_backup_moves_to_a_hospitals_own_server_and_back(lasting_backup, own_database, place, monkeypatch):
    arguments = ["--data", str(place / "own")]

    assert main(["restore", str(lasting_backup), *arguments]) == 0
    assert _names(own_database) == [(MOTTO,)]
    assert main(["backup", str(place / "back"), *arguments]) == 0
    monkeypatch.delenv("ROBUST_DATABASE_URL")
    assert main(["restore", str(place / "back"), "--data", str(place / "data")]) == 0
    assert _names_in(place / "data") == [(MOTTO,)]


def test_a_backup_of_a_newer_version_changes_nothing(
    lasting_backup, own_database, place, monkeypatch, capsys
):
    own = ["--data", str(place / "own")]
    main(["restore", str(lasting_backup), *own])
    with psycopg.connect(own_database) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('programme', '9999_later', now())"
        )
    main(["backup", str(place / "newer"), *own])
    monkeypatch.delenv("ROBUST_DATABASE_URL")

    code = main(["restore", str(place / "newer"), "--data", str(place / "data")])

    said = "The backup does not fit this version of Robust. Nothing was changed.\n"
    assert (code, capsys.readouterr().err.endswith(said)) == (2, True)


def test_an_own_server_that_takes_no_more_changes_nothing(
    lasting_backup, own_database, place, monkeypatch, capsys
):
    _program(place, "psql", "exit 1")
    monkeypatch.setenv("PATH", f"{place}:{os.environ['PATH']}")

    code = main(["restore", str(lasting_backup), "--data", str(place / "own")])

    said = "The backup could not be put into the database. Nothing was changed.\n"
    assert (code, capsys.readouterr().err) == (2, said)


def test_nothing_is_restored_under_somebodys_hands(lasting_backup, own_database, place, capsys):
    with psycopg.connect(own_database):
        code = main(["restore", str(lasting_backup), "--data", str(place / "own")])

    said = "Somebody is working in the database. Stop Robust everywhere first, then restore.\n"
    assert (code, capsys.readouterr().err) == (2, said)


def test_a_role_that_may_not_make_databases_is_told_what_to_ask_for(
    lasting_backup, own_server, own_database, place, capsys, monkeypatch
):
    monkeypatch.setenv("ROBUST_DATABASE_URL", own_server.url(roles.APP, "hospital"))

    code = main(["restore", str(lasting_backup), "--data", str(place / "own")])

    said = "Your role at the database server may not make databases. Ask for the right CREATEDB.\n"
    assert (code, capsys.readouterr().err) == (2, said)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_server_that_does_not_answer_is_named(command, lasting_backup, place, monkeypatch, capsys):
    monkeypatch.setenv("ROBUST_DATABASE_URL", f"postgresql://nobody:secret@/hospital?host={place}")
    monkeypatch.setenv("PATH", f"{programs.found() / 'bin'}")
    file = place / "new" if command == "backup" else lasting_backup

    code = main([command, str(file), "--data", str(place / "own")])

    said = capsys.readouterr().err
    assert (code, said.startswith("The database does not answer: "), "secret" in said) == (2, True, False)


def test_a_hospitals_own_server_needs_the_systems_programs(own_database, place, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(place))

    code = main(["backup", str(place / "b"), "--data", str(place / "own")])

    said = "The program pg_dump is not installed, and your own database server needs it. "
    assert (code, capsys.readouterr().err) == (
        2,
        said + "On Debian and Ubuntu: apt install postgresql-client.\n",
    )


def _program(place: Path, name: str, script: str) -> None:
    (place / name).write_text(f"#!/bin/sh\n{script}\n")
    (place / name).chmod(0o755)


def test_programs_older_than_the_server_are_named(own_database, place, monkeypatch, capsys):
    _program(place, "pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.24'")
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")

    code = main(["backup", str(place / "b"), "--data", str(place / "own")])

    said = capsys.readouterr().err
    assert (code, "pg_dump on this computer is 9, which cannot read it." in said) == (2, True)


def test_a_dump_that_breaks_off_leaves_no_backup(own_database, place, monkeypatch, capsys):
    _program(
        place, "pg_dump", '[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 99.1" || { echo half; exit 1; }'
    )
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")

    code = main(["backup", str(place / "b"), "--data", str(place / "own")])

    said = "The database could not be read. There is no backup.\n"
    assert (code, capsys.readouterr().err, list(place.glob("b*"))) == (2, said, [])
