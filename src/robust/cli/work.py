"""The worker's process, with Django set up: take jobs until asked to stop."""

from argparse import Namespace

from robust.config import worker


def run(_arguments: Namespace) -> int:
    """Work until SIGTERM."""
    worker.run()
    return 0
