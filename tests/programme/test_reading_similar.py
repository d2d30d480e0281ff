from hypothesis import given
from hypothesis import strategies as st

from robust.programme.queries.similar import KnownTexts, Likeness, words_of

WORDS = st.lists(
    st.sampled_from(["vagt", "nat", "afsnit", "læge", "plan", "hjem", "kursus", "leder"]), max_size=8
).map(" ".join)


def test_the_same_words_in_another_order_and_case_are_fully_alike():
    known = KnownTexts([(7, "Farmakonom på sengeafsnit")])

    assert known.alike("på SENGEAFSNIT, farmakonom!", least_share=0.5) == [Likeness(key=7, share=1.0)]


def test_the_most_alike_comes_first_and_the_unlike_not_at_all():
    known = KnownTexts([(1, "vagt nat"), (2, "vagt nat afsnit"), (3, "kursus")])

    found = known.alike("vagt nat", least_share=0.5)

    assert found == [Likeness(key=1, share=1.0), Likeness(key=2, share=0.8)]


def test_a_key_with_several_texts_counts_by_its_best():
    known = KnownTexts([(1, "kursus"), (1, "vagt nat")])

    assert known.alike("vagt nat", least_share=0.1) == [Likeness(key=1, share=1.0)]


def test_a_text_without_words_is_like_nothing():
    assert KnownTexts([(1, ""), (2, "vagt")]).alike("…", least_share=0) == []


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS)
def test_the_share_is_dices_coefficient_of_the_word_sets(texts, text):
    found = {like.key: like.share for like in KnownTexts(enumerate(texts)).alike(text, least_share=0)}

    for key, known in enumerate(texts):
        shared = words_of(known) & words_of(text)
        expected = 2 * len(shared) / (len(words_of(known)) + len(words_of(text))) if shared else None
        assert found.get(key) == expected
