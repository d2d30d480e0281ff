from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from robust.engines.documents import Listing
from robust.organisation import actions
from robust.organisation.models import AuditEntry, JobRun, Role
from tests.factories import (
    NOW,
    make_account,
    make_employment,
    make_person,
    make_profession,
    make_unit,
)
from tests.organisation.visiting import at, count_queries
from tests.sheets import sheet_of

pytestmark = pytest.mark.django_db


def latest_entry():
    entry = AuditEntry.objects.order_by("-id").first()
    return entry.action, entry.detail


def test_people_are_taken_along_as_the_filter_gives_them_and_each_finds_it_in_the_trail(client, ward):
    client.force_login(make_account("Lea", role=Role.WARD_LEADER, unit=ward))
    nurse = make_profession("Sygeplejerske")
    person = make_person("Bo Kjær")
    make_employment(person, ward, profession=nurse)
    make_employment(person, ward, profession=make_profession("Leder"), weekly_hours=Decimal("2.5"))
    make_employment(make_person("Ida Kjær"), ward, profession=nurse, weekly_hours=Decimal("32.5"))
    make_employment(make_person("Anna"), ward)

    facts, rows = sheet_of(client.get(at("person_list", words="kjær", unit=ward.pk, all=1, format="xlsx")))

    assert facts[0] == "Personer"
    assert facts[1].endswith(" af Lea")
    assert facts[2:] == [
        "Navn: kjær; Enhed: Afsnit 1; Også dem uden stilling i dag: ja",
        "2 rækker",
    ]
    assert rows[0] == ("Navn", "Faggruppe", "Enhed", "Timer om ugen")
    assert rows[1][0] == "Bo Kjær"
    assert sorted(rows[1][1].split("\n")) == ["Leder", "Sygeplejerske"]
    assert rows[2] == ("Ida Kjær", "Sygeplejerske", "Afsnit 1, Hospitalet", 32.5)
    action, detail = latest_entry()
    assert (action, detail["list"], detail["count"]) == ("people.exported", "Personer", 2)
    assert person.pk in detail["people"]
    assert len(detail["people"]) == 2
    assert not AuditEntry.objects.filter(action="people.searched").exists()


def test_people_without_a_filter_say_that_it_is_everybody(client, ward):
    client.force_login(make_account("Lea", role=Role.WARD_LEADER, unit=ward))
    make_employment(make_person("Anna"), ward)

    facts, _rows = sheet_of(client.get(at("person_list", format="xlsx")))

    assert facts[2:] == ["Alt, hvad du må se", "1 række"]


def test_taking_people_along_costs_the_same_for_one_and_for_a_hundred(client, ward):
    client.force_login(make_account("Lea", role=Role.WARD_LEADER, unit=ward))
    make_employment(make_person(), ward)
    one = count_queries(client, at("person_list", format="xlsx"))
    for _number in range(99):
        make_employment(make_person(), ward)

    assert count_queries(client, at("person_list", format="xlsx")) == one
    assert sheet_of(client.get(at("person_list", format="xlsx")))[0][3] == "100 rækker"


def test_accounts_are_narrowed_by_role_and_by_whether_they_may_sign_in(administrator, ward):
    person = make_person("Bo")
    make_account("Bo", email="bo@example.org", role=Role.WARD_LEADER, unit=ward, person=person)
    gone = make_account("Gået", email="g@example.org", role=Role.WARD_LEADER, unit=ward)
    gone.is_active = False
    gone.save()

    asked = {"role": "ward_leader", "active": "yes"}
    shown = administrator.get(at("account_list", **asked)).context["accounts"]
    facts, rows = sheet_of(administrator.get(at("account_list", **asked, format="xlsx")))
    _facts, stopped = sheet_of(administrator.get(at("account_list", active="no", format="xlsx")))

    assert [line.name for line in shown] == ["Bo"]
    assert facts[2] == "Rolle: funktionsleder; Må logge ind: ja"
    assert rows[1:] == [("Bo", "bo@example.org", "ja", "funktionsleder, Afsnit 1, Hospitalet", None)]
    assert [row[:3] for row in stopped[1:]] == [("Gået", "g@example.org", "nej")]
    assert AuditEntry.objects.get(action="accounts.exported", detail__people=[person.pk])


def test_the_audit_trail_says_in_words_what_it_is_narrowed_to(administrator, ward):
    actions.record("unit.opened", actor=None, now=timezone.now(), subject=ward, detail={"name": "Afsnit 1"})

    facts, rows = sheet_of(
        administrator.get(at("audit_list", action="unit.opened", words="afsnit", format="xlsx"))
    )
    plain, _rows = sheet_of(administrator.get(at("audit_list", words="afsnit", from_on="", format="xlsx")))

    assert facts[2].startswith("Hvem eller hvad: afsnit; Type: åbnede en enhed; Fra: ")
    assert rows[0] == ("Hvornår", "Hvem", "Hvad", "På hvad", "Detaljer")
    assert isinstance(rows[1][0], datetime)
    assert rows[1][1:] == ("Robust selv", "åbnede en enhed", "Afsnit 1", "navn: Afsnit 1")
    assert plain[2] == "Hvem eller hvad: afsnit"
    assert latest_entry()[0] == "audit.exported"


def test_a_list_that_is_too_long_says_that_it_is_cut(ward):
    actor = make_account("Ada")
    listing = Listing(title="Log", columns=("Hvad",), rows=[("a",), ("b",)])

    name, content = actions.export_list(listing, actor=actor, now=NOW, total=60_000)

    assert name == "Log 2026-03-02.xlsx"
    answer = type("Answer", (), {"status_code": 200, "content": content})
    facts, _rows = sheet_of(answer)
    assert facts == [
        "Log",
        "Hentet 2. marts 2026 09.30 af Ada",
        "Alt, hvad du må se",
        "De første 2 af 60000 rækker; afgræns listen for at få resten",
    ]


def test_jobs_are_narrowed_by_words_and_state(administrator):
    me = make_account("Bo")
    administrator.force_login(me)
    for title, state in (("Læs plan", "waiting"), ("Læs opfølgning", "running"), ("Skriv plan", "waiting")):
        JobRun.objects.create(kind="reading", title=title, started_by=me, state=state)

    shown = administrator.get(at("job_list", words="plan læs", state="waiting")).context["jobs"]
    facts, rows = sheet_of(administrator.get(at("job_list", words="plan", state="waiting", format="xlsx")))
    nonsense = administrator.get(at("job_list", state="sideways")).context["jobs"]
    nothing = administrator.get(at("job_list", words="findes+ikke")).content.decode()

    assert [job.title for job in shown] == ["Læs plan"]
    assert facts[2] == "Ord: plan; Tilstand: venter"
    assert [row[:2] for row in rows[1:]] == [("Skriv plan", "venter"), ("Læs plan", "venter")]
    assert len(nonsense) == 3
    assert "Intet job passer" in nothing


def test_units_are_narrowed_by_name_and_say_of_which_day_they_are(administrator, ward):
    make_unit("Ambulatoriet", parent=ward)
    day = timezone.localdate() + timedelta(days=1)

    shown = administrator.get(at("unit_list", words="ambu")).context["units"]
    facts, rows = sheet_of(administrator.get(at("unit_list", words="ambu", day=day, format="xlsx")))
    nothing = administrator.get(at("unit_list", words="findes ikke")).content.decode()

    assert [unit.name for unit in shown] == ["Ambulatoriet"]
    assert facts[2].startswith("Navn: ambu; Dag: ")
    assert rows[1:] == [("Ambulatoriet", "afsnit", None, 2)]
    assert "Ingen enhed passer" in nothing


def test_my_data_without_a_person_is_a_sheet_without_rows(client):
    client.force_login(make_account("Bo"))

    facts, rows = sheet_of(client.get(at("my_data", format="xlsx")))

    assert (facts[0], len(rows)) == ("Hvem har kigget på mig", 1)


def test_handing_a_list_over_needs_no_filter_and_takes_lazy_words(ward):
    listing = Listing(title="Log", columns=(JobRun.State.WAITING.label,), rows=[(JobRun.State.DONE.label,)])

    _name, content = actions.export_list(listing, actor=make_account("Ada"), now=NOW)

    answer = type("Answer", (), {"status_code": 200, "content": content})
    assert sheet_of(answer)[1] == [("venter",), ("gennemført",)]
