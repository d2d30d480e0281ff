"""`robust worker`: one more process that does background jobs, on this computer or on another one."""

import os
import sys
from argparse import Namespace

from robust.cli.installation import existing, robust_command
from robust.config.embedded import roles
from robust.config.words import Refused, say
from robust.config.words import gettext as _


def run(arguments: Namespace) -> int:
    """Become a worker for the database that runs already. Raises: Refused."""
    installation = existing(arguments.data)
    if installation.server is not None and not installation.folder.is_in_use():
        raise Refused(
            _(
                "Robust does not run here, so there are no jobs. Start it first, or give the address of your "
                "database in ROBUST_DATABASE_URL."
            )
        )
    with installation.reached():
        environment = installation.environment(roles.APP)
    say(_("The worker does jobs until it is stopped with Ctrl-C."))
    os.execve(sys.executable, robust_command("work"), environment)  # noqa: S606 - no shell is meant
