import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from robust.cli.__main__ import main
from robust.engines import rostering
from tests.cli.roster.wards import CURTOIS, WARD, said, solved, wrote


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_a_roster_that_was_written_can_be_read_again(suffix, ward, tmp_path, capsys):
    out = tmp_path / f"roster{suffix}"
    solved(ward, "--out", out)
    capsys.readouterr()

    code = main(["roster", "check", str(ward), str(out), "--json"])

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert told == {
        "objective": 0,
        "violations": 0,
        "lawful": True,
        "cost_by_rule": {},
        "cost_by_person": {},
        "found": [],
    }


def test_a_roster_is_drawn_as_a_page(ward, tmp_path):
    solved(ward, "--out", tmp_path / "roster.html")

    page = (tmp_path / "roster.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert "<p>Nothing is broken.</p>" in page


@pytest.mark.parametrize("path", ["/dev/zero", "/nowhere/no.txt"])
def test_what_is_no_file_is_refused(path, capsys):
    code = solved(path)

    assert (code, said(capsys)) == (
        2,
        f"There is no file {path}. Look whether its name and folder are right.\n",
    )


def test_a_folder_needs_the_name_of_its_instance(tmp_path, capsys):
    assert solved(tmp_path) == 2
    assert said(capsys) == "Say which instance of the folder with --instance, such as n030w4_1_6-2-9-1.\n"
    assert solved(tmp_path / "no", "--format", "inrc2") == 2
    assert said(capsys) == f"There is no folder {tmp_path}/no. Look whether its name is right.\n"


def test_a_file_that_may_not_be_read_is_refused(ward, capsys, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", Mock(side_effect=PermissionError))

    code = solved(ward)

    assert (code, said(capsys)) == (
        2,
        f"{ward} cannot be opened. See to it that you may read it, and try again.\n",
    )


def test_a_file_that_is_not_utf_8_is_refused(ward, capsys):
    ward.write_bytes(b'{"name": "\xe6"}')

    code = solved(ward)

    assert (code, said(capsys)) == (
        2,
        f"{ward} is not text in UTF-8: byte 10 is none. Save it as UTF-8 and try again.\n",
    )


def test_everything_that_is_wrong_is_told_with_its_place(tmp_path, capsys):
    wrong = {**WARD, "people": [{"id": "a"}, {"id": "a", "experience_years": "ten"}], "shifts": {}}
    ward = wrote(tmp_path / "ward.json", wrong)

    code = solved(ward)

    assert (code, said(capsys).splitlines()) == (
        2,
        [
            f"{ward}:",
            "$.shifts: a list must stand here, not an object.",
            "$.people[1].experience_years: a whole number must stand here, not ten.",
        ],
    )


def test_a_problem_is_rewritten_in_another_form(tmp_path, capsys):
    (tmp_path / "small.txt").write_text(CURTOIS)
    words = ["roster", "convert", str(tmp_path / "small.txt"), "--to", "robust"]

    code = main([*words, "--out", str(tmp_path / "small.json")])

    back = ["roster", "convert", str(tmp_path / "small.json"), "--to", "curtois"]
    assert (code, main([*back, "--out", str(tmp_path / "again.txt")])) == (0, 0)
    read = [
        rostering.curtois.read_problem((tmp_path / name).read_text(), name="small")
        for name in ("small.txt", "again.txt")
    ]
    assert read[0] == read[1]


def test_a_roster_is_rewritten_in_another_form(ward, tmp_path):
    (tmp_path / "roster.csv").write_text(",D,\nD,,D\n")
    words = ["roster", "convert", str(ward), "--to", "robust", "--roster", str(tmp_path / "roster.csv")]

    code = main([*words, "--out", str(tmp_path / "lines")])

    assert (code, json.loads((tmp_path / "lines").read_text())["lines"]) == (
        0,
        {"a": [None, "D", None], "b": ["D", None, "D"]},
    )


def test_what_a_form_cannot_say_is_named(ward, tmp_path, capsys):
    code = main(["roster", "convert", str(ward), "--to", "curtois", "--out", str(tmp_path / "ward.txt")])

    told = said(capsys).splitlines()
    assert (code, told[0], told[1]) == (2, f"{ward}:", "$.demands[0]: the form cannot say this.")
    assert not (tmp_path / "ward.txt").exists()


def test_a_picture_needs_a_roster(ward, tmp_path, capsys):
    code = main(["roster", "convert", str(ward), "--to", "html", "--out", str(tmp_path / "ward.html")])

    assert (code, said(capsys)) == (2, "A sheet and a picture show a roster. Name its file with --roster.\n")


def test_a_place_that_cannot_be_written_is_refused(ward, tmp_path, capsys):
    (tmp_path / "roster.csv.new").mkdir()

    code = solved(ward, "--out", tmp_path / "roster.csv")

    told = f"{tmp_path}/roster.csv cannot be written: Is a directory. Choose another place with --out.\n"
    assert (code, said(capsys)) == (2, told)
