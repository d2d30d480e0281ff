import io
from dataclasses import replace
from math import inf

import pytest

from robust.cli.roster import numbers, progress
from robust.cli.roster.progress import CLEAR, Teller
from robust.engines.rostering import Progress

STATE = Progress(objective=200, bound=150.0, iterations=3, lawful=True, phase="")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_written_over_on_a_terminal(monkeypatch):
    monkeypatch.setattr(progress, "ON_A_TERMINAL_SECONDS", 0)
    stream = Terminal()
    teller = Teller(stream)

    teller.tell(STATE)
    teller.end()

    assert stream.getvalue() == f"{CLEAR}0 s: cost 200, at least 150, gap 25.0 %{CLEAR}"


def test_progress_is_a_line_now_and_then_elsewhere(monkeypatch):
    stream = io.StringIO()
    teller = Teller(stream)

    teller.tell(STATE)
    monkeypatch.setattr(progress, "ELSEWHERE_SECONDS", 0)
    teller.tell(replace(STATE, objective=250))
    teller.end()

    assert stream.getvalue() == "0 s: cost 250, at least 150, gap 40.0 %\n"


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (replace(STATE, lawful=False), "4 s: not lawful yet, cost 200, at least 150"),
        (replace(STATE, bound=-inf), "4 s: cost 200, at least 0, gap 100.0 %"),
    ],
)
def test_progress_tells_what_is_known(state, line):
    assert progress.told(state, seconds=4.2) == line


def test_numbers_are_written_as_the_reader_writes_them(monkeypatch):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")

    assert (numbers.share(0.0281), numbers.share(None), numbers.gap(0, 0.0)) == ("2,8 %", "–", 0.0)
