import pytest

from robust.engines import documents
from robust.engines.documents import NotUnderstood, ProposedInitiative, Source
from tests.engines.documents.proposing import plans
from tests.engines.documents.reading import files


def listed(title: str | None, *boxes: str) -> list[tuple[str, ...]]:
    return plans.rows(files.deck((title, boxes)), "area", "group", "text")


def test_a_numbered_list_gives_one_initiative_for_each_number():
    content = files.deck(("Hospitaler", ["1. Mentor\n2. Buddy"]))

    assert plans.proposed(content) == documents.Proposal(
        initiatives=tuple(
            ProposedInitiative(
                area="Hospitaler",
                group="",
                text=text,
                status="",
                example="",
                coverage="",
                red=(),
                source=Source(page=1, block=1, cell=place),
            )
            for text, place in (("Mentor", "1"), ("Buddy", "2"))
        ),
        not_understood=(),
    )


def test_a_list_that_goes_on_in_another_box_goes_on():
    assert listed("Indsatser", "1. Mentor\n2. Buddy", "3. Messe") == [
        ("Indsatser", "", "Mentor"),
        ("Indsatser", "", "Buddy"),
        ("Indsatser", "", "Messe"),
    ]


def test_the_line_above_a_list_names_its_group():
    assert listed("Hospitaler", "Rekruttering:\n1. Messe\n2. Video", "Fastholdelse:", "1. Senior") == [
        ("Hospitaler", "Rekruttering", "Messe"),
        ("Hospitaler", "Rekruttering", "Video"),
        ("Hospitaler", "Fastholdelse", "Senior"),
    ]


def test_a_deck_about_one_kind_of_unit_gives_its_overviews_that_area():
    content = files.deck(
        ("Sporet:", ["Gode arbejdspladser i sengeafsnit for alle"]),
        ("Samlet oversigt over planlagte indsatser i 2024", ["1. Mentor\n2. Buddy"]),
    )

    assert plans.rows(content, "area", "group", "text")[0] == (
        "Sengeafsnit",
        "Samlet oversigt over planlagte indsatser i 2024",
        "Mentor",
    )


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Formål (WHY)", "1. Blive bedre\n2. Få styr på det", "purpose"),
        ("Sporet", "Vi arbejder med fire procesmål:\n1. Blive bedre\n2. Få styr på det", "goals"),
        ("Vi er i mål med sporet, når:", "• Trivslen er bedre\n• Flow falder", "success_criteria"),
        ("Hvad er udfordringen?", "• Svært at rekruttere\n• Tung vagt", "challenges"),
        ("Mulige datakilder", "• Rapporter\n• Samtaler", "data_sources"),
        ("Dagsorden", "1. Velkomst\n2. Status", "agenda"),
        ("Sommerfest", "• Kage\n• Kaffe", "text"),
    ],
)
def test_lists_of_other_things_are_listed_and_not_proposed(title, text, reason):
    content = files.deck((title, [text]))

    assert plans.rows(content) == []
    assert plans.reasons(content)[-1][0] == reason


def test_bullets_are_initiatives_only_where_a_line_or_heading_says_so():
    assert listed("Kommende initiativer", "• Messe\n• Video") == [
        ("Kommende initiativer", "", "Messe"),
        ("Kommende initiativer", "", "Video"),
    ]
    assert listed("Kommende initiativer", "• Messe") == []


def test_numbers_win_over_a_heading_that_names_both():
    assert [text for *_, text in listed("Udfordringer og initiativer", "1. Messe\n2. Video")] == [
        "Messe",
        "Video",
    ]
    assert listed("Udfordringer og initiativer", "• Messe\n• Video") == []


def test_the_line_above_counts_before_the_heading():
    assert [text for *_, text in listed("Problem 1)", "Initiativer på hospitalet:\n1. Messe\n2. Video")] == [
        "Messe",
        "Video",
    ]
    assert listed("Indsatser", "Udfordringer:\n1. Tung vagt\n2. Få søger") == []


def test_points_below_an_item_and_lines_of_status_belong_to_it():
    def fill(document):
        document.add_heading("Indsatser på kirurgisk", 1)
        for style, text in (
            ("List Number", "Messe"),
            ("List Number 2", "for nye"),
            ("Normal", "Status: afholdt i maj"),
            ("Normal", ""),
            ("List Number", "Video"),
            ("Normal", "Den er optaget."),
            ("List Number", "Senior"),
            ("Normal", "Et nyt afsnit om noget andet."),
        ):
            document.add_paragraph(text, style=style)

    content = files.text_document(fill)

    assert plans.rows(content, "text", "status") == [
        ("Messe\nfor nye", "Status: afholdt i maj"),
        ("Video", "Den er optaget."),
        ("Senior", ""),
    ]
    assert plans.reasons(content) == [("text", "Et nyt afsnit om noget andet.")]


def test_a_number_out_of_order_begins_another_list():
    content = files.deck(("Indsatser", ["1) Messe\n2) Video\n1) Senior\n• Løst punkt\n• Endnu et"]))

    assert [text for (text,) in plans.rows(content, "text")] == [
        "Messe",
        "Video",
        "Senior",
        "Løst punkt",
        "Endnu et",
    ]


def test_numbers_of_goals_further_on_are_not_taken_for_the_list_before():
    def fill(document):
        document.add_heading("Indsatser på tværs", 1)
        document.add_paragraph("Messe", style="List Number")
        document.add_heading("Mål", 1)
        document.add_paragraph("Flere bliver", style="List Number")

    content = files.text_document(fill)

    assert plans.rows(content, "text") == [("Messe",)]
    assert plans.reasons(content) == [("goals", "Flere bliver")]


def test_empty_problem_slides_give_nothing_but_their_footnote():
    content = files.deck(
        ("Problem 1)", ["*Der er kun beskrevet initiativer på hospitalet."]), ("Problem 2)", [])
    )

    assert plans.rows(content) == []
    assert plans.reasons(content) == [
        ("footnote", "*Der er kun beskrevet initiativer på hospitalet."),
        ("heading_only", "Problem 2)"),
    ]


def test_whatever_is_left_is_listed_with_its_place():
    def fill(presentation):
        slide = files.add_slide(
            presentation, "Kantinen", ["Opdateringer m/ rød skrift", "En længere tekst om mad."]
        )
        slide.notes_slide.notes_text_frame.text = "husk kaffe"
        hidden = files.add_slide(presentation, "Skjult", [[["Initiativ"], ["Mentor"]], "1. Buddy"])
        hidden._element.set("show", "0")

    assert plans.proposed(files.presentation_of(fill)).not_understood == (
        NotUnderstood(source=Source(page=1, block=1), text="Opdateringer m/ rød skrift", reason="legend"),
        NotUnderstood(
            source=Source(page=1, block=2, cell="1"), text="En længere tekst om mad.", reason="text"
        ),
        NotUnderstood(source=Source(page=1, block=3), text="husk kaffe", reason="notes"),
        NotUnderstood(source=Source(page=2, block=1), text="Initiativ\nMentor", reason="hidden"),
        NotUnderstood(source=Source(page=2, block=2), text="Buddy", reason="hidden"),
    )


def test_text_about_a_purpose_is_told_apart_from_other_text():
    content = files.deck(("Sporet", ["Formålet er at blive bedre."]))

    assert plans.reasons(content) == [("purpose", "Formålet er at blive bedre.")]


def test_a_drawing_that_cannot_be_read_is_told_of():
    page = documents.Page(number=1, title="", blocks=(documents.Picture(),))
    document = documents.Document(kind="pptx", title="", pages=(page,))

    assert documents.propose(document).not_understood == (
        NotUnderstood(source=Source(page=1, block=1), text="", reason="picture"),
    )


def test_nothing_gives_nothing():
    document = documents.Document(kind="pptx", title="", pages=())

    assert documents.propose(document) == documents.Proposal(initiatives=(), not_understood=())


def test_blank_lines_in_a_text_are_no_text():
    content = files.deck(("Sommerfest", ["Kage.\n\nKaffe."]))

    assert plans.reasons(content) == [("text", "Kage.\nKaffe.")]
