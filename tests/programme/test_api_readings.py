"""Documents over the API: handed in, looked through, taken over or dropped."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from robust.organisation.models import JobRun, Role
from robust.programme.models import DocumentReading, ProposedRow
from tests.factories import DAY, make_account, make_unit
from tests.programme.calling import answer, api_queries, audited, key_of, problems
from tests.programme.factories import make_initiative, make_plan
from tests.programme.reading_documents import follow_up_slides, make_reading

pytestmark = pytest.mark.django_db
OVER = "Dokumentet er allerede overtaget eller droppet. Intet er ændret."
ROW = {
    "number": 1,
    "area": "",
    "group": "",
    "text": "Nattevagter deles",
    "status": "",
    "example": "",
    "coverage": "",
    "owner": "",
    "deadline": "",
    "red": [],
    "page": 1,
    "cell": "B2",
    "choice": "new",
    "joined": None,
    "repeats": None,
    "similar": None,
    "relation_kind": None,
    "outcome": "new",
    "before": None,
}


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Iben", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Robust", unit=hospital)


@pytest.fixture
def reading(plan, consultant):
    return make_reading({"text": "Nattevagter deles"}, plan=plan, by=consultant)


def hand_in(client, account, plan, /, **changes) -> tuple[int, dict]:
    file = SimpleUploadedFile("plan.pptx", follow_up_slides(("a", "b", "c")))
    sent = {"file": file, "plan": plan.pk, "unit": plan.unit_id, "dated_on": DAY.isoformat()} | changes
    said = {name: value for name, value in sent.items() if value is not None}
    response = client.post("/api/v1/readings", said, headers=key_of(account))
    return response.status_code, response.json()


def test_a_document_is_handed_in_and_a_job_reads_it(client, consultant, plan):
    status, said = hand_in(client, consultant, plan, red_since_on="2026-02-01")

    reading = DocumentReading.objects.get()
    assert (status, said) == (
        201,
        {
            "id": reading.pk,
            "state": "reading",
            "file": "plan.pptx",
            "plan": {"id": plan.pk, "name": "Robust"},
            "unit": {"id": plan.unit_id, "name": "Psykiatrien"},
            "dated_on": "2026-03-02",
            "red_since_on": "2026-02-01",
            "coverage_plan": None,
            "read_by": {"id": consultant.pk, "name": "Iben"},
            "created_at": reading.created_at.isoformat(),
            "applied_at": None,
            "job": JobRun.objects.get().pk,
        },
    )
    assert [action for action, _detail in audited()] == ["file.stored", "job.started", "reading.started"]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"file": SimpleUploadedFile("tom.pptx", b"")}, ["file"]),
        ({"plan": 999}, ["plan"]),
        ({"unit": 999}, ["unit"]),
        ({"coverage_plan": 999}, ["coverage_plan"]),
        ({"dated_on": "2199-01-01"}, ["dated_on"]),
        ({"dated_on": "1066-10-14"}, "Vælg en dag fra 1900 til 2199."),
        ({"red_since_on": "2026-03-02"}, ["red_since_on"]),
    ],
)
def test_what_the_screen_sends_back_is_refused_and_nothing_is_kept(client, consultant, plan, changes, where):
    status, said = hand_in(client, consultant, plan, **changes)

    assert (status, [part["where"] for part in said["problems"]] or said["detail"]) == (409, where)
    assert DocumentReading.objects.count() == 0


def test_coverage_of_the_same_plan_and_a_file_that_is_too_large_are_refused(
    client, consultant, plan, monkeypatch
):
    _status, same = hand_in(client, consultant, plan, coverage_plan=plan.pk)
    monkeypatch.setattr("robust.programme.forms.reading.MOST_BYTES", 100)
    _status, large = hand_in(client, consultant, plan)

    assert [part["where"] for part in same["problems"]] == ["coverage_plan"]
    assert [part["where"] for part in large["problems"]] == ["file"]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"file": None}, "file"),
        ({"file": "words"}, "file"),
        ({"plan": "x"}, "plan"),
        ({"unit": None}, "unit"),
        ({"dated_on": "2. marts"}, "dated_on"),
    ],
)
def test_what_is_not_as_described_is_named(client, consultant, plan, changes, where):
    status, said = hand_in(client, consultant, plan, **changes)

    assert (status, [part["where"] for part in said["problems"]]) == (422, [where])


def test_an_employee_reads_no_documents(client, hospital, plan):
    employee = make_account(role=Role.EMPLOYEE, unit=hospital)

    assert answer(client, employee, "GET", "/readings")[0] == 403
    assert hand_in(client, employee, plan)[0] == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/rows"),
        ("PATCH", "/rows/1"),
        ("POST", "/join-similar"),
        ("POST", "/take-over"),
        ("POST", "/drop"),
        ("GET", "/file"),
    ],
)
def test_a_document_of_another_hospital_is_not_found(client, consultant, method, path):
    elsewhere = make_reading({"text": "Åben dør"})
    body = {} if method == "PATCH" else None

    assert answer(client, consultant, method, f"/readings/{elsewhere.pk}{path}", body)[0] == 404


def test_the_list_shows_only_documents_of_plans_one_manages(client, consultant, reading):
    make_reading()

    status, said = answer(client, consultant, "GET", "/readings")

    assert (status, said["count"], [row["id"] for row in said["items"]]) == (200, 1, [reading.pk])


def test_the_list_is_narrowed_by_file_plan_and_state(client, consultant, plan, reading):
    make_reading(plan=make_plan(unit=plan.unit), state="dropped")

    asked = f"words=opf&plan={plan.pk}&state=preview"
    _status, said = answer(client, consultant, "GET", f"/readings?{asked}")

    assert [row["id"] for row in said["items"]] == [reading.pk]


def test_the_lists_take_as_many_queries_for_three_as_for_one(client, consultant, plan):
    known = make_initiative(plan=plan)
    reading = make_reading({"text": "Dør", "choice": "join", "joined": known, "similar": known}, plan=plan)
    rows = f"/readings/{reading.pk}/rows"
    one = api_queries(client, consultant, "/readings"), api_queries(client, consultant, rows)
    for number in (2, 3):
        make_reading(plan=make_plan(unit=plan.unit))
        similar, joined = make_initiative(plan=plan), make_initiative(plan=plan)
        ProposedRow.objects.create(
            reading=reading, number=number, page=1, similar=similar, joined=joined, choice="join"
        )

    assert (api_queries(client, consultant, "/readings"), api_queries(client, consultant, rows)) == one


def test_a_document_says_what_it_holds_what_it_lacks_and_what_was_not_understood(client, consultant, plan):
    gone, kept = make_initiative("Åben dør", plan=plan), make_initiative("Fast mentor", plan=plan)
    before = make_reading(plan=plan, state="applied", applied_at="2026-02-01T12:00Z")
    gone.sources.create(reading=before, page=1, text="Åben dør")
    kept.sources.create(reading=before, page=2, text="Fast mentor")
    left = {"source": {"page": 4, "block": 1, "cell": "A1"}, "text": "Tegning", "reason": "picture"}
    joined = {"text": "Fast mentor til alle", "joined": kept, "choice": "join"}
    reading = make_reading({"text": "Nattevagter deles"}, joined, plan=plan, not_understood=[left])

    status, said = answer(client, consultant, "GET", f"/readings/{reading.pk}")

    assert (status, said["state"], said["refusal"]) == (200, "preview", "")
    assert said["counts"] == {
        "rows": 2,
        "new": 1,
        "changed": 1,
        "unchanged": 0,
        "left_out": 0,
        "similar": 0,
    }
    assert said["not_understood"] == [{"page": 4, "cell": "A1", "text": "Tegning", "reason": "picture"}]
    assert said["gone"] == [{"id": gone.pk, "name": "Åben dør"}]


def test_a_document_that_could_not_be_read_says_why(client, consultant, plan):
    reading = make_reading(plan=plan, state="refused", refusal={"code": "macros"})

    _status, said = answer(client, consultant, "GET", f"/readings/{reading.pk}")

    assert (said["state"], said["refusal"].split(" og ")[0]) == ("refused", "Filen indeholder makroer")


def test_rows_say_what_they_become_what_they_repeat_and_what_they_resemble(client, consultant, plan):
    known, like = make_initiative("Vagter", plan=plan), make_initiative("Dør", plan=plan)
    texts = (
        {"text": "Nattevagter deles", "choice": "join", "joined": known},
        {"text": "Dør", "similar": like},
    )
    reading = make_reading(*texts, {"text": "Igen", "choice": "join", "relation_kind": "partly"}, plan=plan)
    reading.rows.filter(number=3).update(joined_row=reading.rows.get(number=1))

    _status, said = answer(client, consultant, "GET", f"/readings/{reading.pk}/rows?limit=1")
    _status, rest = answer(client, consultant, "GET", f"/readings/{reading.pk}/rows?offset=1")
    _status, similar = answer(client, consultant, "GET", f"/readings/{reading.pk}/rows?kind=similar")

    joined = {"id": known.pk, "name": "Vagter"}
    assert said == {"count": 3, "items": [ROW | {"choice": "join", "joined": joined, "outcome": "unchanged"}]}
    assert [(row["joined"], row["repeats"], row["relation_kind"]) for row in rest["items"]] == [
        (None, None, None),
        (joined, 1, "partly"),
    ]
    assert [row["similar"] for row in similar["items"]] == [{"id": like.pk, "name": "Dør"}]


def test_a_row_says_what_the_document_before_had(client, consultant, plan):
    known = make_initiative("Vagter", plan=plan)
    before = make_reading(plan=plan, state="applied", applied_at="2026-02-01T12:00Z")
    known.sources.create(reading=before, page=1, text="Nattevagter", status="Ja")
    reading = make_reading({"text": "Nattevagter deles", "choice": "join", "joined": known}, plan=plan)

    _status, said = answer(client, consultant, "GET", f"/readings/{reading.pk}/rows?kind=changed")

    assert [row["before"] for row in said["items"]] == [
        {"text": "Nattevagter", "status": "Ja", "example": ""},
    ]


def test_only_what_is_sent_of_a_row_is_changed(client, consultant, reading):
    path = f"/readings/{reading.pk}/rows/1"

    first = answer(client, consultant, "PATCH", path, {"area": "Nat", "relation_kind": "covered"})
    second = answer(client, consultant, "PATCH", path, {"relation_kind": None, "choice": "leave_out"})

    assert first == (200, ROW | {"area": "Nat", "relation_kind": "covered"})
    assert second == (200, ROW | {"area": "Nat", "choice": "leave_out", "outcome": "left_out"})
    assert audited()[-2:] == [
        ("reading.row_corrected", {"row": 1, "changed": ["area", "relation_kind"]}),
        ("reading.row_corrected", {"row": 1, "changed": ["choice", "relation_kind"]}),
    ]
    assert reading.rows.get().corrections == {"area": ["", "Nat"]}


def test_a_row_is_joined_to_the_one_it_resembles_or_to_one_that_is_named(client, consultant, plan):
    like, named = make_initiative("Dør", plan=plan), make_initiative("Vagter", plan=plan)
    reading = make_reading({"text": "Dør", "similar": like}, plan=plan)
    path = f"/readings/{reading.pk}/rows/1"

    _status, resembled = answer(client, consultant, "PATCH", path, {"choice": "join"})
    _status, chosen = answer(client, consultant, "PATCH", path, {"choice": "join", "joined": named.pk})
    _status, again = answer(client, consultant, "PATCH", path, {"choice": "join"})

    assert [row["joined"]["name"] for row in (resembled, chosen, again)] == ["Dør", "Vagter", "Vagter"]


def test_a_row_is_joined_to_nothing_that_cannot_be_chosen(client, consultant, reading):
    path = f"/readings/{reading.pk}/rows/1"
    unseen = make_initiative()

    without = problems(client, consultant, "PATCH", path, {"choice": "join"})
    elsewhere = problems(client, consultant, "PATCH", path, {"choice": "join", "joined": unseen.pk})

    assert without == (409, "Vælg den indsats, rækken skal føjes til.")
    assert elsewhere == (409, ["joined"])


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"text": "  "}, ["text"]),
        ({"choice": "perhaps"}, ["choice"]),
        ({"joined": "1"}, ["joined"]),
        ({"words": "x"}, ["words"]),
    ],
)
def test_a_row_that_is_not_as_described_is_left_as_it_is(client, consultant, reading, body, where):
    assert problems(client, consultant, "PATCH", f"/readings/{reading.pk}/rows/1", body) == (422, where)


def test_a_row_that_does_not_exist_is_not_found(client, consultant, reading):
    assert answer(client, consultant, "PATCH", f"/readings/{reading.pk}/rows/2", {})[0] == 404


def test_similar_rows_are_joined_at_once(client, consultant, plan):
    like = make_initiative(plan=plan)
    reading = make_reading({"text": "Dør", "similar": like}, {"text": "Nyt"}, plan=plan)

    said = answer(client, consultant, "POST", f"/readings/{reading.pk}/join-similar")

    assert said == (200, {"count": 1})
    assert audited()[-1] == ("reading.similar_joined", {"rows": 1})


def test_a_document_is_taken_over_once(client, consultant, reading, plan):
    path = f"/readings/{reading.pk}/take-over"

    done = answer(client, consultant, "POST", path)
    again = answer(client, consultant, "POST", path)

    counted = {"made": 1, "joined": 0, "changed": 0, "unchanged": 0, "left_out": 0, "statuses": 0}
    assert done == (200, counted)
    assert again == (409, {"detail": OVER, "problems": []})
    assert plan.initiatives.get().title == "Nattevagter deles"
    assert audited()[-1] == ("reading.taken_over", counted)


def test_a_document_is_dropped_and_then_nothing_more_is_done_with_it(client, consultant, reading):
    status, said = answer(client, consultant, "POST", f"/readings/{reading.pk}/drop")
    again = answer(client, consultant, "POST", f"/readings/{reading.pk}/join-similar")

    assert (status, said["state"], reading.rows.count()) == (200, "dropped", 0)
    assert again == (409, {"detail": OVER, "problems": []})
    assert audited()[-1][0] == "reading.dropped"


def test_the_document_is_handed_out_as_it_came_and_that_is_audited(client, consultant, reading):
    response = client.get(f"/api/v1/readings/{reading.pk}/file", headers=key_of(consultant))

    assert (response.status_code, response.content) == (200, b"not opened")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''opf%C3%B8lgning.pptx"
    assert audited()[-1][0] == "file.downloaded"
