"""A file of unit codes: read line by line, with every line that cannot be read named."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from robust.organisation.actions import CodeLine
from robust.organisation.models import Unit, UnitCode

MOST_BYTES = 2_000_000
MOST_PROBLEMS = 50
_COLUMNS = {
    "unit": {"unit", "enhed", "afsnit"},
    "system": {"system"},
    "code": {"code", "kode"},
    "from": {"from", "fra"},
    "until": {"until", "til", "til og med"},
}
_SYSTEMS = {"sor": "sor", "shak": "shak", "pay": "pay", "løn": "pay", "lønsystem": "pay", "pay system": "pay"}


class ImportCodesForm(forms.Form):
    """A file of codes for units that its reader administers."""

    file = forms.FileField(
        label=lazy("File"),
        help_text=lazy(
            "CSV with the columns unit, system, code, from and until, as the file you can fetch here."
        ),
    )

    def __init__(self, *args: Any, units: Mapping[str, Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units

    def clean_file(self) -> list[CodeLine]:
        """Give the lines of the file, or every line that cannot be read."""
        rows = _rows(self.cleaned_data["file"])
        lines, problems = [], []
        for number, row in rows:
            try:
                lines.append(self._line(number, row))
            except forms.ValidationError as error:
                words = {"line": number, "what": " ".join(error.messages)}
                problems.append(_("Line %(line)d: %(what)s") % words)
        if problems:
            more = len(problems) - MOST_PROBLEMS
            shown = problems[:MOST_PROBLEMS]
            raise forms.ValidationError([*shown, *([_("… and %d lines more.") % more] if more > 0 else [])])
        if not lines:
            raise forms.ValidationError(_("The file has no lines with codes. Nothing was imported."))
        return lines

    def _line(self, number: int, row: Mapping[str, str]) -> CodeLine:
        unit = self.units.get(row["unit"])
        if unit is None:
            raise forms.ValidationError(_("You administer no unit with the code “%s”.") % row["unit"][:60])
        system = _SYSTEMS.get(row["system"].lower())
        if system is None:
            names = ", ".join(str(label) for label in UnitCode.System.labels)
            raise forms.ValidationError(
                _("“%(system)s” is no system. Use one of: %(names)s.")
                % {"system": row["system"][:60], "names": names}
            )
        if not 0 < len(row["code"]) <= 50:
            raise forms.ValidationError(_("The code must have between 1 and 50 characters."))
        starts_on, latest_on = _day(row["from"]), _day(row["until"])
        if starts_on is None:
            raise forms.ValidationError(_("The day it counts from is missing."))
        ends_on = latest_on + timedelta(days=1) if latest_on else None
        return CodeLine(
            line=number, unit=unit, system=system, code=row["code"], starts_on=starts_on, ends_on=ends_on
        )


def _rows(file: UploadedFile[Any]) -> Iterator[tuple[int, dict[str, str]]]:
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than 2 MB. Split it and send the parts."))
    text = _text(file.read())
    if "\0" in text:
        raise forms.ValidationError(_("This is not a CSV file. Save the sheet as CSV and send that."))
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        places = _places(next(reader, []))
        for row in reader:
            cells = [cell.strip().lstrip("'") for cell in row]
            if any(cells):
                yield reader.line_num, {name: _cell(cells, place) for name, place in places.items()}
    except csv.Error as error:
        raise forms.ValidationError(
            _("This is not a CSV file. Save the sheet as CSV and send that.")
        ) from error


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _places(head: list[str]) -> dict[str, int]:
    words = [cell.strip().lower() for cell in head]
    places = {
        name: next((place for place, word in enumerate(words) if word in names), -1)
        for name, names in _COLUMNS.items()
    }
    needed = {"unit": _("unit"), "system": _("system"), "code": _("code"), "from": _("from")}
    missing = [word for name, word in needed.items() if places[name] < 0]
    if missing:
        raise forms.ValidationError(
            _("The first line must name the columns unit, system, code, from and until. Missing: %s.")
            % ", ".join(missing)
        )
    return places


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""


def _day(text: str) -> date | None:
    day: date | None = forms.DateField(required=False).clean(text)
    return day
