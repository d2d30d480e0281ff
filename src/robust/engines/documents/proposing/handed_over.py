"""What Robust's own follow-ups print in their cells besides what was said."""

import re
from collections.abc import Sequence

from robust.engines.documents.model import Paragraph

_GOES_ON = re.compile(r"(?P<beginning>.+?)…?\s*\((?:fortsat|continued)\)")
_WORDS = (
    "ikke vurderet|ikke begyndt|på sporet|i risiko|stoppet|overdraget|gennemført|"
    "not judged|not started|on track|at risk|stopped|handed over|done"
)
_SHAPES = "○●▲■→✓–"  # may have been read as a bullet and be gone
_JUDGEMENT = re.compile(rf"[{_SHAPES}]?\s*(?:{_WORDS})?\s*·\s*[\w./, -]{{4,18}}\d\d")


def without_judgement(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Leave out the bold first line of a cell that says how the initiative stands and since when."""
    first = paragraphs[0] if paragraphs else Paragraph()
    is_judgement = first.is_bold and _JUDGEMENT.fullmatch(first.text.strip())
    return tuple(paragraphs[1:] if is_judgement else paragraphs)


def beginning_of(paragraphs: Sequence[Paragraph]) -> str:
    """How the initiative begins that these paragraphs say goes on here; empty if they do not."""
    found = _GOES_ON.fullmatch(paragraphs[0].text.strip()) if paragraphs else None
    return found["beginning"] if found else ""
