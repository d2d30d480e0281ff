from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from tests.factories import make_account, make_unit
from tests.programme.factories import make_decision, make_initiative, make_plan, make_status
from tests.programme.factories_more import queries_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MATRIX, TIMELINE = (reverse(f"programme:{name}") for name in ("matrix", "timeline"))


@pytest.fixture
def region():
    return make_unit("Regionen", level="region")


@pytest.fixture
def web(client, region):
    client.force_login(make_account(role=Role.BOARD, unit=region))
    return client


def hospital_with_ward(region, name):
    hospital = make_unit(name, parent=region, level="hospital")
    return hospital, make_unit(f"Afsnit i {name}", parent=hospital)


def test_each_place_with_status_is_a_column_in_the_order_of_the_tree(web, region):
    hospital, ward = hospital_with_ward(region, "Psykiatrien")
    initiative = make_initiative("Nætter", unit=hospital)
    make_initiative("Mentor", unit=hospital)
    at_ward = make_status(initiative, ward, judgement="at_risk", dated_on=TODAY - timedelta(days=2))
    at_hospital = make_status(initiative, hospital, dated_on=TODAY)

    page = web.get(MATRIX).context["page"]

    assert [(column.name, column.hospital) for column in page.columns] == [
        ("Psykiatrien", ""),
        ("Afsnit i Psykiatrien", ""),
    ]
    assert [(row.title, [cell and cell.status_id for cell in row.cells]) for row in page.rows] == [
        ("Mentor", [None, None]),
        ("Nætter", [at_hospital.pk, at_ward.pk]),
    ]
    assert page.answer == "Der er 1 felt i risiko."


def test_several_hospitals_are_named(web, region):
    for name in ("Psykiatrien", "Akuthospitalet"):
        _hospital, ward = hospital_with_ward(region, name)
        make_status(make_initiative(unit=ward), dated_on=TODAY)

    assert [column.hospital for column in web.get(MATRIX).context["page"].columns] == [
        "Akuthospitalet",
        "Psykiatrien",
    ]


def test_a_place_narrows_the_columns(web, region):
    hospital, ward = hospital_with_ward(region, "Psykiatrien")
    initiative = make_initiative(unit=hospital)
    for unit in (hospital, ward):
        make_status(initiative, unit, dated_on=TODAY)

    page = web.get(f"{MATRIX}?unit={ward.pk}").context["page"]

    assert [column.unit_id for column in page.columns] == [ward.pk]


def test_a_matrix_without_status_or_matches_says_so(web, region):
    nothing = web.get(MATRIX).content.decode()
    make_initiative(unit=region)
    silent = web.get(MATRIX)

    assert "Ingen indsats passer" in nothing
    assert silent.context["page"].answer == "Ingen steder har skrevet status på disse indsatser endnu."


def test_the_matrix_takes_as_many_queries_for_one_row_as_for_three(web, region):
    def more():
        make_status(make_initiative(unit=region, plan=make_plan()), dated_on=TODAY)

    more()
    one = queries_for(web, MATRIX)
    more()
    more()

    assert queries_for(web, MATRIX) == one


def test_the_timeline_draws_bars_and_says_the_same_as_a_list(web, region):
    initiative = make_initiative("Nætter", unit=region, starts_on=TODAY, next_review_on=TODAY)
    make_status(initiative, judgement="at_risk", dated_on=TODAY)
    make_decision(initiative)
    make_initiative("Mentor", unit=region)

    response = web.get(TIMELINE)

    assert [(bar.title, bar.judgement) for bar in response.context["page"].bars] == [
        ("Mentor", ""),
        ("Nætter", "at_risk"),
    ]
    assert response.content.decode().count("Nætter") == 3


def test_a_timeline_without_matches_says_so(web):
    assert "Ingen indsats passer" in web.get(TIMELINE).content.decode()


def test_the_timeline_takes_as_many_queries_for_one_bar_as_for_three(web, region):
    def more():
        make_decision(make_initiative(unit=region, plan=make_plan()))

    more()
    one = queries_for(web, TIMELINE)
    more()
    more()

    assert queries_for(web, TIMELINE) == one
