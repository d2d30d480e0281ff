"""The pages of somebody's background jobs: the list, one with its progress, and cancelling it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from robust.organisation import actions
from robust.organisation.models import JobRun
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FRAGMENT = {"HX-Request": "true", "X-Polling": "1"}


@pytest.fixture
def account():
    return factories.make_account("Mette Holm")


@pytest.fixture
def signed_in(client, account):
    client.force_login(account, backend=BACKEND)
    return client


def start(account, *, title="Læs dokument", **fields) -> JobRun:
    run = actions.start_job("read", title=title, account=account, arguments={}, now=NOW)
    JobRun.objects.filter(pk=run.pk).update(**fields)
    return run


def page_of(run) -> str:
    return f"/organisation/jobs/{run.pk}/"


def test_the_list_shows_my_own_jobs_newest_first(signed_in, account):
    first, second = start(account, title="Første"), start(account, title="Anden")
    start(factories.make_account(), title="En andens")

    answer = signed_in.get("/organisation/jobs/")

    assert [job.id for job in answer.context["jobs"]] == [second.pk, first.pk]
    assert "En andens" not in answer.content.decode()


def test_the_list_is_paged_and_a_wrong_page_is_the_last(signed_in, account):
    for _number in range(26):
        start(account)

    pages = [signed_in.get(f"/organisation/jobs/?page={page}").context["jobs"] for page in (1, 2, 99, "x")]

    assert [len(page) for page in pages] == [25, 1, 1, 25]


def test_the_list_asks_the_database_as_often_for_three_jobs_as_for_one(signed_in, account):
    start(account)
    signed_in.get("/organisation/jobs/")
    with CaptureQueriesContext(connection) as for_one:
        signed_in.get("/organisation/jobs/")
    start(account)
    start(account)
    with CaptureQueriesContext(connection) as for_three:
        signed_in.get("/organisation/jobs/")

    assert len(for_three) == len(for_one)


def test_an_empty_list_says_what_it_is_for(signed_in):
    page = signed_in.get("/organisation/jobs/").content.decode()

    assert "Ingen job endnu" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Jobbet venter på sin tur. Du kan godt forlade siden."),
        ({"state": "running", "done_count": 3, "total_count": 9, "message": "Side 3"}, "3 af 9"),
        ({"state": "done", "message": "9 fundet", "ended_at": NOW, "result_url": "/x/"}, "Se resultatet"),
        ({"state": "done", "ended_at": NOW}, "Jobbet er færdigt."),
        ({"state": "failed", "message": "Filen er beskyttet.", "ended_at": NOW}, "Filen er beskyttet."),
        ({"state": "cancelled", "ended_at": NOW}, "Jobbet blev stoppet. Det, det havde nået, er bevaret."),
        ({"state": "running", "cancel_requested_at": NOW}, "Jobbet er ved at stoppe."),
    ],
)
def test_the_page_says_how_it_stands_in_words(signed_in, account, fields, words):
    run = start(account, **fields)

    page = signed_in.get(page_of(run)).content.decode()

    assert words in page
    assert ('hx-trigger="every 1s"' in page) == ("ended_at" not in fields)
    can_cancel = f'action="{page_of(run)}cancel/"' in page
    assert can_cancel == ("ended_at" not in fields and "cancel_requested_at" not in fields)


def test_the_page_that_asks_every_second_is_answered_with_nothing_new(signed_in, account):
    run = start(account, state="running", done_count=1, total_count=9)

    first = signed_in.get(page_of(run), headers=FRAGMENT)
    again = signed_in.get(page_of(run), headers=FRAGMENT | {"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, "<html" in first.content.decode()) == (200, False)
    assert (first.headers["Cache-Control"], first.headers["Vary"].split(", ")[0]) == (
        "private, no-cache",
        "HX-Request",
    )
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_the_page_is_told_what_changed_and_when_to_stop_asking(signed_in, account):
    run = start(account, state="running", done_count=1, total_count=9)
    first = signed_in.get(page_of(run), headers=FRAGMENT)
    known = FRAGMENT | {"If-None-Match": first.headers["ETag"]}

    JobRun.objects.filter(pk=run.pk).update(done_count=2, updated_at=timezone.now())
    further = signed_in.get(page_of(run), headers=known)
    JobRun.objects.filter(pk=run.pk).update(state="done", ended_at=NOW, message="9 fundet")
    over = signed_in.get(page_of(run), headers=known)

    assert (further.status_code, "2 af 9" in further.content.decode()) == (200, True)
    assert (over.status_code, "9 fundet" in over.content.decode()) == (286, True)


def test_cancelling_stops_the_job_and_says_so(signed_in, account):
    run = start(account)

    answer = signed_in.post(page_of(run) + "cancel/", follow=True)

    run.refresh_from_db()
    assert answer.redirect_chain == [(page_of(run), 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        "Jobbet er ved at stoppe. Det, det havde nået, er bevaret."
    ]
    assert run.state == "cancelled"


def test_cancelling_what_is_over_changes_nothing_and_says_so(signed_in, account):
    run = start(account, state="done", ended_at=NOW)

    answer = signed_in.post(page_of(run) + "cancel/", follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "Jobbet er allerede slut. Intet er ændret."
    ]


def test_somebody_elses_job_is_not_there(signed_in):
    run = start(factories.make_account())

    statuses = [
        signed_in.get(page_of(run)).status_code,
        signed_in.post(page_of(run) + "cancel/").status_code,
    ]

    run.refresh_from_db()
    assert (statuses, run.state) == ([404, 404], "waiting")
