"""A person watches a job and stops it, while the page renews itself under the keyboard."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from robust.organisation import actions
from robust.organisation.models import JobRun
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "fire-ord-som-passer"


@pytest.fixture
def run() -> JobRun:
    account = factories.make_account("Mette Holm", email="mette@example.org", password=PASSWORD)
    started = actions.start_job("read", title="Læs plan", account=account, arguments={}, now=timezone.now())
    report(started, state="running", done_count=1, total_count=9)
    return started


def report(run: JobRun, **changes: object) -> None:
    JobRun.objects.filter(pk=run.pk).update(updated_at=timezone.now(), **changes)


@pytest.fixture
def watched(page: Page, live_server, run: JobRun) -> Page:
    page.goto(f"{live_server.url}/organisation/jobs/{run.pk}/")
    page.get_by_label("E-mail").fill("mette@example.org")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_text("1 af 9")).to_be_visible()
    return page


def test_the_page_renews_itself_and_stops_asking_when_the_job_is_done(watched: Page, run: JobRun):
    asked: list[int] = []
    watched.on("response", lambda answer: asked.append(answer.status))

    report(run, done_count=5)
    expect(watched.get_by_text("5 af 9")).to_be_visible()
    report(run, state="done", done_count=9, message="9 indsatser fundet", ended_at=timezone.now())
    expect(watched.get_by_text("9 indsatser fundet")).to_be_visible()

    assert asked[-1] == 286
    assert watched.locator("[hx-get*='/jobs/']").count() == 0


def test_nothing_new_leaves_the_page_and_its_focus_alone(watched: Page):
    watched.get_by_role("button", name="Stop jobbet").focus()
    watched.evaluate("document.activeElement.dataset.mine = 'yes'")

    with watched.expect_response(lambda answer: answer.status == 304):
        pass
    with watched.expect_response(lambda answer: answer.status == 304):
        pass

    assert watched.evaluate("document.activeElement.dataset.mine") == "yes"


def test_a_renewed_page_keeps_the_focus_on_its_button(watched: Page, run: JobRun):
    watched.get_by_role("button", name="Stop jobbet").focus()

    report(run, done_count=6)
    expect(watched.get_by_text("6 af 9")).to_be_visible()
    expect(watched.get_by_role("button", name="Stop jobbet")).to_be_focused()
    watched.keyboard.press("Enter")

    expect(watched.get_by_text("Jobbet er ved at stoppe.").first).to_be_visible()
    run.refresh_from_db()
    assert run.cancel_requested_at is not None
