"""When to end a search: after its time, or when somebody presses Ctrl-C."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from types import FrameType

from robust.config.words import gettext as _
from robust.config.words import say


class Deadline:
    """A point in time, which Ctrl-C brings forward to now; a second Ctrl-C breaks off."""

    def __init__(self, seconds: float | None) -> None:
        self.begun = monotonic()
        self._ends = inf if seconds is None else self.begun + seconds

    @property
    def seconds(self) -> float:
        """Give the seconds since the beginning."""
        return monotonic() - self.begun

    def is_over(self) -> bool:
        """Say whether the search should end."""
        return monotonic() >= self._ends

    def part(self, share: float) -> "Deadline":
        """Give a deadline after a share of the time that is left, that ends with this one."""
        return _Part(self, None if self._ends == inf else (self._ends - monotonic()) * share)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Let Ctrl-C end the search in order, with the best roster so far."""
        before = signal.signal(signal.SIGINT, self._interrupted)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        self._ends = self.begun
        signal.signal(signal.SIGINT, signal.default_int_handler)
        say(_("The search ends with the best roster so far. Ctrl-C once more breaks it off."))


class _Part(Deadline):
    def __init__(self, whole: Deadline, seconds: float | None) -> None:
        super().__init__(seconds)
        self._whole = whole

    def is_over(self) -> bool:
        return super().is_over() or self._whole.is_over()
