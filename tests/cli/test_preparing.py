import io
from argparse import Namespace
from datetime import date
from unittest.mock import Mock

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from psycopg.conninfo import make_conninfo

from robust.cli import administrator, prepare, static_files, tables
from robust.config.words import Refused
from robust.demo import hospital
from robust.organisation.models import Account, Role, RoleAssignment
from tests.factories import make_account, make_unit

TODAY = date(2026, 3, 2)


class Terminal(io.StringIO):
    """Somebody at the keyboard."""

    def isatty(self) -> bool:
        return True


def administrators() -> list[tuple[str, str]]:
    held = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR)
    return list(held.values_list("account__email", "unit__name").order_by("id"))


@pytest.fixture
def _reached(db, monkeypatch):
    """Name the database of the tests in the environment; the one that stands there need not be there."""
    known = {name: connection.settings_dict[name.upper()] for name in ("user", "password", "host", "port")}
    address = make_conninfo(dbname=connection.settings_dict["NAME"], **known)
    monkeypatch.setenv("ROBUST_DATABASE_URL", address)


@pytest.mark.usefixtures("_reached")
def test_a_database_that_a_newer_version_has_used_is_left_alone():
    MigrationRecorder(connection).record_applied("organisation", "9999_of_the_future")

    with pytest.raises(Refused, match=r"it knows organisation\.9999_of_the_future"):
        tables.bring_up_to_date()


@pytest.mark.django_db
def test_the_administrator_is_asked_for_where_there_is_none(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", Terminal(" Leder@Hospital.example\n"))

    administrator.ensure(None)

    assert administrators() == [("leder@hospital.example", "The region")]
    assert "leder@hospital.example is administrator." in capsys.readouterr().err


@pytest.mark.django_db
def test_nobody_is_asked_where_there_is_one(capsys):
    administrator.ensure("leder@hospital.example")
    capsys.readouterr()

    administrator.ensure(None)

    assert (administrators(), capsys.readouterr().err) == ([("leder@hospital.example", "The region")], "")


@pytest.mark.usefixtures("_reached")
def test_a_restored_demo_hospital_is_not_served_as_real_work(monkeypatch):
    for address in (person.email for person in hospital.demo_people()):
        make_account("Demo", email=address)
    monkeypatch.setattr(static_files, "collect", Mock())

    with pytest.raises(Refused, match="The database holds a demo hospital, whose password everybody knows"):
        prepare.run(Namespace(only_tables=False, demo=False, administrator_email=None))


@pytest.mark.django_db
def test_somebody_known_becomes_administrator_once_and_gets_a_new_link_each_time(capsys):
    make_unit("Region Midt", level="region")
    account = make_account("Bo Lund")

    administrator.ensure(account.email.upper())
    administrator.ensure(account.email)

    assert administrators() == [(account.email, "Region Midt")]
    assert Account.objects.count() == 1
    assert capsys.readouterr().err.count("http") == 2


@pytest.mark.django_db
def test_an_address_that_is_none_is_refused():
    with pytest.raises(Refused, match="“leder” is not an e-mail address"):
        administrator.ensure("leder")


def test_a_wait_for_the_database_is_said_once_in_a_while(capsys):
    reasons = iter(["Connection refused", "Connection refused", None])

    tables.wait_for_database(lambda: next(reasons), pause=lambda _seconds: None)

    said = "The database does not answer (Connection refused). Robust waits for it.\n"
    assert capsys.readouterr().err == said


def test_static_files_are_gathered_again_only_when_they_have_changed(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path):
        static_files.collect(tmp_path)
        (tmp_path / "mark").touch()
        static_files.collect(tmp_path)
        assert (tmp_path / "mark").exists()

        (tmp_path / static_files.STAMP).write_text("of another version")
        static_files.collect(tmp_path)
        assert not (tmp_path / "mark").exists()
