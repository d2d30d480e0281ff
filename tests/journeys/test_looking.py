"""The looking itself: a page with faults is not let by, a page without any is."""

import pytest
from playwright.sync_api import Page

from tests.journeys.looking import DESKTOP, faults_everywhere, faults_of

pytestmark = pytest.mark.journey
GOOD = """<!doctype html><html lang="da"><head><title>Planer</title></head><body>
<main id="main" tabindex="-1"><h1>Planer</h1><a class="button--primary" href="#">Læs et dokument</a></main>"""


def looked_at(page: Page, html: str) -> list[str]:
    page.set_viewport_size(DESKTOP)
    page.set_content(html)
    return [fault.removeprefix("about:blank: ") for fault in faults_of(page)]


def test_a_good_page_has_no_faults(page: Page):
    assert looked_at(page, GOOD) == []


def test_words_that_were_not_translated_are_seen_in_texts_and_labels(page: Page):
    html = (
        GOOD
        + '<p>Read a document</p><nav aria-label="See the plans"></nav><p lang="en">English text of you</p>'
    )

    assert looked_at(page, html) == ["in English: Read a document", "in English: See the plans"]


def test_a_page_of_another_language_is_seen(page: Page):
    html = GOOD.replace('lang="da"', 'lang="en"')

    assert looked_at(page, html) == ["the page does not say that it is in Danish"]


def test_a_field_without_a_label_is_seen(page: Page):
    found = looked_at(page, GOOD + "<input>")

    assert found == ["label at 1440 px: <input>"]


def test_what_is_wider_than_a_phone_is_seen(page: Page):
    wide = '<p style="width: 600px">bred</p>'
    html = GOOD.replace("</main>", wide + "</main>")

    assert looked_at(page, html) == [f"scrolls sideways at 360 px: {wide.replace('; ', ';')}"]


def test_a_primary_action_that_tab_does_not_reach_is_seen(page: Page):
    html = GOOD.replace('href="#"', 'tabindex="-1" href="#"')

    assert looked_at(page, html) == ["the primary action cannot be reached by keyboard"]


def test_words_too_faint_in_the_dark_are_seen(page: Page):
    style = "@media (prefers-color-scheme: dark) {* {background: black; color: white} p {color: #333}}"
    page.set_content(GOOD.replace("</head>", f"<style>{style}</style></head>") + "<p>svag</p>")

    found = faults_everywhere(page)

    assert [fault.partition(": <")[0] for fault in found] == [
        f"about:blank: in the dark, color-contrast at {width} px" for width in (360, 1440)
    ]
