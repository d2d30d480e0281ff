"""The user that the database runs as: the one at the keyboard, or an own one where that is root."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from robust.config.words import Refused
from robust.config.words import gettext as _

NAME = "robust"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemUser:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int


def database_user(existing: Path) -> SystemUser:
    """Give the user that owns the existing database; for a new one, who is at the keyboard, or an own user.

    PostgreSQL refuses to run as root, so root makes the user "robust" on the way. Raises: Refused.
    """
    if os.geteuid() != 0:
        return _known(os.geteuid())
    if existing.is_dir() and existing.stat().st_uid != 0:
        return _known(existing.stat().st_uid)
    try:
        return _of(pwd.getpwnam(NAME))
    except KeyError:
        return _made()


def closed_folder(path: Path, user: SystemUser) -> Path | None:
    """Give the folder on the way to the path that the user may not pass, if there is one."""
    return next((folder for folder in (path, *path.parents) if not _may_pass(folder.stat(), user)), None)


def _may_pass(folder: os.stat_result, user: SystemUser) -> bool:
    if folder.st_uid == user.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == user.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return user.uid == 0 or bool(folder.st_mode & stat.S_IXOTH)


def _known(uid: int) -> SystemUser:
    try:
        return _of(pwd.getpwuid(uid))
    except KeyError as error:
        raise Refused(
            _(
                "The user with number %d has no name on this computer, and the database needs one. "
                "Start Robust as a user that the computer knows."
            )
            % uid
        ) from error


def _made() -> SystemUser:
    program = shutil.which("useradd")
    shell = "/usr/sbin/nologin"
    if program:
        subprocess.run(  # noqa: S603 - the program's full path, and nothing from outside
            [program, "--system", "--user-group", "--home-dir", "/nonexistent", "--shell", shell, NAME],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        return _of(pwd.getpwnam(NAME))
    except KeyError as error:
        raise Refused(
            _(
                "The database may not run as root, and its own user “%s” could not be made. "
                "Make that user and start again, or start Robust as an ordinary user."
            )
            % NAME
        ) from error


def _of(entry: pwd.struct_passwd) -> SystemUser:
    return SystemUser(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)
