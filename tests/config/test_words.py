import errno

import pytest

from robust.config.words import gettext as _
from robust.config.words import language, say


@pytest.fixture(autouse=True)
def no_language(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "da"}, "da"),
    ],
)
def test_the_language_is_that_of_the_computer(variables, expected, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert language() == expected


def test_sentences_are_translated_without_django(monkeypatch):
    assert _("Stopped.") == "Stopped."
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert _("Stopped.") == "Stoppet."


class ClosedTerminal:
    """What is left of standard error when its window is closed."""

    def write(self, _words: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_a_closed_terminal_keeps_nobody_from_stopping(monkeypatch):
    monkeypatch.setattr("sys.stderr", ClosedTerminal())

    assert say("Stopping …") is None


def test_sentences_go_to_standard_error(capsys):
    say("Hello.")

    assert capsys.readouterr() == ("", "Hello.\n")
