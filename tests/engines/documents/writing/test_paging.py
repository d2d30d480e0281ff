from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from robust.engines.documents.comparing import Passage
from robust.engines.documents.follow_up import Section, Status
from robust.engines.documents.writing import paging
from robust.engines.documents.writing.paging import Frame, Slide
from robust.engines.documents.writing.tables import Cell, Table, plain_cell, tables
from tests.engines.documents.writing.follow_ups import follow_up, row, sentences

FRAME = Frame(width=880, height=380, size=11, stretch=1, continued="(fortsat)", mark="ny")


def table_of(*rows: dict[str, Any]) -> Table:
    told = tuple(row(owner="", sites=(), **changes) for changes in rows)
    [table] = tables(follow_up(Section(area="A", rows=told), sites=()))
    return table


def status(words: str) -> Status:
    return Status(text=(Passage(words),)) if words else Status()


def column(slides: list[Slide], at: int) -> list[str]:
    return [words(cells[at]) for slide in slides for cells in slide.table.rows]


def words(cell: Cell) -> str:
    return "\n".join("".join(passage.text for passage in line) for line in cell.lines)


def test_a_few_short_rows_share_a_slide() -> None:
    table = table_of({}, {"group": "Andet"})

    [slide] = paging.slides(table, FRAME)

    assert slide.table == table
    # header 11 pt: 1 line + 2; rows: heading, one line of status (Arial); each with 6 pt of margins
    assert slide.heights == (13.2 + 2 + 6, 2 * (13.2 + 2) + 6, 2 * (13.2 + 2) + 6)


def test_a_row_that_does_not_fit_goes_to_the_next_slide_which_says_that_area_and_group_go_on() -> None:
    text = sentences(3, seed=1)

    slides = list(paging.slides(table_of(*({"status": status(text)} for _ in range(5))), FRAME))

    assert [slide.table.goes_on for slide in slides] == [False, True]
    assert column(slides, 1) == ["God introduktion"] * 4 + ["God introduktion (fortsat)"]
    assert column(slides, 3) == [text] * 5


def test_another_group_on_the_next_slide_does_not_go_on() -> None:
    text = sentences(8, seed=1)

    slides = list(
        paging.slides(table_of({"status": status(text)}, {"group": "Vagter", "status": status(text)}), FRAME)
    )

    assert column(slides, 1) == ["God introduktion", "Vagter"]
    assert [slide.table.goes_on for slide in slides] == [False, True]


def test_rows_without_a_group_have_nothing_that_goes_on() -> None:
    text = sentences(8, seed=1)

    slides = list(paging.slides(table_of(*({"group": "", "status": status(text)} for _ in range(2))), FRAME))

    assert column(slides, 1) == ["", ""]


def test_a_status_longer_than_a_slide_goes_on_with_its_initiative_told_again() -> None:
    text = "\n".join(sentences(9, seed=number) for number in range(8))

    slides = list(paging.slides(table_of({"status": status(text)}, {"initiative": "Næste"}), FRAME))

    told_again = "Fast mentor til nye kolleger (fortsat)"
    assert column(slides, 2) == ["Fast mentor til nye kolleger", *[told_again] * (len(slides) - 1), "Næste"]
    assert column(slides, 1) == ["God introduktion", *["God introduktion (fortsat)"] * len(slides)]
    assert " ".join(column(slides, 3)[:-1]).split() == text.split()


def test_the_mark_stands_only_where_something_is_new() -> None:
    old = "\n".join(sentences(9, seed=number) for number in range(6))
    compared = Status(text=(Passage(old), *row().status.text[1:]))

    slides = list(paging.slides(table_of({"status": compared}), FRAME))

    assert column(slides, 0) == [*[""] * (len(slides) - 1), "ny"]


def test_a_long_row_is_not_begun_at_the_foot_of_a_slide() -> None:
    long = "\n".join(sentences(9, seed=number) for number in range(8))
    first = {"status": status(sentences(10, seed=1))}

    slides = list(paging.slides(table_of(first, {"status": status(long)}), FRAME))

    assert len(slides[0].table.rows) == 1


def test_a_slide_too_low_for_any_text_still_ends() -> None:
    low = Frame(width=880, height=30, size=11, stretch=1, continued="(fortsat)", mark="ny")

    told = {"initiative": sentences(2, seed=1), "status": status("Kort status.")}
    slides = list(paging.slides(table_of(told), low))

    assert column(slides, 2) == [sentences(2, seed=1)]


LENGTHS = st.integers(min_value=0, max_value=60)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 30), LENGTHS), min_size=1, max_size=8))
def test_nothing_runs_off_a_slide_and_nothing_is_lost(rows: list[tuple[int, int, int]]) -> None:
    table = table_of(
        *(
            {
                "group": f"Gruppe {group}",
                "initiative": sentences(size, seed=size),
                "status": status(sentences(length, seed=length)),
            }
            for group, size, length in rows
        )
    )

    slides = list(paging.slides(table, FRAME))

    assert all(sum(slide.heights) <= FRAME.height + 1e-6 for slide in slides)
    told = " ".join(column(slides, 3)).split()
    assert told == " ".join(sentences(length, seed=length) for *_, length in rows).split()


def test_a_group_name_too_long_for_a_slide_is_told_on() -> None:
    long = sentences(40, seed=3)

    slides = list(paging.slides(table_of({"group": long, "initiative": "Kort"}), FRAME))

    assert len(slides) > 1
    assert column(slides, 1)[0] in long
    assert all("(fortsat)" in group for group in column(slides, 1)[1:])
    assert plain_cell("Kort") == slides[0].table.rows[0][2]
