import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from robust.organisation.models import AuditEntry, Role
from robust.programme import queries
from robust.programme.actions.taking_over import take_over
from robust.programme.models import DocumentReading, Initiative
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import make_initiative, make_plan
from tests.programme.reading_documents import follow_up_slides, make_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Robust", unit=hospital)


@pytest.fixture
def web(client, consultant):
    client.force_login(consultant)
    return client


def address(name: str, *args) -> str:
    return reverse(f"programme:{name}", args=args)


def sent(plan, **changes) -> dict:
    file = SimpleUploadedFile("plan.pptx", follow_up_slides(("a", "b", "c")))
    return {"file": file, "plan": plan.pk, "unit": plan.unit_id, "dated_on": DAY.isoformat()} | changes


def test_a_consultant_hands_in_a_document(web, plan):
    response = web.post(address("reading_create"), sent(plan))

    reading = DocumentReading.objects.get()
    assert (response.status_code, response.url) == (302, address("reading_detail", reading.pk))
    assert (reading.file.name, reading.plan, reading.state) == ("plan.pptx", plan, "reading")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"file": ""}, "file"),
        ({"dated_on": "2999-01-01"}, "dated_on"),
        ({"red_since_on": DAY.isoformat()}, "red_since_on"),
    ],
)
def test_a_document_with_something_wrong_is_sent_back_with_the_reason(web, plan, changes, field):
    response = web.post(address("reading_create"), sent(plan, **changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert DocumentReading.objects.count() == 0


def test_coverage_of_the_same_plan_is_sent_back(web, plan):
    response = web.post(address("reading_create"), sent(plan, coverage_plan=plan.pk))

    assert list(response.context["form"].errors) == ["coverage_plan"]


def test_a_file_that_is_too_large_is_sent_back(web, plan, monkeypatch):
    monkeypatch.setattr("robust.programme.forms.reading.MOST_BYTES", 100)

    response = web.post(address("reading_create"), sent(plan))

    assert list(response.context["form"].errors) == ["file"]


@pytest.mark.parametrize("name", ["reading_list", "reading_create"])
def test_an_employee_reads_no_documents(client, hospital, name):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=hospital))

    assert client.get(address(name)).status_code == 403


def test_a_reading_of_another_hospital_is_not_found(web):
    reading = make_reading()

    assert web.get(address("reading_detail", reading.pk)).status_code == 404


@pytest.mark.parametrize("state", ["reading", "preview", "dropped"])
def test_a_reading_shows_its_state(web, plan, state):
    reading = make_reading({"text": "Nattevagter deles"}, plan=plan, state=state)

    response = web.get(address("reading_detail", reading.pk))

    assert response.status_code == 200
    assert response.context["shown"].answer


def test_a_refused_document_shows_what_to_do(web, plan):
    refusal = {"code": "too_many_pages", "found": 900, "allowed": 400}
    reading = make_reading(plan=plan, state="refused", refusal=refusal)

    response = web.get(address("reading_detail", reading.pk))

    assert "900" in response.context["shown"].refusal
    assert "400" in response.context["shown"].refusal


def test_what_was_not_understood_stands_on_the_page(web, plan):
    left = {"source": {"page": 4, "block": 1, "cell": ""}, "text": "Tegning", "reason": "picture"}
    reading = make_reading(plan=plan, not_understood=[left])

    response = web.get(address("reading_detail", reading.pk))

    assert [(one.page, one.text) for one in response.context["shown"].left] == [(4, "Tegning")]
    assert not response.context["shown"].tabs[1:]


def test_red_words_are_marked_in_the_preview(web, plan):
    reading = make_reading({"text": "Gammelt og nyt her", "red": ["nyt"]}, plan=plan)

    response = web.get(address("reading_detail", reading.pk))

    assert "<ins>nyt</ins>" in response.text


def test_the_page_swaps_itself_while_the_document_is_read(web, plan):
    reading = make_reading(plan=plan, state="reading")

    response = web.get(address("reading_detail", reading.pk), headers={"HX-Request": "true"})

    assert "<html" not in response.text
    assert "HX-Request" in response["Vary"]


def test_the_page_is_loaded_anew_when_the_document_has_been_read(web, plan):
    reading = make_reading(plan=plan)

    response = web.get(address("reading_detail", reading.pk), headers={"HX-Request": "true"})

    assert response["HX-Refresh"] == "true"


def test_a_row_is_corrected(web, plan):
    reading = make_reading({"text": "Forkert"}, plan=plan)
    known = make_initiative(plan=plan)
    values = {"text": "Rigtigt", "area": "Personale", "choice": "join", "joined": known.pk}

    response = web.post(address("reading_row", reading.pk, 1), values)

    assert response.url == f"{address('reading_detail', reading.pk)}?page=1#row-1"
    row = queries.rows_of(reading).get()
    assert (row.text, row.area, row.joined) == ("Rigtigt", "Personale", known)


def test_a_row_that_is_joined_to_nothing_is_sent_back(web, plan):
    reading = make_reading({"text": "Forkert"}, plan=plan)

    response = web.post(address("reading_row", reading.pk, 1), {"text": "Rigtigt", "choice": "join"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["joined"]
    assert queries.rows_of(reading).get().text == "Forkert"


def test_the_form_for_a_row_shows_what_was_read(web, plan):
    reading = make_reading({"text": "Nattevagter deles"}, plan=plan)

    response = web.get(address("reading_row", reading.pk, 1))

    assert response.context["form"].initial["text"] == "Nattevagter deles"


@pytest.mark.parametrize("choice", ["leave_out", "new", "join"])
def test_a_choice_takes_one_press(web, plan, choice):
    known = make_initiative(plan=plan)
    reading = make_reading({"text": "Nattevagter deles", "similar": known}, plan=plan)

    web.post(address("reading_row_choice", reading.pk, 1), {"choice": choice})

    row = queries.rows_of(reading).get()
    assert (row.choice, row.joined) == (choice, known if choice == "join" else None)


def test_a_choice_that_does_not_exist_is_refused(web, plan):
    reading = make_reading({"text": "Nattevagter deles"}, plan=plan)

    response = web.post(address("reading_row_choice", reading.pk, 1), {"choice": "burn"})

    assert response.status_code == 403


def test_taking_over_answers_with_what_came_of_it(web, plan):
    reading = make_reading({"text": "Nattevagter deles"}, plan=plan)

    response = web.post(address("reading_take_over", reading.pk), follow=True)

    assert [initiative.title for initiative in Initiative.objects.all()] == ["Nattevagter deles"]
    assert response.context["reading"].state == "applied"
    assert len(response.context["messages"]) == 1


@pytest.mark.parametrize("name", ["reading_take_over", "reading_drop", "reading_join_similar"])
def test_what_is_over_is_not_done_again_and_says_so(web, plan, name):
    reading = make_reading({"text": "Nattevagter deles"}, plan=plan, state="dropped")

    response = web.post(address(name, reading.pk), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Initiative.objects.count() == 0


def test_a_choice_on_what_is_over_says_so(web, plan):
    reading = make_reading({"text": "Nattevagter deles"}, plan=plan, state="dropped")

    response = web.post(address("reading_row_choice", reading.pk, 1), {"choice": "leave_out"}, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_similar_rows_are_joined_in_one_press(web, plan):
    known = make_initiative(plan=plan)
    reading = make_reading({"text": "Nattevagter deles", "similar": known}, plan=plan)

    web.post(address("reading_join_similar", reading.pk))

    assert queries.rows_of(reading).get().joined == known


def test_a_dropped_document_leads_back_to_the_list(web, plan):
    reading = make_reading({"text": "Nattevagter deles"}, plan=plan)

    response = web.post(address("reading_drop", reading.pk))

    assert response.url == address("reading_list")
    reading.refresh_from_db()
    assert reading.state == "dropped"


def test_the_document_is_handed_out_as_a_file_and_that_is_audited(web, plan):
    reading = make_reading(plan=plan)

    response = web.get(address("reading_file", reading.pk))

    assert response.content == b"not opened"
    assert response["Content-Disposition"].startswith("attachment;")
    assert AuditEntry.objects.filter(action="file.downloaded").count() == 1


def test_a_document_that_was_refused_cannot_be_fetched(web, plan):
    reading = make_reading(plan=plan, state="refused", refusal={"code": "broken"})

    assert web.get(address("reading_file", reading.pk)).status_code == 404
    assert address("reading_file", reading.pk) not in web.get(reading.get_absolute_url()).content.decode()


@pytest.fixture
def read_again(plan, consultant):
    """A document of four rows taken over, and a later version of it that waits to be looked through."""
    rows = [{"text": f"{text} på alle afsnit", "area": "A"} for text in ("Makker", "Korps", "Leder", "Tavle")]
    first = make_reading(*rows, plan=plan, by=consultant)
    take_over(first, actor=consultant, now=NOW)
    known = list(Initiative.objects.order_by("pk"))
    joined = [row | {"choice": "join", "joined": one} for row, one in zip(rows[:3], known, strict=False)]
    joined[1] |= {"status": "Seks i korpset"}
    return make_reading(*joined, {"text": "Ny"}, {"text": "Ud", "choice": "leave_out"}, plan=plan)


@pytest.mark.parametrize(
    ("kind", "numbers", "gone"),
    [
        ("", [[1], [2], [3], [4, 5]], 1),
        ("new", [[4]], 0),
        ("changed", [[2]], 0),
        ("unchanged", [[1, 3]], 0),
        ("gone", [], 1),
        ("left_out", [[5]], 0),
    ],
)
def test_the_rows_are_narrowed_by_what_is_new_in_them(web, read_again, kind, numbers, gone):
    response = web.get(address("reading_detail", read_again.pk), {"rows": kind})

    shown = response.context["shown"]
    assert [[row.number for row in one.rows] for one in response.context["stretches"]] == numbers
    assert len(shown.gone) == gone
    assert {tab.code: tab.count for tab in shown.tabs} == {
        "": 5,
        "new": 1,
        "changed": 1,
        "unchanged": 2,
        "gone": 1,
        "left_out": 1,
    }


def test_a_changed_row_shows_its_new_words_and_what_is_written(web, read_again, hospital):
    response = web.get(address("reading_detail", read_again.pk), {"rows": "changed"})

    row = response.context["stretches"][0].rows[0]
    assert [(passage.text, str(passage.change)) for passage in row.status_changes] == [
        ("Seks i korpset", "new")
    ]
    assert (row.text_changes, row.writes) == ((), [f"en status hos {hospital.name}"])
    assert "<ins>Seks i korpset</ins>" in response.text


def test_everything_that_a_changed_row_writes_is_named(web, plan, hospital):
    first = make_reading({"text": "Nattevagter"}, plan=plan)
    take_over(first, actor=first.read_by, now=NOW)
    row = {"text": "Nattevagter deles", "group": "Vagt", "choice": "join", "joined": Initiative.objects.get()}
    other = make_plan("Regionens plan")
    again = make_reading(row | {"relation_kind": "part_of"}, plan=plan, coverage_plan=other)

    response = web.get(address("reading_detail", again.pk))

    shown = response.context["stretches"][0].rows[0]
    assert shown.writes == [
        "indsatsens ordlyd",
        "en plads under Vagt",
        "hvordan den forholder sig til Regionens plan",
    ]
    assert [str(passage.change) for passage in shown.text_changes] == ["kept", "new"]


def test_words_that_stay_as_a_person_has_them_are_said_to_stay(web, plan):
    first = make_reading({"text": "Nattevagter"}, plan=plan)
    take_over(first, actor=first.read_by, now=NOW)
    Initiative.objects.update(text="Vores egne ord")
    row = {"text": "Nattevagter deles", "choice": "join", "joined": Initiative.objects.get()}
    again = make_reading(row, plan=plan)

    response = web.get(address("reading_detail", again.pk))

    assert response.context["stretches"][0].rows[0].writes == ["intet: det, der står her, bliver stående"]


def test_what_was_taken_over_shows_afterwards_as_it_did_before(web, read_again):
    before = web.get(address("reading_detail", read_again.pk)).context["shown"].tabs

    web.post(address("reading_take_over", read_again.pk))

    after = web.get(address("reading_detail", read_again.pk)).context
    assert after["shown"].tabs == before
    assert [row.writes for one in after["stretches"] for row in one.rows] == [[]] * 5


def test_a_joined_row_that_is_left_out_is_taken_in_again_where_it_was(web, read_again):
    known = queries.rows_of(read_again).get(number=1).joined

    for choice in ("leave_out", "join"):
        web.post(address("reading_row_choice", read_again.pk, 1), {"choice": choice})

    row = queries.rows_of(read_again).get(number=1)
    assert (row.choice, row.joined) == ("join", known)


def test_the_preview_takes_as_many_queries_for_five_rows_as_for_one(web, read_again, plan):
    few = make_reading({"text": "Ny", "choice": "join", "joined": Initiative.objects.first()}, plan=plan)

    counted = [count_for(web, address("reading_detail", one.pk)) for one in (few, few, read_again)]

    assert counted[1] == counted[2]


def test_the_list_takes_as_many_queries_for_three_as_for_one(web, plan, django_assert_num_queries):
    make_reading(plan=plan)
    web.get(address("reading_list"))
    with django_assert_num_queries(count_for(web)):
        web.get(address("reading_list"))
    make_reading(plan=plan)
    make_reading(plan=plan)

    with django_assert_num_queries(count_for(web)):
        web.get(address("reading_list"))


def count_for(web, page: str = "") -> int:
    with CaptureQueriesContext(connection) as captured:
        web.get(page or address("reading_list"))
    return len(captured)
