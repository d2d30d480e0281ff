"""The database that Robust brings along, in a folder of its own for each test."""

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from robust.config.embedded import programs, roles, server, system_user
from robust.config.embedded.server import EmbeddedServer
from robust.config.embedded.socket_folder import socket_folder
from robust.config.embedded.system_user import SystemUser, closed_folder, database_user
from robust.config.words import Refused

STRANGER = SystemUser(name="stranger", uid=54321, gid=54321)


@pytest.fixture
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="robust-server-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def database(place: Path) -> Iterator[EmbeddedServer]:
    database = EmbeddedServer(data=place, forgetful=True)
    yield database
    database.stop()


def myself() -> SystemUser:
    entry = pwd.getpwuid(os.geteuid())
    return SystemUser(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def refusal(call, *arguments, **options):
    with pytest.raises(Refused) as refused:
        call(*arguments, **options)
    return str(refused.value)


def test_the_app_works_with_rows_and_owns_nothing(database):
    database.start()

    with psycopg.connect(database.url(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE note (word text)")
        owner.execute(roles.LET_THE_APP_WORK)
    with psycopg.connect(database.url(roles.APP)) as app:
        app.execute("INSERT INTO note VALUES ('tak')")
        assert app.execute("SELECT word FROM note").fetchall() == [("tak",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DROP TABLE note")


def test_a_second_start_finds_what_was_there(database):
    database.start()
    database.stop()

    database.start()

    with psycopg.connect(database.url(roles.OWNER)) as owner:
        assert owner.execute("SELECT current_user, current_database()").fetchone() == (
            "robust_owner",
            "robust",
        )


def test_a_predecessor_that_lost_its_supervisor_is_asked_to_leave(database, place):
    predecessor = EmbeddedServer(data=place, forgetful=True)
    predecessor.start()

    database.start()

    assert (predecessor.has_died(), database.has_died()) == (True, False)
    with psycopg.connect(database.url(roles.APP)) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_a_stop_that_takes_too_long_becomes_a_sudden_one(database, monkeypatch):
    monkeypatch.setattr(server, "FAST_STOP_SECONDS", 0)
    database.start()

    database.stop()

    assert database.process is None


def test_a_long_wait_is_explained(database, monkeypatch, capsys):
    monkeypatch.setattr(server, "TOLD_AFTER_SECONDS", -1)

    database.start()

    said = "The database is still getting ready; it may be tidying up after a sudden stop …\n"
    assert capsys.readouterr().err == said


def test_waiting_has_an_end(database, monkeypatch):
    monkeypatch.setattr(server, "READY_WITHIN_SECONDS", -1)

    assert refusal(database.start) == f"The database does not answer. {database.log} says why."


def test_a_database_that_does_not_start_is_refused(database, monkeypatch):
    database.start()
    database.stop()
    monkeypatch.setattr(server, "PREDECESSOR_GONE_SECONDS", 0.3)
    (database.folder / "postgresql.conf").write_text("nonsense")

    assert refusal(database.start) == f"The database does not start. {database.log} says why."


def test_a_database_that_cannot_be_made_is_refused_and_leaves_no_half_one(database, monkeypatch):
    monkeypatch.setattr(server, "FIRST_START", ["--nonsense"])

    assert refusal(database.start) == f"The database could not be made. {database.log} says why."
    assert not database.folder.exists()


def test_a_database_of_another_postgresql_is_left_alone(database):
    database.start()
    database.stop()
    (database.folder / "PG_VERSION").write_text("17\n")

    said = (
        f"The database in {database.folder} was made by PostgreSQL 17, and this version of Robust brings 18."
    )
    assert refusal(database.start).startswith(said)


def test_a_folder_that_its_user_cannot_enter_is_refused(database, place):
    place.chmod(0o600)
    said = refusal(database.start)
    place.chmod(0o711)

    assert said.endswith(f"who may not enter {place}. Choose another place with --data FOLDER.")


def test_a_long_path_gets_a_short_place_for_its_socket_that_is_removed(place):
    data = place / ("æ" * 60)
    data.mkdir(mode=0o711)
    database = EmbeddedServer(data=data, forgetful=True)

    database.start()
    sockets = database.sockets
    assert (sockets.parent, stat.S_IMODE(sockets.stat().st_mode)) == (Path(tempfile.gettempdir()), 0o700)
    database.stop()

    assert not sockets.exists()


def test_an_ordinary_users_socket_lies_where_the_system_wants_it(place, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    mine = myself()
    monkeypatch.setattr(os, "geteuid", lambda: mine.uid or 1000)

    folder = socket_folder(place / ("x" * 120), SystemUser(name="me", uid=mine.uid, gid=mine.gid))

    assert folder.parent == place


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("/")])
def test_a_socket_folder_that_somebody_else_has_laid_out_is_refused(make, place):
    make(place / "run")

    said = (
        f"{place}/run belongs to somebody else, so the database will not use it. Remove it and start again."
    )
    assert refusal(socket_folder, place, myself()) == said


def test_who_may_pass_a_folder_is_read_from_its_mode(tmp_path):
    mine = myself()
    folder = tmp_path / "folder"
    folder.mkdir()
    colleague = SystemUser(name="colleague", uid=54321, gid=folder.stat().st_gid)

    seen = {}
    for mode in (0o100, 0o010, 0o001):
        folder.chmod(mode)
        closed = [closed_folder(folder, user) == folder for user in (mine, colleague, STRANGER)]
        seen[mode] = closed
    folder.chmod(0o700)

    assert seen == {0o100: [False, True, True], 0o010: [True, False, True], 0o001: [True, True, False]}


def test_an_ordinary_user_runs_the_database_and_root_lets_its_owner_do_so(tmp_path, monkeypatch):
    nobody = pwd.getpwnam("nobody")
    monkeypatch.setattr(os, "geteuid", lambda: nobody.pw_uid)
    assert database_user(tmp_path / "new").name == "nobody"

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(system_user, "NAME", "nobody")
    assert database_user(tmp_path / "new").name == "nobody"


def test_a_user_without_a_name_is_refused():
    said = refusal(system_user._known, STRANGER.uid)

    assert said.startswith(
        "The user with number 54321 has no name on this computer, and the database needs one."
    )


@pytest.mark.parametrize("has_useradd", [True, False])
def test_a_user_that_cannot_be_made_is_named(has_useradd, tmp_path, monkeypatch):
    if has_useradd:
        (tmp_path / "useradd").write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / "useradd").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(system_user, "NAME", "nobody-has-this-name")

    said = refusal(database_user, tmp_path / "new")

    assert said.startswith(
        "The database may not run as root, and its own user “nobody-has-this-name” could not be"
    )


def test_programs_that_are_not_there_are_named(monkeypatch):
    monkeypatch.setattr(programs, "PACKAGE", "no_such_package")

    assert refusal(programs.found).startswith("PostgreSQL's programs are not installed for this computer.")


def test_programs_behind_a_closed_door_are_copied_once(tmp_path, monkeypatch):
    binaries = tmp_path / "brought_programs" / "pginstall" / "bin"
    binaries.mkdir(parents=True)
    (tmp_path / "brought_programs" / "__init__.py").touch()
    (binaries / "postgres").write_text("the program")
    (binaries / "link").symlink_to("postgres")
    tmp_path.chmod(0o700)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(programs, "PACKAGE", "brought_programs")

    copy = programs.reachable_by(STRANGER, spare=tmp_path / "spare")

    assert (copy / "bin" / "postgres").read_text() == "the program"
    assert stat.S_IMODE((copy / "bin" / "postgres").stat().st_mode) & 0o555 == 0o555
    assert programs.reachable_by(STRANGER, spare=tmp_path / "spare") == copy
