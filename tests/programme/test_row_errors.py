"""What is wrong in a row of a form stands in the list on top, and leads to its field."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from tests.factories import make_account, make_unit
from tests.programme.factories import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def web(client, hospital):
    client.force_login(make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital))
    return client


def sent(*rows_of, **said):
    """Give what a page sends: the rows of each kind, and the fields of the form itself."""
    data = dict(said)
    for prefix, rows in rows_of:
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def told(response):
    """Give the list on top, and see that every line of it leads to something on the page."""
    page = response.content.decode()
    listed = re.search(r'<div class="form-errors".*?</div>', page, re.DOTALL)
    lines = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>: ([^<]+)</li>', listed[0])
    assert response.status_code == 422
    assert "Intet er gemt endnu." in listed[0]
    assert all(f'id="{place}"' in page for place, _label, _words in lines)
    return lines


def test_a_plan_with_two_areas_of_one_name(web, hospital):
    today = timezone.localdate().isoformat()
    areas = ("areas", [{"name": "Personale"}, {"name": "Personale"}])

    response = web.post(
        reverse("programme:plan_create"),
        sent(areas, name="Robust Psykiatri", short_name="RP", unit=hospital.pk, starts_on=today),
    )

    assert told(response) == [("id_areas-1-name", "Område, række 2", "Det står der allerede. Fjern den ene.")]


def test_a_plan_whose_rows_cannot_be_counted(web, hospital):
    today = timezone.localdate().isoformat()

    response = web.post(
        reverse("programme:plan_create"),
        sent(name="Robust Psykiatri", short_name="RP", unit=hospital.pk, starts_on=today),
    )

    ((place, label, _words),) = told(response)
    assert (place, label) == ("areas", "Rækkerne")


def test_an_initiative_with_something_wrong_in_every_kind_of_row_but_those_to_be_removed(web, hospital):
    response = web.post(
        reverse("programme:initiative_create"),
        sent(
            ("placements", [{"group": "Personale"}]),
            ("funding", [{"amount_dkk": "mange", "source": "Regionen"}]),
            ("links", [{"label": "Uden adresse", "DELETE": "on"}, {"label": "Også uden"}]),
            title="",
            kind="trial",
            unit=hospital.pk,
        ),
    )

    assert told(response) == [
        ("id_title", "Titel", "Dette felt er påkrævet."),
        ("id_placements-0-plan", "Plan, række 1", "Dette felt er påkrævet."),
        ("id_funding-0-amount_dkk", "Beløb i kr., række 1", "Indtast et tal."),
        ("id_links-1-url", "Adresse, række 2", "Dette felt er påkrævet."),
    ]


def test_a_track_with_a_sign_whose_target_is_not_told(web, hospital):
    plan = make_plan(unit=hospital)
    response = web.post(
        reverse("programme:track_create", args=[plan.pk]),
        sent(
            ("process_goals", []),
            ("success_signs", [{"text": "Flow", "target_kind": "series"}]),
            ("problems", []),
            name="Sengeafsnit",
        ),
    )

    assert told(response) == [
        (
            "id_success_signs-0-target_series",
            "Serie, der skal nås niveau med, række 1",
            "Skriv, hvilken serie niveauet skal nå.",
        ),
    ]
