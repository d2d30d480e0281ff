"""`robust wheel`: build the package that pip installs, and try it where nothing else is installed."""

import shutil
import subprocess
import sys
import tempfile
import venv
from argparse import Namespace
from pathlib import Path

from robust.cli.installation import SOURCES
from robust.config import env
from robust.config.words import Refused, say
from robust.config.words import gettext as _

CHECKOUT = SOURCES.parent
LOCK = CHECKOUT / "requirements" / "app.lock"


def run(arguments: Namespace) -> int:
    """Build into dist/; with --check, install it in an empty environment and let its demo check itself."""
    built = _built()
    say(_("%s is built.") % built)
    return _checked(built) if arguments.check else 0


def _built() -> Path:
    if not LOCK.is_file():
        raise Refused(_("The package is built from the source code, and this is an installed package."))
    place = CHECKOUT / "dist"
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(CHECKOUT)])
    return max(place.glob("*.whl"), key=lambda path: path.stat().st_mtime)


def _checked(wheel: Path) -> int:
    place = Path(tempfile.mkdtemp(prefix="robust-wheel-"))
    place.chmod(0o711)
    try:
        venv.create(place, with_pip=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps"]
        wheelhouse = env.optional("ROBUST_WHEELHOUSE")
        from_folder = ["--no-index", "--find-links", wheelhouse] if wheelhouse else []
        _run([*pip, *from_folder, "--only-binary=:all:", "--require-hashes", "--requirement", str(LOCK)])
        _run([*pip, str(wheel)])
        return subprocess.run(  # noqa: S603 - our own program
            [place / "bin" / "robust", "demo", "--check"],
            cwd=place,
            env=env.inherited(PYTHONPATH=""),
            check=False,
        ).returncode
    finally:
        shutil.rmtree(place)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=sys.stderr, check=False)  # noqa: S603 - our own programs
    if done.returncode != 0:
        raise Refused(_("“%s” did not succeed.") % " ".join(command))
