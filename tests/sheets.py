"""Read the sheet that a list was fetched as."""

import io
from typing import Any

import openpyxl
from django.http import HttpResponse

FACTS = 3  # when and by whom, what the list is narrowed to, how many rows


def sheet_of(answer: HttpResponse) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Give the lines above the list, and its rows with the heads first."""
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    return [row[0] for row in rows[: FACTS + 1]], rows[FACTS + 2 :]
