import pytest

from tests.cli.roster.wards import HISTORY, SCENARIO, WARD, WEEK, wrote


@pytest.fixture
def ward(tmp_path):
    return wrote(tmp_path / "ward.json", WARD)


@pytest.fixture
def competition(tmp_path):
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in (
        ("Sc-tiny", SCENARIO),
        ("H0-tiny-0", HISTORY),
        ("WD-tiny-3", WEEK),
        ("WD-tiny-5", WEEK),
    ):
        (folder / f"{name}.txt").write_text(text)
    return folder
