"""`robust version`: print it."""

from argparse import Namespace

from robust import __version__


def run(_arguments: Namespace) -> int:
    """Print the version on standard output."""
    print(__version__)
    return 0
