import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the database's own user may pass, unlike pytest's."""
    yield from _made()


@pytest.fixture(scope="module")
def lasting_place() -> Iterator[Path]:
    yield from _made()


def _made() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="robust-cli-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)  # a database that lost its supervisor may still be tidying up
