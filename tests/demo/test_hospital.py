from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from robust.demo import hospital
from robust.organisation.models import Account, Employment, Unit
from robust.programme.models import Idea, Initiative, Plan, Status
from robust.thread import queries
from robust.thread.models import Link

TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def recommendations(db: None) -> None:
    """Bring what the migrations brought, since tests that commit flush it."""
    import_module("robust.programme.migrations.0004_recommendations").bring(apps, None)


def test_the_hospital_has_the_size_that_was_promised():
    hospital.load(today=TODAY)

    assert Unit.objects.filter(level=Unit.Level.HOSPITAL).count() == 3
    assert Unit.objects.filter(level=Unit.Level.DEPARTMENT).count() == 6
    assert Unit.objects.filter(level=Unit.Level.UNIT).count() == 24
    assert Account.objects.count() == 900
    assert Plan.objects.count() == 3
    assert Initiative.objects.count() == 60
    assert 2900 <= Employment.objects.values("person").distinct().count() <= 3500


def test_status_goes_back_two_years_and_reaches_the_last_weeks():
    hospital.load(today=TODAY)

    days = Status.objects.order_by("dated_on").values_list("dated_on", flat=True)
    assert days[0] < TODAY - timedelta(days=440)
    assert TODAY - timedelta(days=17) <= days[len(days) - 1] < TODAY


def test_loading_twice_changes_nothing():
    hospital.load(today=TODAY)
    before = (Account.objects.count(), Status.objects.count(), Idea.objects.count())

    hospital.load(today=TODAY + timedelta(days=1))

    assert (Account.objects.count(), Status.objects.count(), Idea.objects.count()) == before


def test_each_demo_person_can_sign_in_with_the_demo_password():
    hospital.load(today=TODAY)

    people = hospital.demo_people()

    assert len({person.role for person in people}) == len(people) == 10
    assert all(
        Account.objects.get(email=person.email).check_password(hospital.DEMO_PASSWORD) for person in people
    )


def test_the_threads_lead_to_things_that_somebody_sees():
    hospital.load(today=TODAY)
    consultant = Account.objects.get(email="konsulent@demo.example")

    seen = {link: queries.link_seen(link.pk, consultant, day=TODAY) for link in Link.objects.all()}

    assert [str(link) for link, found in seen.items() if found is None] == []
    assert {link.kind for link in seen} == {"adopted", "answered", "became", "decided", "relevant"}
