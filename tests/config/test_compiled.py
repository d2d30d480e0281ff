import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from robust.config import compiled
from robust.config.compiled import PLACE
from tests.cli.running import environment

LOOP = "from numba import njit\n\n\n@njit(cache=True)\ndef doubled(number):\n    return number + number\n"
USE = "from robust.config import compiled; compiled.settle(); import loop; print(loop.doubled(21))"


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    monkeypatch.setenv(PLACE, "x")
    monkeypatch.delenv(PLACE)


def test_a_place_that_is_named_stands(monkeypatch, tmp_path):
    monkeypatch.setenv(PLACE, str(tmp_path / "named"))

    assert compiled.settle() == tmp_path / "named"
    assert os.environ[PLACE] == str(tmp_path / "named")


def test_the_usual_place_is_the_users_own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    place = compiled.settle()

    assert (place, os.environ[PLACE]) == (tmp_path / "robust" / "compiled", str(place))
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_folder_of_somebody_else_is_not_trusted(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)

    assert compiled.settle() != tmp_path / "robust" / "compiled"


def test_compiled_loops_start_where_neither_the_source_nor_the_cache_can_be_written(tmp_path):
    (tmp_path / "loop.py").write_text(LOOP)
    (tmp_path / "__pycache__").write_text("in the way, since root may write everywhere")
    places = {"XDG_CACHE_HOME": "/proc/nowhere", "HOME": "/proc/nowhere", "TMPDIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", USE],
        env=environment(**places, PYTHONPATH=f"{Path(compiled.__file__).parents[2]}:{tmp_path}"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["__pycache__", "loop.py"]
