"""Reading in a process of its own, so that a document can be given up while it is being read."""

from typing import Protocol

from robust.engines.documents.limits import DocumentRefused
from robust.engines.documents.proposing import propose
from robust.engines.documents.proposing.proposal import Proposal
from robust.engines.documents.reading import read


class Way(Protocol):
    """The way back to who asked; sending fails when nobody is there any more, and the process ends."""

    def send(self, answer: Proposal | DocumentRefused, /) -> None: ...


def read_apart(way: Way, content: bytes, name: str) -> None:
    """Send back what the document proposes, or why it is not read."""
    try:
        answer: Proposal | DocumentRefused = propose(read(content, name=name))
    except DocumentRefused as refusal:
        answer = refusal
    way.send(answer)
