import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from robust.engines.documents.comparing import Change, Passage, as_it_is_now, compare, plain

WORDS = st.sampled_from(
    ["vagt", "og", "afsnittet", "ny", "Ny", ".", ",", " ", " ", " ", "\n", "  ", "\t", "2026", "-"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=60).map("".join))

K, N, R = Change.KEPT, Change.NEW, Change.REMOVED


def joined(passages: tuple[Passage, ...], left_out: Change) -> str:
    return "".join(passage.text for passage in passages if passage.change is not left_out)


@given(before=TEXTS, after=TEXTS)
def test_kept_and_new_give_the_text_after_and_kept_and_removed_the_text_before(
    before: str, after: str
) -> None:
    passages = compare(before, after)

    assert joined(passages, R) == after
    assert joined(passages, N) == before
    assert as_it_is_now(passages) == after


@given(before=TEXTS, after=TEXTS)
def test_no_passage_is_empty_and_no_two_neighbours_are_of_one_kind(before: str, after: str) -> None:
    passages = compare(before, after)

    assert all(passage.text for passage in passages)
    assert all(first.change is not second.change for first, second in pairwise(passages))


@given(text=TEXTS)
def test_a_text_is_kept_whole_against_itself(text: str) -> None:
    assert compare(text, text) == plain(text)


def test_a_first_text_is_new_and_a_deleted_text_removed() -> None:
    assert compare("", "Opstart i maj.") == (Passage("Opstart i maj.", N),)
    assert compare("Opstart i maj.", "") == (Passage("Opstart i maj.", R),)


def test_single_words_are_told_apart() -> None:
    assert compare("Der er ansat to sygeplejersker.", "Der er ansat fire sygeplejersker.") == (
        Passage("Der er ansat "),
        Passage("to", R),
        Passage("fire", N),
        Passage(" sygeplejersker."),
    )


def test_a_rewritten_sentence_reads_as_one_change() -> None:
    before = "Introduktion er planlagt. Prøvehandling opstartes i april og evalueres i juni."
    after = "Introduktion er planlagt. Evalueringen viste, at få patienter kunne afsluttes i dagtid og aften."

    assert compare(before, after) == (
        Passage("Introduktion er planlagt. "),
        Passage("Prøvehandling opstartes i april og evalueres i juni", R),
        Passage("Evalueringen viste, at få patienter kunne afsluttes i dagtid og aften", N),
        Passage("."),
    )


def test_a_new_sentence_is_marked_from_its_beginning_to_its_end() -> None:
    before = "Gruppen er nedsat. Gruppen har mødtes."
    after = "Gruppen er nedsat. Gruppen har fået en formand. Gruppen har mødtes."

    assert compare(before, after) == (
        Passage("Gruppen er nedsat."),
        Passage(" Gruppen har fået en formand.", N),
        Passage(" Gruppen har mødtes."),
    )


def test_a_removed_sentence_is_marked_from_its_beginning_to_its_end() -> None:
    assert compare("A er i gang. B er i gang. C er i gang.", "A er i gang. C er i gang.") == (
        Passage("A er i gang."),
        Passage(" B er i gang.", R),
        Passage(" C er i gang."),
    )


def test_a_new_sentence_that_ends_like_the_one_before_is_marked_whole() -> None:
    before = "Nyt møde holdes. Data er klar. Data mødes."
    after = "Nyt møde holdes. Data er klar. Planen er klar. Data mødes."

    assert compare(before, after) == (
        Passage("Nyt møde holdes. Data er klar."),
        Passage(" Planen er klar.", N),
        Passage(" Data mødes."),
    )


def test_a_new_paragraph_is_marked_from_line_to_line() -> None:
    before = "Gruppen er nedsat.\nGruppen er i gang."
    after = "Gruppen er nedsat.\nGruppen er udvidet.\nGruppen er i gang."

    assert compare(before, after) == (
        Passage("Gruppen er nedsat.\n"),
        Passage("Gruppen er udvidet.\n", N),
        Passage("Gruppen er i gang."),
    )


def test_changed_paragraphs_stay_apart() -> None:
    assert compare("Første.\nAnden.", "Ny første del.\nHelt anden del.") == (
        Passage("Første", R),
        Passage("Ny første del", N),
        Passage(".\n"),
        Passage("Anden", R),
        Passage("Helt anden del", N),
        Passage("."),
    )


def test_one_changed_word_in_a_long_text_is_found_alone() -> None:
    words = random.Random(7).choices([f"ord{number}" for number in range(400)], k=6000)
    changed = [*words[:3000], "ændret", *words[3001:]]

    passages = compare(" ".join(words), " ".join(changed))

    assert [passage for passage in passages if passage.change is not K] == [
        Passage(words[3000], R),
        Passage("ændret", N),
    ]


def test_long_texts_without_a_common_phrase_are_still_compared() -> None:
    before, after = "a b " * 1500, "b c " * 1500

    passages = compare(before, after)

    assert (joined(passages, N), joined(passages, R)) == (before, after)


def test_long_texts_in_another_order_keep_the_law() -> None:
    words = [f"ord{number}" for number in range(3000)]
    before, after = " ".join(words), " ".join(words[1500:] + words[:1500])

    passages = compare(before, after)

    assert (joined(passages, N), joined(passages, R)) == (before, after)
    assert sum(len(passage.text) for passage in passages if passage.change is K) > len(before) * 0.45
