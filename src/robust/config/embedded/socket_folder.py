"""Where the database listens: a folder only its user can enter, with a path short enough for a socket."""

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from robust.config import env
from robust.config.embedded.system_user import SystemUser
from robust.config.words import Refused
from robust.config.words import gettext as _

LONGEST_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"


def socket_folder(data: Path, user: SystemUser) -> Path:
    """Give the folder for this database's socket, made and checked. Raises: Refused when it is another's."""
    folder = data / "run"
    if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_PATH:
        folder = _short_folder(data, user)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.lstat().st_uid == os.geteuid():
        os.chown(folder, user.uid, user.gid, follow_symlinks=False)
    _check_owner(folder, user)
    folder.chmod(0o700)
    return folder


def _short_folder(data: Path, user: SystemUser) -> Path:
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    name = f"robust-{user.uid}-{digest}"
    at_run_time = env.optional("XDG_RUNTIME_DIR") if os.geteuid() != 0 else None
    short = Path(at_run_time or tempfile.gettempdir()) / name
    fits = len(os.fsencode(short / SOCKET_NAME)) <= LONGEST_PATH
    return short if fits else Path("/tmp") / name  # noqa: S108 - private, and its owner is checked


def _check_owner(folder: Path, user: SystemUser) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid:
        raise Refused(
            _("%s belongs to somebody else, so the database will not use it. Remove it and start again.")
            % folder
        )
