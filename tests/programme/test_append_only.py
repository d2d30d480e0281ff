import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from robust.programme.models import Decision, Initiative, Status
from tests.programme.factories import make_decision, make_initiative, make_status

pytestmark = pytest.mark.django_db


def test_the_database_refuses_to_change_a_status():
    status = make_status(make_initiative(), text="Som det var.")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Status.objects.filter(pk=status.pk).update(text="Som det aldrig var.")

    assert Status.objects.get().text == "Som det var."


def test_the_database_refuses_to_delete_a_status():
    status = make_status(make_initiative())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        status.delete()

    assert Status.objects.count() == 1


def test_the_database_refuses_to_change_or_delete_a_decision():
    decision = make_decision(make_initiative(), reason="Der er penge til det.")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.update(reason="Der er ikke penge til det.")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        decision.delete()

    assert Decision.objects.get().reason == "Der er penge til det."


def test_an_initiative_with_status_is_protected():
    initiative = make_initiative()
    make_status(initiative)

    with pytest.raises(ProtectedError):
        initiative.delete()

    assert Initiative.objects.get() == initiative
