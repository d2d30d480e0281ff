"""Measures how well plans are read: recall, precision, areas and groups, red passages, and time.

Usage: python benchmarks/plan_reading.py [FOLDER]

FOLDER holds documents and their `<name>.truth.json`; the default is ../shared/data/decks beside the checkout.
A row of the truth is found when nine tenths of the words of its initiative and status stand in one proposed
row, and no proposed row counts for two. A red passage is found when nine tenths of its words stand in one red
passage of that row; "word for word" asks for the same passage, no longer and no shorter.
"""

import io
import json
import platform
import re
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Cm

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from robust.engines import documents  # the path is set first, so that no installation is needed

DEFAULT_FOLDER = ROOT.parent / "shared" / "data" / "decks"
LIBRARIES = ("python-pptx", "python-docx", "openpyxl", "pdfplumber", "lxml")
ENOUGH = 0.9
COLUMNS = (
    "rows",
    "found",
    "recall",
    "proposed",
    "precision",
    "area+group",
    "red",
    "red found",
    "word for word",
    "seconds",
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def share(wanted: Counter[str], given: Counter[str]) -> float:
    """How much of the wanted words is given."""
    return (wanted & given).total() / wanted.total() if wanted else 1.0


def row_words(row: documents.ProposedInitiative) -> Counter[str]:
    return words(" ".join((row.text, row.status, row.example, row.coverage, row.owner, row.deadline)))


def is_in_place(truth: dict[str, Any], row: documents.ProposedInitiative) -> bool:
    return [" ".join(text.split()) for text in (row.area, row.group)] == [truth["area"], truth["group"]]


def assigned(truths: list[dict[str, Any]], rows: tuple[documents.ProposedInitiative, ...]) -> dict[int, int]:
    """Match rows of the truth to proposed rows, one to one, as many as can be, the right place first.

    Source: augmenting paths, H. W. Kuhn (1955), The Hungarian method for the assignment problem.
    """
    wanted = [words(f"{truth['initiative']} {truth['status']}") for truth in truths]
    given = [row_words(row) for row in rows]
    enough = [[share(want, give) >= ENOUGH for give in given] for want in wanted]
    owner: dict[int, int] = {}

    def place(truth: int, seen: set[int], *, strict: bool) -> bool:
        for row in range(len(rows)):
            if (
                row in seen
                or not enough[truth][row]
                or (strict and not is_in_place(truths[truth], rows[row]))
            ):
                continue
            seen.add(row)
            if row not in owner or place(owner[row], seen, strict=strict):
                owner[row] = truth
                return True
        return False

    for strict in (True, False):
        for truth in range(len(truths)):
            if truth not in owner.values():
                place(truth, set(), strict=strict)
    return {truth: row for row, truth in owner.items()}


def measured(content: bytes, name: str, truths: list[dict[str, Any]]) -> tuple[tuple[str, ...], list[str]]:
    """Read one file and compare; answer a line of the table and what was missed."""
    start = time.perf_counter()
    proposal = documents.propose(documents.read(content, name=name))
    seconds = time.perf_counter() - start
    rows = proposal.initiatives
    found = assigned(truths, rows)
    placed = sum(is_in_place(truths[truth], rows[row]) for truth, row in found.items())
    passages = [
        (index, passage["text"]) for index, truth in enumerate(truths) for passage in truth.get("red", ())
    ]
    red = [
        (index, text) for index, text in passages if index in found and _is_red(text, rows[found[index]].red)
    ]
    exact = [text for index, text in passages if index in found and _is_exact(text, rows[found[index]].red)]
    missed = [f"row {truth['id']}" for index, truth in enumerate(truths) if index not in found]
    missed += [
        f"place of {truths[t]['id']}: {rows[r].area} / {rows[r].group}"
        for t, r in found.items()
        if not is_in_place(truths[t], rows[r])
    ]
    missed += [
        f"red in {truths[index]['id']}: {text[:60]}" for index, text in passages if (index, text) not in red
    ]
    missed += [f"red not word for word: {text[:60]}" for _, text in red if text not in exact]
    missed += [f"invented: {row.text[:60]}" for index, row in enumerate(rows) if index not in found.values()]
    line = (
        str(len(truths)),
        str(len(found)),
        percent(len(found), len(truths)),
        str(len(rows)),
        percent(len(found), len(rows)),
        percent(placed, len(truths)),
        str(len(passages)),
        percent(len(red), len(passages)),
        percent(len(exact), len(passages)),
        f"{seconds:.2f}",
    )
    return line, missed


def _is_red(text: str, passages: tuple[str, ...]) -> bool:
    return any(share(words(text), words(passage)) >= ENOUGH for passage in passages)


def _is_exact(text: str, passages: tuple[str, ...]) -> bool:
    return any(words(text) == words(passage) for passage in passages)


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def large_deck(slides: int = 40, rows: int = 8) -> bytes:
    """Make a deck of full slides, to measure the time that one takes."""
    deck = Presentation()
    for number in range(slides):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"Område {number + 1}"
        table = slide.shapes.add_table(rows + 1, 4, Cm(1), Cm(3), Cm(23), Cm(14)).table
        for column, label in enumerate(("Tema", "Initiativ", "Status", "Ansvarlig")):
            table.cell(0, column).text = label
        for row in range(1, rows + 1):
            table.cell(row, 0).text = f"Tema {(row + 1) // 2}"
            table.cell(row, 1).text = f"Styrke indsats nummer {row} på område {number + 1}"
            table.cell(row, 2).text = (
                "Arbejdet er i gang i alle afsnit og følges hver måned af ledelsen. " * 5
            )
            table.cell(row, 3).text = "Afdelingsledelsen"
    stored = io.BytesIO()
    deck.save(stored)
    return stored.getvalue()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    truths = sorted(folder.glob("*.truth.json"))
    if not truths:
        sys.exit(f"No truth files (*.truth.json) in {folder}")
    print(f"{platform.platform()} · Python {platform.python_version()} · {platform.machine()}")
    print(" · ".join(f"{name} {version(name)}" for name in LIBRARIES), end="\n\n")
    print("| file | " + " | ".join(COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    notes: list[str] = []
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        for name in truth["files"]:
            line, missed = measured((folder / name).read_bytes(), name, truth["initiatives"])
            print(f"| {name} | " + " | ".join(line) + " |")
            notes += [f"{name}: {text}" for text in missed]
    content = large_deck()
    start = time.perf_counter()
    rows = documents.propose(documents.read(content, name="large.pptx")).initiatives
    print(f"\n40 slides, {len(rows)} initiatives: {time.perf_counter() - start:.2f} s")
    print("\n".join(("", *notes)))


if __name__ == "__main__":
    main()
