"""The script `robust`: what a newcomer meets before there is any Python of ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own, with a space in its path and a lock that wants nothing."""
    folder = tmp_path / "a checkout"
    (folder / "requirements").mkdir(parents=True)
    for name in ("app", "test"):
        (folder / "requirements" / f"{name}.lock").write_text("")
    shutil.copy(CHECKOUT / "robust", folder)
    package = folder / "src" / "robust" / "cli"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("import sys; print(sys.argv[1:])")
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with what the script needs of the system, and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("cat", "cksum", "dirname", "mkdir", "readlink", "sh", "tail"):
        (folder / name).symlink_to(shutil.which(name) or "")
    return folder


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def run(script: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    plain = {"PATH": os.environ["PATH"], "HOME": str(script.parent), "PIP_NO_INDEX": "1"}
    return subprocess.run(
        [script, *words], env={**plain, **variables}, capture_output=True, text=True, check=False
    )


def python_with(folder: Path, checkout: Path, *, pip: str = "exit 0") -> Path:
    """An environment that the script takes for its own."""
    bin_folder = checkout / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    program(
        bin_folder,
        "python",
        f'case "$*" in *"pip --version"*) ;; *"pip install"*) {pip} ;; *) exec {sys.executable} "$@" ;; esac',
    )
    return bin_folder


def test_the_second_run_installs_nothing(checkout):
    python_with(checkout, checkout)

    first, second = run(checkout / "robust", "demo", "--port", "1"), run(checkout / "robust", "version")

    assert (first.returncode, first.stdout) == (0, "['demo', '--port', '1']\n")
    assert first.stderr.startswith(f"Robust is being installed in {checkout}/.venv.")
    assert (second.stdout, second.stderr) == ("['version']\n", "")


def test_it_works_from_anywhere_and_through_a_link(checkout, tmp_path):
    python_with(checkout, checkout)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "robust").symlink_to("../a checkout/robust")

    assert run(tmp_path / "bin" / "robust", "version").stdout == "['version']\n"


def test_the_environment_is_made_with_what_python_brings(checkout):
    done = run(checkout / "robust", "version", ROBUST_PYTHON=sys.executable)

    assert (done.returncode, done.stdout) == (0, "['version']\n")
    assert (checkout / ".venv" / "pyvenv.cfg").exists()


def test_the_tests_have_more_to_install(checkout):
    python_with(checkout, checkout)
    run(checkout / "robust", "version")

    done = run(checkout / "robust", "test")

    assert "Robust is being installed" in done.stderr
    assert sorted(path.name for path in (checkout / ".venv").glob("robust-*-lock")) == [
        "robust-app-lock",
        "robust-test-lock",
    ]


def test_no_python_at_all_is_told(checkout, tools):
    done = run(checkout / "robust", "demo", PATH=str(tools))

    said = "Robust needs Python 3.11 or newer, and there is no Python here. "
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        said + "On Debian and Ubuntu: apt install python3 python3-venv.",
    )


def test_a_python_that_is_too_old_is_told_in_danish(checkout, tools):
    program(tools, "python3", '[ "$1" = --version ] && echo Python 3.9.6 || exit 1')

    done = run(checkout / "robust", "demo", PATH=str(tools), LANG="da_DK.UTF-8")

    said = "Robust skal bruge Python 3.11 eller nyere, og her er Python 3.9.6 (macOS har selv 3.9)."
    assert (done.returncode, done.stderr.splitlines()[-1].startswith(said)) == (2, True)


def test_a_missing_venv_module_is_named(checkout, tools):
    program(tools, "python3", 'case "$2" in *ensurepip*) exit 1 ;; *print*) echo 3.12 ;; esac')

    done = run(checkout / "robust", "demo", PATH=str(tools))

    said = "Python cannot make an environment because its venv module is missing. "
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        said + "On Debian and Ubuntu: apt install python3-venv (or python3.12-venv).",
    )


def test_packages_that_cannot_be_fetched_are_told_with_a_way_out(checkout):
    python_with(checkout, checkout, pip="echo no route to host; exit 1")

    done = run(checkout / "robust", "demo")

    assert done.returncode == 2
    assert done.stderr.splitlines()[1] == "no route to host"
    assert "run this again with ROBUST_WHEELHOUSE=FOLDER" in done.stderr


def test_a_wheelhouse_takes_the_place_of_the_network(checkout, tmp_path):
    python_with(checkout, checkout, pip=f'echo "$*" > "{tmp_path}/asked"')

    run(checkout / "robust", "version", ROBUST_WHEELHOUSE="/mnt/wheels")

    assert "--no-index --find-links /mnt/wheels --no-deps" in (tmp_path / "asked").read_text()


def test_uv_installs_where_it_is(checkout, tools, tmp_path):
    python_with(checkout, checkout)
    program(tools, "uv", f'echo "$*" > "{tmp_path}/asked"')

    run(checkout / "robust", "version", PATH=f"{tools}:{os.environ['PATH']}")

    assert (
        (tmp_path / "asked")
        .read_text()
        .startswith(f"pip install --python {checkout}/.venv/bin/python --no-deps")
    )
