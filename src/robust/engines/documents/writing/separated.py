"""Rows as comma separated values that a spreadsheet opens without computing anything in them."""

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[Sequence[str]], header: Sequence[str]) -> bytes:
    """Write UTF-8 with a byte order mark, so that spreadsheets read the letters right.

    A value that a spreadsheet might compute gets an apostrophe in front. Source: OWASP, "CSV Injection".
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([_harmless(value) for value in row] for row in (header, *rows))
    return written.getvalue().encode("utf-8-sig")


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value
