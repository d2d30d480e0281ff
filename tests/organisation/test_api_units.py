"""The unit tree, the hospital's lists and the parties over the API: read, never changed."""

from datetime import date

import pytest

from robust.organisation import queries
from robust.organisation.models import Role, UnitCode, UnitPeriod, UnitSuccession
from tests.factories import (
    OPENED_ON,
    make_account,
    make_party,
    make_profession,
    make_unit,
    make_unit_type,
)
from tests.programme.calling import answer, api_queries, call, problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital", code="psyk")


@pytest.fixture
def reader(hospital):
    return make_account(role=Role.EMPLOYEE, unit=hospital)


def test_the_tree_of_today_shows_what_one_sees_each_unit_after_its_parent(client, reader, hospital):
    inpatient = make_unit_type("inpatient", "Døgn")
    ward = make_unit("P2", parent=hospital, unit_type=inpatient, code="p2")
    make_unit("Andetsteds", level="hospital")

    status, said = answer(client, reader, "GET", "/units")

    top = {"id": hospital.pk, "code": "psyk", "name": "Psykiatrien", "level": "hospital"}
    below = {"id": ward.pk, "code": "p2", "name": "P2", "level": "unit"}
    assert (status, said) == (
        200,
        {
            "count": 2,
            "items": [
                top | {"type": None, "parent": None, "depth": 0},
                below | {"type": "inpatient", "parent": hospital.pk, "depth": 1},
            ],
        },
    )


def test_another_day_has_its_own_tree(client, reader, hospital):
    ward = make_unit("Det gamle navn", parent=hospital, ends_on=date(2024, 1, 1))
    UnitPeriod.objects.create(unit=ward, parent=hospital, name="Det nye navn", starts_on=date(2024, 1, 1))

    then = answer(client, reader, "GET", f"/units?day=2023-12-31&below={ward.pk}")[1]
    now = answer(client, reader, "GET", f"/units?below={ward.pk}")[1]
    before = answer(client, reader, "GET", "/units?day=2019-12-31")[1]

    assert [row["name"] for row in then["items"]] == ["Det gamle navn"]
    assert [row["name"] for row in now["items"]] == ["Det nye navn"]
    assert before == {"count": 0, "items": []}


def test_what_is_no_day_is_named(client, reader):
    assert problems(client, reader, "GET", "/units?day=marts") == (422, ["query.day"])
    assert answer(client, reader, "GET", "/units?day=1066-10-14")[0] == 409


def test_a_unit_tells_what_it_was_came_from_and_is_called_elsewhere(client, reader, hospital):
    ward, heir = make_unit("P2", parent=hospital, code="p2"), make_unit("P3", parent=hospital)
    UnitCode.objects.create(unit=ward, system="sor", code="123", starts_on=OPENED_ON)
    UnitSuccession.objects.create(predecessor=ward, successor=heir, happened_on=date(2024, 1, 1))

    status, said = answer(client, reader, "GET", f"/units/{ward.pk}")

    top = {"id": hospital.pk, "name": "Psykiatrien"}
    since = {"starts_on": "2020-01-01", "ends_on": None}
    assert (status, said) == (
        200,
        {
            "id": ward.pk,
            "code": "p2",
            "name": "P2",
            "level": "unit",
            "periods": [{"name": "P2", "type": None, "parent": top, **since}],
            "successions": [
                {
                    "predecessor": {"id": ward.pk, "name": "P2"},
                    "successor": {"id": heir.pk, "name": "P3"},
                    "happened_on": "2024-01-01",
                }
            ],
            "codes": [{"system": "sor", "code": "123", **since}],
        },
    )


def test_a_unit_that_one_does_not_see_is_not_found(client, reader):
    assert answer(client, reader, "GET", f"/units/{make_unit().pk}")[0] == 404


def test_the_type_of_a_period_is_its_code(client, reader, hospital):
    ward = make_unit(parent=hospital, unit_type=make_unit_type("inpatient"))

    _status, said = answer(client, reader, "GET", f"/units/{ward.pk}")

    assert [period["type"] for period in said["periods"]] == ["inpatient"]


def test_the_lists_are_read_a_part_at_a_time_in_the_hospitals_order(client, reader):
    make_profession("Læge", code="laege", order=200)
    nurse = make_profession("Sygeplejerske", code="sygeplejerske", order=199)
    day_unit = make_unit_type("dag", "Dagafsnit", order=199)
    party = make_party("Aa Kommune")
    professions = list(queries.professions()).index(nurse)
    unit_types = list(queries.unit_types()).index(day_unit)
    parties = list(queries.parties()).index(party)

    def one(path: str, place: int) -> list[dict]:
        return answer(client, reader, "GET", f"{path}?limit=1&offset={place}")[1]["items"]

    assert one("/professions", professions) == [
        {"id": nurse.pk, "code": "sygeplejerske", "name": "Sygeplejerske"}
    ]
    assert one("/unit-types", unit_types) == [{"id": day_unit.pk, "code": "dag", "name": "Dagafsnit"}]
    assert one("/parties", parties) == [{"id": party.pk, "name": "Aa Kommune", "kind": "municipality"}]


def test_nothing_of_it_is_changed_by_a_program(client, reader, hospital):
    paths = ["/units", f"/units/{hospital.pk}", "/unit-types", "/professions", "/parties"]

    assert [call(client, reader, "POST", path, {}).status_code for path in paths] == [405] * 5


def test_the_lists_take_as_many_queries_for_three_as_for_one(client, reader, hospital):
    def more() -> None:
        make_unit(parent=hospital, unit_type=make_unit_type())
        make_profession()
        make_party()

    paths = ["/units", f"/units/{hospital.pk}", "/unit-types", "/professions", "/parties"]
    more()
    one = [api_queries(client, reader, path) for path in paths]
    more()
    more()

    assert [api_queries(client, reader, path) for path in paths] == one
