"""The folder that one installation keeps its things in: the database, the secret key, the static files."""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from robust import __version__
from robust.config import env
from robust.config.words import Refused
from robust.config.words import gettext as _

ANY_KIND = ""
SPACE_TO_START_BYTES = 300_000_000
SPACE_TO_WORK_BYTES = 60_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFolder:
    """One installation's folder, for real work, for a demo, or whatever it is already for."""

    path: Path
    kind: str

    def prepare(self) -> None:
        """Make the folder, or check that it is one for this version and this use. Raises: Refused."""
        try:
            self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(
                _("The data folder %(folder)s cannot be made: %(reason)s. Choose another with --data FOLDER.")
                % {"folder": self.path, "reason": error.strerror}
            ) from error
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise Refused(
                _("You may not write in the data folder %s. Choose another with --data FOLDER.") % self.path
            )
        self._check_kind()
        self._check_version()
        self.check_space(SPACE_TO_START_BYTES)

    def check_space(self, wanted_bytes: int) -> None:
        """Raises: Refused when the disk is so full that the database might stop in the middle of work."""
        free = shutil.disk_usage(self.path).free
        if free < wanted_bytes:
            raise Refused(
                _(
                    "The disk that holds %(folder)s is nearly full: %(free)d MB are left, and Robust needs "
                    "%(wanted)d MB. Nothing is lost. Make room and start again."
                )
                % {"folder": self.path, "free": free // 1_000_000, "wanted": wanted_bytes // 1_000_000}
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others out of the folder for as long as this process works in it. Raises: Refused."""
        with (self.path / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise Refused(
                    _("Robust already works in %(folder)s (process %(process)s). Stop it first.")
                    % {"folder": self.path, "process": lock.read().strip()}
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def is_in_use(self) -> bool:
        """Tell whether another process works in the folder."""
        try:
            with self.locked():
                return False
        except Refused:
            return True

    def stamp(self) -> None:
        """Write down which version has worked here; a newer one may come, an older one may not."""
        self._write("version", __version__)

    def secret_key(self) -> str:
        """Give the key that sessions and links are signed with, made once and kept from others."""
        path = self.path / "secret_key"
        if not path.exists():
            self._write("secret_key", secrets.token_urlsafe(50))
        return path.read_text().strip()

    @property
    def static(self) -> Path:
        return self.path / "static"

    def _check_kind(self) -> None:
        path = self.path / "kind"
        if not path.exists():
            self._write("kind", self.kind or "real")
        if self.kind and path.read_text().strip() != self.kind:
            sentence = (
                _("%s holds real work, so no demo hospital is put there. Choose another folder.")
                if self.kind == "demo"
                else _("%s holds a demo hospital, whose password everybody knows. Choose another folder.")
            )
            raise Refused(sentence % self.path)

    def _check_version(self) -> None:
        path = self.path / "version"
        found = path.read_text().strip() if path.exists() else __version__
        if _parts(found) > _parts(__version__):
            raise Refused(
                _(
                    "%(folder)s was last used by Robust %(found)s, and this is %(own)s. Nothing was changed. "
                    "Start version %(found)s or a newer one."
                )
                % {"folder": self.path, "found": found, "own": __version__}
            )

    def _write(self, name: str, text: str) -> None:
        unfinished = self.path / f"{name}.new"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self.path / name)


def usual_place(kind: str) -> Path:
    """Give where the data lies when nobody says otherwise: the user's data folder, for root the system's."""
    name = "robust-demo" if kind == "demo" else "robust"
    if (chosen := env.optional("ROBUST_DATA_FOLDER")) is not None:
        return Path(chosen).expanduser()
    if os.geteuid() == 0:
        return Path("/var/lib") / name
    return Path(env.optional("XDG_DATA_HOME") or Path.home() / ".local" / "share") / name


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
