import pytest
from django.urls import reverse

from robust.organisation.models import Role
from robust.programme.models import PlanRelation
from tests.factories import make_account, make_unit
from tests.programme.factories import make_area, make_initiative, make_placement, make_plan, make_track
from tests.programme.factories_more import (
    make_example,
    make_idea,
    make_question,
    make_relation,
    queries_for,
)
from tests.thread.factories import make_thread_link

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Karin", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def web(client, consultant):
    client.force_login(consultant)
    return client


@pytest.fixture
def plan(hospital):
    return make_plan("Planen hele vejen rundt", short_name="360", unit=hospital, order=1)


@pytest.fixture
def other(hospital):
    return make_plan("Robust Psykiatri", short_name="Robust", unit=hospital, order=2)


def matrix_of(plan):
    return reverse("programme:relation_matrix", args=[plan.pk])


def edit_of(initiative, plan, query=""):
    return reverse("programme:relation_edit", args=[initiative.pk, plan.pk]) + query


def shown(response):
    """The matrix as text: area, title, then shape and word of each cell."""
    return [
        (area.area, row.title, *((cell.shape, cell.word, cell.note, cell.is_gap) for cell in row.cells))
        for area in response.context["areas"]
        for row in area.rows
    ]


def test_the_matrix_holds_each_initiative_against_the_other_plans_by_area(web, plan, other):
    staff, wards = make_area(plan, "Personale", order=1), make_area(plan, "Hospitaler", order=2)
    covered = make_initiative("Dækket", plan=plan, area=wards)
    make_relation(covered, other, reason="Samme mål.", track=make_track(other, "Spor 1"))
    make_placement(make_initiative("I begge", plan=plan, area=staff), other)
    make_initiative("Ny", plan=plan, area=staff, group="Vagter")

    response = web.get(matrix_of(plan))

    assert shown(response) == [
        ("Personale", "I begge", ("ringed", "en del af", "står i begge planer", False)),
        ("Personale", "Ny", ("open", "ikke vurderet endnu", "", True)),
        ("Hospitaler", "Dækket", ("full", "dækket af", "Spor 1 · Samme mål.", False)),
    ]
    assert response.context["answer"] == "2 af 3 er dækket af Robust."


def test_the_gaps_against_a_plan_stand_alone(web, plan, other):
    make_plan("En tredje", unit=plan.unit)
    make_relation(make_initiative("Dækket", plan=plan), other)
    make_relation(make_initiative("Relevant", plan=plan), other, "relevant_too")
    make_initiative("Ikke vurderet", plan=plan)

    response = web.get(f"{matrix_of(plan)}?gaps={other.pk}")

    assert shown(response) == [
        ("", "Relevant", ("ring", "også relevant", "", True)),
        ("", "Ikke vurderet", ("open", "ikke vurderet endnu", "", True)),
    ]
    assert [plan.short_name for plan in response.context["others"]] == ["Robust"]


def test_a_plan_without_initiatives_and_a_plan_alone_are_told(web, plan):
    alone = web.get(matrix_of(plan))
    make_plan(unit=plan.unit)
    empty = web.get(matrix_of(plan))

    assert (alone.context["lines"], empty.context["lines"][0].covered_percent) == ((), 0.0)


def test_a_plan_one_does_not_see_is_not_found(web):
    assert web.get(matrix_of(make_plan())).status_code == 404


def test_the_matrix_costs_the_same_for_one_and_for_three(web, plan, other):
    make_relation(make_initiative(plan=plan), other)
    for_one = queries_for(web, matrix_of(plan))
    for _number in range(2):
        make_relation(make_initiative(plan=plan), other, owner=make_account())

    assert queries_for(web, matrix_of(plan)) == for_one


def test_htmx_gets_only_the_matrix(web, plan, other):
    response = web.get(matrix_of(plan), headers=HTMX)

    assert response.templates[0].name == "programme/_relation_matrix.html"


def test_only_those_who_may_change_an_initiative_find_the_way_to_its_cell(client, plan, other, hospital):
    nurse = make_account(role=Role.EMPLOYEE, unit=hospital)
    client.force_login(nurse)
    mine = make_initiative(plan=plan, owner=nurse)
    make_initiative(plan=plan)

    assert client.get(matrix_of(plan)).context["editable"] == {mine.pk}


def test_a_relation_is_saved_from_its_page_and_leads_back_to_the_matrix(web, plan, other, consultant):
    initiative, track = make_initiative(plan=plan), make_track(other)
    sent = {"kind": "covered", "reason": "Samme mål.", "track": track.pk, "owner": consultant.pk}

    response = web.post(edit_of(initiative, other, f"?from={plan.pk}"), sent)

    assert response.url == matrix_of(plan)
    assert list(PlanRelation.objects.values_list("kind", "reason", "track", "owner")) == [
        ("covered", "Samme mål.", track.pk, consultant.pk)
    ]


def test_without_a_matrix_to_go_back_to_one_lands_on_the_initiative(web, plan, other):
    initiative = make_initiative(plan=plan)

    response = web.post(edit_of(initiative, other, "?from=x"), {"kind": "covered"})

    assert response.url == reverse("programme:initiative_detail", args=[initiative.pk])


def test_in_place_the_cell_becomes_a_form_and_a_cell_again(web, plan, other):
    initiative = make_initiative(plan=plan)
    here = edit_of(initiative, other, f"?from={plan.pk}")

    opened = web.get(here, headers=HTMX)
    refused = web.post(here, {"kind": "not_relevant"}, headers=HTMX)
    saved = web.post(here, {"kind": "not_relevant", "reason": "Kun somatik."}, headers=HTMX)
    cancelled = web.get(f"{here}&cancel=1", headers=HTMX)

    used = [response.templates[0].name for response in (opened, refused, saved, cancelled)]
    assert used == [
        "programme/_relation_form.html",
        "programme/_relation_form.html",
        "programme/_relation_cell.html",
        "programme/_relation_cell.html",
    ]
    assert [response.status_code for response in (opened, refused, saved, cancelled)] == [200, 422, 200, 200]
    assert (saved.context["cell"].word, saved.context["cell"].note) == ("ikke relevant", "Kun somatik.")


def test_a_relation_can_be_left_open_again_from_its_page(web, plan, other):
    initiative = make_initiative(plan=plan)
    make_relation(initiative, other)

    web.post(edit_of(initiative, other), {"kind": ""})

    assert PlanRelation.objects.count() == 0


def test_the_form_shows_what_was_said(web, plan, other, consultant):
    initiative, track = make_initiative(plan=plan), make_track(other)
    make_relation(initiative, other, "partly", reason="Kun natten.", track=track, owner=consultant)

    form = web.get(edit_of(initiative, other)).context["form"]

    assert {name: form[name].value() for name in form.fields} == {
        "kind": "partly",
        "reason": "Kun natten.",
        "track": track.pk,
        "owner": consultant.pk,
    }


@pytest.mark.parametrize("sent", [{"kind": "nonsense"}, {"kind": "covered", "track": "0"}])
def test_nonsense_is_sent_back(web, plan, other, sent):
    response = web.post(edit_of(make_initiative(plan=plan), other), sent)

    assert (response.status_code, PlanRelation.objects.count()) == (422, 0)


def test_whoever_may_not_change_the_initiative_may_not_relate_it(client, plan, other, hospital):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=hospital))

    assert client.get(edit_of(make_initiative(plan=plan), other)).status_code == 403


def test_an_initiative_tells_where_it_came_from_how_it_stands_and_what_was_asked(
    web, plan, other, consultant
):
    initiative = make_initiative(plan=plan)
    example, idea = make_example("Makker om natten"), make_idea("Kortere", unit=plan.unit)
    hidden = make_idea()
    make_thread_link(("example", example.pk), ("initiative", initiative.pk), kind="adopted")
    make_thread_link(("idea", idea.pk), ("initiative", initiative.pk))
    make_thread_link(("idea", hidden.pk), ("initiative", initiative.pk))
    make_relation(initiative, other, "partly", reason="Kun natten.", owner=consultant)
    make_relation(initiative, make_plan("Skjult"), "covered")
    make_question(initiative, text="Hvornår?", answer="I maj.")

    response = web.get(reverse("programme:initiative_detail", args=[initiative.pk]))

    shown = response.context["page"].initiative
    origins = {strand.title for strand in response.context["thread"].came_from}
    assert origins == {"Makker om natten", "Kortere"}
    assert [(row.plan, row.reason) for row in shown.plan_relations.all()] == [(other, "Kun natten.")]
    text = response.content.decode()
    wanted = (
        "Makker om natten",
        "er taget op fra",
        "Robust Psykiatri",
        "Kun natten.",
        "Hvornår?",
        "I maj.",
    )
    assert [words for words in wanted if words not in text] == []
