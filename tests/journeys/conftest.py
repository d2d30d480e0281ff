"""The browser of the journeys, the system's Chromium in Danish; who walks there, and a worker beside."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, ViewportSize

from robust.organisation.models import Account
from tests.journeys.looking import DESKTOP
from tests.journeys.visitor import Visitor

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is not installed: install the package chromium, then run the tests again.")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_OPTIONS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "da-DK",
        "timezone_id": "Europe/Copenhagen",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture(scope="session")
def base_url() -> str:
    """Stand before the plugin's fixture of this name, which pytest 9 warns of."""
    return ""


@pytest.fixture
def come_in(live_server, new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Visitor]]:
    """Let somebody in at a browser of their own; in the end nothing they saw may have been wrong."""
    visitors: list[Visitor] = []

    def sign_in(account: Account | None, *, viewport: ViewportSize = DESKTOP) -> Visitor:
        context = new_context(has_touch=viewport != DESKTOP)
        if account:
            client = Client()
            client.force_login(account)
            name = settings.SESSION_COOKIE_NAME
            cookie = client.cookies[name].value
            context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.set_viewport_size(viewport)
        visitors.append(Visitor(page, live_server.url))
        return visitors[-1]

    yield sign_in
    assert [fault for visitor in visitors for fault in visitor.faults] == []


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A real worker in a process of its own, on the database of the tests."""
    told = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {key: connection.settings_dict[name] for key, name in told.items()}
    address = " ".join(f"{key}={value}" for key, value in known.items() if value)
    process = subprocess.Popen(
        [sys.executable, "-m", "robust.cli", "work"],
        env=os.environ | {"ROBUST_DATABASE_URL": address, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    yield
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
