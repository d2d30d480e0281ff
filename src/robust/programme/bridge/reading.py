"""A document's bytes through the reading engine, in a process that can be ended, and back as rows."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from robust.engines import documents
from robust.programme.bridge.coverage import proposed_kind
from robust.programme.models import ProposedRow

MOST_SECONDS = 120
SECONDS_BETWEEN_CHECKS = 0.2


class CannotRead(Exception):
    """The document is not read; the code says why, the numbers what was found and what is allowed."""

    def __init__(self, code: str, *, found: int | None = None, allowed: int | None = None) -> None:
        super().__init__(code)
        self.code, self.found, self.allowed = code, found, allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """What a document was read to: rows not saved yet, and what was not understood as plain values."""

    rows: tuple[ProposedRow, ...]
    not_understood: list[dict[str, Any]]


def read_document(
    content: bytes, *, name: str, check: Callable[[], None], most_seconds: float = MOST_SECONDS
) -> ReadDocument:
    """Read a document in a process of its own; `check` is called five times a second and may raise to end it.

    Raises: CannotRead, and what `check` raises.
    """
    answer, way = Pipe(duplex=False)
    process = get_context("spawn").Process(
        target=documents.read_apart, args=(way, content, name), daemon=True
    )
    process.start()
    way.close()
    try:
        proposal = _answer(answer, check, ends_at=monotonic() + most_seconds)
    finally:
        process.kill()
        process.join()
        answer.close()
    return ReadDocument(
        rows=tuple(
            _row(initiative, number=number) for number, initiative in enumerate(proposal.initiatives, 1)
        ),
        not_understood=[asdict(left) for left in proposal.not_understood],
    )


def _answer(answer: Connection, check: Callable[[], None], *, ends_at: float) -> documents.Proposal:
    while not answer.poll(SECONDS_BETWEEN_CHECKS):
        check()
        if monotonic() > ends_at:
            raise CannotRead("takes_too_long")
    try:
        found = answer.recv()
    except EOFError as error:
        raise CannotRead("broken") from error
    if isinstance(found, documents.DocumentRefused):
        raise CannotRead(found.code, found=found.found, allowed=found.allowed)
    proposal: documents.Proposal = found
    return proposal


def _row(initiative: documents.ProposedInitiative, *, number: int) -> ProposedRow:
    return ProposedRow(
        number=number,
        area=initiative.area[:200],
        group=initiative.group[:300],
        text=initiative.text,
        status=initiative.status,
        example=initiative.example,
        coverage=initiative.coverage,
        owner=initiative.owner[:200],
        deadline=initiative.deadline[:200],
        red=list(initiative.red),
        page=initiative.source.page,
        cell=initiative.source.cell[:40],
        relation_kind=proposed_kind(initiative.coverage) or "",
    )
