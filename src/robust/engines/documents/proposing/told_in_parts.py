"""Initiatives of which a follow-up tells one part on one slide and the rest on the next, made whole."""

from collections.abc import Sequence

from robust.engines.documents.proposing.handed_over import beginning_of
from robust.engines.documents.proposing.passages import text_of
from robust.engines.documents.proposing.proposal import ProposedInitiative
from robust.engines.documents.proposing.rows import Draft

Part = Draft | ProposedInitiative


def joined(parts: Sequence[Part]) -> list[Part]:
    """Give each part that says it goes on to the latest initiative of its area that begins as it does."""
    whole: list[Part] = []
    for part in parts:
        begun = _begun(whole, part) if isinstance(part, Draft) else None
        if begun is None or not isinstance(part, Draft):
            whole.append(part)
            continue
        for role, paragraphs in part.fields.items():
            begun.add(role, paragraphs[1:] if role == "text" else paragraphs)
    return whole


def _begun(whole: Sequence[Part], part: Draft) -> Draft | None:
    beginning = beginning_of(part.fields.get("text", ()))
    if not beginning:
        return None
    for known in reversed(whole):
        if isinstance(known, Draft) and known.area == part.area and _text(known).startswith(beginning):
            return known
    return None


def _text(draft: Draft) -> str:
    return " ".join(text_of(draft.fields.get("text", ())).split())
