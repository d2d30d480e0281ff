import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest

from robust.engines import documents
from robust.engines.documents.follow_up import FollowUp
from tests.engines.documents.writing import decks
from tests.engines.documents.writing.follow_ups import follow_up

OFFICE = shutil.which("soffice")


def written(told: FollowUp) -> dict[str, bytes]:
    template = decks.saved(decks.house_style())
    return {
        "slides.pptx": documents.write_pptx(told),
        "own.pptx": documents.write_pptx(told, template=template),
        "text.docx": documents.write_docx(told),
        "sheet.xlsx": documents.write_xlsx(told),
        "rows.csv": documents.write_csv([("=1+1", "Syv afsnit er med.")], ("Mentorer", "Initiativ")),
    }


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed; the other tests need none")
def test_every_kind_opens_in_libreoffice_and_shows_its_words(tmp_path: Path) -> None:
    files = written(follow_up())
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE or "", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, *(str(tmp_path / name) for name in files)], check=True, capture_output=True, timeout=180
    )

    printed = {name: " ".join(printed_words(tmp_path / name).split()) for name in files}
    assert {name: [words in text for words in ("Initiativ", "Syv")] for name, text in printed.items()} == {
        name: [True, True] for name in files
    }


def printed_words(path: Path) -> str:
    with pdfplumber.open(path.with_suffix(".pdf")) as document:
        return "\n".join(page.extract_text() for page in document.pages)
