"""How far a search has come, as one line on standard error that is written over, or a line now and then."""

import sys
from contextlib import suppress
from time import monotonic
from typing import TextIO

from robust.cli.roster import numbers
from robust.config.words import gettext as _
from robust.engines.rostering import Progress

ON_A_TERMINAL_SECONDS = 1.0
ELSEWHERE_SECONDS = 5.0
CLEAR = "\r\x1b[K"


class Teller:
    """Tells progress at most as often as somebody can read it."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._begun = self._told = monotonic()

    def tell(self, progress: Progress) -> None:
        """Write the line, if enough time has passed since the latest."""
        now = monotonic()
        if now - self._told >= (ON_A_TERMINAL_SECONDS if self._is_terminal else ELSEWHERE_SECONDS):
            self._told = now
            line = told(progress, seconds=now - self._begun)
            self._write(CLEAR + line if self._is_terminal else line + "\n")

    def end(self) -> None:
        """Leave the terminal with an empty line for what comes next."""
        if self._is_terminal:
            self._write(CLEAR)

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a closed terminal must not end the search
            self._stream.write(text)
            self._stream.flush()


def told(progress: Progress, *, seconds: float) -> str:
    """Give the line: seconds, cost, bound and gap, and whether hard rules are still broken."""
    bound = max(progress.bound, 0.0)  # no roster costs less than nothing
    values = {
        "seconds": seconds,
        "objective": progress.objective,
        "bound": bound,
        "gap": numbers.share(numbers.gap(progress.objective, bound)),
    }
    if progress.lawful:
        return _("%(seconds).0f s: cost %(objective)d, at least %(bound).0f, gap %(gap)s") % values
    return _("%(seconds).0f s: not lawful yet, cost %(objective)d, at least %(bound).0f") % values
