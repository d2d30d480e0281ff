"""A row whose cells begin with the words of headers is a row all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robust.engines.documents.proposing import words
from tests.engines.documents.proposing import plans
from tests.engines.documents.reading import files

HEADER = ["Område", "Indsats", "Status"]
PLAIN = ["Personale", "Fast mentor", "I gang"]
SOUNDS_LIKE_A_HEADER = [
    ["Personale", "Indsats nummer 1", "status 1"],
    ["Personale", "Indsats mod vold", "status på vold"],
    ["Personale", "Initiativ om pårørende", "Status: i gang"],
    ["Personale", "Indsats for kronikere", "Status ukendt"],
    ["Personale", "Indsats 3-2 om noget der hjælper", "I gang siden sidst"],
    ["Afsnit 2", "Indsats: samtaler på dag 5", "Status: kører"],
]


def csv(*lines: list[str]) -> bytes:
    return "\n".join(";".join(line) for line in lines).encode()


@pytest.mark.parametrize("row", SOUNDS_LIKE_A_HEADER)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_that_sounds_like_a_header_is_an_initiative_wherever_it_stands(row, place):
    lines = [PLAIN, PLAIN]
    lines.insert(place, row)

    found = plans.rows(csv(HEADER, *lines), "text", "status", name="plan.csv")

    assert found == [(line[1], line[2]) for line in lines]


@pytest.mark.parametrize("row", SOUNDS_LIKE_A_HEADER)
def test_a_table_that_goes_on_without_header_keeps_its_first_row(row):
    content = files.deck(("Personale", [[HEADER, PLAIN]]), ("Personale", [[row, PLAIN]]))

    assert [text for (text,) in plans.rows(content, "text")] == [PLAIN[1], row[1], PLAIN[1]]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Personale", "Akut", "Indsats", "Status"]),
            st.sampled_from(
                ["Indsats mod vold", "Initiativ 4", "Projekt Ro", "Opgaver i team 2", "Handling X"]
            ),
            st.sampled_from(
                ["status på vold", "Opdatering 3", "I gang siden sidst", "Følges op", "Resultat: 4"]
            ),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_row_is_lost(lines):
    found = plans.rows(csv(HEADER, *map(list, lines)), "text", "status", name="plan.csv")

    assert found == [(text, status) for _area, text, status in lines]


def test_a_header_that_comes_again_is_no_row():
    lines = [HEADER, PLAIN, HEADER, PLAIN]

    assert plans.rows(csv(*lines), "text", name="plan.csv") == [("Fast mentor",), ("Fast mentor",)]


def test_a_short_row_above_much_longer_ones_is_a_header_whatever_else_its_words_say():
    text = "Alle nye får en fast mentor, som de møder hver uge i de første tre måneder"
    lines = [["Indsats (se bilag)", "Status hos os"], [text, text]]

    assert plans.rows(csv(*lines), "text", "status", name="plan.csv") == [(text, text)]


def test_a_sum_is_no_initiative_and_is_told():
    proposal = plans.proposed(csv(HEADER, PLAIN, ["I alt", "", "3"]), name="plan.csv")

    assert [one.status for one in proposal.initiatives] == ["I gang"]
    assert [(one.reason, one.text) for one in proposal.not_understood] == [
        ("row_without_initiative", "I alt | 3")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Status 2026", True),
        ("Initiativer i 360-gradersplanen", True),
        ("Hvad er der sket siden sidst", True),
        ("Indsats/tiltag", True),
        ("Status & opfølgning", True),
        ("Status på vold", False),
        ("Indsats 3", False),
        ("Personale", False),
    ],
)
def test_a_label_is_made_of_the_words_of_headers_alone(text, expected):
    assert words.is_label(text) is expected


def test_a_first_header_of_unusual_words_is_a_header_and_so_is_its_like_on_the_next_slide():
    header = ["Personale", "Initiativer hos os", "Hvor langt er vi nu", "RH Nord"]
    row = ["Intro", "Mentor", "Startet", "I gang"]
    content = files.deck(
        ("Opfølgning", [[header, row]]),
        ("Opfølgning", [[["Løn", *header[1:]], row]]),
        ("Opfølgning", [[row]]),
    )

    assert plans.rows(content, "area", "text", "status", "example") == [
        ("Personale", "Mentor", "Startet", "I gang"),
        ("Løn", "Mentor", "Startet", "I gang"),
        ("Løn", "Mentor", "Startet", "I gang"),
    ]


def test_a_row_that_begins_with_a_sum_but_says_what_is_done_is_an_initiative():
    lines = [HEADER, ["Total", "Oprydning i vagtplanen", "I gang"]]

    assert plans.rows(csv(*lines), "area", "text", name="plan.csv") == [("Total", "Oprydning i vagtplanen")]


def test_a_header_that_a_narrow_column_broke_is_known():
    table = [["Indsatsområ de", "Indsats", "Status"], ["Nat", "Natkoordinator", "I gang"]]

    assert plans.of_table(table, "group", "text") == [("Nat", "Natkoordinator")]
