"""Somebody at a browser of their own: goes from page to page, and looks carefully at each."""

import re
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from tests.journeys.looking import faults_everywhere, faults_of


class Visitor:
    """A signed-in person's page; `faults` fills with whatever is wrong with what they saw."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.faults: list[str] = []
        page.emulate_media(reduced_motion="reduce")
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", self._watch)

    def opens(self, path: str) -> None:
        self.page.goto(self.site + path)

    def sees(self, heading: str) -> None:
        """Arrive at the page with this heading, and look at it."""
        expect(self.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
        self.looks()

    def looks(self) -> None:
        """Look carefully at the page as it stands."""
        self.faults += faults_of(self.page)

    def looks_everywhere(self) -> None:
        """Look on a desktop and on a phone, in the light and in the dark."""
        self.faults += faults_everywhere(self.page)

    def reads(self, text: str) -> None:
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def follows(self, name: str, **which: Any) -> None:
        self.page.locator("main").get_by_role("link", name=name, **which).first.click()

    def presses(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def writes(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def chooses(self, label: str, choice: str) -> None:
        self._field(label).select_option(label=choice)

    def picks(self, label: str, value: int) -> None:
        self._field(label).select_option(value=str(value))

    def _field(self, label: str) -> Locator:
        whole = re.compile(rf"^\s*{re.escape(label)}(\s+\(valgfrit\))?\s*$")
        return self.page.locator("main").get_by_label(whole)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{self.page.url}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"{self.page.url}: asks {request.url}")
