"""How long a browser with an empty cache takes to show a page, until the largest text stands on the screen.

Against a server with the demo hospital: python benchmarks/first_page.py [--host http://localhost:8000]
The target is under one second. Each round has a browser context of its own, so that nothing is cached, with a
session made before. `ready` is when the page stands (largest contentful paint), `loaded` when all its files
are there; `kB` is what went over the wire.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PASSWORD = "robust-demo-2026"  # noqa: S105 - printed when the demo hospital starts
WHO = "konsulent@demo.example"
PAGES = (
    ("signing in", "/account/login/"),
    ("Min dag", "/"),
    ("initiatives", "/programme/initiatives/"),
    ("plans", "/programme/plans/"),
    ("matrix", "/programme/matrix/"),
)
ROUNDS = 7
TARGET_MS = 1000
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
MEASURED = """() => new Promise(done => {
  new PerformanceObserver(list => {
    const [page] = performance.getEntriesByType('navigation');
    const files = [page, ...performance.getEntriesByType('resource')];
    const bytes = files.reduce((sum, file) => sum + file.transferSize, 0);
    done({ready: list.getEntries().at(-1).startTime, loaded: page.loadEventEnd, bytes, files: files.length});
  }).observe({type: 'largest-contentful-paint', buffered: true});
})"""


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        yield opened
        opened.close()


def session(opened: Browser, host: str) -> Any:
    """Go through the door once, and give the cookies."""
    context = opened.new_context()
    page = context.new_page()
    page.goto(f"{host}/account/login/")
    page.fill("input[name=login]", WHO)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{host}/")
    state = context.storage_state()
    context.close()
    return state


def measure(opened: Browser, address: str, state: Any) -> dict[str, float]:
    context = opened.new_context(storage_state=state, viewport={"width": 1440, "height": 900}, locale="da-DK")
    page = context.new_page()
    page.goto(address, wait_until="load")
    measured: dict[str, float] = page.evaluate(MEASURED)
    context.close()
    return measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="http://localhost:8000")
    host = parser.parse_args().host.rstrip("/")
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {ROUNDS} rounds\n")
    print(
        "| page | ready ms | slowest ms | loaded ms | files | kB |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    slow = 0
    with browser() as opened:
        state = session(opened, host)
        for name, path in PAGES:
            seen = [
                measure(opened, host + path, state if path != PAGES[0][1] else None) for _ in range(ROUNDS)
            ]
            ready = [one["ready"] for one in seen]
            loaded = statistics.median(one["loaded"] for one in seen)
            slow += statistics.median(ready) >= TARGET_MS
            print(
                f"| {name} | {statistics.median(ready):.0f} | {max(ready):.0f} | {loaded:.0f} "
                f"| {seen[0]['files']:.0f} | {seen[0]['bytes'] / 1024:.0f} |"
            )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
