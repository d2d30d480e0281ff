"""Where the robust command begins: understand what was written, and hand over to the module of that name."""

import importlib
import sys

import django

from robust.cli.arguments import parser
from robust.config import compiled
from robust.config.env import MissingSetting
from robust.config.words import Refused, say

MODULES = {"demo": "start", "roster": "roster.command", "test": "testing"}
NEED_DJANGO = {"prepare", "work"}
NEED_COMPILED = {"roster", "test"}


def main(written: list[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 not as it should be, 2 refused, 130 interrupted."""
    try:
        arguments = parser().parse_args(written or sys.argv[1:] or ["--help"])
        if arguments.command in NEED_DJANGO:
            django.setup()
        if arguments.command in NEED_COMPILED:
            compiled.settle()
        module = importlib.import_module(f"robust.cli.{MODULES.get(arguments.command, arguments.command)}")
        code: int = module.run(arguments)
    except (Refused, MissingSetting) as refusal:
        say(str(refusal))
        return 2
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
