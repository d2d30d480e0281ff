import pytest

from robust.engines import documents
from tests.engines.documents.reading import shown

TEXT = 'Tema{0}Initiativ{0}Status\nPersonale{0}Læring{0}"flere\nlinjer"\n'
CELLS = [
    [("A1", "Tema"), ("B1", "Initiativ"), ("C1", "Status")],
    [("A2", "Personale"), ("B2", "Læring"), ("C2", "flere\nlinjer")],
]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_separator_and_encoding_gives_the_same_cells(separator, encoding):
    content = TEXT.format(separator).encode(encoding)

    assert shown.table(content) == CELLS
    assert documents.read(content, name="x").kind == "csv"


def test_rows_keep_their_number_and_short_ones_are_filled_up():
    assert shown.table(b"a;b;c\n\n;;\nd;e\n") == [
        [("A1", "a"), ("B1", "b"), ("C1", "c")],
        [("A4", "d"), ("B4", "e"), ("C4", "")],
    ]


def test_text_without_any_separator_is_one_column_where_the_name_says_so():
    document = documents.read(b"Mentor\nBuddy\n", name="plan.csv")

    assert [[cell.text for cell in row] for row in document.pages[0].blocks[0].rows] == [
        ["Mentor"],
        ["Buddy"],
    ]


def test_rows_of_nothing_but_separators_give_an_empty_page():
    assert documents.read(b";;\n;;\n", name="plan.csv").pages[0].blocks == ()


def test_one_separator_that_does_not_fit_does_not_stop_the_others():
    content = b'a;b\n"' + b"x," * 70_000 + b'"' + b";c\n"

    with pytest.raises(documents.DocumentRefused):
        documents.read(content, name="plan.csv")
