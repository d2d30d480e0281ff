from robust.engines.documents import DocumentRefused, Proposal, propose, read, read_apart

TABLE = "Område;Initiativ\nPersonale;Seniorer bliver længere\n".encode()


class Letters(list):
    send = list.append


def test_what_a_document_proposes_is_sent_back():
    letters = Letters()

    read_apart(letters, TABLE, "plan.csv")

    assert letters == [propose(read(TABLE, name="plan.csv"))]
    assert isinstance(letters[0], Proposal)


def test_why_a_document_is_not_read_is_sent_back():
    letters = Letters()

    read_apart(letters, b"", "plan.csv")

    (refusal,) = letters
    assert isinstance(refusal, DocumentRefused)
    assert refusal.code == "empty"
