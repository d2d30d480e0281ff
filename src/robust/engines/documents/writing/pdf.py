"""A follow-up in print: tagged PDF (PDF/UA-1) made by typst from the template beside this module."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from importlib import resources
from typing import Any

import typst

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import FollowUp
from robust.engines.documents.writing import measuring, text
from robust.engines.documents.writing.measuring import Room
from robust.engines.documents.writing.tables import Cell, Table, tables

# What the typeface holds, and the shapes of judgement that typst's own typefaces hold.
_HELD = re.compile(
    r"[\n\t\x20-\x7e\xa0-\u017f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1ea0-\u1ef9"
    r"\u2010-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2116\u2122"
    r"\u2190-\u2199\u2212\u2248\u2260\u2264\u2265\u25a0\u25a1\u25b2\u25ba\u25bc\u25c6\u25c7\u25cb\u25cf\u2713]"
)
_WIDTH, _HALF_A_PAGE = 750.0, 230.0  # points
_NOT_HELD = "□"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")


def write_pdf(follow_up: FollowUp) -> bytes:
    """Write a tagged PDF; a sign that the typeface lacks is shown as an empty square."""
    told = json.dumps(_told(text.prepared(follow_up)), ensure_ascii=False)
    folder = resources.files(__package__)
    compiled: bytes = typst.compile(
        folder.joinpath("follow_up.typ").read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(folder.joinpath("fonts"))]),
        timestamp=datetime.combine(follow_up.dated_on, time(), tzinfo=UTC),
        pdf_standards=["ua-1"],
        sys_inputs={"follow-up": told},
    )
    return compiled


def _told(follow_up: FollowUp) -> dict[str, Any]:
    labels = follow_up.labels
    day = follow_up.dated_on
    return {
        "title": _holdable(" ".join(follow_up.title.split())),
        "subtitle": _holdable(follow_up.subtitle),
        "statement": _holdable(follow_up.statement),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "language": follow_up.language,
        "page": _holdable(labels.page),
        "no-rows": _holdable(labels.no_rows),
        "legend": _pieces(_legend(follow_up)),
        "tables": [_table(table) for table in tables(follow_up)],
    }


def _legend(follow_up: FollowUp) -> Iterator[Passage]:
    if follow_up.shows_changes:
        yield Passage(f"{follow_up.labels.new_mark}: {follow_up.labels.legend_new}", Change.NEW)
        yield Passage(follow_up.labels.legend_removed, Change.REMOVED)


def _table(table: Table) -> dict[str, Any]:
    return {
        "area": _holdable(table.area),
        "goes-on": table.goes_on,
        "columns": [_holdable(column.heading) for column in table.columns],
        "widths": table.widths,
        "rows": [
            {"is-tall": _is_tall(row, table), "cells": [_cell(cell) for cell in row]} for row in table.rows
        ],
    }


def _is_tall(row: tuple[Cell, ...], table: Table) -> bool:
    """Say if a row may take more than half a page, and so must be allowed to break over two."""
    rooms = (Room(width=share * _WIDTH - 8, size=8.5, stretch=1.1) for share in table.widths)
    return max(measuring.height_of(cell, room) for cell, room in zip(row, rooms, strict=True)) > _HALF_A_PAGE


def _cell(cell: Cell) -> dict[str, Any]:
    return {"heading": _holdable(cell.heading), "lines": [_pieces(line) for line in cell.lines]}


def _pieces(passages: Sequence[Passage] | Iterator[Passage]) -> list[dict[str, str]]:
    return [{"text": _holdable(passage.text), "change": passage.change} for passage in passages]


def _holdable(words: str) -> str:
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", words))
    return "".join(sign if _HELD.match(sign) else _NOT_HELD for sign in composed)
