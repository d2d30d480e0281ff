import pytest

from robust.engines.documents.writing.separated import write_csv


def test_rows_are_written_with_header_quotes_and_byte_order_mark() -> None:
    written = write_csv([("Vagt, nat", 'Kaldt "Nat"'), ("To\nlinjer", "")], ("Navn", "Note"))

    assert written.decode("utf-8") == ('\ufeffNavn,Note\r\n"Vagt, nat","Kaldt ""Nat"""\r\n"To\nlinjer",\r\n')


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(start: str) -> None:
    written = write_csv([(f"{start}1+1",)], ("A",))

    assert written.decode("utf-8-sig").split("\r\n", 1)[1].replace('"', "").startswith(f"'{start}1+1")
