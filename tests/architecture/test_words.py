"""What no committed file may hold: where it was written, by what, or an address in a lock."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOME_FOLDERS = re.compile(r"/(?:home|root|Users)/[a-z]|/work/|/tmp/w/", re.IGNORECASE)
HOW_IT_WAS_WRITTEN = re.compile(
    r"\b(?:chat ?gpt|copilot|anthropic|openai|language model|llm|ai[- ](?:generated|assisted|agent)|"
    r"sub-?agents?|co-authored-by)\b|\bclau" + r"de\b",
    re.IGNORECASE,
)
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def committed() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Give every committed file that is text, by its name, without this one, which has to name the words."""
    found = {}
    for path in committed():
        content = path.read_bytes()
        if path != Path(__file__).resolve() and b"\0" not in content:
            found[str(path.relative_to(ROOT))] = content.decode("utf-8", errors="replace")
    return found


@pytest.mark.parametrize("pattern", [HOME_FOLDERS, HOW_IT_WAS_WRITTEN], ids=["folders", "how it was written"])
def test_no_file_tells_where_or_how_it_was_written(pattern: re.Pattern[str]):
    found = [
        f"{name}: {match.group()}"
        for name, text in texts().items()
        for match in [pattern.search(text)]
        if match
    ]

    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_holds_an_address(lock: Path):
    assert "://" not in lock.read_text()
