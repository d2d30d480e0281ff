"""Starting: what it prints, what it refuses, and what works beside it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from robust.cli.__main__ import main
from robust.cli.child import Child
from robust.cli.installation import chosen
from robust.cli.supervisor import LONGEST_LOG_BYTES, Supervisor, _free_port, listening
from robust.cli.walk import Visitor
from robust.config.embedded import roles
from robust.config.embedded.server import EmbeddedServer
from robust.config.words import Refused
from tests.cli.running import SET_FOR_TESTS, Running, environment, is_gone, robust, until

EMAIL = "leder@hospital.example"


@pytest.fixture(autouse=True)
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Know nothing of the tests' database, and give signals back their meaning."""
    for name in SET_FOR_TESTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ROBUST_WEB_PROCESSES", "1")
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    meanings = [signal.getsignal(kind) for kind in kinds]
    yield
    for kind, meaning in zip(kinds, meanings, strict=True):
        signal.signal(kind, meaning)


class Hospital:
    """A Robust that runs, and where."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.running = Running(data, "start", "--administrator-email", EMAIL)
        self.address = self.running.wait_until_ready()


@pytest.fixture(scope="module")
def hospital(lasting_place: Path) -> Iterator[Hospital]:
    hospital = Hospital(lasting_place / "data")
    yield hospital
    hospital.running.stop()


def said(capsys: pytest.CaptureFixture[str], *written: str) -> tuple[int, str]:
    return main(list(written)), capsys.readouterr().err


def test_the_first_administrator_gets_a_link_to_choose_a_password(hospital):
    words = hospital.running.words()

    (link,) = re.findall(rf"^  ({hospital.address}/\S+)$", words, re.MULTILINE)
    page = Visitor(hospital.address).get(link)
    assert f"{EMAIL} is administrator. With this link, which works once, the password is chosen:" in words
    assert (page.status, page.body.count('type="password"') > 0) == (200, True)


def test_a_second_start_in_the_same_folder_is_refused(hospital, capsys):
    process = hospital.running.process.pid

    code, words = said(capsys, "start", "--data", str(hospital.data), "--port", "0")

    assert code == 2
    assert f"Robust already works in {hospital.data} (process {process}). Stop it first.\n" in words


def test_a_taken_port_is_refused_with_a_free_one(place, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, words = said(capsys, "start", "--data", str(place / "data"), "--port", str(port))

    assert (code, words.startswith(f"Port {port} is taken by another program. Port ")) == (2, True)
    free = int(words.split("--port ")[1].rstrip(".\n"))
    listening("127.0.0.1", free).close()


def test_a_port_that_is_free_is_looked_for_beyond_others():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert _free_port("127.0.0.1", after=port - 1) != port


def test_an_address_that_is_not_ours_is_refused(place, capsys):
    code, words = said(capsys, "start", "--data", str(place / "data"), "--host", "192.0.2.1")

    assert (code, words) == (2, "Port 8000 at 192.0.2.1 cannot be used: Cannot assign requested address.\n")


def test_a_demo_is_not_put_on_a_hospitals_own_server(capsys, monkeypatch):
    monkeypatch.setenv("ROBUST_DATABASE_URL", "postgresql://robust@db.example/robust")

    code, words = said(capsys, "demo")

    assert (code, words.startswith("The demo makes a database of its own, and its passwords are known")) == (
        2,
        True,
    )


def test_one_more_worker_joins_and_leaves(hospital):
    server = EmbeddedServer(data=hospital.data)
    server.find()

    def workers() -> int:
        with psycopg.connect(server.url(roles.OWNER)) as connection:
            row = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
            return row[0] if row else 0

    until(lambda: workers() == 1, "the first worker")
    worker = subprocess.Popen(
        [sys.executable, "-m", "robust.cli", "worker", "--data", str(hospital.data)], env=environment()
    )
    until(lambda: workers() == 2, "the second worker")
    worker.send_signal(signal.SIGTERM)

    assert (worker.wait(60), workers()) == (0, 1)


def test_a_worker_needs_a_robust_that_runs(place, capsys):
    (place / "postgres").mkdir()

    code, words = said(capsys, "worker", "--data", str(place))

    assert (code, words.startswith("Robust does not run here, so there are no jobs.")) == (2, True)


def test_djangos_commands_work_beside_it(hospital):
    done = robust(
        "manage", "showmigrations", "programme", env=environment(ROBUST_DATA_FOLDER=str(hospital.data))
    )

    assert (done.returncode, done.stdout.splitlines()[:2]) == (0, ["programme", " [X] 0001_initial"])


def test_nobody_is_asked_who_is_not_there(place):
    done = robust("start", "--data", str(place / "data"), "--port", "0", stdin=subprocess.DEVNULL)

    assert done.returncode == 2
    assert "Nobody is administrator yet. Start once with --administrator-email ADDRESS.\n" in done.stderr
    assert done.stderr.endswith("Robust was not started. What is stored is as it was.\n")


def test_a_web_server_that_does_not_start_is_refused(place, monkeypatch):
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--nonsense")
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    with (
        listening("127.0.0.1", 0) as listener,
        pytest.raises(Refused, match="The web server does not start"),
        supervisor(place, listener).running(),
    ):
        pass


def supervisor(place: Path, listener: socket.socket, **options: int) -> Supervisor:
    installation = chosen(place / "data", kind="real")
    preparation = ("--administrator-email", EMAIL)
    return Supervisor(installation=installation, listener=listener, preparation=preparation, **options)


def test_a_disk_that_fills_up_stops_everything_safely(place):
    with listening("127.0.0.1", 0) as listener:
        full = supervisor(place, listener, space_bytes=10**18)
        with pytest.raises(Refused, match="is nearly full"):
            run_on(full)

    processes = [child.pid for child in full.children if child.pid is not None]
    assert len(processes) == 2
    assert [process for process in processes if not is_gone(process)] == []
    assert not (place / "data" / "postgres" / "postmaster.pid").exists()


def run_on(overseer: Supervisor) -> None:
    with overseer.running():
        overseer.look_after()


def test_a_log_that_has_grown_long_is_put_aside(place):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        overseer = supervisor(place, listener)
        path = overseer._log("web")
        with path.open("wb") as log:
            log.truncate(LONGEST_LOG_BYTES + 1)
        overseer._log("web")

    assert sorted(found.name for found in path.parent.iterdir()) == ["web.old.log"]


def test_a_hospitals_own_server_is_waited_for_and_used(place, lasting_place):
    data = lasting_place / "elsewhere"
    data.mkdir(mode=0o711)
    server = EmbeddedServer(data=data, forgetful=True)
    server.find()
    words = ["start", "--administrator-email", EMAIL]
    running = Running(place / "data", *words, ROBUST_DATABASE_URL=server.url(roles.SUPERUSER))
    try:
        until(lambda: "Robust waits for it." in running.words(), "a word about the database")
        server.start()
        running.wait_until_ready()

        assert running.stop(signal.SIGINT) == 0
        assert not (place / "data" / "postgres").exists()
    finally:
        server.stop()


def child(place: Path, script: str) -> Child:
    return Child("It", ["/bin/sh", "-c", script], environment={**os.environ}, log=place / "log")


def test_a_child_that_keeps_ending_is_started_more_and_more_rarely(place):
    ending = child(place, "exit 1")
    ending.start()
    until(lambda: not ending.is_alive(), "its end")
    ending.look_after()
    ending.look_after()

    assert (ending.is_alive(), ending.pid) == (False, None)


def test_a_child_that_will_not_stop_is_stopped(place):
    stubborn = child(place, "trap '' TERM; echo ready; while :; do read -r line < /dev/zero; done")
    stubborn.start()
    process = stubborn.pid
    until(lambda: "ready" in stubborn.log.read_text(), "its trap")

    stubborn.ask_to_stop()
    stubborn.wait_until_stopped(0)

    assert is_gone(process)


def test_a_child_that_was_never_started_is_stopped():
    never = Child("It", ["/bin/true"], environment={}, log=Path("/dev/null"))

    never.ask_to_stop()
    never.wait_until_stopped(0)

    assert never.pid is None
