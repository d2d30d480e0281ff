import zlib

import pytest

from robust.engines import documents
from robust.engines.documents import DocumentRefused, Limits
from tests.engines.documents.reading import files

PLAIN_DECK = files.deck(("Personale", [[["Initiativ", "Status"], ["Mentorordning", "I gang"]]]))
PLAIN_TEXT = files.text_document(lambda document: document.add_paragraph("Ord"))
PLAIN_BOOK = files.workbook(lambda book: book.active.append(["Initiativ", "Status"]))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def refusal(content: bytes, *, name: str = "plan", **limits: int) -> tuple[str, int | None, int | None]:
    with pytest.raises(DocumentRefused) as refused:
        documents.read(content, name=name, limits=Limits(**limits))
    return refused.value.code, refused.value.found, refused.value.allowed


def code(content: bytes, *, name: str = "plan", **limits: int) -> str:
    return refusal(content, name=name, **limits)[0]


def test_a_file_larger_than_the_limit_is_refused_with_both_sizes():
    assert refusal(b"x" * 11, file_size=10) == ("too_large", 11, 10)


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b" \n"])
def test_a_file_of_nothing_is_empty(content):
    assert code(content) == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\na,b;c",
        b"<html><body>a,b;c</body></html>",
        b"MZ a;b",
        bytes(range(256)) * 10,
        OLE + b"\0" * 600,
        b"ord uden skilletegn",
        files.repacked(PLAIN_DECK, dropped=["[Content_Types].xml"]),
    ],
)
def test_other_kinds_are_not_read_whatever_they_are_called(content):
    assert code(content, name="plan.pptx") == "unknown_kind"


def test_the_name_does_not_decide_the_kind():
    assert documents.read(PLAIN_DECK, name="plan.csv").kind == "pptx"


@pytest.mark.parametrize("content", [PLAIN_DECK, PLAIN_TEXT, PLAIN_BOOK])
@pytest.mark.parametrize("kept", [60, 500, -30])
def test_a_file_cut_short_is_broken(content, kept):
    assert code(content[:kept]) == "broken"


def test_a_part_that_is_no_xml_is_broken():
    damaged = files.repacked(PLAIN_DECK, changed={"ppt/presentation.xml": lambda part: part[:40]})

    assert code(damaged) == "broken"


def test_an_unknown_way_of_packing_is_broken():
    at = PLAIN_DECK.index(b"PK\x01\x02") + 10

    assert code(PLAIN_DECK[:at] + b"\x63\x00" + PLAIN_DECK[at + 2 :]) == "broken"


def test_encrypted_office_files_are_told_apart_from_old_ones():
    assert code(OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted"


def test_an_encrypted_entry_is_refused():
    at = PLAIN_DECK.index(b"PK\x01\x02") + 8

    assert code(PLAIN_DECK[:at] + b"\x01\x00" + PLAIN_DECK[at + 2 :]) == "encrypted"


def test_a_package_of_encrypted_parts_is_refused():
    assert code(files.repacked(PLAIN_DECK, added={"EncryptedPackage": b""})) == "encrypted"


@pytest.mark.parametrize("content", [PLAIN_DECK, PLAIN_TEXT, PLAIN_BOOK])
def test_macros_are_refused_wherever_they_lie(content):
    assert code(files.repacked(content, added={"custom/vbaProject.bin": b"x"})) == "macros"


def test_a_macro_content_type_is_refused():
    kind = files.repacked(
        PLAIN_TEXT,
        changed={
            "[Content_Types].xml": lambda part: part.replace(b"document.main", b"document.macroEnabled.main")
        },
    )

    assert code(kind) == "macros"


def test_external_entities_are_refused():
    entity = files.repacked(
        PLAIN_TEXT, changed={"word/document.xml": lambda part: ENTITY + part.split(b"?>", 1)[1]}
    )

    assert code(entity) == "external_entity"


def test_an_entity_hidden_by_another_encoding_is_refused():
    def hide(part: bytes) -> bytes:
        return f"<!DOCTYPE x>{part.decode().split('?>', 1)[1]}".encode("utf-16")

    assert code(files.repacked(PLAIN_TEXT, changed={"word/document.xml": hide})) == "external_entity"


def test_an_encoding_that_no_office_program_writes_is_refused():
    def rename(part: bytes) -> bytes:
        return b'<?xml version="1.0" encoding="UTF-7"?>' + part.split(b"?>", 1)[1]

    assert code(files.repacked(PLAIN_TEXT, changed={"word/document.xml": rename})) == "external_entity"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/x", "a/..\\b"])
def test_names_that_lead_out_of_the_package_are_refused(name):
    assert code(files.repacked(PLAIN_BOOK, added={name: b"x"})) == "unsafe_names"


def test_a_part_that_grows_a_thousand_times_is_refused_before_it_is_unpacked():
    bomb = files.repacked(PLAIN_BOOK, added={"xl/media/bomb.bin": b"0" * 5_000_000})

    assert code(bomb) == "unpacks_too_large"


def test_the_sizes_of_all_parts_count_together():
    assert code(PLAIN_BOOK, unpacked_size=1_000) == "unpacks_too_large"
    assert code(PLAIN_BOOK, text_size=1_000) == "unpacks_too_large"
    assert code(PLAIN_BOOK, entries=3)[:7] == "unpacks"


def test_pages_are_counted_in_every_kind():
    slides = files.deck(("A", []), ("B", []))
    sheets = files.workbook(lambda book: book.create_sheet("To"))
    text = files.text_document(lambda document: document.add_page_break())
    printed = files.print_of("A #pagebreak() B")

    assert [refusal(content, pages=1) for content in (slides, sheets, printed)] == [
        ("too_many_pages", 2, 1)
    ] * 3
    assert code(text, pages=0) == "too_many_pages"


def test_cells_and_characters_are_counted():
    assert refusal(PLAIN_BOOK, cells=1) == ("too_much_text", 2, 1)
    assert refusal(b"a;b\nc;d\n", cells=3) == ("too_much_text", 4, 3)
    assert refusal(b"a;b\nc;d\n", characters=3) == ("too_much_text", 8, 3)
    assert code(files.print_of("Ord"), characters=2) == "too_much_text"


def test_a_scan_without_text_is_told_apart_from_a_broken_file():
    assert code(files.raw_pdf(b"0 0 m 9 9 l S\n")) == "no_text"


def test_a_pdf_that_needs_a_password_is_encrypted(locked_pdf):
    assert code(locked_pdf) == "encrypted"


def test_a_pdf_cut_short_is_broken():
    assert code(files.print_of("Ord")[:300]) == "broken"


def test_a_pdf_stream_that_grows_beyond_the_limit_is_refused():
    assert code(files.raw_pdf(b" " * 50_000), text_size=40_000) == "unpacks_too_large"


def test_a_pdf_stream_packed_twice_is_unpacked_twice():
    twice = files.raw_pdf(zlib.compress(b" " * 50_000), filters="[/FlateDecode/FlateDecode]")

    assert code(twice, text_size=40_000) == "unpacks_too_large"


def test_a_pdf_that_draws_without_end_is_too_complex():
    drawing = files.raw_pdf(b"0 0 m 9 9 l S\n" * 50)

    assert refusal(drawing, operators=49) == ("too_complex", 50, 49)


def test_a_stream_that_is_not_packed_counts_as_it_is():
    assert code(files.raw_pdf(b"0 0 m 9 9 l S\n" * 50, packed=False), operators=49) == "too_complex"


def test_a_stream_that_only_looks_packed_is_left_to_the_reader():
    assert code(files.raw_pdf(b"x plain", packed=False)) == "no_text"


def test_separated_text_with_null_signs_is_broken():
    assert code("a;b\n\0;d".encode("utf-16")) == "broken"


def test_a_field_too_long_for_a_cell_is_broken():
    assert code(b"a;" + b"x" * 200_000) == "broken"
