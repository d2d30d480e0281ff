"""Look at a page as a careful visitor would: give what is wrong with it, in one line each."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
ZOOMED: ViewportSize = {"width": 720, "height": 450}  # a desktop at 200 %
CATALOGUE = Path(__file__).resolve().parents[2] / "src/robust/locale/da/LC_MESSAGES/django.po"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
CONTRAST = ["color-contrast"]
OWN_NAMES = {"English"}  # a language is called by its own name
ENGLISH = re.compile(r"\b(the|you|your|with|this|please|cannot|which|that|of|and|was|has)\b", re.IGNORECASE)
TABS = 90
WORDS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const {data, parentElement} = walker.currentNode;
    if (data.trim() && !parentElement.closest('script, style, template, [lang]:not(html)')) found.push(data);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name));
  return [...new Set(found.map(text => text.replace(/\\s+/g, ' ').trim()))].filter(Boolean);
}"""
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return '';
  const reaches = one => one.getBoundingClientRect().right > width + 1;
  const wide = [...document.querySelectorAll('main *')].find(reaches);
  return wide ? wide.outerHTML.slice(0, 120) : 'the page';
}"""
AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found =>
  found.violations.flatMap(({id, nodes}) => nodes.map(node => [id, node.html])))"""
ON_PRIMARY = "() => Boolean(document.activeElement && document.activeElement.matches('.button--primary'))"


def faults_of(page: Page) -> list[str]:
    """Look at the page in the size it stands in, and leave it as it was."""
    here = page.viewport_size or DESKTOP
    found = [*_words(page), *_barriers(page, RULES, here)]
    for size in (PHONE, ZOOMED, here):
        page.set_viewport_size(size)
        found += _overflow(page, size)
    return [f"{page.url}: {fault}" for fault in [*found, *_primary_action(page)]]


def faults_everywhere(page: Page) -> list[str]:
    """Look at the page on a desktop and on a phone, in the light and in the dark."""
    found = faults_of(page)
    page.set_viewport_size(PHONE)
    found += [*_barriers(page, RULES, PHONE), *_in_the_dark(page, PHONE)]
    page.set_viewport_size(DESKTOP)
    return [*found, *_in_the_dark(page, DESKTOP)]


def _words(page: Page) -> Iterator[str]:
    if page.locator("html").get_attribute("lang") != "da":
        yield "the page does not say that it is in Danish"
    for text in page.evaluate(WORDS):
        if text in untranslated() - OWN_NAMES or ENGLISH.search(text):
            yield f"in English: {text[:80]}"


@cache
def untranslated() -> frozenset[str]:
    """Give the English words of the catalogue that are no Danish words too."""
    entries = list(polib.pofile(str(CATALOGUE)))
    danish = {text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())}
    return frozenset(entry.msgid for entry in entries) - danish


def _overflow(page: Page, size: ViewportSize) -> Iterator[str]:
    if wide := page.evaluate(OVERFLOW):
        yield f"scrolls sideways at {size['width']} px: {wide}"


def _barriers(page: Page, rules: list[str], size: ViewportSize) -> Iterator[str]:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    for rule, html in page.evaluate(AXE, rules):
        yield f"{rule} at {size['width']} px: {html[:160]}"


def _in_the_dark(page: Page, size: ViewportSize) -> list[str]:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = [f"{page.url}: in the dark, {fault}" for fault in _barriers(page, CONTRAST, size)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


def _primary_action(page: Page) -> Iterator[str]:
    """Walk by Tab from the content to what the page is for."""
    if not page.locator("main .button--primary:visible").count():
        return
    page.evaluate("() => document.getElementById('main').focus()")
    for _press in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate(ON_PRIMARY):
            return
    yield "the primary action cannot be reached by keyboard"
