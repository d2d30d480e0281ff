"""Give every test run its settings and its database, before Django's settings are read."""

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
OPENED = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "robust.config.settings")
    os.environ.setdefault("ROBUST_SECRET_KEY", "only-for-tests")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["ROBUST_DATABASE_URL"] = os.environ.get("ROBUST_TEST_DATABASE_URL") or started_database()


def pytest_configure() -> None:
    """Serve static files under their plain names: tests collect none."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_unconfigure() -> None:
    OPENED.close()


def started_database() -> str:
    """Start a database for this run and give its address; the workers of a run in parallel inherit it."""
    from robust.config.embedded import roles
    from robust.config.embedded.server import EmbeddedServer

    data = Path(tempfile.mkdtemp(prefix="robust-tests-"))
    data.chmod(0o711)
    OPENED.callback(shutil.rmtree, data)
    server = EmbeddedServer(data=data, forgetful=True)
    OPENED.callback(server.stop)
    server.start()
    with psycopg.connect(server.url(roles.SUPERUSER)) as connection:  # to empty the audit trail between tests
        connection.execute(f"GRANT SET ON PARAMETER session_replication_role TO {roles.OWNER}")
    return server.url(roles.OWNER)
