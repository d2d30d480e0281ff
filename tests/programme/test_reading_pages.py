from typing import get_args

from robust.engines.documents.limits import Refusal
from robust.engines.documents.proposing.proposal import Reason
from robust.engines.documents.writing import slide_template
from robust.programme.models import DocumentReading
from robust.programme.pages import handout, reading


def test_every_reason_a_document_is_refused_for_has_its_sentence():
    assert set(reading.REFUSALS) == {*get_args(Refusal), "takes_too_long"}


def test_every_reason_something_was_not_understood_for_has_its_word():
    assert set(reading.REASONS) == set(get_args(Reason))


def test_every_reason_a_template_is_refused_for_has_its_sentence():
    assert set(handout.TEMPLATE_REFUSALS) == set(get_args(slide_template.Code))


def test_red_passages_split_a_text_the_longest_first():
    shown = reading.pieces("Nyt i dag og nyt", ["Nyt", "Nyt i dag"])

    assert [(piece.text, piece.red) for piece in shown] == [("Nyt i dag", True), (" og nyt", False)]


def test_lines_stand_below_each_other_also_where_red_goes_on_in_the_next():
    shown = reading.lines("Mentorer\nFaste vagter\n\nPauser", ["vagter\n\nPau"])

    assert [[(piece.text, piece.red) for piece in line] for line in shown] == [
        [("Mentorer", False)],
        [("Faste ", False), ("vagter", True)],
        [("Pau", True), ("ser", False)],
    ]
    assert reading.lines("", []) == []


def test_a_refusal_without_sizes_is_its_sentence_alone():
    refused = DocumentReading(refusal={"code": "macros", "found": None, "allowed": None})

    assert reading.refusal_of(refused) == str(reading.REFUSALS["macros"])
