"""A roster as an office sheet and back: people in rows, days in columns, shift ids in cells."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import python_calamine
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from robust.engines.rostering.formats import tones
from robust.engines.rostering.formats.clock_words import from_minutes
from robust.engines.rostering.formats.tones import Tone
from robust.engines.rostering.problem import Problem, Roster
from robust.engines.rostering.refusal import Complaints

MOST_BYTES = 200_000_000  # unpacked
FIRST_ROW, FIRST_COLUMN = 1, 2
WORDS: Mapping[str, str] = {
    "roster": "Roster",
    "shifts": "Shifts",
    "person": "Person",
    "name": "Name",
    "shift": "Shift",
    "label": "Label",
    "from": "From",
    "to": "To",
}
COLOURS: Mapping[Tone, tuple[str, str]] = {
    Tone.MORNING: ("#FDF3C7", "#1B2430"),
    Tone.DAY: ("#D9ECFF", "#1B2430"),
    Tone.EVENING: ("#F6CFA8", "#1B2430"),
    Tone.NIGHT: ("#2B3A67", "#FFFFFF"),
    Tone.STANDBY: ("#E7E0F4", "#1B2430"),
}


def write_xlsx(problem: Problem, roster: Roster, words: Mapping[str, str] = WORDS) -> bytes:
    """Write a roster, and a second sheet with the shifts; no text is taken for a formula or a link."""
    content = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        starts_on = problem.horizon.starts_on
        book.set_properties({"title": problem.name, "created": datetime(*starts_on.timetuple()[:3])})  # noqa: DTZ001 written as UTC
        told = {**WORDS, **words}
        _write_roster(book, problem, roster, told)
        _write_shifts(book, problem, told)
    return content.getvalue()


def _write_roster(book: Any, problem: Problem, roster: Roster, words: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(words["roster"][:31])
    text = book.add_format({"quote_prefix": True})
    formats = _formats(book, problem)
    sheet.write_row(0, 0, (words["person"], words["name"]), book.add_format({"bold": True}))
    for column, day in enumerate(_days(problem), start=FIRST_COLUMN):
        shade = "#E3E7EC" if day.weekday() >= 5 else "#FFFFFF"
        style = book.add_format({"num_format": "ddd d/m", "rotation": 90, "bg_color": shade, "bold": True})
        sheet.write_datetime(0, column, datetime(day.year, day.month, day.day), style)  # noqa: DTZ001 a sheet has no zones
    people = zip(problem.people, roster.lines, strict=True)
    for row, (person, line) in enumerate(people, start=FIRST_ROW):
        sheet.write_string(row, 0, person.id, text)
        sheet.write_string(row, 1, person.name, text)
        for column, shift in enumerate(line, start=FIRST_COLUMN):
            if shift is not None:
                sheet.write_string(row, column, shift, formats[shift])
    sheet.set_column(0, 1, 18)
    sheet.set_column(FIRST_COLUMN, FIRST_COLUMN + problem.horizon.day_count - 1, 5)
    sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _formats(book: Any, problem: Problem) -> dict[str, Any]:
    formats = {
        tone: book.add_format(
            {"bg_color": back, "font_color": front, "align": "center", "quote_prefix": True}
        )
        for tone, (back, front) in COLOURS.items()
    }
    return {shift: formats[tone] for shift, tone in tones.tones(problem).items()}


def _write_shifts(book: Any, problem: Problem, words: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(words["shifts"][:31])
    text = book.add_format({"quote_prefix": True})
    headings = tuple(words[key] for key in ("shift", "label", "from", "to"))
    sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
    for row, shift in enumerate(problem.shifts, start=1):
        ends = (shift.starts_minute + shift.length_minutes) % tones.DAY
        cells = (shift.id, shift.label, from_minutes(shift.starts_minute), from_minutes(ends))
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, text)


def read_xlsx(content: bytes, problem: Problem) -> Roster:
    """Read the first sheet of a file in the form of `write_xlsx`; rows may stand in any order.

    Raises: ProblemRefused with cells such as "C4" as paths.
    """
    complaints = Complaints()
    rows = _rows(content, complaints)
    complaints.refuse_if_any()
    _check_head(rows, problem, complaints)
    lines: dict[str, tuple[str | None, ...]] = {}
    known = {person.id for person in problem.people}
    for number, row in enumerate(rows[FIRST_ROW:], start=FIRST_ROW):
        person = _text(row[0])
        if person not in known and any(map(_text, row)):
            complaints.add(xl_rowcol_to_cell(number, 0), "unknown_person", id=person)
        if person in lines:
            complaints.add(xl_rowcol_to_cell(number, 0), "duplicate_id", id=person)
        if person in known:
            lines[person] = _line(row, number, problem, complaints)
    for name in (person.id for person in problem.people):
        if name not in lines:
            complaints.add("A:A", "person_missing", id=name)
    complaints.refuse_if_any()
    return Roster(lines=tuple(lines[person.id] for person in problem.people))


def _rows(content: bytes, complaints: Complaints) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
                complaints.add("$", "too_big", most=MOST_BYTES)
                return []
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, python_calamine.CalamineError, ValueError, OSError, IndexError):
        complaints.add("$", "not_a_sheet")
        return []
    if not rows:
        complaints.add("$", "empty_sheet")
    return rows


def _check_head(rows: Sequence[Sequence[Any]], problem: Problem, complaints: Complaints) -> None:
    days = _days(problem)
    found = rows[0][FIRST_COLUMN:]
    for column, day in enumerate(days, start=FIRST_COLUMN):
        if column >= len(rows[0]) or _day(rows[0][column]) != day:
            complaints.add(xl_rowcol_to_cell(0, column), "other_day", expected=day.isoformat())
    for column, value in enumerate(found[len(days) :], start=FIRST_COLUMN + len(days)):
        if _text(value):
            complaints.add(xl_rowcol_to_cell(0, column), "outside_of_horizon")


def _line(
    row: Sequence[Any], number: int, problem: Problem, complaints: Complaints
) -> tuple[str | None, ...]:
    known = {shift.id for shift in problem.shifts} | {""}
    cells = [_text(value) for value in row[FIRST_COLUMN:]]
    cells += [""] * (problem.horizon.day_count - len(cells))
    for column, cell in enumerate(cells, start=FIRST_COLUMN):
        if cell not in known:
            complaints.add(xl_rowcol_to_cell(number, column), "unknown_shift", id=cell)
    return tuple(cell or None for cell in cells[: problem.horizon.day_count])


def _days(problem: Problem) -> list[date]:
    return [problem.horizon.starts_on + timedelta(days=day) for day in range(problem.horizon.day_count)]


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _text(value: Any) -> str:
    """Give a cell as text; an office program may have turned the id 1 into the number 1.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
