"""Follow-ups as documents over the API: ordered, waited for, fetched; and the slide template."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from robust.organisation import actions as organisation_actions
from robust.organisation.models import JobRun, Role
from robust.programme.jobs.handout import write_handout
from robust.programme.models import Handout, SlideTemplate
from tests.factories import make_account, make_stored_file, make_unit
from tests.programme.calling import answer, api_queries, audited, key_of, problems
from tests.programme.factories import make_initiative, make_plan, make_status
from tests.programme.reading_documents import follow_up_slides

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Iben", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def plan(hospital):
    plan = make_plan("Robust", unit=hospital)
    make_status(make_initiative("Nattevagter deles", plan=plan), hospital)
    return plan


def order(client, account, plan, **body) -> Handout:
    status, said = answer(client, account, "POST", f"/plans/{plan.pk}/handouts", body)
    assert status == 201
    return Handout.objects.get(pk=said["id"])


def write(handout: Handout) -> None:
    taken = organisation_actions.take_job(handout.run_id, token=uuid4(), now=timezone.now())
    write_handout(organisation_actions.RunningJob(taken, clock=timezone.now, is_stopping=lambda: False))


def test_what_is_left_out_of_an_order_is_as_on_the_screen(client, consultant, plan, hospital):
    ward = make_unit("P2", parent=hospital)
    make_status(plan.initiatives.get(), ward)
    today = timezone.localdate()

    status, said = answer(client, consultant, "POST", f"/plans/{plan.pk}/handouts", {})

    handout = Handout.objects.get()
    assert (status, said) == (
        201,
        {
            "id": handout.pk,
            "plan": {"id": plan.pk, "name": "Robust"},
            "kind": "pptx",
            "dated_on": today.isoformat(),
            "compared_on": (today - timedelta(days=30)).isoformat(),
            "state": "being_written",
            "message": "",
            "file": None,
            "job": JobRun.objects.get().pk,
            "created_at": handout.created_at.isoformat(),
        },
    )
    assert list(handout.sites.all()) == [ward]
    detail = {"plan": "Robust", "format": "pptx", "dated_on": today.isoformat()}
    assert ("plan.exported", detail) in audited()


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_a_reader_orders_and_fetches_a_follow_up_in_the_format_that_is_asked_for(
    client, hospital, plan, kind
):
    reader = make_account(role=Role.EMPLOYEE, unit=hospital)
    handout = order(client, reader, plan, kind=kind, compared_on=None, sites=[])
    write(handout)

    _status, said = answer(client, reader, "GET", f"/handouts/{handout.pk}")
    response = client.get(f"/api/v1/handouts/{handout.pk}/file", headers=key_of(reader))

    handout.refresh_from_db()
    assert (said["state"], said["file"], said["compared_on"]) == ("written", handout.file.name, None)
    assert (response.status_code, response.content) == (200, bytes(handout.file.content))
    assert response.headers["Content-Type"] == handout.file.media_type
    assert audited()[-1][0] == "file.downloaded"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"dated_on": "2199-01-01"}, ["dated_on"]),
        ({"dated_on": "2026-03-02", "compared_on": "2026-03-02"}, ["compared_on"]),
        ({"sites": [999]}, ["sites"]),
    ],
)
def test_an_order_that_the_screen_sends_back_is_refused(client, consultant, plan, body, where):
    assert problems(client, consultant, "POST", f"/plans/{plan.pk}/handouts", body) == (409, where)
    assert Handout.objects.count() == 0


def test_an_order_that_is_not_as_described_is_refused(client, consultant, plan):
    body = {"kind": "odt", "places": []}

    assert problems(client, consultant, "POST", f"/plans/{plan.pk}/handouts", body) == (
        422,
        ["kind", "places"],
    )


def test_what_was_not_written_says_why_and_has_no_file(client, consultant, plan):
    handout = order(client, consultant, plan)
    JobRun.objects.update(state="failed", ended_at=timezone.now(), message="Skabelonen kan ikke bruges.")

    _status, said = answer(client, consultant, "GET", f"/handouts/{handout.pk}")

    assert (said["state"], said["message"]) == ("not_written", "Skabelonen kan ikke bruges.")
    assert answer(client, consultant, "GET", f"/handouts/{handout.pk}/file")[0] == 404


def test_a_follow_up_whose_job_is_forgotten_is_not_waited_for(client, consultant, plan):
    handout = order(client, consultant, plan)
    JobRun.objects.all().delete()

    _status, said = answer(client, consultant, "GET", f"/handouts/{handout.pk}")

    assert (said["state"], said["message"], said["job"]) == ("not_written", "", None)


def test_a_follow_up_is_seen_by_nobody_but_its_maker(client, consultant, hospital, plan):
    handout = order(client, consultant, plan)
    other = make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)

    assert answer(client, other, "GET", "/handouts") == (200, {"count": 0, "items": []})
    assert answer(client, other, "GET", f"/handouts/{handout.pk}")[0] == 404
    assert answer(client, other, "GET", f"/handouts/{handout.pk}/file")[0] == 404


def test_a_plan_that_one_does_not_see_has_no_follow_up_and_no_template(client, consultant):
    unseen = make_plan()

    assert answer(client, consultant, "POST", f"/plans/{unseen.pk}/handouts", {})[0] == 404
    assert answer(client, consultant, "GET", f"/plans/{unseen.pk}/slide-template")[0] == 404
    assert answer(client, consultant, "DELETE", f"/plans/{unseen.pk}/slide-template")[0] == 404


def test_the_list_is_narrowed_and_takes_as_many_queries_for_three_as_for_one(
    client, consultant, plan, hospital
):
    first = order(client, consultant, plan)
    one = api_queries(client, consultant, "/handouts")
    order(client, consultant, plan, kind="pdf")
    order(client, consultant, make_plan(unit=hospital))

    asked = f"/handouts?plan={plan.pk}&kind=pptx"
    assert [row["id"] for row in answer(client, consultant, "GET", asked)[1]["items"]] == [first.pk]
    assert api_queries(client, consultant, "/handouts") == one


def send_template(client, account, plan, content) -> tuple[int, dict]:
    sent = {"file": SimpleUploadedFile("vores.pptx", content)}
    response = client.post(f"/api/v1/plans/{plan.pk}/slide-template", sent, headers=key_of(account))
    return response.status_code, response.json()


def test_a_slide_template_is_set_read_and_removed(client, consultant, plan):
    path = f"/plans/{plan.pk}/slide-template"

    set_ = send_template(client, consultant, plan, follow_up_slides())
    read = answer(client, consultant, "GET", path)
    removed = answer(client, consultant, "DELETE", path)

    said = {"unit": {"id": plan.unit_id, "name": "Psykiatrien"}, "file": "vores.pptx"}
    assert (set_, read, removed) == ((201, said), (200, said), (204, None))
    assert answer(client, consultant, "GET", path)[0] == 404
    assert [action for action, _detail in audited()] == ["file.stored", "template.set", "template.removed"]


@pytest.mark.parametrize("content", [b"", b"not slides"])
def test_what_is_no_template_is_refused(client, consultant, plan, content):
    status, said = send_template(client, consultant, plan, content)

    assert (status, [part["where"] for part in said["problems"]]) == (409, ["file"])
    assert SlideTemplate.objects.count() == 0


def test_a_reader_sees_the_template_and_leaves_it_as_it_is(client, hospital, plan):
    reader = make_account(role=Role.EMPLOYEE, unit=hospital)
    SlideTemplate.objects.create(unit=hospital, file=make_stored_file(name="vores.pptx"))
    path = f"/plans/{plan.pk}/slide-template"

    assert answer(client, reader, "GET", path)[0] == 200
    assert answer(client, reader, "DELETE", path)[0] == 403
    assert send_template(client, reader, plan, follow_up_slides())[0] == 403
