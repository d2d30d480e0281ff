import sys

import pytest

from robust.cli import testing
from robust.cli.__main__ import main
from robust.cli.testing import Step, report, steps


def named(selection):
    return [step.name for step in steps(selection)]


def test_everything_is_checked_before_the_tests_run():
    checks = ["ruff check", "ruff format", "djade", "mypy", "lint-imports"]

    assert named([]) == [
        *("chromium", *checks, "coverage erase", "tests/engines", "tests", "tests/journeys", "coverage")
    ]
    assert named(["lint"]) == [*checks, "tests/architecture"]


def test_words_and_paths_choose_tests():
    (step,) = steps(["k=publish", "tests/roster"])

    assert step.commands == [[sys.executable, "-m", "pytest", "-k=publish", "tests/roster"]]


def test_chosen_tests_end_with_what_pytest_says(capfd):
    code = main(["test", "k=", "--version"])

    assert (code, capfd.readouterr().out) == (0, f"pytest {pytest.__version__}\n")


def test_a_report_names_what_is_not_in_order_and_keeps_standard_output_for_pytest(capfd):
    def saying(word, code):
        return [sys.executable, "-c", f"print({word!r}); raise SystemExit({code})"]

    code = report(
        [
            Step(name="good", commands=[saying("one", 0)]),
            Step(name="bad", commands=[saying("two", 0), saying("three", 1)]),
            Step(name="pytest", commands=[saying("four", 0)], is_pytest=True),
        ]
    )

    out, err = capfd.readouterr()
    assert (code, out) == (1, "four\n")
    assert [line for line in err.splitlines() if " s" not in line] == [
        "one",
        "two",
        "three",
        "Not in order: bad.",
    ]


def test_a_report_of_good_steps_is_good():
    assert report([Step(name="good", commands=[[sys.executable, "-c", ""]])]) == 0


def test_an_installed_package_has_no_tests(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(testing, "CHECKOUT", tmp_path)

    code = main(["test"])

    said = "The tests come with the source code, and this is an installed package.\n"
    assert (code, capsys.readouterr().err) == (2, said)
