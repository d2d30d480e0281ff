from hypothesis import given
from hypothesis import strategies as st

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.writing import measuring
from robust.engines.documents.writing.measuring import Room
from robust.engines.documents.writing.tables import Cell, plain_cell

ROOM = Room(width=100, size=10)
TEXT = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\n"), min_size=1, max_size=300
)


def test_text_that_fits_takes_one_line() -> None:
    # "Vagtplan" in Arial: (667+556+556+278+556+222+556+556)/1000 x 10 pt = 39.5 pt
    assert measuring.line_ends("Vagtplan", Room(width=39.6, size=10)) == [8]


def test_a_word_too_long_for_the_line_is_broken() -> None:
    assert measuring.line_ends("Vagtplan", Room(width=39.4, size=10)) == [7, 8]


def test_words_wrap_at_spaces_and_hyphens() -> None:
    assert measuring.line_ends("social- og sundhed", Room(width=40, size=10)) == [8, 11, 18]


def test_bold_wide_and_unknown_signs_take_more_room() -> None:
    assert measuring.line_ends("漢字漢字漢字漢字漢字漢字", ROOM) == [9, 12]
    assert measuring.line_ends("ŧ" * 14, ROOM) == [13, 14]
    assert measuring.line_ends("o" * 17, ROOM, bold=True) == [16, 17]
    assert measuring.line_ends("o" * 17, ROOM) == [17]


def test_an_empty_text_takes_one_line() -> None:
    assert measuring.line_ends("", ROOM) == [0]
    assert measuring.height_of(Cell(), ROOM) == 12


def test_a_cell_is_as_tall_as_its_heading_and_paragraphs() -> None:
    cell = Cell(heading="på sporet", lines=((Passage("o" * 18),), (Passage("kort"),)))

    assert measuring.height_of(cell, ROOM) == (12 + 2) + (24 + 2) + (12 + 2)


@given(words=TEXT, width=st.floats(min_value=5, max_value=200))
def test_lines_end_where_the_next_begins_and_cover_the_text(words: str, width: float) -> None:
    ends = measuring.line_ends(words, Room(width=width, size=10))

    assert ends == sorted(set(ends))
    assert ends[-1] == len(words)


def test_a_cell_is_cut_between_paragraphs() -> None:
    cell = Cell(heading="på sporet", lines=((Passage("En."),), (Passage("To."),), (Passage("Tre."),)))

    assert measuring.cut(cell, ROOM, height=45) == (
        Cell(heading="på sporet", lines=((Passage("En."),), (Passage("To."),))),
        Cell(lines=((Passage("Tre."),),)),
    )


def test_a_long_paragraph_is_cut_after_a_sentence_and_keeps_its_marks() -> None:
    line = (Passage("Første sætning her. "), Passage("Anden sætning er meget længere.", Change.NEW))

    assert measuring.cut(Cell(lines=(line,)), ROOM, height=26) == (
        Cell(lines=((Passage("Første sætning her. "),),)),
        Cell(lines=((Passage("Anden sætning er meget længere.", Change.NEW),),)),
    )


def test_a_sentence_longer_than_the_room_is_cut_after_a_word() -> None:
    cell = plain_cell("en meget lang sætning uden noget punktum i sig")

    first, rest = measuring.cut(cell, ROOM, height=26)

    assert (first, rest) == (
        plain_cell("en meget lang sætning uden noget "),
        plain_cell("punktum i sig"),
    )


def test_a_cut_takes_at_least_a_line() -> None:
    assert measuring.cut(plain_cell("kort"), ROOM, height=1) == (plain_cell("kort"), Cell())


@given(lines=st.lists(TEXT, max_size=6), height=st.floats(min_value=0, max_value=200))
def test_cutting_loses_nothing(lines: list[str], height: float) -> None:
    cell = Cell(lines=tuple((Passage(line),) for line in lines))

    first, rest = measuring.cut(cell, ROOM, height=height)

    assert "".join(p.text for part in (first, rest) for line in part.lines for p in line) == "".join(lines)
    assert bool(first.lines) == bool(lines)
