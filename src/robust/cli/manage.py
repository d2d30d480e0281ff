"""`robust manage`: run one of Django's own commands on this installation's database."""

from argparse import Namespace

from django.core.management import execute_from_command_line

from robust.cli.installation import existing
from robust.config import env
from robust.config.embedded import roles


def run(arguments: Namespace) -> int:
    """Run the command as the owner of the tables."""
    installation = existing(None)
    with installation.reached():
        env.settle(**installation.variables(roles.OWNER))
        execute_from_command_line(["robust manage", *arguments.rest])
    return 0
