"""Real workers in processes of their own, on the real database."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone

from robust.organisation import actions
from robust.organisation.models import JobRun, UnitType
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60


def eventually(condition: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE_SECONDS
    while not condition():
        assert monotonic() < deadline, "it did not happen"
        Event().wait(0.02)


def state_of(run: JobRun) -> tuple[str, int, str]:
    run.refresh_from_db()
    return run.state, run.done_count, run.message


def counted(run: JobRun) -> dict[str, str]:
    rows = UnitType.objects.filter(code__startswith=f"{run.pk}-")
    return {code.partition("-")[2]: name for code, name in rows.values_list("code", "name")}


class Worker:
    def __init__(self, *, options: str = "") -> None:
        settings = connection.settings_dict
        url = f"options='{options}' " + " ".join(
            f"{key}={settings[name]}"
            for key, name in (("dbname", "NAME"), ("user", "USER"), ("host", "HOST"), ("port", "PORT"))
            if settings[name]
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.organisation.counting"],
            env=os.environ | {"ROBUST_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def end(self, name: signal.Signals) -> int:
        self.process.send_signal(name)
        self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode


@pytest.fixture
def start_worker() -> Iterator[Callable[[], Worker]]:
    started: list[Worker] = []

    def start(**how: str) -> Worker:
        started.append(Worker(**how))
        return started[-1]

    yield start
    for worker in started:
        if worker.process.poll() is None:
            worker.end(signal.SIGKILL)


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "open"


def start_counting(gate: Path, *, kind: str = "count", gate_at: int = 3, total: int = 6) -> JobRun:
    return actions.start_job(
        kind,
        title="Tæl",
        account=factories.make_account(),
        arguments={"gate": str(gate), "gate_at": gate_at, "total": total},
        now=timezone.now(),
    )


def forget_heartbeats() -> None:
    """Let the time pass after which a silent worker counts as killed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '7 seconds'"
        )


def test_a_killed_workers_job_is_finished_by_another_from_its_checkpoint(start_worker, gate):
    run = start_counting(gate)
    killed = start_worker()
    eventually(lambda: state_of(run) == ("running", 3, ""))

    killed.end(signal.SIGKILL)
    start_worker()
    forget_heartbeats()
    gate.touch()
    actions.rescue_jobs(now=timezone.now())
    eventually(lambda: state_of(run)[0] != "running")

    assert state_of(run) == ("done", 6, "from 3")
    assert counted(run) == {"0": "from 0", "1": "from 0", "2": "from 0"} | dict.fromkeys("345", "from 3")
    assert run.attempt_count == 2


def test_a_frozen_worker_that_wakes_writes_nothing_into_the_job_of_the_other(start_worker, gate):
    run = start_counting(gate)
    frozen = start_worker()
    eventually(lambda: state_of(run) == ("running", 3, ""))

    frozen.process.send_signal(signal.SIGSTOP)
    forget_heartbeats()
    actions.rescue_jobs(now=timezone.now())
    start_worker()
    gate.touch()
    eventually(lambda: state_of(run)[0] != "running")
    frozen.process.send_signal(signal.SIGCONT)

    assert frozen.end(signal.SIGTERM) == 0
    assert state_of(run) == ("done", 6, "from 3")
    assert counted(run) == {"0": "from 0", "1": "from 0", "2": "from 0"} | dict.fromkeys("345", "from 3")


def test_a_worker_that_freezes_in_a_transaction_does_not_keep_its_job_from_the_other(start_worker, gate):
    run = start_counting(gate, kind="hold")
    frozen = start_worker(options="-c idle_in_transaction_session_timeout=1s")
    eventually(gate.with_name("held").exists)

    frozen.process.send_signal(signal.SIGSTOP)
    forget_heartbeats()
    actions.rescue_jobs(now=timezone.now())
    gate.touch()
    start_worker()
    eventually(lambda: state_of(run)[0] != "running")

    assert state_of(run) == ("done", 1, "held")
    assert run.attempt_count == 2


def test_a_planned_stop_puts_the_job_back_and_counts_as_no_attempt(start_worker, gate):
    run = start_counting(gate)
    stopped = start_worker()
    eventually(lambda: state_of(run) == ("running", 3, ""))

    code = stopped.end(signal.SIGTERM)
    waiting = state_of(run), run.attempt_count
    gate.touch()
    start_worker()
    eventually(lambda: state_of(run)[0] == "done")

    assert (code, waiting) == (0, (("waiting", 3, ""), 0))
    assert state_of(run) == ("done", 6, "from 3")
    assert run.attempt_count == 1


def test_a_running_job_is_cancelled_while_it_waits(start_worker, gate):
    run = start_counting(gate)
    start_worker()
    eventually(lambda: state_of(run) == ("running", 3, ""))

    actions.cancel_job(run, actor=run.started_by, now=timezone.now())
    eventually(lambda: state_of(run)[0] != "running")

    assert state_of(run) == ("cancelled", 3, "")


def test_two_workers_share_the_jobs_and_do_each_once(start_worker, gate):
    gate.touch()
    runs = [start_counting(gate, total=3) for _number in range(6)]
    start_worker()
    start_worker()

    eventually(lambda: all(state_of(run)[0] == "done" for run in runs))

    assert [(state_of(run), run.attempt_count) for run in runs] == [(("done", 3, "from 0"), 1)] * 6
    assert [counted(run) for run in runs] == [dict.fromkeys("012", "from 0")] * 6
