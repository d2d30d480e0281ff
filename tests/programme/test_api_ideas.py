"""The idea bank over the API."""

import pytest

from robust.organisation.models import Role
from robust.programme.models import Idea, Initiative
from tests.factories import make_account, make_unit
from tests.programme.calling import answer, api_queries, audited, problems
from tests.programme.factories import make_initiative
from tests.programme.factories_more import make_idea

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def reader(hospital):
    return make_account("Ellen", role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def leader(hospital):
    return make_account("Ulla", role=Role.WARD_LEADER, unit=hospital)


@pytest.fixture
def idea(hospital):
    return make_idea("Kaffe til natten", unit=hospital, sender=make_account("Bo"))


def named(row) -> dict:
    return {"id": row.pk, "name": getattr(row, "title", "") or row.name}


def test_an_idea_is_proposed_once_and_its_sender_supports_it(client, reader, hospital):
    body = {"title": "Kaffe  til natten", "text": "Varm.", "unit": hospital.pk}

    status, said = answer(client, reader, "POST", "/ideas", body)
    _status, again = answer(client, reader, "POST", "/ideas", body)

    idea = Idea.objects.get()
    assert (status, again["id"], said) == (
        201,
        idea.pk,
        {
            "id": idea.pk,
            "title": "Kaffe til natten",
            "text": "Varm.",
            "unit": named(hospital),
            "state": "new",
            "answer": "",
            "support_count": 1,
            "is_supported": True,
            "created_at": idea.created_at.isoformat(),
            "answered_at": None,
            "sender": named(reader),
            "answered_by": None,
            "merged_into": None,
            "merged_ideas": [],
            "became": None,
        },
    )
    assert [action for action, _detail in audited()] == ["idea.proposed"]


def test_an_idea_is_proposed_for_no_place_that_one_does_not_see(client, reader):
    body = {"title": "Kaffe", "unit": make_unit().pk}

    assert problems(client, reader, "POST", "/ideas", body) == (409, ["unit"])
    assert problems(client, reader, "POST", "/ideas", body | {"title": "\n"}) == (422, ["title"])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("POST", "/support", None),
        ("DELETE", "/support", None),
        ("PUT", "/answer", {"state": "declined", "answer": "Nej."}),
        ("POST", "/merge", {"into": 1}),
    ],
)
def test_an_idea_elsewhere_is_not_found(client, leader, method, path, body):
    assert answer(client, leader, method, f"/ideas/{make_idea().pk}{path}", body)[0] == 404


def test_ideas_are_found_by_words_state_sender_and_sorted(client, reader, idea, hospital):
    mine = make_idea("Frugt", unit=hospital, sender=reader, supporters=(make_account(),), state="considered")
    make_idea("Gammel", unit=hospital, state="merged", merged_into=idea)
    make_idea()

    def found(asked: str = "") -> list[int]:
        return [row["id"] for row in answer(client, reader, "GET", f"/ideas{asked}")[1]["items"]]

    assert found() == [mine.pk, idea.pk]
    assert found("?words=natten") == found("?state=new") == [idea.pk]
    assert found("?mine=true") == [mine.pk]
    assert found("?sort=oldest") == [idea.pk, mine.pk]
    assert found("?sort=support") == [mine.pk, idea.pk]


def test_the_sender_is_named_to_those_who_answer(client, reader, leader, idea):
    _status, to_reader = answer(client, reader, "GET", f"/ideas/{idea.pk}")
    _status, to_leader = answer(client, leader, "GET", f"/ideas/{idea.pk}")

    assert (to_reader["sender"], to_leader["sender"]) == (None, named(idea.sender))


def test_support_is_given_once_and_taken_back(client, reader, idea):
    path = f"/ideas/{idea.pk}/support"

    given = [answer(client, reader, "POST", path)[1]["support_count"] for _time in range(2)]
    status, taken = answer(client, reader, "DELETE", path)

    assert (given, status, taken["support_count"], taken["is_supported"]) == ([2, 2], 200, 1, False)
    assert [action for action, _detail in audited()] == ["idea.supported", "idea.support_withdrawn"]


def test_an_idea_is_answered(client, leader, idea):
    body = {"state": "under_way", "answer": "Det er bestilt."}

    status, said = answer(client, leader, "PUT", f"/ideas/{idea.pk}/answer", body)

    assert (status, said["state"], said["answer"], said["answered_by"]) == (
        200,
        "under_way",
        "Det er bestilt.",
        named(leader),
    )
    assert audited()[-1][0] == "idea.under_way"


def test_an_accepted_idea_becomes_an_initiative_that_those_who_see_it_are_told(client, leader, reader, idea):
    body = {"state": "accepted", "answer": "Vi prøver."}
    _status, said = answer(client, leader, "PUT", f"/ideas/{idea.pk}/answer", body)
    initiative = Initiative.objects.get()
    initiative.unit = make_unit()
    initiative.save()

    _status, unseen = answer(client, reader, "GET", f"/ideas/{idea.pk}")

    assert (said["state"], said["became"], unseen["became"]) == ("accepted", named(initiative), None)


def test_an_idea_is_answered_by_nobody_else_and_only_as_described(client, reader, leader, idea):
    body = {"state": "declined", "answer": "Nej."}
    path = f"/ideas/{idea.pk}/answer"

    assert answer(client, reader, "PUT", path, body)[0] == 403
    assert answer(client, reader, "POST", f"/ideas/{idea.pk}/merge", {"into": 1})[0] == 403
    assert problems(client, leader, "PUT", path, body | {"state": "new"}) == (422, ["state"])
    assert problems(client, leader, "PUT", path, body | {"answer": ""}) == (422, ["answer"])


def test_an_idea_goes_on_in_another_with_its_support(client, leader, reader, idea, hospital):
    into = make_idea("Kaffe", unit=hospital, sender=reader)

    status, said = answer(client, leader, "POST", f"/ideas/{idea.pk}/merge", {"into": into.pk})
    _status, merged = answer(client, reader, "GET", f"/ideas/{idea.pk}")
    answered = answer(
        client, leader, "PUT", f"/ideas/{idea.pk}/answer", {"state": "declined", "answer": "Nej."}
    )

    assert (status, said["id"], said["support_count"], said["merged_ideas"]) == (200, into.pk, 2, [idea.pk])
    assert (merged["state"], merged["merged_into"]) == ("merged", into.pk)
    assert answered[0] == 409
    assert audited()[-1][0] == "idea.merged"


def test_an_idea_goes_on_neither_in_itself_nor_where_one_does_not_answer(client, leader, idea):
    path = f"/ideas/{idea.pk}/merge"

    assert answer(client, leader, "POST", path, {"into": idea.pk})[0] == 409
    assert problems(client, leader, "POST", path, {"into": make_idea().pk}) == (409, ["into"])


def test_those_who_answer_see_what_waits_the_oldest_first(client, leader, reader, idea, hospital):
    later = make_idea(unit=hospital, state="considered")
    make_idea(unit=hospital, state="declined", answer="Nej.")

    status, said = answer(client, leader, "GET", "/waiting-ideas")

    assert (status, [row["id"] for row in said["items"]]) == (200, [idea.pk, later.pk])
    assert answer(client, reader, "GET", "/waiting-ideas")[0] == 403


def test_what_resembles_a_title_is_found(client, reader, idea, hospital):
    under_way = make_initiative("Kaffe til natten på P2", unit=hospital)

    status, said = answer(client, reader, "GET", "/similar-ideas?title=kaffe%20til%20natten")

    assert (status, [row["id"] for row in said["ideas"]]) == (200, [idea.pk])
    assert said["initiatives"] == [named(under_way)]
    assert answer(client, reader, "GET", "/similar-ideas")[1] == {"ideas": [], "initiatives": []}


def test_the_lists_take_as_many_queries_for_three_as_for_one(client, leader, idea, hospital):
    paths = ["/ideas", "/waiting-ideas", "/similar-ideas?title=kaffe"]
    one = [api_queries(client, leader, path) for path in paths]
    for _number in range(2):
        make_idea("Kaffe til natten", unit=make_unit(parent=hospital))

    assert [api_queries(client, leader, path) for path in paths] == one
