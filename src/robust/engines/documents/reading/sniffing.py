"""What kind of file some bytes are, told from the bytes and not from the name."""

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Kind
from robust.engines.documents.reading import packages

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PARTS = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
TEXT_NAMES = (".csv", ".tsv", ".txt")
OTHER_KINDS = (
    b"{\\rtf",
    b"<!DOCTYPE",
    b"<html",
    b"<?xml",
    b"\x7fELF",
    b"MZ",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"%!PS",
)


def sniffed(content: bytes, *, name: str, limits: Limits) -> tuple[Kind, bytes]:
    """Say what kind a file is and give the bytes that are safe to open. Raises: DocumentRefused."""
    if len(content) > limits.file_size:
        raise DocumentRefused("too_large", found=len(content), allowed=limits.file_size)
    if not content.strip(b"\0 \t\r\n"):
        raise DocumentRefused("empty")
    if content.startswith(ZIP):
        return packages.checked(content, limits=limits)
    if content.startswith(OLE):
        is_encrypted = any(part in content for part in ENCRYPTED_PARTS)
        raise DocumentRefused("encrypted" if is_encrypted else "unknown_kind")
    if b"%PDF-" in content[:1024]:
        return "pdf", content
    if _is_text(content, name):
        return "csv", content
    raise DocumentRefused("unknown_kind")


def _is_text(content: bytes, name: str) -> bool:
    start = content[:4096]
    if content.lstrip().startswith(OTHER_KINDS) or start.startswith(b"\x89PNG"):
        return False
    if start.startswith(BYTE_ORDER_MARKS):
        return True
    has_controls = any(byte < 9 or 13 < byte < 32 for byte in start)
    return not has_controls and (name.lower().endswith(TEXT_NAMES) or any(sign in start for sign in b",;\t|"))
