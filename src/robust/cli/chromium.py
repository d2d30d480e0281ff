"""The browser that the journeys walk in: the system's Chromium, installed where that is possible."""

import os
import shutil
import subprocess
from argparse import Namespace
from pathlib import Path

from robust.config import env
from robust.config.words import Refused, say
from robust.config.words import gettext as _

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT_GET = Path("/usr/bin/apt-get")
ON_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def run(_arguments: Namespace) -> int:
    """See to it that the browser is there. Raises: Refused."""
    ensure()
    return 0


def ensure() -> str:
    """Give the browser's path; where it is missing, root gets Debian's package. Raises: Refused."""
    if (found := find()) is not None:
        return found
    if os.geteuid() == 0 and APT_GET.exists():
        say(_("Installing Chromium for the browser tests …"))
        for words in (["update", "-qq"], ["install", "--yes", "-qq", "chromium"]):
            subprocess.run(  # noqa: S603 - the system's own program
                [APT_GET, *words],
                check=False,
                env=env.inherited(DEBIAN_FRONTEND="noninteractive"),
                stdout=subprocess.DEVNULL,
            )
    if (found := find()) is not None:
        return found
    raise Refused(
        _(
            "The browser tests need Chromium, and it is not installed. "
            "Install it (on Debian: apt install chromium) and run the tests again."
        )
    )


def find() -> str | None:
    """Give the path of the browser, if there is one."""
    chosen = env.optional("ROBUST_CHROMIUM")
    names = [chosen] if chosen else [*NAMES, str(ON_MACOS)]
    return next((path for name in names if (path := shutil.which(name))), None)
