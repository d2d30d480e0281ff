"""The judge of rosters: every violation of a roster, found without the code of any solver."""

from robust.engines.rostering.checking.judge import check
from robust.engines.rostering.checking.sheet import Misfit, RosterDoesNotFit
from robust.engines.rostering.checking.verdict import Breach, Verdict, Violation

__all__ = ["Breach", "Misfit", "RosterDoesNotFit", "Verdict", "Violation", "check"]
