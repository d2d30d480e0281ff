"""Numbers as they are written in a sentence."""

from robust.config.words import language

NOTHING = "–"


def share(number: float | None) -> str:
    """Write a share as per cent, with a comma in Danish; a dash for none."""
    if number is None:
        return NOTHING
    percent = f"{100 * number:.1f} %"
    return percent.replace(".", ",") if language() == "da" else percent


def gap(objective: float, bound: float) -> float:
    """Give how far a cost lies above its bound, as a share of the cost."""
    return (objective - bound) / objective if objective > 0 else 0.0
