from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

_TRANSACTIONAL = {
    "transactional_db",
    "live_server",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}


@pytest.fixture(autouse=True)
def audit_trail_is_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the audit trail after tests that commit: nothing may empty it, so Django's flush does not."""
    marker = request.node.get_closest_marker("django_db")
    if not (_TRANSACTIONAL & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE organisation_auditentry, organisation_auditlink")
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture(autouse=True)
def _language_comes_back() -> Iterator[None]:
    """Leave no language behind: a request speaks its account's language to its end and beyond."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of reference material beside the checkout; absent in a plain clone."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the shared reference folder is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def _empty_queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty queue and cache after tests that commit: Django does not know their tables."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if _TRANSACTIONAL & set(request.fixturenames) or (marker and marker.kwargs.get("transaction")):
        access = request.getfixturevalue("django_db_blocker")
        with access.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers RESTART IDENTITY CASCADE")
            cursor.execute("TRUNCATE robust_cache")
