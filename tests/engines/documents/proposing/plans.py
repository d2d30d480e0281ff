"""What is proposed from a document, boiled down to plain values."""

from collections.abc import Sequence

from robust.engines import documents
from robust.engines.documents import Proposal
from tests.engines.documents.reading import files
from tests.engines.documents.reading.files import Rows


def proposed(content: bytes, *, name: str = "plan") -> Proposal:
    return documents.propose(documents.read(content, name=name))


def rows(content: bytes, *fields: str, name: str = "plan") -> list[tuple[str, ...]]:
    wanted = fields or ("area", "group", "text", "status")
    return [
        tuple(getattr(one, field) for field in wanted) for one in proposed(content, name=name).initiatives
    ]


def of_table(table: Rows, *fields: str, title: str = "Personale") -> list[tuple[str, ...]]:
    """Propose from a deck of one slide with one table."""
    return rows(files.deck((title, [table])), *fields)


def reasons(content: bytes) -> list[tuple[str, str]]:
    return [(one.reason, one.text) for one in proposed(content).not_understood]


def refused(table: Rows, *, title: str = "Personale") -> Sequence[str]:
    """The reasons for a table from which nothing is proposed."""
    content = files.deck((title, [table]))
    assert rows(content) == []
    return [reason for reason, _ in reasons(content)]
