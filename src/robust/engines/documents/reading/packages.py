"""Office files are zip archives: sizes, names and parts are checked here before anything is unpacked."""

import io
import re
import zipfile
import zlib

from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import Kind

KINDS: tuple[tuple[str, Kind], ...] = (("ppt/", "pptx"), ("word/", "docx"), ("xl/", "xlsx"))
DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
KNOWN_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
LARGE_PART = 1_000_000


def checked(content: bytes, *, limits: Limits) -> tuple[Kind, bytes]:
    """Check an office package; answer its kind and a copy that holds no more than was checked.

    The copy has every text part, and nothing inside pictures and other binary parts: a part that unpacks to
    more than it declares never reaches the libraries. Raises: DocumentRefused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_entries(entries)
            _check_sizes(entries, limits)
            kind = _kind_of({entry.filename for entry in entries})
            return kind, _copy(package, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise DocumentRefused("broken") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(_is_unsafe(name) for name in names) or len(set(names)) < len(names):
        raise DocumentRefused("unsafe_names")
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentRefused("encrypted")
    if any("vbaproject" in name.lower() for name in names):
        raise DocumentRefused("macros")


def _is_unsafe(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name or "\0" in name


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise DocumentRefused("unpacks_too_large", found=len(entries), allowed=limits.entries)
    sizes = [entry.file_size for entry in entries]
    text_sizes = [entry.file_size for entry in entries if _is_text(entry.filename)]
    for found, allowed in ((sum(sizes), limits.unpacked_size), (sum(text_sizes), limits.text_size)):
        if found > allowed:
            raise DocumentRefused("unpacks_too_large", found=found, allowed=allowed)
    for entry in entries:
        allowed = limits.ratio * max(entry.compress_size, 1)
        if entry.file_size > max(LARGE_PART, allowed):
            raise DocumentRefused("unpacks_too_large", found=entry.file_size, allowed=allowed)


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _copy(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", compression=zipfile.ZIP_STORED) as target:
        for entry in entries:
            part = b""
            if _is_text(entry.filename):
                with package.open(entry) as stream:
                    part = stream.read(entry.file_size)
                _check_part(entry.filename, part)
            target.writestr(zipfile.ZipInfo(entry.filename), part)
    return copy.getvalue()


def _check_part(name: str, part: bytes) -> None:
    plain = part.replace(b"\0", b"")
    declared = DECLARED_ENCODING.search(plain[:400])
    lowered = plain.lower()
    if (
        b"<!doctype" in lowered
        or b"<!entity" in lowered
        or (declared and declared[1].lower() not in KNOWN_ENCODINGS)
    ):
        raise DocumentRefused("external_entity")
    if name == "[Content_Types].xml" and (b"macroenabled" in lowered or b"vbaproject" in lowered):
        raise DocumentRefused("macros")


def _kind_of(names: set[str]) -> Kind:
    if "EncryptedPackage" in names:
        raise DocumentRefused("encrypted")
    for folder, kind in KINDS:
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    raise DocumentRefused("unknown_kind")
