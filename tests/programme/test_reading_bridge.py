import pytest

from robust.engines import documents
from robust.programme.bridge.reading import CannotRead, read_document
from tests.programme.reading_documents import follow_up_slides


def nothing() -> None:
    pass


def test_a_deck_becomes_rows_with_place_and_number():
    deck = follow_up_slides(
        ("Introduktion", "Alle nye går seks uger.", "Akutafsnittet er begyndt."),
        ("Vagt", "Klinikkerne tager del i vagten.", ""),
    )

    read = read_document(deck, name="plan.pptx", check=nothing)

    told = [(row.number, row.area, row.group, row.text, row.example, row.page) for row in read.rows]
    assert told == [
        (1, "Personale", "Introduktion", "Alle nye går seks uger.", "Akutafsnittet er begyndt.", 1),
        (2, "Personale", "Vagt", "Klinikkerne tager del i vagten.", "", 1),
    ]  # fmt: skip


def test_a_coverage_cell_proposes_the_relation():
    table = "Område;Initiativ;Dækning\nPersonale;Seniorer bliver længere;Ikke relevant\n"

    read = read_document(table.encode(), name="plan.csv", check=nothing)

    assert [(row.coverage, row.relation_kind) for row in read.rows] == [("Ikke relevant", "not_relevant")]


def test_a_broken_file_is_refused_with_its_code():
    with pytest.raises(CannotRead) as refused:
        read_document(b"PK\x03\x04 nothing more", name="plan.pptx", check=nothing)

    assert refused.value.code == "broken"


def test_a_reading_process_that_dies_leaves_a_document_that_cannot_be_read(monkeypatch):
    monkeypatch.setattr(documents, "read_apart", exit)

    with pytest.raises(CannotRead) as refused:
        read_document(b"text", name="plan.pptx", check=nothing)

    assert refused.value.code == "broken"


def test_reading_ends_when_the_check_says_so():
    class Enough(Exception):
        pass

    def enough() -> None:
        raise Enough

    with pytest.raises(Enough):
        read_document(follow_up_slides(("a", "b c d", "")), name="plan.pptx", check=enough)


def test_reading_that_takes_too_long_is_refused():
    with pytest.raises(CannotRead) as refused:
        read_document(follow_up_slides(("a", "b c d", "")), name="plan.pptx", check=nothing, most_seconds=0)

    assert refused.value.code == "takes_too_long"
