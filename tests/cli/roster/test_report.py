from dataclasses import replace

from robust.cli.__main__ import main
from robust.cli.roster import report
from robust.cli.roster.finding import Found
from robust.engines import rostering
from robust.engines.rostering import Problem, Roster
from tests.cli.roster.wards import WARD, problem, wrote


def test_an_unlawful_roster_is_told_first_what_must_not_be(tmp_path, capsys):
    rules = [{"kind": "run", "id": "two-days", "maximum": 2, "basis": "local", "reference": "agreed in May"}]
    ward = wrote(tmp_path / "ward.json", {**WARD, "rules": rules})
    (tmp_path / "roster.csv").write_text("D,D,D\n,,\n")

    code = main(["roster", "check", str(ward), str(tmp_path / "roster.csv")])

    assert code == 1
    assert capsys.readouterr().out.splitlines() == [
        "The roster is not lawful. Hard rules are broken in 1 places:",
        "  2026-10-05 – 2026-10-07 · Anna · too long a run: 1 · two-days (agreed in May)",
        "Cost: 3.",
        "What costs most:",
        "         3  wishes",
        "Whom it costs most:",
        "         3  Anna",
    ]


def test_many_violations_are_counted_after_the_first_twenty(tmp_path, capsys):
    ward = wrote(tmp_path / "ward.json", {**WARD, "horizon": {"starts_on": "2026-10-05", "day_count": 30}})
    empty = ("," * 29 + "\n") * 2
    (tmp_path / "roster.csv").write_text(empty)

    code = main(["roster", "check", str(ward), str(tmp_path / "roster.csv")])

    lines = capsys.readouterr().out.splitlines()
    assert (code, lines[1], lines[21]) == (
        1,
        "  2026-10-05 · fewer people than the minimum: 1 · day@0",
        "  And 10 more.",
    )


def test_rules_and_staffing_are_told_by_what_they_cost():
    two = problem(
        rules=[{"kind": "count", "id": "few", "maximum": 0, "weight": 5}],
        demands=[{"id": "day", "every_day": True, "shifts": ["D"], "wanted": 2, "under_weight": 4}],
        wishes=[],
    )
    roster = Roster(lines=((None, "D", "D"), (None, None, None)))

    lines = report.verdict_lines(two, rostering.check(two, roster))

    assert lines == [
        "The roster is lawful.",
        "Cost: 26.",
        "What costs most:",
        "        16  staffing",
        "        10  few",
        "Whom it costs most:",
        "        10  Anna",
    ]


def test_the_proof_is_told():
    two = problem()
    found = report_of(two, complete=True)

    assert report.proof_lines(found) == ["No lawful roster costs less than this one."]
    assert report.proof_lines(replace(found, complete=False, gap=0.028, relaxed_rules=("x", "y"))) == [
        "No lawful roster costs less than 10; the gap is 2.8 % of the cost.",
        "The bound leaves out these rules: x, y.",
    ]


def report_of(two: Problem, *, complete: bool):
    roster = Roster(lines=((None, "D", None), ("D", None, "D")))
    return Found(
        roster=roster,
        verdict=rostering.check(two, roster),
        bound=10,
        gap=0.0,
        seconds=1.0,
        iterations=1,
        seed=1,
        workers=1,
        relaxed_rules=(),
        complete=complete,
    )


def test_the_command_speaks_danish_where_the_computer_does(ward, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    (tmp_path / "roster.csv").write_text(",D,\nD,,D\n")

    main(["roster", "check", str(ward), str(tmp_path / "roster.csv")])

    assert capsys.readouterr().out == "Vagtplanen er lovlig.\nPris: 0.\n"
