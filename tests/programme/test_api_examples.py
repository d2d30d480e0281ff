"""The catalogue of good examples over the API."""

import pytest
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import Example, ExampleAdoption
from tests.factories import make_account, make_unit
from tests.programme.calling import answer, api_queries, audited, problems
from tests.programme.factories import make_initiative
from tests.programme.factories_more import make_adoption, make_example, make_recommendation

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


def told(**changes) -> dict:
    texts = {"title": "Fast makker", "place": "Et andet hospital", "what_was_done": "To går sammen."}
    return texts | {"recommendations": [make_recommendation(3).pk]} | changes


def test_anybody_tells_an_example_once(client, reader):
    status, said = answer(client, reader, "POST", "/examples", told(result="Færre sygedage."))
    _status, again = answer(client, reader, "POST", "/examples", told(result="Færre sygedage."))

    example, recommendation = Example.objects.get(), make_recommendation(3)
    assert (status, again["id"], said) == (
        201,
        example.pk,
        {
            "id": example.pk,
            "title": "Fast makker",
            "place": "Et andet hospital",
            "what_was_done": "To går sammen.",
            "context": "",
            "prerequisites": "",
            "result": "Færre sygedage.",
            "why_stopped": "",
            "recommendations": [{"id": recommendation.pk, "number": 3, "name": recommendation.name}],
            "adoption_count": 0,
            "told_by": {"id": reader.pk, "name": "Ellen"},
            "adoptions": [],
        },
    )
    assert [action for action, _detail in audited()] == ["example.told"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"recommendations": [999_999]}, (409, ["recommendations"])),
        ({"recommendations": []}, (422, ["recommendations"])),
        ({"what_was_done": " "}, (422, ["what_was_done"])),
        ({"names": "Bo"}, (422, ["names"])),
    ],
)
def test_an_example_that_cannot_be_told_like_this_is_refused(client, reader, changes, refused):
    assert problems(client, reader, "POST", "/examples", told(**changes)) == refused
    assert Example.objects.count() == 0


def test_examples_are_found_by_words_and_recommendation(client, reader):
    duty = make_example("Nattevagten får en makker", number=3)
    make_example("Frugt", number=4)

    words = answer(client, reader, "GET", "/examples?words=vagt")[1]
    shown = answer(client, reader, "GET", f"/examples?recommendation={make_recommendation(3).pk}")[1]

    assert [row["id"] for row in words["items"]] == [duty.pk]
    assert [row["id"] for row in shown["items"]] == [duty.pk]
    assert answer(client, reader, "GET", "/examples")[1]["count"] == 2


def test_recommendations_say_how_many_examples_show_them(client, reader):
    make_example(number=3)

    _status, said = answer(client, reader, "GET", "/recommendations")

    counts = {row["number"]: row["example_count"] for row in said["items"]}
    assert counts == {number: int(number == 3) for number in counts}


def test_an_example_is_told_anew_by_whoever_told_it_or_plans(client, reader, hospital):
    mine, others = make_example(told_by=reader), make_example()
    consultant = make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)

    status, said = answer(client, reader, "PUT", f"/examples/{mine.pk}", told(title="Ny titel"))
    planned = answer(client, consultant, "PUT", f"/examples/{mine.pk}", told())
    refused = answer(client, reader, "PUT", f"/examples/{others.pk}", told())

    assert (status, said["title"], planned[0], refused[0]) == (200, "Ny titel", 200, 403)
    assert audited()[-1][0] == "example.retold"


def test_what_does_not_exist_is_not_found(client, leader):
    assert answer(client, leader, "GET", "/examples/999")[0] == 404
    assert answer(client, leader, "PUT", "/examples/999", told())[0] == 404
    assert answer(client, leader, "POST", "/examples/999/adoptions", {"unit": 1})[0] == 404
    assert answer(client, leader, "PUT", "/adoptions/999", {})[0] == 404


def test_an_example_is_taken_up_once_at_a_unit_one_leads(client, leader, reader, hospital):
    example = make_example("Fast makker")
    path, body = f"/examples/{example.pk}/adoptions", {"unit": hospital.pk, "changed": "Tre går sammen."}

    status, said = answer(client, leader, "POST", path, body)
    _status, again = answer(client, leader, "POST", path, body)

    adoption = ExampleAdoption.objects.get()
    assert (status, again, said) == (
        201,
        said,
        {
            "id": adoption.pk,
            "example": example.pk,
            "unit": {"id": hospital.pk, "name": "Psykiatrien"},
            "adopted_on": timezone.localdate().isoformat(),
            "changed": "Tre går sammen.",
            "result": "",
            "why_stopped": "",
            "initiative": adoption.initiative_id,
        },
    )
    assert adoption.initiative.title == "Fast makker"
    assert audited()[-1] == ("example.adopted", {"initiative": adoption.initiative_id})
    assert answer(client, reader, "POST", path, body)[0] == 403
    assert problems(client, leader, "POST", path, body | {"unit": make_unit().pk}) == (409, ["unit"])


def test_what_came_of_it_is_told_by_those_who_lead_there(client, leader, reader, hospital):
    adoption = make_adoption(make_example(), hospital, changed="Tre går sammen.")
    path, body = f"/adoptions/{adoption.pk}", {"result": "Færre sygedage.", "why_stopped": "Ingen hænder."}

    status, said = answer(client, leader, "PUT", path, body)

    assert (status, said["changed"], said["result"], said["why_stopped"]) == (
        200,
        "",
        "Færre sygedage.",
        "Ingen hænder.",
    )
    assert answer(client, reader, "PUT", path, body)[0] == 403
    assert audited()[-1][0] == "example.result_told"


def test_the_initiative_is_named_where_one_sees_the_unit(client, reader, hospital):
    example = make_example()
    here = make_adoption(example, hospital, initiative=make_initiative(unit=hospital))
    make_adoption(example, initiative=make_initiative())

    _status, said = answer(client, reader, "GET", f"/examples/{example.pk}")

    named = {row["unit"]["id"]: row["initiative"] for row in said["adoptions"]}
    assert said["adoption_count"] == 2
    assert named.pop(hospital.pk) == here.initiative_id
    assert list(named.values()) == [None]


def test_the_lists_take_as_many_queries_for_three_as_for_one(client, reader):
    example = make_example("Makker", number=3)
    make_adoption(example)
    paths = ["/examples", "/examples?words=makker", "/recommendations", f"/examples/{example.pk}"]
    one = [api_queries(client, reader, path) for path in paths]
    for number in (4, 5):
        make_example("Makker", number=number)
        make_adoption(example)

    assert [api_queries(client, reader, path) for path in paths] == one
