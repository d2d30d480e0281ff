from datetime import date

from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import Section, is_new
from robust.engines.documents.writing import text
from tests.engines.documents.writing.follow_ups import follow_up, row

NEW, REMOVED = Change.NEW, Change.REMOVED


def test_printable_takes_out_control_characters_and_keeps_one_kind_of_line_break() -> None:
    assert text.printable("a\x00b\x1bc\r\nd\x0be\u2028f\tg\ud800\uffff") == "abc\nd\ne\nf\tg"


def test_printable_goes_through_a_whole_follow_up_and_leaves_days_and_changes_as_they_are() -> None:
    dirty = follow_up(Section(area="Perso\x07nale", rows=(row("Men\x01tor"),)))

    assert text.printable(dirty) == follow_up(Section(area="Personale", rows=(row("Mentor"),)))


def test_changes_are_settled_when_nothing_is_compared() -> None:
    settled = text.prepared(follow_up(compared_on=None))

    assert [is_new(row) for row in settled.sections[0].rows] == [False]
    assert settled.sections[0].rows[0].status.text == (Passage("Seks mentorer. Syv afsnit er med."),)
    assert settled.statement == "Opfølgning pr. 22. november 2026"


def test_changes_are_settled_when_they_are_not_to_be_marked() -> None:
    settled = text.prepared(follow_up(mark_changes=False))

    assert (settled.compared_on, settled.shows_changes) == (date(2026, 3, 3), False)
    assert settled.sections[0].rows[0].sites[0].text == (Passage("Begyndt i juni."),)


def test_changes_are_kept_when_they_are_to_be_marked() -> None:
    prepared = text.prepared(follow_up())

    assert prepared == follow_up()
    assert [is_new(row) for row in prepared.sections[0].rows] == [True]


def test_spaces_around_changed_words_are_not_marked() -> None:
    assert text.shown((Passage("a"), Passage(" b ", NEW), Passage("c"), Passage("  ", REMOVED))) == (
        Passage("a"),
        Passage(" "),
        Passage("b", NEW),
        Passage(" "),
        Passage("c"),
    )


def test_a_struck_word_and_the_new_one_do_not_run_together() -> None:
    assert text.shown((Passage("maj", REMOVED), Passage("juni", NEW))) == (
        Passage("maj ", REMOVED),
        Passage("juni", NEW),
    )


def test_lines_divide_at_line_breaks_and_leave_blank_ones_out() -> None:
    assert text.lines((Passage("En\n\n"), Passage("to\ntre", NEW), Passage(" \n"))) == (
        (Passage("En"),),
        (Passage("to", NEW),),
        (Passage("tre", NEW), Passage(" ")),
    )
