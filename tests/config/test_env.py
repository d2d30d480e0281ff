import os

import pytest

from robust.config import env
from robust.config.env import MissingSetting

NAME = "ROBUST_OF_A_TEST"


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    monkeypatch.setenv(NAME, "x")
    monkeypatch.delenv(NAME)


def test_an_empty_text_counts_as_not_set(monkeypatch):
    monkeypatch.setenv(NAME, "  ")

    assert env.text(NAME, "usual") == "usual"
    assert env.optional(NAME) is None
    with pytest.raises(
        MissingSetting, match=f"{NAME} is not set. Set it in the environment and start again."
    ):
        env.text(NAME)


@pytest.mark.parametrize(
    ("word", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("no", False)]
)
def test_yes_and_no_are_understood(word, meant, monkeypatch):
    monkeypatch.setenv(NAME, word)

    assert env.flag(NAME, default=not meant) is meant


def test_a_number_must_be_one(monkeypatch):
    assert env.number(NAME, 7) == 7
    monkeypatch.setenv(NAME, "seven")
    with pytest.raises(
        MissingSetting, match=f"{NAME} is 'seven', which is not a number. Correct it and start again."
    ):
        env.number(NAME, 7)


def test_a_list_has_no_empty_parts(monkeypatch):
    monkeypatch.setenv(NAME, " a,, b ,")

    assert env.listed(NAME) == ["a", "b"]


def test_the_first_that_is_set_counts(monkeypatch):
    monkeypatch.setenv(NAME, "here")

    assert (env.first_set("ROBUST_NOWHERE", NAME), env.first_set("ROBUST_NOWHERE")) == ("here", "")


def test_what_a_program_inherits_can_be_changed():
    assert env.inherited(**{NAME: "new"}) == {**os.environ, NAME: "new"}


def test_what_is_settled_holds_for_this_process():
    env.settle(**{NAME: "settled"})

    assert env.text(NAME) == "settled"
