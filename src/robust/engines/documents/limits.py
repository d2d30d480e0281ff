"""How large a document may be, and the one error that says why a document is not read."""

from dataclasses import dataclass
from typing import Literal

Refusal = Literal[
    "broken",
    "empty",
    "encrypted",
    "external_entity",
    "macros",
    "no_text",
    "too_complex",
    "too_large",
    "too_many_pages",
    "too_much_text",
    "unknown_kind",
    "unpacks_too_large",
    "unsafe_names",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes are in bytes; `ratio` is unpacked to packed, asked of parts over a megabyte."""

    file_size: int = 60_000_000
    unpacked_size: int = 400_000_000
    text_size: int = 120_000_000  # the XML parts together, or the unpacked streams of a PDF
    ratio: int = 200
    entries: int = 5_000
    pages: int = 400
    cells: int = 200_000
    characters: int = 3_000_000
    operators: int = 60_000  # steps of drawing in a PDF, text not counted
    drawn_lines: int = 6_000  # per printed page; above it, the page's tables are not looked for


class DocumentRefused(Exception):
    """A document that is not read: a code, and for sizes what was found and what is allowed."""

    def __init__(self, code: Refusal, *, found: int | None = None, allowed: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.found = found
        self.allowed = allowed
