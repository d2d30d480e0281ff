"""One installation as the commands see it: its folder, its database, and what its processes must know."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import robust
from robust.config import env
from robust.config.data_folder import ANY_KIND, DataFolder, usual_place
from robust.config.embedded.server import EmbeddedServer
from robust.config.words import Refused
from robust.config.words import gettext as _

SOURCES = Path(robust.__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A data folder, and the embedded server in it, or the address of the hospital's own."""

    folder: DataFolder
    server: EmbeddedServer | None
    own_url: str

    def url(self, role: str) -> str:
        """Give the address of the database for a role; a hospital's own server has one role for all."""
        return self.server.url(role) if self.server else self.own_url

    def environment(self, role: str, **more: str) -> dict[str, str]:
        """Give the environment for a process that works with this installation in a role."""
        return env.inherited(**self.variables(role), PYTHONPATH=str(SOURCES), **more)

    def variables(self, role: str) -> dict[str, str]:
        """Give what Django's settings ask of the environment."""
        return {
            "DJANGO_SETTINGS_MODULE": "robust.config.settings",
            "ROBUST_DATABASE_URL": self.url(role),
            "ROBUST_SECRET_KEY": env.optional("ROBUST_SECRET_KEY") or self.folder.secret_key(),
            "ROBUST_STATIC_FOLDER": str(self.folder.static),
        }

    @contextmanager
    def reached(self) -> Iterator[None]:
        """See to it that the database answers: it runs, or is the hospital's, or is started for now."""
        if self.server is None:
            yield
        elif self.folder.is_in_use():
            self.server.find()
            yield
        else:
            with self.folder.locked():
                self.server.start()
                try:
                    yield
                finally:
                    self.server.stop()


def existing(path: Path | None) -> Installation:
    """Give the installation that was named on the command line or in the environment. Raises: Refused."""
    folder = _folder(path, ANY_KIND)
    if env.optional("ROBUST_DATABASE_URL") is None and not (folder.path / "postgres").is_dir():
        raise Refused(_("There is no database in %s. Name the folder with --data FOLDER.") % folder.path)
    return chosen(path, kind=ANY_KIND)


def chosen(path: Path | None, *, kind: str) -> Installation:
    """Give that installation, its folder made where it is missing. Raises: Refused."""
    own_url = env.optional("ROBUST_DATABASE_URL") or ""
    if own_url and kind == "demo":
        raise Refused(
            _(
                "The demo makes a database of its own, and its passwords are known to everybody. "
                "Remove ROBUST_DATABASE_URL from the environment and start again."
            )
        )
    folder = _folder(path, kind)
    folder.prepare()
    server = None if own_url else EmbeddedServer(data=folder.path)
    return Installation(folder=folder, server=server, own_url=own_url)


def _folder(path: Path | None, kind: str) -> DataFolder:
    return DataFolder(path=(path or usual_place(kind)).expanduser().absolute(), kind=kind)


def robust_command(*arguments: str) -> list[str]:
    """Give the command line that runs a robust command in a process of its own."""
    return [sys.executable, "-m", "robust.cli", *arguments]
