"""How long a follow-up of 200 initiatives takes to write, as slides, text document, print and sheet.

Run: python benchmarks/follow_up_export.py (with src on the path). Target: slides in under 5 s, 2 cores.
"""

import os
import platform
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version

from robust.engines.documents.comparing import compare, plain
from robust.engines.documents.follow_up import FollowUp, Judgement, Labels, Row, Section, Site, Status
from robust.engines.documents.writing.docx import write_docx
from robust.engines.documents.writing.pdf import write_pdf
from robust.engines.documents.writing.pptx import write_pptx
from robust.engines.documents.writing.xlsx import write_xlsx

SEED, INITIATIVES, SECTIONS, ROUNDS = 20261122, 200, 10, 3
WORDS = [
    *("afsnittet", "personalet", "vagtbelastning", "kompetenceudvikling", "sygeplejersker", "i", "på", "med"),
    *("for", "til", "der", "er", "planlagt", "evaluering", "arbejdstilrettelæggelse", "funktionsledere"),
    *("trivsel", "data", "viser", "færre", "flere", "patienter", "ventetid", "udskrivning", "ledelse", "og"),
]
JUDGEMENTS = (
    Judgement(shape="●", word="på sporet"),
    Judgement(shape="▲", word="i risiko"),
    Judgement(shape="○", word="ikke begyndt"),
)
SITES = ("Nordhospitalet", "Sydhospitalet", "Psykiatrien")
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


def sentences(chance: random.Random, count: int) -> str:
    return " ".join(
        " ".join(chance.choices(WORDS, k=chance.randint(6, 16))).capitalize() + "." for _ in range(count)
    )


def status(chance: random.Random) -> Status:
    before = sentences(chance, chance.randint(1, 3))
    after = f"{before} {sentences(chance, 1)}" if chance.random() < 0.4 else before
    return Status(
        text=compare(before, after),
        judgement=chance.choice(JUDGEMENTS),
        stated_on=date(2026, 11, 3),
        stated="3. november 2026",
    )


def row(chance: random.Random, group: int) -> Row:
    return Row(
        group=f"Gruppe {group}",
        initiative=plain(sentences(chance, chance.randint(1, 2))),
        status=status(chance),
        sites=tuple(status(chance) if chance.random() < 0.7 else Status() for _ in SITES),
        owner="Kim Dahl, udviklingskonsulent",
        source="Udviklingsplan 2026, side 4",
    )


def follow_up() -> FollowUp:
    chance = random.Random(SEED)
    size = INITIATIVES // SECTIONS
    return FollowUp(
        title="Opfølgning på udviklingsplanen",
        subtitle="Tre hospitaler",
        dated_on=date(2026, 11, 22),
        compared_on=date(2026, 3, 3),
        labels=LABELS,
        sections=tuple(
            Section(area=f"Område {at + 1}", rows=tuple(row(chance, number // 3) for number in range(size)))
            for at in range(SECTIONS)
        ),
        sites=tuple(Site(name=name, heading=f"Eksempler {name}") for name in SITES),
    )


def seconds(write: Callable[[FollowUp], bytes], told: FollowUp) -> tuple[float, int]:
    times: list[float] = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        size = len(write(told))
        times.append(time.perf_counter() - started)
    return statistics.median(times), size


def main() -> None:
    packages = ("python-pptx", "python-docx", "typst", "xlsxwriter")
    told = follow_up()
    words = sum(
        len(passage.text.split())
        for section in told.sections
        for line in section.rows
        for one in (line.status, *line.sites)
        for passage in one.text
    )
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, seed {SEED}")
    print(", ".join(f"{name} {version(name)}" for name in packages))
    print(f"{INITIATIVES} initiatives, {len(SITES)} sites, {words} words of status; median of {ROUNDS}")
    for name, write in (("PPTX", write_pptx), ("DOCX", write_docx), ("PDF", write_pdf), ("XLSX", write_xlsx)):
        took, size = seconds(write, told)
        print(f"{name:5} {took:6.2f} s {size / 1000:8.0f} kB")


if __name__ == "__main__":
    main()
