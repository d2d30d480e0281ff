import json
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from robust.cli import plan
from robust.cli.__main__ import main
from robust.engines.documents.limits import Refusal
from tests.cli.running import environment

TABLE = (
    "Indsats;Status\nFast kontaktperson til nye;I gang siden maj\nFaste makkerpar på vagten;Ikke begyndt\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text(TABLE)
    return path


def test_json_alone_goes_to_standard_output(table, capsys):
    code = main(["plan", "read", str(table), "--json"])

    out, err = capsys.readouterr()
    found = json.loads(out)
    assert (code, err) == (0, "2 initiatives found; 0 passages were not understood.\n")
    assert [(row["text"], row["status"]) for row in found["initiatives"]] == [
        ("Fast kontaktperson til nye", "I gang siden maj"),
        ("Faste makkerpar på vagten", "Ikke begyndt"),
    ]
    assert found["not_understood"] == []


def test_without_json_every_initiative_is_a_line(table, capsys):
    main(["plan", "read", str(table)])

    assert capsys.readouterr().out == "Fast kontaktperson til nye\nFaste makkerpar på vagten\n"


@pytest.mark.parametrize("path", ["/dev/zero", "/", "/nowhere/no.pptx"])
def test_what_is_no_file_is_refused(path, capsys):
    code = main(["plan", "read", path])

    said = f"There is no file {path}. Look whether its name and folder are right.\n"
    assert (code, *capsys.readouterr()) == (2, "", said)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, capsys, monkeypatch):
    (tmp_path / "plan.csv").touch()
    monkeypatch.setattr(Path, "read_bytes", Mock(side_effect=PermissionError))

    code = main(["plan", "read", str(tmp_path / "plan.csv")])

    said = f"{tmp_path}/plan.csv cannot be opened. See to it that you may read it, and try again.\n"
    assert (code, *capsys.readouterr()) == (2, "", said)


def test_a_file_of_another_kind_is_refused(tmp_path, capsys):
    (tmp_path / "plan.xyz").write_bytes(b"\x00\x01\x02")

    code = main(["plan", "read", str(tmp_path / "plan.xyz")])

    said = "Only PowerPoint, Word, Excel, CSV and PDF can be read. Save the file as one of them."
    assert (code, capsys.readouterr().err) == (2, f"{tmp_path}/plan.xyz: {said}\n")


def test_every_refusal_has_words():
    assert set(plan._refusals()) == set(Refusal.__args__)


def test_a_plan_is_read_without_a_database_and_without_settings(table):
    read = "from robust.cli.__main__ import main; import sys; main(['plan', 'read', sys.argv[1]])"
    look = "from django.conf import settings; print(settings.configured)"

    done = subprocess.run(
        [sys.executable, "-c", f"{read}; {look}", table],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "False"
