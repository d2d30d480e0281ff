"""What a document is read to: initiatives, and whatever was not understood, with the place of each."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Reason = Literal[
    "agenda",
    "challenges",
    "data_sources",
    "footnote",
    "goals",
    "heading_only",
    "hidden",
    "legend",
    "no_initiative_column",
    "notes",
    "numbers",
    "picture",
    "purpose",
    "row_without_initiative",
    "success_criteria",
    "text",
    "too_complex",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something stands: pages and blocks count from 1; cells have letters, list items numbers."""

    page: int
    block: int
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedInitiative:
    """One initiative; line breaks part the paragraphs of a field, `red` holds passages in red font."""

    area: str
    group: str
    text: str
    status: str
    example: str
    coverage: str
    red: tuple[str, ...]
    source: Source
    owner: str = ""
    deadline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    source: Source
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    initiatives: tuple[ProposedInitiative, ...]
    not_understood: tuple[NotUnderstood, ...]


def proposal_as_json(proposal: Proposal) -> dict[str, Any]:
    """Give a proposal as plain values that `json.dumps` takes."""
    plain = asdict(proposal)
    for initiative in plain["initiatives"]:
        initiative["red"] = list(initiative["red"])
    return {"initiatives": list(plain["initiatives"]), "not_understood": list(plain["not_understood"])}
