"""What the workers of one search share: the best roster, the bound, what guides them, when to stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from robust.engines.rostering.solving.reopening import Guide
from robust.engines.rostering.solving.rosters import Held
from robust.engines.rostering.solving.ward import Ward

NEAR = 1e-4


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRule:
    """When to end: `expired` is asked several times a second, `iterations` counts steps of the search."""

    expired: Callable[[], bool] = _never
    iterations: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the search stands; `objective` includes prices of hard rules still broken (then not `lawful`)."""

    objective: int
    bound: float
    iterations: int
    lawful: bool
    phase: str


@dataclass(slots=True, kw_only=True)
class Search:
    """One search. `grain` is the size of small costs, in which temperatures are measured."""

    ward: Ward
    stop_rule: StopRule
    on_progress: Callable[[Progress], None]
    best: Held
    guide: Guide
    grain: float
    bound: float = -np.inf
    iterations: int = 0
    failed: bool = False
    lock: Lock = field(default_factory=Lock)

    def ended(self) -> bool:
        """Tell whether to stop: out of time or steps, a worker failed, or nothing better is possible."""
        steps = self.stop_rule.iterations
        enough = steps is not None and self.iterations >= steps
        return enough or self.failed or self.stop_rule.expired() or self.proved()

    def proved(self) -> bool:
        """Tell whether the best roster meets the bound."""
        return self.best.objective <= float(np.ceil(self.bound - NEAR))

    def guarded(self, work: Callable[[], None]) -> None:
        """Work; when that fails, the other workers end too."""
        try:
            work()
        except BaseException:
            self.failed = True
            raise

    def step(self, phase: str) -> None:
        """Count one step and report."""
        with self.lock:
            self.iterations += 1
            self.on_progress(
                Progress(
                    objective=self.best.objective,
                    bound=self.bound,
                    iterations=self.iterations,
                    lawful=self.ward.rows.lawful(self.best.sums),
                    phase=phase,
                )
            )

    def offer(self, roster: Held) -> bool:
        """Take a roster that is no worse; tell whether it was better."""
        with self.lock:
            better = roster.objective < self.best.objective
            self.best = min(roster, self.best, key=lambda held: held.objective)
            return better

    def raise_bound(self, bound: float) -> None:
        """Take a bound if it is higher."""
        with self.lock:
            self.bound = max(self.bound, bound)
