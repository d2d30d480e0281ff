import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pptx import Presentation

from robust.engines import documents
from robust.organisation import actions as organisation_actions
from robust.organisation.models import AuditEntry, Role, StoredFile
from robust.programme.actions import handout as actions
from robust.programme.bridge.follow_up import CannotUseTemplate, check_template
from robust.programme.jobs.handout import write_handout
from robust.programme.models import Handout, ImportedRow, SlideTemplate
from robust.programme.queries import handout as handout_queries
from tests.factories import DAY, NOW, make_account, make_party, make_stored_file, make_unit
from tests.programme.factories import (
    make_area,
    make_forum,
    make_initiative,
    make_meeting,
    make_placement,
    make_plan,
    make_status,
    make_track,
)
from tests.programme.reading_documents import make_reading

pytestmark = pytest.mark.django_db

BEFORE = DAY - timedelta(days=30)


@pytest.fixture
def region():
    return make_unit("Regionen", level="region")


@pytest.fixture
def hospital(region):
    return make_unit("Psykiatrien", level="hospital", parent=region)


@pytest.fixture
def consultant(region):
    return make_account("Iben", role=Role.IMPROVEMENT_CONSULTANT, unit=region)


@pytest.fixture
def plan(region, hospital):
    plan = make_plan("Den store plan", unit=region)
    nights = make_initiative("Nattevagter deles", plan=plan, area=make_area(plan, "Personale"), group="Vagt")
    make_status(nights, region, text="Aftalt i MED.", dated_on=BEFORE)
    make_status(nights, region, text="Aftalt i MED. Begyndt på P2.", dated_on=DAY)
    make_status(nights, hospital, text="Stoppet her.", judgement="stopped", reason="Ingen hænder.")
    return plan


@pytest.fixture
def web(client, consultant):
    client.force_login(consultant)
    return client


def order(plan, *sites, kind: str = "pptx", since: date | None = BEFORE) -> actions.Order:
    return actions.Order(plan=plan, kind=kind, dated_on=DAY, compared_on=since, sites=sites)


def made(plan, account, *sites, **changes) -> Handout:
    handout = actions.order_handout(order(plan, *sites, **changes), actor=account, now=NOW)
    taken = organisation_actions.take_job(handout.run_id, token=uuid4(), now=NOW)
    running = organisation_actions.RunningJob(taken, clock=timezone.now, is_stopping=lambda: False)
    write_handout(running)
    handout.refresh_from_db()
    return handout


def read_back(handout: Handout) -> list[dict]:
    document = documents.read(bytes(handout.file.content), name=handout.file.name)
    return documents.proposal_as_json(documents.propose(document))["initiatives"]


def test_slides_read_back_give_the_same_initiatives_with_what_is_new_in_red(plan, consultant, hospital):
    handout = made(plan, consultant, hospital)

    (row,) = read_back(handout)

    assert (row["area"], row["group"], row["text"]) == ("Personale", "Vagt", "Nattevagter deles")
    assert "Aftalt i MED. Begyndt på P2." in row["status"]
    assert "Stoppet her.\nIngen hænder." in row["example"]
    assert "Begyndt på P2." in " ".join(row["red"])
    assert "Aftalt i MED." not in " ".join(row["red"])


@pytest.mark.parametrize(
    ("kind", "signature"), [("pptx", b"PK"), ("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")]
)
def test_each_format_is_written_with_a_name_that_says_what_and_when(
    plan, consultant, hospital, kind, signature
):
    handout = made(plan, consultant, hospital, kind=kind)

    assert bytes(handout.file.content).startswith(signature)
    assert handout.file.name == f"den-store-plan-opfølgning-2026-03-02.{kind}"
    assert handout.run.__class__.objects.get().result_url == handout.get_absolute_url()


def test_the_hospitals_own_name_stands_on_the_title_and_below_each_table(plan, consultant, hospital):
    before = read_back(made(plan, consultant, hospital))
    organisation_actions.set_look(
        name="Fjordens Psykiatri", accent="", dark_accent="", mark=None, actor=consultant, now=NOW
    )

    handout = made(plan, consultant, hospital)

    deck = Presentation(io.BytesIO(bytes(handout.file.content)))
    told = [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in deck.slides
    ]
    assert all("Fjordens Psykiatri" in words for words in told)
    assert read_back(handout) == before


def test_a_status_without_a_judgement_says_so_and_is_read_back_as_the_words_alone(plan, consultant, region):
    make_status(plan.initiatives.get(), region, text="Kun ord.", judgement="", dated_on=DAY)

    handout = made(plan, consultant)

    (row,) = read_back(handout)
    assert row["status"] == "Kun ord."
    cells = [
        cell.text
        for slide in Presentation(io.BytesIO(bytes(handout.file.content))).slides
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
    ]
    # what was said before is struck through beside it
    assert "– ikke vurderet · 2/3 2026\nAftalt i MED Kun ord." in cells


def test_without_a_day_to_compare_with_nothing_is_red(plan, consultant):
    (row,) = read_back(made(plan, consultant, since=None))

    assert row["red"] == []


def test_a_new_initiative_is_new_as_a_whole_and_one_in_a_track_stands_under_it(plan, consultant):
    track = make_track(plan, "Sammenhæng")
    make_initiative(
        "Åben dør", text="Åben dør hver dag.", plan=plan, track=track, starts_on=DAY, party=make_party("Byen")
    )
    make_initiative("Uden sted", text="Noget andet.", plan=plan)

    rows = {row["text"]: row for row in read_back(made(plan, consultant))}

    assert rows["Åben dør hver dag."]["area"] == "Sammenhæng"
    assert rows["Åben dør hver dag."]["red"] == ["Åben dør hver dag."]
    assert rows["Uden sted\nNoget andet."]["area"] == "Uden område"


def test_an_initiative_with_two_places_is_printed_twice_and_its_source_is_named(plan, consultant):
    initiative = plan.initiatives.get()
    make_placement(initiative, plan, area=make_area(plan, "Kommuner", order=2))
    ImportedRow.objects.create(initiative=initiative, reading=make_reading(plan=plan), page=3, text="x")

    rows = read_back(made(plan, consultant))

    assert [row["area"] for row in rows] == ["Personale", "Kommuner"]


def test_an_area_without_initiatives_is_left_out(plan, consultant):
    make_area(plan, "Tomt område")

    assert [row["area"] for row in read_back(made(plan, consultant))] == ["Personale"]


def test_a_second_attempt_keeps_the_first_document(plan, consultant):
    handout = made(plan, consultant)

    actions.keep_handout(handout, b"other", name="other", now=NOW)

    handout.refresh_from_db()
    assert bytes(handout.file.content) != b"other"


def test_what_was_handed_over_is_audited(plan, consultant):
    made(plan, consultant)

    detail = AuditEntry.objects.get(action="plan.exported").detail
    assert detail == {"plan": "Den store plan", "format": "pptx", "dated_on": "2026-03-02"}


def slides(pages: int = 1) -> bytes:
    deck = Presentation()
    for _ in range(pages):
        deck.slides.add_slide(deck.slide_layouts[5])
    packed = io.BytesIO()
    deck.save(packed)
    return packed.getvalue()


def test_the_nearest_template_is_used(plan, region, hospital, consultant):
    high = actions.set_template(region, name="r.pptx", content=slides(), actor=consultant, now=NOW)
    low = actions.set_template(hospital, name="h.pptx", content=slides(), actor=consultant, now=NOW)

    assert handout_queries.template_for(hospital.pk, day=DAY) == low
    assert handout_queries.template_for(region.pk, day=DAY) == high
    assert read_back(made(plan, consultant))


def test_a_template_that_breaks_ends_the_job_with_a_sentence(plan, region, consultant):
    SlideTemplate.objects.create(unit=region, file=make_stored_file(b"no slides"))

    with pytest.raises(organisation_actions.JobFailed):
        made(plan, consultant)


def test_a_template_is_tried_out_before_it_is_used():
    check_template(slides())
    with pytest.raises(CannotUseTemplate) as refused:
        check_template(b"no slides")

    assert refused.value.code == "broken"


def test_old_handouts_go_with_their_files(plan, consultant):
    handout = made(plan, consultant)
    unready = actions.order_handout(order(plan), actor=consultant, now=NOW)
    Handout.objects.filter(pk__in=[handout.pk, unready.pk]).update(created_at=NOW)

    count = actions.forget_handouts(NOW + timedelta(days=1))

    assert count == 2
    assert StoredFile.objects.count() == 0


def address(name: str, *args) -> str:
    return reverse(f"programme:{name}", args=args)


def test_the_form_suggests_the_day_of_the_latest_meeting_and_the_hospitals(web, plan, region, hospital):
    meeting = make_meeting(make_forum(unit=region), held_on=timezone.localdate() - timedelta(days=9))

    form = web.get(address("handout_create", plan.pk)).context["form"]

    assert (form.initial["compared_on"], form.initial["sites"]) == (meeting.held_on, [hospital.pk])


def test_wards_are_suggested_where_no_hospital_has_a_status(web, region):
    plan, ward = make_plan(unit=region), make_unit(parent=region)
    make_status(make_initiative(plan=plan), ward)

    form = web.get(address("handout_create", plan.pk)).context["form"]

    assert form.initial["sites"] == [ward.pk]


def test_one_press_orders_slides(web, plan, hospital):
    sent = {"dated_on": DAY.isoformat(), "compared_on": BEFORE.isoformat(), "sites": [hospital.pk]}

    response = web.post(address("handout_create", plan.pk), sent)

    handout = Handout.objects.get()
    assert response.url == handout.get_absolute_url()
    assert (handout.kind, list(handout.sites.all())) == ("pptx", [hospital])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"dated_on": "2999-01-01"}, "dated_on"),
        ({"compared_on": DAY.isoformat()}, "compared_on"),
        ({"dated_on": ""}, "dated_on"),
    ],
)
def test_an_order_with_something_wrong_is_sent_back(web, plan, changes, field):
    response = web.post(address("handout_create", plan.pk), {"dated_on": DAY.isoformat()} | changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_plan_of_another_hospital_is_not_found(web):
    assert web.get(address("handout_create", make_plan().pk)).status_code == 404


def test_the_document_is_offered_when_it_is_ready_and_only_to_its_maker(web, plan, consultant, client):
    handout = made(plan, consultant)

    page = web.get(address("handout_detail", handout.pk))
    file = web.get(address("handout_file", handout.pk))

    assert handout.file.name in page.text
    assert file.content == bytes(handout.file.content)
    client.force_login(make_account())
    assert client.get(address("handout_file", handout.pk)).status_code == 404


def test_a_document_that_is_not_ready_is_not_found_and_its_page_swaps_itself(web, plan, consultant):
    handout = actions.order_handout(order(plan), actor=consultant, now=NOW)

    page = web.get(address("handout_detail", handout.pk), headers={"HX-Request": "true"})

    assert "every 1s" in page.text
    assert web.get(address("handout_file", handout.pk)).status_code == 404


def test_a_document_that_failed_says_so(web, plan, consultant):
    handout = actions.order_handout(order(plan), actor=consultant, now=NOW)
    type(handout.run).objects.update(state="failed", message="Skabelonen mangler.", ended_at=NOW)

    page = web.get(address("handout_detail", handout.pk))

    assert "Skabelonen mangler." in page.text
    assert "every 1s" not in page.text


def test_my_handouts_are_listed_with_the_same_queries_for_three_as_for_one(
    web, plan, consultant, django_assert_max_num_queries
):
    actions.order_handout(order(plan), actor=consultant, now=NOW)
    web.get(address("handout_list"))
    with django_assert_max_num_queries(100) as one:
        web.get(address("handout_list"))
    for _ in range(2):
        actions.order_handout(order(plan), actor=consultant, now=NOW)

    with django_assert_max_num_queries(len(one)):
        page = web.get(address("handout_list"))

    assert len(page.context["page"].object_list) == 3


def test_an_empty_list_teaches(web):
    assert web.get(address("handout_list")).status_code == 200


def test_a_template_is_uploaded_shown_and_removed(web, plan, region):
    file = SimpleUploadedFile("hospital.pptx", slides(2))

    web.post(address("template_edit", plan.pk), {"file": file})
    page = web.get(address("template_edit", plan.pk))
    assert page.context["template"].file.name == "hospital.pptx"
    web.post(address("template_remove", plan.pk))

    assert SlideTemplate.objects.count() == 0


def test_a_file_that_is_no_template_is_sent_back_with_the_reason(web, plan):
    response = web.post(address("template_edit", plan.pk), {"file": SimpleUploadedFile("x.pptx", b"text")})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]


def test_a_template_that_is_too_large_is_sent_back(web, plan, monkeypatch):
    monkeypatch.setattr("robust.programme.forms.handout.MOST_TEMPLATE_BYTES", 10)

    response = web.post(address("template_edit", plan.pk), {"file": SimpleUploadedFile("x.pptx", slides())})

    assert list(response.context["form"].errors) == ["file"]


def test_an_employee_sets_no_template(client, plan, region):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=region))

    assert client.get(address("template_edit", plan.pk)).status_code == 403
