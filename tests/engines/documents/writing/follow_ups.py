"""Small follow-ups to write in tests: fictional hospitals, own words."""

import random
from datetime import date

from robust.engines.documents.comparing import Passage, compare, plain
from robust.engines.documents.follow_up import FollowUp, Judgement, Labels, Row, Section, Site, Status

LABELS = Labels(
    dated="Opfølgning pr. 22. november 2026",
    compared="Sammenlignet med 3. marts 2026",
    area="Område",
    group="Gruppe",
    initiative="Initiativ",
    owner="Ansvarlig",
    source="Kilde",
    site="Sted",
    all_sites="Fælles",
    judgement="Vurdering",
    status="Status",
    stated_on="Dato for status",
    new_column="Nyt",
    new_mark="ny",
    legend_new="rød og understreget er nyt siden 3. marts 2026",
    legend_removed="gråt og gennemstreget gælder ikke længere",
    continued="(fortsat)",
    page="Side {page} af {pages}",
    no_rows="Her er ingen indsatser endnu.",
)
NORTH, SOUTH = Site(name="Nord", heading="Eksempler Nord"), Site(name="Syd", heading="Eksempler Syd")
ON_TRACK, AT_RISK = Judgement(shape="●", word="på sporet"), Judgement(shape="▲", word="i risiko")
COMMON = [
    "vagter",
    "afsnittet",
    "introduktion",
    "og",
    "i",
    "kompetenceudvikling",
    "sygeplejersker",
    "data",
    "viser",
]


def status(before: str, now: str, judgement: Judgement | None = ON_TRACK) -> Status:
    return Status(
        text=compare(before, now), judgement=judgement, stated_on=date(2026, 11, 3), stated="3. november 2026"
    )


def row(initiative: str = "Fast mentor til nye kolleger", **changes: object) -> Row:
    values: dict[str, object] = {
        "group": "God introduktion",
        "initiative": plain(initiative),
        "status": status("Seks mentorer.", "Seks mentorer. Syv afsnit er med."),
        "sites": (status("Begyndt i maj.", "Begyndt i juni.", AT_RISK), Status()),
        "owner": "Kim Dahl",
        "source": "Plan 2026, side 4",
        **changes,
    }
    return Row(**values)  # type: ignore[arg-type]


def follow_up(*sections: Section, **changes: object) -> FollowUp:
    values: dict[str, object] = {
        "title": "Opfølgning på planen",
        "subtitle": "To hospitaler",
        "dated_on": date(2026, 11, 22),
        "compared_on": date(2026, 3, 3),
        "labels": LABELS,
        "sections": sections or (Section(area="Personale", rows=(row(),)),),
        "sites": (NORTH, SOUTH),
        **changes,
    }
    return FollowUp(**values)  # type: ignore[arg-type]


def sentences(count: int, *, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(" ".join(chance.choices(COMMON, k=12)).capitalize() + "." for _ in range(count))


def passages(*texts: str | Passage) -> tuple[Passage, ...]:
    return tuple(text if isinstance(text, Passage) else Passage(text) for text in texts)
