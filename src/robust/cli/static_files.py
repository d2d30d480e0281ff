"""Gather the style sheets, scripts and pictures that the web server hands out, when they have changed."""

import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command

from robust import __version__

STAMP = ".robust-stamp"
NOT_SERVED = ["*.map", "ninja"]  # the reference of the API is a page of our own


def collect(folder: Path) -> None:
    """Gather all static files in the folder, unless exactly these are there already."""
    wanted = _digest()
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=NOT_SERVED)
    stamp.write_text(wanted)


def _digest() -> str:
    digest = hashlib.sha256(__version__.encode())
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
