import json
import re
import subprocess
import sys

import pytest

from robust.cli.__main__ import main
from robust.cli.roster import finding
from robust.engines.rostering import TooLarge
from tests.cli.roster.wards import WARD, problem, said, solved, wrote
from tests.cli.running import environment

LOOK = "Look at what is fixed for them, at their history and at the rules that hold for them."


def test_solving_ends_with_one_object_on_the_last_line(ward, capsys):
    code = solved(ward, "--seed", "7", "--json")

    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert code == 0
    assert told.keys() == {
        "objective", "bound", "gap", "seconds", "violations", "seed", "iterations", "lawful", "workers",
        "complete", "relaxed_rules",
    }  # fmt: skip
    assert (told["objective"], told["violations"], told["lawful"]) == (0, 0, True)
    assert (told["seed"], told["workers"]) == (7, 1)


def test_a_search_ends_when_nothing_better_is_possible(ward, capsys):
    code = main(["roster", "solve", str(ward), "--json"])

    told = json.loads(capsys.readouterr().out)
    assert (code, told["complete"], told["bound"], told["gap"]) == (0, True, 0, 0.0)


def test_solving_tells_in_words_what_was_found(ward, capsys):
    code = solved(ward)

    lines = capsys.readouterr().out.splitlines()
    assert (code, lines[:2]) == (0, ["The roster is lawful.", "Cost: 0."])
    assert re.fullmatch(r"\d+ seconds, seed 1, \d+ iterations\.", lines[-1])


def test_a_search_begins_with_the_roster_that_is_given(ward, tmp_path, capsys):
    (tmp_path / "start.csv").write_text(",D,\nD,,D\n")

    code = solved(ward, "--start", tmp_path / "start.csv", "--json")

    assert (code, json.loads(capsys.readouterr().out)["objective"]) == (0, 0)


def test_somebody_without_a_lawful_row_is_named(tmp_path, capsys):
    rules = [{"kind": "count", "id": "none", "maximum": 0}]
    fixed = [{"person": "b", "day": 1, "shifts": ["D"]}]
    ward = wrote(tmp_path / "ward.json", {**WARD, "rules": rules, "fixed": fixed})

    code = solved(ward)

    assert (code, said(capsys)) == (
        2,
        f"There is no lawful roster: no row of days is lawful for Bo, whatever others do. {LOOK}\n",
    )


def test_weights_that_overflow_are_refused(tmp_path, capsys):
    heavy = [{"kind": "count", "id": f"heavy{k}", "maximum": 0, "weight": 10**7} for k in range(40)]
    ward = wrote(tmp_path / "ward.json", {**WARD, "rules": heavy})

    code = solved(ward)

    assert (code, said(capsys)) == (
        2,
        "The weights are so heavy that what a roster costs cannot be counted. Make them smaller.\n",
    )


def test_more_rows_of_days_than_fit_in_memory_are_told():
    assert finding.why_impossible(TooLarge(), problem()) == (
        "The rules leave somebody more possible rows of days than can be kept in memory. Plan a shorter "
        "period, or leave out the rules with the longest windows."
    )


def test_what_cannot_be_lawful_gives_another_exit_code(tmp_path, capsys):
    ward = wrote(tmp_path / "ward.json", {**WARD, "rules": [{"kind": "count", "id": "none", "maximum": 0}]})

    code = solved(ward, "--json")

    told = json.loads(capsys.readouterr().out)
    assert (code, told["lawful"], told["violations"]) == (1, False, 3)


def test_an_instance_of_the_competition_is_solved_whole(competition, tmp_path, capsys):
    out = tmp_path / "found"

    code = solved(competition, "--instance", "tiny_0_3-5", "--out", out)

    capsys.readouterr()
    checked = main(["roster", "check", str(competition), str(out), "--instance", "tiny_0_3-5"])
    assert (code, checked) == (0, 0)
    assert sorted(path.name for path in out.iterdir()) == ["Sol-tiny-3-0.txt", "Sol-tiny-5-1.txt"]


def test_an_instance_of_the_competition_is_solved_week_by_week(competition, tmp_path, capsys):
    code = solved(competition, "--instance", "tiny_0_3-5", "--staged", "--out", tmp_path / "found")

    assert code == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "The roster is lawful."
    assert "There is no bound, so nothing is known of how good the best roster is." in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--staged"], "Only problems of the competition can be solved week by week.\n"),
        (
            ["--staged", "--start", "start.csv"],
            "A search week by week has no roster to begin with; leave out --start.\n",
        ),
        (
            ["--out", "roster.doc"],
            "roster.doc must end in .csv, .json, .xlsx or .html, which says how it is written.\n",
        ),
        (
            ["--out", "nowhere/roster.csv"],
            "There is no folder {}/nowhere. Make it first, or choose another.\n",
        ),
        (["--seed", "-1"], "-1 is no whole number from 0 on.\n"),
        (["--seed", "9" * 5000], "9" * 5000 + " is no whole number from 0 on.\n"),
        (["--workers", "0"], "The number must be at least 1.\n"),
        (["--seconds", "nan"], "nan is no number of seconds above 0.\n"),
        (["--seconds", "soon"], "soon is no number of seconds above 0.\n"),
    ],
)
def test_what_makes_no_sense_is_refused_before_the_search(
    words, sentence, ward, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "start.csv").write_text(",D,\nD,,D\n")

    code = solved(ward, *words)

    assert (code, said(capsys)) == (2, sentence.format(tmp_path))


INTERRUPTED = """
import os, signal, sys, threading, time
from robust.cli.__main__ import main

def interrupt():
    while signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt, daemon=True).start()
sys.exit(main(["roster", "solve", *sys.argv[1:]]))
"""


def test_interrupting_ends_the_search_with_the_best_roster_so_far(ward, tmp_path):
    out = tmp_path / "roster.csv"

    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, ward, "--seconds", "60", "--out", out],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.startswith(
        "The search ends with the best roster so far. Ctrl-C once more breaks it off."
    )
    assert done.stdout.splitlines()[-1].endswith(" iterations.")
    assert len(out.read_text().splitlines()) == 2
