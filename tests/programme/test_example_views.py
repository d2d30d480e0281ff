import pytest
from django.urls import reverse

from robust.core.registry import Found
from robust.organisation.models import Role
from robust.programme.models import Example, ExampleAdoption, Initiative
from robust.programme.views import example as views
from tests.factories import DAY, make_account, make_unit, make_unit_type
from tests.programme.factories import make_initiative
from tests.programme.factories_more import (
    make_adoption,
    make_example,
    make_recommendation,
    queries_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_unit("Afsnit 1", unit_type=make_unit_type("inpatient"))


@pytest.fixture
def leader(ward):
    return make_account("Lars", role=Role.WARD_LEADER, unit=ward)


@pytest.fixture
def nurse(ward):
    return make_account("Nina", role=Role.EMPLOYEE, unit=ward)


@pytest.fixture
def web(client, leader):
    client.force_login(leader)
    return client


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def told(**changes):
    recommendation = make_recommendation(10).pk
    return {
        "title": "Ti minutter",
        "place": "Afsnit 4",
        "what_was_done": "Vi mødtes.",
        "recommendations": [recommendation],
    } | changes


def test_the_catalogue_is_searched_and_filtered_by_its_address(web):
    make_example("Makker om natten", number=10)
    make_example("Ro til dokumentation", number=1)
    found = {}

    for query in ("", f"recommendation={make_recommendation(1).pk}", "words=makker", "recommendation=x"):
        found[query.partition("=")[0] + query[-1:]] = [
            row.title for row in web.get(f"{address('example_list')}?{query}").context["rows"]
        ]

    both = ["Makker om natten", "Ro til dokumentation"]
    assert list(found.values()) == [both, ["Ro til dokumentation"], ["Makker om natten"], both]


def test_the_catalogue_costs_the_same_for_one_and_for_three(web):
    make_example(number=1)
    for_one = queries_for(web, address("example_list"))
    make_adoption(make_example(number=2))
    make_example(number=3)

    assert queries_for(web, address("example_list")) == for_one


def test_htmx_gets_only_the_rows(web):
    response = web.get(address("example_list"), headers={"HX-Request": "true"})

    assert response.templates[0].name == "programme/_example_rows.html"


def test_an_example_tells_who_took_it_up_and_which_are_like_mine(web, ward):
    example = make_example("Makker", context="Lange nætter.", why_stopped="Ferie.")
    like = make_unit("Afsnit 2")
    like.periods.update(unit_type=ward.periods.get().unit_type)
    make_adoption(example, like, changed="Kun nat", why_stopped="Få nætter")
    mine = make_adoption(example, ward, initiative=make_initiative(unit=ward))
    make_adoption(example, initiative=make_initiative())

    page = web.get(address("example_detail", example.pk)).context["page"]

    assert page.answer == "3 steder har taget det op. 1 er et afsnit som dit. 1 er stoppet."
    assert {(row.place, row.is_like_mine, row.may_tell, row.initiative_id) for row in page.adoptions} == {
        ("Afsnit 2", True, False, None),
        ("Afsnit 1", False, True, mine.initiative_id),
        (page.adoptions[0].place, False, False, None),
    }
    assert page.parts == (
        ("Sammenhæng", "Lange nætter."),
        ("Hvad blev der gjort", "Vi mødtes ti minutter hver dag."),
        ("Hvorfor det stoppede", "Ferie."),
    )


def test_an_example_nobody_took_up_says_so(web):
    page = web.get(address("example_detail", make_example().pk)).context["page"]

    assert page.answer == "Ingen har taget det op endnu."


def test_an_example_costs_the_same_for_one_and_for_three_adoptions(web):
    example = make_example()
    make_adoption(example)
    for_one = queries_for(web, address("example_detail", example.pk))
    make_adoption(example, initiative=make_initiative())
    make_adoption(example, initiative=make_initiative())

    assert queries_for(web, address("example_detail", example.pk)) == for_one


def test_anybody_tells_an_example(client, nurse):
    client.force_login(nurse)

    response = client.post(address("example_create"), told())

    example = Example.objects.get()
    assert response.url == address("example_detail", example.pk)
    assert (example.title, example.told_by) == ("Ti minutter", nurse)
    assert [recommendation.number for recommendation in example.recommendations.all()] == [10]


@pytest.mark.parametrize("changes", [{"title": ""}, {"what_was_done": ""}, {"recommendations": []}])
def test_an_example_that_lacks_something_is_sent_back(web, changes):
    response = web.post(address("example_create"), told(**changes))

    assert (response.status_code, Example.objects.count()) == (422, 0)


def test_who_told_an_example_may_change_it(client, nurse):
    client.force_login(nurse)
    example = make_example("Før", told_by=nurse, number=1)

    shown = client.get(address("example_edit", example.pk)).context["form"].initial["title"]
    response = client.post(address("example_edit", example.pk), told(title="Efter"))

    example.refresh_from_db()
    assert (shown, example.title, response.url) == ("Før", "Efter", address("example_detail", example.pk))


def test_another_may_not_change_it_but_a_consultant_may(client, nurse):
    example = make_example()
    answers = []

    for account in (nurse, make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=make_unit())):
        client.force_login(account)
        answers.append(client.get(address("example_edit", example.pk)).status_code)

    assert answers == [403, 200]


def test_a_leader_adopts_an_example_at_the_ward(web, ward):
    example = make_example()

    response = web.post(address("example_adopt", example.pk), {"unit": ward.pk, "changed": "Kun nat"})

    adoption = ExampleAdoption.objects.get()
    assert response.url == address("initiative_detail", Initiative.objects.get().pk)
    assert (adoption.unit, adoption.changed) == (ward, "Kun nat")


def test_an_example_is_not_adopted_elsewhere(web):
    sent = {"unit": make_unit().pk}

    assert web.post(address("example_adopt", make_example().pk), sent).status_code == 422


def test_an_employee_does_not_adopt(client, nurse, ward):
    client.force_login(nurse)
    example = make_example()

    assert client.get(address("example_adopt", example.pk)).status_code == 403
    assert client.get(address("adoption_edit", make_adoption(example, ward).pk)).status_code == 403


def test_a_leader_tells_what_came_of_it(web, ward):
    adoption = make_adoption(make_example(), ward, changed="Kun nat")

    shown = web.get(address("adoption_edit", adoption.pk)).context["form"].initial["changed"]
    response = web.post(address("adoption_edit", adoption.pk), {"changed": "Kun nat", "result": "Ro"})

    adoption.refresh_from_db()
    assert (shown, adoption.result) == ("Kun nat", "Ro")
    assert response.url == address("example_detail", adoption.example_id)


def test_words_that_are_too_long_are_sent_back(web, ward):
    adoption = make_adoption(make_example(), ward)

    assert web.post(address("adoption_edit", adoption.pk), {"result": "x" * 20_001}).status_code == 422


def test_the_search_finds_examples(nurse):
    example = make_example("Makker om natten", result="Ro.")

    assert list(views.found(nurse, words="makker", day=DAY)) == [
        Found(
            title="Makker om natten",
            url=address("example_detail", example.pk),
            kind="Gode eksempler",
            excerpt="Ro.",
        )
    ]
