"""Proposes initiatives from a document that has been read, and lists what was not understood."""

from robust.engines.documents.model import Document
from robust.engines.documents.proposing.proposal import Proposal
from robust.engines.documents.proposing.walking import Walk


def propose(document: Document) -> Proposal:
    """Find the initiatives of a plan: rows of tables, and items of lists that are no goals or problems."""
    return Walk(document).proposal()
