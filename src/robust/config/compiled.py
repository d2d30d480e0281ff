"""Where compiled loops are kept between runs: compiled once, and a start needs no writable source."""

import atexit
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from robust.config import env

PLACE = "NUMBA_CACHE_DIR"


def settle() -> Path:
    """Name the folder for this process and those it starts, before the first compiled loop is imported.

    What the environment names stands; else it is the user's cache folder, or where that cannot be written one
    that goes with the process. Never a folder that others may write: what lies there is run.
    """
    named = env.optional(PLACE)
    place = Path(named) if named else _kept() or _passing()
    env.settle(**{PLACE: str(place)})
    return place


def _kept() -> Path | None:
    place = Path(env.optional("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "robust" / "compiled"
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=place).close()
        if _is_ours(place.stat()):
            return place
    return None


def _is_ours(found: os.stat_result) -> bool:
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _passing() -> Path:
    place = tempfile.mkdtemp(prefix="robust-compiled-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return Path(place)
