import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from robust.engines import documents
from tests.engines.documents.proposing import plans
from tests.engines.documents.reading import files

WORDS = ("Mentor", "buddy", "fælles", "møder", "vagter", "på", "tværs", "ål", "'citat'", "50%", "A/B")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=2, max_size=5)
)


def fill_book(rows):
    def fill(book):
        for row in rows:
            book.active.append(row)

    return files.workbook(fill)


@settings(max_examples=12, deadline=None)  # each example writes and reads four files
@given(TABLES)
def test_the_same_table_in_any_kind_of_file_gives_the_same_cells(rows):
    contents = [
        files.deck(("Titel", [rows])),
        files.text_document(lambda document: files.add_table(document, rows)),
        fill_book(rows),
        "\n".join(";".join(row) for row in rows).encode(),
    ]

    read = [documents.read(content, name="plan.csv").pages[0].blocks[-1] for content in contents]

    assert [[[cell.text for cell in row] for row in table.rows] for table in read] == [rows] * 4


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_never_break(content):
    with suppress(documents.DocumentRefused):
        assert documents.propose(documents.read(content, name="plan.csv")).initiatives is not None


def test_a_proposal_becomes_plain_json():
    content = files.deck(("Personale", [[["Tema", "Initiativ"], ["Intro", "Mentor"]], "Noget andet."]))

    assert json.loads(json.dumps(documents.proposal_as_json(plans.proposed(content)))) == {
        "initiatives": [
            {
                "area": "Personale",
                "group": "Intro",
                "text": "Mentor",
                "status": "",
                "example": "",
                "coverage": "",
                "red": [],
                "source": {"page": 1, "block": 1, "cell": "B2"},
                "owner": "",
                "deadline": "",
            }
        ],
        "not_understood": [
            {"source": {"page": 1, "block": 2, "cell": "1"}, "text": "Noget andet.", "reason": "text"}
        ],
    }


@pytest.mark.parametrize("name", ["360_opfoelgning_randers", "transformationsspor_sengeafsnit"])
def test_the_decks_of_the_region_are_read_without_a_row_too_many_or_too_few(shared_folder, name):
    folder = shared_folder / "data" / "decks"
    truth = json.loads((folder / f"{name}.truth.json").read_text(encoding="utf-8"))
    places = [(one["area"], one["group"]) for one in truth["initiatives"]]
    red = [tuple(passage["text"] for passage in one.get("red", ())) for one in truth["initiatives"]]

    for file in truth["files"]:
        content = (folder / file).read_bytes()
        initiatives = plans.proposed(content).initiatives
        assert [(one.area, one.group) for one in initiatives] == places
        assert [one.red for one in initiatives] == red
