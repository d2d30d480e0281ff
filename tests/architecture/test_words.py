"""What no committed file may hold: where it was written, by what, or an address in a lock."""

import hashlib
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOME_FOLDERS = re.compile(r"/(?:home|root|Users)/[a-z]", re.IGNORECASE)
HERE = [str(ROOT) + "/", str(Path.home()) + "/"]
# The beginnings of the SHA-256 of the words, and pairs of words, for this file may not hold them either.
HOW_IT_WAS_WRITTEN = frozenset(
    [
        "0677069fdf937bd1",
        "3ea125d0bff386e6",
        "487b91042c7cf27a",
        "5eff592cc497fccb",
        "60965168ce762e94",
        "6f23d18048a7625f",
        "7d3194f79e645c42",
        "94a168d2da574b00",
        "953de24889d67ab2",
        "c70eca6b0f88f44d",
        "c857d09db23e6822",
        "cdcbb68a3444fdd6",
        "d298391b07433318",
        "e3f27b59e163ed12",
        "ea198c98bbb82c6d",
        "ee662f0a4316976d",
    ]
)
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def committed() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Give every committed file that is text, by its name."""
    found = {}
    for path in committed():
        content = path.read_bytes()
        if b"\0" not in content:
            found[str(path.relative_to(ROOT))] = content.decode("utf-8", errors="replace")
    return found


def tells_how_it_was_written(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower())
    said = {*words, *map(" ".join, pairwise(words))}
    return any(hashlib.sha256(one.encode()).hexdigest()[:16] in HOW_IT_WAS_WRITTEN for one in said)


def test_no_file_tells_where_it_was_written():
    found = [
        name
        for name, text in texts().items()
        if HOME_FOLDERS.search(text) or any(folder in text for folder in HERE)
    ]

    assert found == []


def test_no_file_tells_how_it_was_written():
    assert [name for name, text in texts().items() if tells_how_it_was_written(text)] == []


def test_the_words_are_known_in_any_writing():
    assert tells_how_it_was_written("Made by Co-Auth" + "ored people")
    assert not tells_how_it_was_written("Made by people")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_holds_an_address(lock: Path):
    assert "://" not in lock.read_text()
