import io

import pytest

from robust.engines import documents
from robust.engines.documents import ProposedInitiative
from robust.engines.documents.comparing import Change, as_it_is_now
from robust.engines.documents.follow_up import FollowUp, Row, Section, Site, Status
from robust.engines.documents.writing.docx import write_docx
from robust.engines.documents.writing.pptx import write_pptx
from tests.engines.documents.writing import decks
from tests.engines.documents.writing.follow_ups import (
    AT_RISK,
    NORTH,
    ON_TRACK,
    SOUTH,
    follow_up,
    row,
    sentences,
    status,
)

EAST, WEST = (Site(name=name, heading=f"Eksempler {name}") for name in ("Øst", "Vest"))
Told = tuple[str, str, str, str, str, tuple[str, ...]]


def read_back(content: bytes, name: str) -> list[Told]:
    proposal = documents.propose(documents.read(content, name=name))
    return [told_by(initiative) for initiative in proposal.initiatives]


def told_by(initiative: ProposedInitiative) -> Told:
    texts = (initiative.area, initiative.group, initiative.text, initiative.status, initiative.example)
    area, group, text, said, example = (in_one_line(part) for part in texts)
    return area, group, text, said, example, tuple(in_one_line(passage) for passage in initiative.red)


def expected(told: FollowUp) -> list[Told]:
    return [
        (
            section.area,
            one.group,
            in_one_line(as_it_is_now(one.initiative)),
            in_one_line(as_it_is_now(one.status.text)),
            example_of(one, told.sites),
            tuple(in_one_line(passage) for passage in new_passages(one)),
        )
        for section in told.sections
        for one in section.rows
    ]


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def example_of(one: Row, sites: tuple[Site, ...]) -> str:
    said = [
        (site.heading, as_it_is_now(site_status.text))
        for site, site_status in zip(sites, one.sites, strict=False)
        if site_status.text
    ]
    if len(sites) == 1:
        return " ".join(in_one_line(text) for _, text in said)
    return " ".join(f"{heading}: {in_one_line(text)}" for heading, text in said)


def new_passages(one: Row) -> list[str]:
    return [
        line
        for part in (one.initiative, one.status.text, *(site.text for site in one.sites))
        for passage in part
        if passage.change is Change.NEW
        for line in passage.text.split("\n")
        if line.strip()
    ]


def programme(*sites: Site) -> FollowUp:
    def at_sites(number: int) -> tuple[Status, ...]:
        texts = [f"{site.name} er begyndt på del {number}." for site in sites]
        return tuple(
            Status()
            if (number + at) % 4 == 3
            else status(text, f"{text} Del {number} er udvidet hos {site.name}.", AT_RISK)
            for at, (text, site) in enumerate(zip(texts, sites, strict=True))
        )

    def initiative(number: int) -> Row:
        before = sentences(number % 4 + 1, seed=number)
        now = f"{before}\nI alt {number} afsnit er med." if number % 3 else before
        return row(
            f"Indsats {number} for fastholdelse af personale",
            group=f"Gruppe {number // 3}",
            status=status(before, now, ON_TRACK if number % 2 else None),
            sites=at_sites(number),
        )

    return follow_up(
        Section(area="Personale", rows=tuple(initiative(number) for number in range(9))),
        Section(area="Tomt område"),
        Section(area="Kommuner", rows=tuple(initiative(number) for number in range(9, 14))),
        sites=sites,
    )


@pytest.mark.parametrize(
    "sites", [(), (NORTH,), (NORTH, SOUTH), (NORTH, SOUTH, EAST), (NORTH, SOUTH, EAST, WEST)]
)
def test_slides_read_back_give_the_same_initiatives(sites: tuple[Site, ...]) -> None:
    told = programme(*sites)

    assert read_back(write_pptx(told), "opfølgning.pptx") == expected(told)


def test_slides_in_a_hospitals_template_read_back_give_the_same_initiatives() -> None:
    told = programme(NORTH, SOUTH, EAST)

    assert read_back(write_pptx(told, template=decks.saved(decks.house_style())), "a.pptx") == expected(told)


def test_unmarked_slides_read_back_give_the_same_initiatives_without_red() -> None:
    told = programme(NORTH)
    plain = follow_up(*told.sections, sites=told.sites, mark_changes=False)

    assert read_back(write_pptx(plain), "a.pptx") == [(*texts, ()) for *texts, _ in expected(told)]


def test_a_status_over_several_slides_is_read_back_whole() -> None:
    long = "\n".join(sentences(9, seed=number) for number in range(10))
    rows = (
        row("Første indsats", status=status("", ""), sites=()),
        row("Lang indsats", status=status(long, long)),
    )
    told = follow_up(Section(area="Personale", rows=rows), sites=(NORTH,))

    assert read_back(write_pptx(told), "a.pptx") == expected(told)


def test_a_text_document_reads_back_the_same_initiatives() -> None:
    told = programme(NORTH, SOUTH)

    assert read_back(write_docx(told), "a.docx") == expected(told)


def test_nothing_but_title_lines_and_empty_areas_is_left_over() -> None:
    content = io.BytesIO(write_pptx(programme(NORTH, SOUTH))).getvalue()

    proposal = documents.propose(documents.read(content, name="a.pptx"))

    assert [left.text for left in proposal.not_understood] == [
        "To hospitaler\nOpfølgning pr. 22. november 2026\nSammenlignet med 3. marts 2026",
        "Her er ingen indsatser endnu.",
    ]
