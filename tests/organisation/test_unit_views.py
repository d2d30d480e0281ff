from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from robust.organisation import queries
from robust.organisation.models import AuditEntry, Party, Role, Unit, UnitCode
from robust.organisation.views import menu
from tests.factories import (
    OPENED_ON,
    make_account,
    make_employment,
    make_party,
    make_profession,
    make_unit,
    make_unit_type,
)
from tests.organisation.visiting import at, count_queries, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def department(hospital: Unit) -> Unit:
    return make_unit("Afdeling A", parent=hospital, level="department")


@pytest.fixture
def ward(department: Unit) -> Unit:
    return make_unit("Afsnit 1", parent=department, code="ward")


def names(response: HttpResponse) -> list[str]:
    return [line.name for line in response.context["units"]]


def test_the_list_shows_the_tree_of_the_day_asked_for(administrator, hospital):
    make_unit("Lukket", parent=hospital, ends_on=OPENED_ON + timedelta(days=9))

    today = names(administrator.get(at("unit_list")))
    then = names(administrator.get(at("unit_list", day="2020-01-02")))

    assert (today, then) == (["Hospitalet"], ["Hospitalet", "Lukket"])


def test_a_day_that_cannot_be_read_is_today(administrator):
    response = administrator.get(at("unit_list", day="someday"))

    assert response.context["day"] == timezone.localdate()


def test_the_list_takes_as_many_queries_for_three_units_as_for_one(administrator, hospital):
    make_unit(parent=hospital)
    counted = count_queries(administrator, at("unit_list"))
    make_unit(parent=hospital)
    make_unit(parent=hospital)

    assert count_queries(administrator, at("unit_list")) == counted


def test_a_unit_that_the_reader_has_nothing_to_do_with_is_not_found(client, ward, department):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=ward))
    beside = make_unit(parent=department)

    assert [client.get(at("unit_detail", unit.pk)).status_code for unit in (ward, beside)] == [200, 404]


def test_a_unit_shows_what_it_was_and_is_planned_to_be(administrator, ward, department):
    other = make_unit("Afdeling B", parent=department, level="department")
    move = {"parent": other.pk, "from_on": "2100-01-01"}
    administrator.post(at("unit_move", ward.pk), move)

    unit = administrator.get(at("unit_detail", ward.pk)).context["unit"]

    assert [(line.parent_name, line.starts_on.year) for line in unit.periods] == [
        ("Afdeling B", 2100),
        ("Afdeling A", 2020),
    ]
    assert unit.answer == "Afsnit under Afdeling A."


@pytest.mark.parametrize(
    ("unit_type", "top", "answer"),
    [(True, False, "Afsnit (Seng) under Hospitalet."), (False, True, "Afsnit øverst i træet.")],
)
def test_a_unit_is_answered_in_a_sentence(unit_type, top, answer, administrator, hospital):
    kind = make_unit_type(name="Seng") if unit_type else None
    unit = make_unit(parent=hospital, unit_type=kind)
    if top:
        administrator.post(at("unit_move", unit.pk), {"parent": hospital.pk, "from_on": "2026-01-01"})
        unit.periods.update(parent=None)
        unit.roles.create(account=make_account(), role=Role.EMPLOYEE, starts_on=OPENED_ON)
        administrator.force_login(make_account(role=Role.ADMINISTRATOR, unit=unit))

    assert administrator.get(at("unit_detail", unit.pk)).context["unit"].answer == answer


def test_a_closed_unit_can_be_seen_and_says_so(administrator, hospital):
    unit = make_unit("Lukket", parent=hospital, ends_on=OPENED_ON + timedelta(days=9))

    page = administrator.get(at("unit_detail", unit.pk)).context["unit"]

    assert (page.is_open, page.is_closed_for_good, page.answer) == (
        False,
        True,
        "Enheden er ikke åben denne dag.",
    )


def test_an_administrator_sees_the_roles_that_count_with_the_inherited_ones_last(
    administrator, ward, department
):
    make_account("Bo", role=Role.WARD_LEADER, unit=ward)
    make_account("Al", role=Role.DEPARTMENT_MANAGEMENT, unit=department)

    roles = administrator.get(at("unit_detail", ward.pk)).context["roles"]

    assert [(line.account_name, line.inherited_from) for line in roles] == [
        ("Bo", ""),
        ("Ada", "Hospitalet"),
        ("Al", "Afdeling A, Hospitalet"),
    ]


def test_opening_a_unit_makes_its_code_of_its_name(administrator, department):
    form = {"name": "Børn 1", "level": "unit", "parent": department.pk, "opens_on": "2026-01-01"}

    response = administrator.post(at("unit_open"), form)

    assert said(response) == "Børn 1 står i træet."
    assert Unit.objects.get(name="Børn 1").code == "boern-1"


def test_a_form_that_is_refused_says_why_and_keeps_what_was_written(administrator, ward):
    form = {"name": "Over", "level": "hospital", "parent": ward.pk, "opens_on": "2026-01-01"}

    response = administrator.post(at("unit_open"), form)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Afsnit 1 ligger for langt nede i træet til, at Over kan høre under den."
    ]
    assert response.context["form"]["name"].value() == "Over"


def test_changing_closing_and_opening_again(administrator, ward):
    unit_type = make_unit_type()
    change = {"name": "Nyt navn", "unit_type": unit_type.pk, "from_on": "2026-01-01"}

    texts = [
        said(administrator.post(at("unit_change", ward.pk), change)),
        said(administrator.post(at("unit_close", ward.pk), {"closes_on": "2026-02-01"})),
        said(administrator.post(at("unit_reopen", ward.pk), {"opens_on": "2026-03-01"})),
    ]

    periods = list(queries.periods_of(ward).values_list("name", "starts_on__month", "ends_on__month"))
    assert texts == [
        "Ændringen er gemt.",
        "Nyt navn lukker den dag.",
        "Nyt navn er åben fra den dag.",
    ]
    assert periods == [("Afsnit 1", 1, 1), ("Nyt navn", 1, 2), ("Nyt navn", 3, None)]


def test_changing_a_closed_unit_begins_with_its_newest_name(administrator, hospital):
    unit = make_unit("Lukket", parent=hospital, ends_on=OPENED_ON + timedelta(days=9))

    assert administrator.get(at("unit_change", unit.pk)).context["form"]["name"].value() == "Lukket"


def test_merging_offers_the_units_of_its_level_with_their_place(administrator, ward, department):
    other = make_unit("Afsnit 1", parent=make_unit("Afdeling B", parent=department, level="department"))

    choices = administrator.get(at("unit_merge", ward.pk)).context["form"].fields["units"].choices
    response = administrator.post(
        at("unit_merge", ward.pk), {"units": [other.pk], "happens_on": "2026-01-01"}
    )

    assert choices == [(other.pk, "Afsnit 1, Afdeling B")]
    assert said(response) == "1 enhed fortsætter som Afsnit 1."
    successions = administrator.get(at("unit_detail", other.pk)).context["successions"]
    assert [(line.other_id, line.came_from) for line in successions] == [(ward.pk, False)]
    successions = administrator.get(at("unit_detail", ward.pk)).context["successions"]
    assert [(line.other_id, line.came_from) for line in successions] == [(other.pk, True)]


def test_splitting_into_named_units(administrator, ward):
    response = administrator.post(
        at("unit_split", ward.pk), {"names": "Nord\n\n Syd \n", "happens_on": "2026-01-01"}
    )

    assert said(response) == "Afsnit 1 fortsætter som 2 enheder."
    assert set(Unit.objects.filter(name__in=["Nord", "Syd"]).values_list("code", flat=True)) == {
        "nord",
        "syd",
    }


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ("Nord", "Skriv mindst to forskellige navne, hver på sin linje."),
        ("Nord\nNord", "Skriv mindst to forskellige navne, hver på sin linje."),
        ("Nord\n" + "x" * 201, f"“{'x' * 40}…” er længere end 200 tegn."),
    ],
)
def test_names_that_cannot_be_used_are_said(names, error, administrator, ward):
    response = administrator.post(at("unit_split", ward.pk), {"names": names, "happens_on": "2026-01-01"})

    assert response.context["form"].errors["names"] == [error]


def test_codes_are_given_shown_fetched_and_ended(administrator, ward):
    administrator.post(
        at("code_give", ward.pk),
        {"system": "sor", "code": "=441", "starts_on": "2026-01-01", "latest_on": "2099-12-31"},
    )
    given = UnitCode.objects.get()

    shown = administrator.get(at("code_list")).context["lines"][-1]
    content = administrator.get(at("code_export")).content.decode("utf-8-sig")
    response = administrator.post(at("code_end", given.pk))

    assert shown.codes == (("SOR", "=441"), ("SHAK", ""), ("lønsystem", ""))
    assert content == ("enhed;navn;system;kode;fra;til\r\nward;Afsnit 1;sor;'=441;2026-01-01;2099-12-31\r\n")
    assert said(response) == "Koden =441 gælder ikke længere."


def test_what_is_fetched_can_be_read_again(administrator, ward):
    administrator.post(at("code_give", ward.pk), {"system": "sor", "code": "=441", "starts_on": "2026-01-01"})
    content = administrator.get(at("code_export")).content
    UnitCode.objects.all().delete()

    response = administrator.post(at("code_import"), {"file": SimpleUploadedFile("koder.csv", content)})

    assert said(response) == "1 ny kode er gemt."
    assert list(UnitCode.objects.values_list("code", "ends_on")) == [("=441", None)]


def test_lines_that_cannot_be_kept_are_listed(administrator, ward, hospital):
    UnitCode.objects.create(unit=hospital, system="sor", code="1", starts_on=OPENED_ON)
    file = SimpleUploadedFile("koder.csv", b"unit;system;code;from\nward;sor;1;2026-01-01\n")

    response = administrator.post(at("code_import"), {"file": file})

    assert response.context["form"].non_field_errors() == [
        "Linje 2: Koden 1 i SOR står allerede for en enhed i en del af tiden. Afslut den først."
    ]


def test_lists_are_shown_added_to_changed_and_removed_from(administrator):
    added = administrator.post(at("directory_add", "parties"), {"name": "Aarhus", "kind": "municipality"})
    party = Party.objects.get()
    change = {"name": "Aarhus Kommune", "kind": "municipality"}
    administrator.post(at("directory_change", "parties", party.pk), change)
    lines = administrator.get(at("directory_list", "parties")).context["lines"]
    removed = administrator.post(at("directory_remove", "parties", party.pk))

    assert said(added) == "Aarhus er gemt."
    assert [(line.name, line.fact) for line in lines] == [("Aarhus Kommune", "kommune")]
    assert said(removed) == "Aarhus Kommune er fjernet."


def test_what_is_in_use_is_not_removed(administrator):
    profession = make_profession("Læge")
    make_employment(profession=profession)

    response = administrator.post(at("directory_remove", "professions", profession.pk))

    assert said(response).startswith("Læge er i brug")


def test_a_list_that_is_none_is_not_found(administrator):
    assert administrator.get(at("directory_list", "colours")).status_code == 404


def test_a_name_that_stands_already_is_said_at_the_form(administrator):
    make_party("Aarhus")

    response = administrator.post(at("directory_add", "parties"), {"name": "Aarhus", "kind": "cluster"})

    assert response.status_code == 422
    assert AuditEntry.objects.filter(action="party.added").count() == 0


def test_the_shell_is_offered_lines_for_the_menu_and_units_for_the_search(hospital, ward):
    account = make_account(role=Role.EMPLOYEE, unit=ward)
    day = timezone.localdate()

    places = [place.url_name for place in menu.menu(account, day=day)]
    found = [
        (thing.title, thing.kind, thing.excerpt) for thing in menu.search(account, words="hosp", day=day)
    ]

    assert places == [
        "organisation:my_data",
        "organisation:unit_list",
        "organisation:job_list",
        "organisation:token_list",
    ]
    assert found == [("Hospitalet", "Enhed", "hospital")]
