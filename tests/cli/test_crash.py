"""Whatever is killed without warning: what was answered is kept, and the next start needs no repair."""

import os
import re
import signal
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.cli.running import Running, is_gone, signed_in, until

CONSULTANT = "konsulent@demo.example"


class Hospital:
    """A demo hospital that somebody uses while its processes are killed."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.themes = cycle(["dark", "light"])
        self.answered = ""
        self.start()

    def start(self) -> None:
        self.running = Running(self.data, "demo")
        self.address = self.running.wait_until_ready()
        self.visitor = signed_in(self.address, CONSULTANT)

    def write(self) -> int:
        """Save a setting; what was answered with success must be there for ever after."""
        page = self.visitor.get(self.address + "/settings/")
        if page.status != 200:
            return page.status
        theme = next(self.themes)
        token = {
            "csrfmiddlewaretoken": page.body.partition('name="csrfmiddlewaretoken" value="')[2].partition(
                '"'
            )[0]
        }
        choice = {"language": "da", "theme": theme, "density": "compact"}
        answer = self.visitor.post(self.address + "/settings/", {**token, **choice})
        if answer.status == 200:
            self.answered = theme
        return answer.status

    def kept(self) -> str:
        body = self.visitor.get(self.address + "/settings/").body
        chosen = re.search(r'name="theme" value="(\w+)"[^>]* checked', body)
        return chosen.group(1) if chosen else ""

    def kill(self, part: str) -> int:
        process = self.running.child(part)
        assert process is not None
        os.kill(process, signal.SIGKILL)
        until(lambda: is_gone(process), f"{part} is gone")
        return process


@pytest.fixture(scope="module")
def hospital(lasting_place: Path) -> Iterator[Hospital]:
    hospital = Hospital(lasting_place / "data")
    yield hospital
    hospital.running.stop()


def test_everything_ends_with_a_killed_supervisor_and_the_next_start_finds_all(hospital: Hospital):
    assert hospital.write() == 200
    processes = hospital.running.processes()

    hospital.running.stop(signal.SIGKILL)

    until(lambda: all(map(is_gone, processes)), "no process is left")
    hospital.start()
    assert hospital.kept() == hospital.answered


def test_supervisor_and_database_killed_at_once_need_no_repair(hospital: Hospital):
    assert hospital.write() == 200
    database = hospital.running.child("bin/postgres")
    assert database is not None

    os.kill(database, signal.SIGKILL)
    hospital.running.stop(signal.SIGKILL)

    hospital.start()
    assert hospital.kept() == hospital.answered


def test_a_killed_web_server_is_started_again_and_those_who_come_meanwhile_wait(hospital: Hospital):
    assert hospital.write() == 200
    processes = [
        process for process, command in hospital.running.processes().items() if "gunicorn" in command
    ]

    hospital.kill("gunicorn")

    until(lambda: all(map(is_gone, processes)), "the web server's own processes are gone")
    assert hospital.kept() == hospital.answered
    assert hospital.write() == 200


def test_a_killed_worker_is_started_again(hospital: Hospital):
    until(lambda: hospital.running.child("robust.cli work"), "a worker")

    killed = hospital.kill("robust.cli work")

    until(lambda: hospital.running.child("robust.cli work") not in {None, killed}, "another worker")
    assert "The worker stopped by itself and is started again." in hospital.running.words()


def test_a_killed_database_is_started_again_and_meanwhile_nobody_sees_worse_than_please_wait(
    hospital: Hospital,
):
    assert hospital.write() == 200
    statuses = set()

    hospital.kill("bin/postgres")

    until(lambda: statuses.add(status := hospital.write()) or status == 200, "an answer")
    assert statuses <= {200, 503}
    assert hospital.kept() == hospital.answered


def test_a_stop_leaves_no_process_behind(hospital: Hospital):
    processes = hospital.running.processes()

    code = hospital.running.stop()

    assert code == 0
    assert [command for process, command in processes.items() if not is_gone(process)] == []
    hospital.start()
