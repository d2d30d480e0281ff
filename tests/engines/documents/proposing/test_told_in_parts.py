from robust.engines.documents.model import Paragraph, Run
from robust.engines.documents.proposing.proposal import ProposedInitiative, Source
from robust.engines.documents.proposing.rows import Draft
from robust.engines.documents.proposing.told_in_parts import joined

SOURCE = Source(page=1, block=1)


def draft(text: str, *, area: str = "Personale", **fields: str) -> Draft:
    values = {"text": text, **fields}
    return Draft(
        area=area, group="", source=SOURCE, fields={role: lines(value) for role, value in values.items()}
    )


def lines(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(runs=(Run(text=line),)) for line in text.split("\n"))


def texts(parts: list[Draft | ProposedInitiative]) -> list[tuple[str, str]]:
    told = [part.finished() if isinstance(part, Draft) else part for part in parts]
    return [(part.text, part.status) for part in told]


def test_a_part_that_goes_on_is_given_to_the_initiative_that_begins_alike() -> None:
    parts = [
        draft("Fast mentor", status="Første del."),
        draft("Andet", status="Andet."),
        draft("Fast mentor (fortsat)\nOg mere tekst", status="Anden del."),
    ]

    assert texts(joined(parts)) == [
        ("Fast mentor\nOg mere tekst", "Første del.\nAnden del."),
        ("Andet", "Andet."),
    ]


def test_a_part_without_its_beginning_in_the_same_area_stays_by_itself() -> None:
    listed = ProposedInitiative(
        area="Personale",
        group="",
        text="Fast mentor",
        status="",
        example="",
        coverage="",
        red=(),
        source=SOURCE,
    )
    parts = [
        draft("Fast mentor", area="Kommuner", status="A."),
        listed,
        draft("Fast mentor (fortsat)", status="B."),
    ]

    assert texts(joined(parts)) == [
        ("Fast mentor", "A."),
        ("Fast mentor", ""),
        ("Fast mentor (fortsat)", "B."),
    ]
