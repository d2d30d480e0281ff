"""Reads office files, whatever their kind, to one model of pages, tables and text."""

from collections.abc import Callable, Mapping

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Document, Kind
from robust.engines.documents.reading import printed, separated, sheets, slides, texts
from robust.engines.documents.reading.sniffing import sniffed

USUAL = Limits()
READERS: Mapping[Kind, Callable[..., Document]] = {
    "pptx": slides.read,
    "docx": texts.read,
    "xlsx": sheets.read,
    "pdf": printed.read,
    "csv": separated.read,
}


def read(content: bytes, *, name: str, limits: Limits = USUAL) -> Document:
    """Read a document; what kind it is is told from its bytes. Raises: DocumentRefused."""
    kind, safe = sniffed(content, name=name, limits=limits)
    try:
        document = READERS[kind](safe, limits=limits)
    except DocumentRefused:
        raise
    except Exception as error:  # whatever a library stumbles over in a file, the file is broken
        raise DocumentRefused("broken") from error
    return document
