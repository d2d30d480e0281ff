"""How large the streams of a PDF become when unpacked, found out without keeping what comes out."""

import re
import zlib
from dataclasses import dataclass

from robust.engines.documents.limits import DocumentRefused, Limits

STREAM = re.compile(rb"stream\r?\n")
OPERATOR = re.compile(rb"[\s\])>](?:l|re|c|v|y|Do)\s")
PACKED = (
    b"\x78",
    b"\x68",
    b"\x58",
    b"\x48",
    b"\x38",
    b"\x28",
    b"\x18",
    b"\x08",
)  # first bytes of packed streams
CHUNK = 1_000_000
DEEPEST = 3  # streams packed several times over


@dataclass(slots=True)
class _Tally:
    """What the streams looked at so far add up to."""

    limits: Limits
    size: int = 0
    operators: int = 0

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self.operators += len(OPERATOR.findall(piece))
        for code, found, allowed in (
            ("unpacks_too_large", self.size, self.limits.text_size),
            ("too_complex", self.operators, self.limits.operators),
        ):
            if found > allowed:
                raise DocumentRefused(code, found=found, allowed=allowed)  # type: ignore[arg-type]  # two of the codes


def check(content: bytes, *, limits: Limits) -> None:
    """Refuse a PDF whose streams grow beyond the limit for text, or draw more than can be read in good time.

    Raises: DocumentRefused.
    """
    tally = _Tally(limits)
    for found in STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        _look_at(content[found.end() : end if end >= 0 else len(content)], tally, depth=DEEPEST)


def _look_at(stream: bytes, tally: _Tally, *, depth: int) -> None:
    """Unpack a stream piece by piece, and what comes out again if it is packed itself."""
    if stream[:1] not in PACKED:
        tally.add(stream)
        return
    unpacker = zlib.decompressobj()
    start, rest, is_first = b"", stream, True
    while rest:
        try:
            piece = unpacker.decompress(rest, CHUNK)
        except zlib.error:
            break
        start, is_first = (piece if is_first else start), False
        tally.add(piece)
        rest = unpacker.unconsumed_tail
    if depth and start[:1] in PACKED:
        _look_at(start, tally, depth=depth - 1)
