import re
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"


def pins(name: str) -> dict[str, str]:
    return dict(
        re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?)==(\S+)", (REQUIREMENTS / name).read_text(), re.MULTILINE)
    )


def test_the_tests_run_with_the_versions_that_hospitals_get():
    app, test = pins("app.lock"), pins("test.lock")

    assert {name: test.get(name) for name in app} == app


def test_locks_name_no_address():
    assert [path.name for path in REQUIREMENTS.glob("*.lock") if "://" in path.read_text()] == []
