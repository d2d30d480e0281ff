import os
import socket
from pathlib import Path

import pytest

from robust.cli import chromium, wheel
from robust.cli.__main__ import main
from robust.cli.check import report, walk_as_everybody
from robust.cli.installation import chosen
from robust.cli.supervisor import Supervisor
from tests.cli.running import environment, robust

APT_GET = """#!/bin/sh
[ "$1" = install ] && printf '#!/bin/sh\\n' > {folder}/chromium && /bin/chmod 755 {folder}/chromium
exit 0
"""


def test_the_demo_shows_everybody_every_page_and_leaves_nothing_behind(place):
    done = robust("demo", "--check", timeout=600, env=environment(TMPDIR=str(place)))

    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith(" pages visited, 0 failures.\n")
    assert list(place.iterdir()) == []


def test_failures_are_named_and_counted(capsys):
    code = report(7, ["http://localhost:8000/ answered 500 to bo@demo.example."])

    said = "http://localhost:8000/ answered 500 to bo@demo.example.\n7 pages visited, 1 failures.\n"
    assert (code, capsys.readouterr().err) == (1, said)


def test_a_demo_without_people_is_a_failure(place, monkeypatch):
    monkeypatch.delenv("ROBUST_DATABASE_URL")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        empty = Supervisor(installation=chosen(place, kind="demo"), listener=listener)

        assert walk_as_everybody(empty) == (0, ["The demo hospital has nobody to sign in as."])


def test_a_browser_that_is_there_is_used(tmp_path, monkeypatch):
    (tmp_path / "chromium").touch(mode=0o755)
    monkeypatch.setenv("ROBUST_CHROMIUM", str(tmp_path / "chromium"))

    assert main(["chromium"]) == 0
    assert chromium.find() == f"{tmp_path}/chromium"


def test_root_gets_debians_browser(tmp_path, monkeypatch, capsys):
    (tmp_path / "apt-get").write_text(APT_GET.format(folder=tmp_path))
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setattr(chromium, "APT_GET", tmp_path / "apt-get")
    monkeypatch.setattr(chromium, "NAMES", ("chromium",))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("ROBUST_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}")

    found = chromium.ensure()

    assert (found, capsys.readouterr().err) == (
        f"{tmp_path}/chromium",
        "Installing Chromium for the browser tests …\n",
    )


def test_others_are_told_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("ROBUST_CHROMIUM", str(tmp_path / "none"))

    code = main(["chromium"])

    said = capsys.readouterr().err
    assert (code, said.startswith("The browser tests need Chromium, and it is not installed.")) == (2, True)


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "app.lock"
    path.touch()
    monkeypatch.setattr(wheel, "LOCK", path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return path


def test_the_package_is_built_and_an_environment_without_its_needs_fails_the_check(lock, monkeypatch, capfd):
    monkeypatch.setenv("ROBUST_WHEELHOUSE", str(lock.parent))

    code = main(["wheel", "--check"])

    err = capfd.readouterr().err
    assert code == 1
    assert "robust_hospital-" in err
    assert "ModuleNotFoundError: No module named 'django'" in err


def test_needs_that_cannot_be_met_are_named(lock, capfd):
    lock.write_text("no-such-package==1.0 --hash=sha256:" + "0" * 64 + "\n")

    code = main(["wheel", "--check"])

    assert (code, capfd.readouterr().err.endswith(f"--requirement {lock}” did not succeed.\n")) == (2, True)


def test_an_installed_package_builds_none(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(wheel, "LOCK", tmp_path / "app.lock")

    code = main(["wheel"])

    said = "The package is built from the source code, and this is an installed package.\n"
    assert (code, capsys.readouterr().err) == (2, said)
