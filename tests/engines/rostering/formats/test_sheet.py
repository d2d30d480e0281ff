import io
import zipfile
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from robust.engines.rostering.formats import sheet
from robust.engines.rostering.problem import Problem, Roster
from tests.engines.rostering.building import a_person, a_problem, a_roster, a_shift
from tests.engines.rostering.formats.refusing import hold_to_refusals, told_by
from tests.engines.rostering.formats.strategies import rosters

_WARD = a_problem(days=2, people=2)
_ROSTER = a_roster("D.", ".N")


def _written(*rows: tuple[object, ...]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return content.getvalue()


def test_a_roster_is_people_by_days_and_shifts_stand_on_a_second_sheet() -> None:
    content = sheet.write_xlsx(_WARD, _ROSTER, {"roster": "Vagtplan", "name": "Navn"})

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names} == {
        "Vagtplan": [
            ["Person", "Navn", date(2026, 1, 5), date(2026, 1, 6)],
            ["a", "", "D", ""],
            ["b", "", "", "N"],
        ],
        "Shifts": [
            ["Shift", "Label", "From", "To"],
            ["D", "", "07:00", "15:00"],
            ["E", "", "15:00", "23:00"],
            ["N", "", "23:00", "07:00"],
        ],
    }


def test_no_name_is_taken_for_a_formula_or_a_link() -> None:
    person = replace(a_person("=1+1"), name="=HYPERLINK(1)")
    problem = a_problem(
        days=7, people=(person, a_person("http://x")), shifts=(a_shift("@D", 7), a_shift("-1", 9))
    )
    roster = Roster(lines=(("@D",) * 7, ("-1",) * 7))

    content = sheet.write_xlsx(problem, roster)

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name) for name in package.namelist()]
    assert [part for part in parts if b"<f>" in part or b"hyperlink" in part] == []
    assert sheet.read_xlsx(content, problem) == roster


def test_the_same_roster_gives_the_same_bytes() -> None:
    assert sheet.write_xlsx(_WARD, _ROSTER) == sheet.write_xlsx(_WARD, _ROSTER)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(drawn=rosters())
def test_a_roster_is_read_as_it_was_written(drawn: tuple[Problem, Roster]) -> None:
    problem, roster = _with_plain_ids(*drawn)

    assert sheet.read_xlsx(sheet.write_xlsx(problem, roster), problem) == roster


def _with_plain_ids(problem: Problem, roster: Roster) -> tuple[Problem, Roster]:
    """Names with blanks at their ends or signs that XML cannot hold do not survive an office program."""
    shifts = {shift.id: f"s{place}" for place, shift in enumerate(problem.shifts)}
    return (
        replace(
            problem,
            name="any",
            shifts=tuple(replace(shift, id=shifts[shift.id], label="") for shift in problem.shifts),
            people=tuple(a_person(f"{place}", before="") for place in range(len(problem.people))),
        ),
        Roster(lines=tuple(tuple(shifts[one] if one else None for one in line) for line in roster.lines)),
    )


def test_rows_may_stand_in_any_order_with_numbers_for_ids() -> None:
    problem = a_problem(days=1, people=(a_person("1"), a_person("b")), shifts=(a_shift("7", 7),))

    content = _written(("id", "name", date(2026, 1, 5)), ("b", "", ""), ("", "", ""), (1, "", 7))

    assert sheet.read_xlsx(content, problem) == Roster(lines=(("7",), (None,)))


def test_what_does_not_fit_is_told_with_its_cell() -> None:
    content = _written(
        ("id", "name", date(2026, 1, 5), "Tuesday", "", "Sum"),
        ("a", "", "X", ""),
        ("a", "", "D", "N"),
        ("z", "", "", ""),
        ("", "", "D"),
    )

    told = told_by(lambda: sheet.read_xlsx(content, _WARD))

    assert told == [
        ("D1", "other_day", {"expected": "2026-01-06"}),
        ("F1", "outside_of_horizon", {}),
        ("C2", "unknown_shift", {"id": "X"}),
        ("A3", "duplicate_id", {"id": "a"}),
        ("A4", "unknown_person", {"id": "z"}),
        ("A5", "unknown_person", {"id": ""}),
        ("A:A", "person_missing", {"id": "b"}),
    ]


def test_a_sheet_with_fewer_columns_than_days_is_refused() -> None:
    told = told_by(lambda: sheet.read_xlsx(_written(("id",), ("a",), ("b",)), _WARD))

    assert told == [
        ("C1", "other_day", {"expected": "2026-01-05"}),
        ("D1", "other_day", {"expected": "2026-01-06"}),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"id;name", "not_a_sheet"), (_written(), "empty_sheet"), (b"PK\x05\x06" + bytes(18), "not_a_sheet")],
)
def test_what_is_no_sheet_is_refused(content: bytes, code: str) -> None:
    assert told_by(lambda: sheet.read_xlsx(content, _WARD)) == [("$", code, {})]


def test_a_sheet_that_unpacks_to_more_than_a_roster_can_be_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package, package.open("a", "w") as part:
        for _block in range(201):
            part.write(bytes(1_000_000))

    assert told_by(lambda: sheet.read_xlsx(content.getvalue(), _WARD)) == [
        ("$", "too_big", {"most": 200_000_000})
    ]


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 6000), byte=st.integers(0, 255))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(cut: int, byte: int) -> None:
    whole = sheet.write_xlsx(_WARD, _ROSTER)
    for content in (whole[:cut], whole[:cut] + bytes([byte]) + whole[cut + 1 :]):
        hold_to_refusals(partial(sheet.read_xlsx, content, _WARD))
