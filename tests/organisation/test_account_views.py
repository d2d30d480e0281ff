from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from robust.core import registry
from robust.organisation import actions, queries
from robust.organisation.models import Account, AuditEntry, Role, RoleRequirement
from tests.factories import (
    OPENED_ON,
    give_role,
    make_account,
    make_person,
)
from tests.organisation.visiting import at, count_queries, said

pytestmark = pytest.mark.django_db


def latest_entry() -> tuple[str, dict[str, Any]]:
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry
    return entry.action, entry.detail


def test_the_list_of_accounts_shows_their_roles_today(administrator, ward):
    bo = make_account("Bo", role=Role.WARD_LEADER, unit=ward)
    give_role(bo, Role.BOARD, ward, ends_on=OPENED_ON + timedelta(days=9))

    accounts = administrator.get(at("account_list", words="bo")).context["accounts"]

    assert [(line.name, line.roles) for line in accounts] == [
        ("Bo", ("funktionsleder, Afsnit 1, Hospitalet",))
    ]
    assert latest_entry() == ("accounts.listed", {"people": [], "criteria": {"words": "bo"}})


def test_the_list_of_accounts_takes_as_many_queries_for_three_as_for_one(administrator, ward):
    make_account(role=Role.EMPLOYEE, unit=ward, person=make_person())
    counted = count_queries(administrator, at("account_list"))
    for _ in range(2):
        make_account(role=Role.EMPLOYEE, unit=ward, person=make_person())

    assert count_queries(administrator, at("account_list")) == counted


def test_an_account_is_added_changed_invited_and_given_a_role_that_ends(administrator, ward):
    administrator.post(at("account_add"), {"name": "Bo", "email": "bo@example.org"})
    account, person = Account.objects.get(email="bo@example.org"), make_person("Bo Lund")
    change = {"name": "Bo Lund", "person": person.pk, "is_active": "on"}
    administrator.post(at("account_change", account.pk), change)
    form = {"role": "employee", "unit": ward.pk, "starts_on": "2026-01-01", "latest_on": "2099-12-31"}
    given = said(administrator.post(at("role_assign", account.pk), form))
    administrator.post(at("account_invite", account.pk))
    page = administrator.get(at("account_detail", account.pk))
    shown_once = administrator.get(at("account_detail", account.pk)).context["invitation"]
    held = account.roles.get()
    administrator.post(at("role_end", held.pk), {"latest_on": "2026-02-28"})

    held.refresh_from_db()
    account.refresh_from_db()
    assert (account.name, account.person) == ("Bo Lund", person)
    assert given == "Bo Lund har fået rollen."
    assert page.context["invitation"].startswith("http://testserver/")
    assert [(line.role, line.can_end) for line in page.context["roles"]] == [("medarbejder", True)]
    assert (shown_once, held.ends_on.isoformat()) == ("", "2026-03-01")


def test_an_account_that_may_not_sign_in_is_not_invited(administrator, ward):
    account = make_account("Bo", role=Role.EMPLOYEE, unit=ward)
    Account.objects.filter(pk=account.pk).update(is_active=False)

    assert "må ikke logge ind" in said(administrator.post(at("account_invite", account.pk)))


def test_which_roles_need_a_second_factor_is_set(administrator):
    RoleRequirement.objects.create(role=Role.BOARD)
    initial = administrator.get(at("role_requirements")).context["form"]["roles"].value()

    answer = said(administrator.post(at("role_requirements"), {"roles": ["administrator"]}))

    assert (initial, answer) == (["board"], "Det gælder fra næste gang, man logger ind.")
    assert queries.roles_with_second_factor() == {Role.ADMINISTRATOR}


def test_the_audit_trail_is_filtered_and_its_reading_is_kept(administrator, ward):
    actor = make_account("Bo Lund")
    actions.record(
        "unit.opened", actor=actor, now=timezone.now(), subject=ward, detail={"from_on": "2026-01-01"}
    )
    actions.record("unit.opened", actor=actor, now=timezone.now() - timedelta(days=90), subject=ward)
    actions.record(
        "plan.unheard_of",
        actor=None,
        now=timezone.now(),
        detail={"old": [1, 2], "page": {"a": "", "b": 3}, "n": None},
    )

    by_name = administrator.get(at("audit_list", words="lund")).context["lines"]
    by_action = administrator.get(at("audit_list", action="plan.unheard_of")).context["lines"]
    today = timezone.localdate().isoformat()
    by_days = administrator.get(at("audit_list", from_on="", until_on=today, action="unit.opened")).context[
        "lines"
    ]

    assert [(line.actor, line.words, line.subject, line.detail) for line in by_name] == [
        ("Bo Lund", "åbnede en enhed", "Afsnit 1", (("fra", "1. januar 2026"),))
    ]
    assert [(line.actor, line.words, line.detail) for line in by_action] == [
        ("Robust selv", "plan.unheard_of", (("før", "1, 2"), ("side", "b 3")))
    ]
    assert len(by_days) == 2
    assert latest_entry()[0] == "audit.read"


def test_the_chain_is_checked_and_the_answer_said(administrator):
    actions.record("test.written", actor=None, now=timezone.now())
    connection.check_constraints()

    unbroken = said(administrator.post(at("audit_check")))
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE organisation_auditentry SET action = 'other'")
        cursor.execute("SET session_replication_role = DEFAULT")
    broken = said(administrator.post(at("audit_check")))

    assert unbroken == "Kæden er ubrudt: hver linje står, som den blev skrevet."
    assert "er brudt ved linje 1" in broken
    assert administrator.get(at("audit_chain")).status_code == 200


def test_how_long_things_are_kept_is_shown_to_all_and_set_by_administrators(administrator):
    answer = said(administrator.post(at("retention_change", "jobs"), {"months": "6", "note": "Revision"}))

    found = {one.name: one.months for one in administrator.get(at("retention_list")).context["kept"]}
    assert (answer, found["jobs"]) == ("Det gælder fra i nat.", 6)
    assert administrator.get(at("retention_change", "colours")).status_code == 404


def test_a_domain_can_word_its_own_entries(administrator):
    registry.offer("audit_words", "test", {"test.worded": "gjorde noget"})
    actions.record("test.worded", actor=None, now=timezone.now())

    lines = administrator.get(at("audit_list", action="test.worded")).context["lines"]

    registry.offer("audit_words", "test", {})
    assert [line.words for line in lines] == ["gjorde noget"]


@pytest.mark.parametrize(
    ("name", "arguments"), [("directory_list", ["parties"]), ("retention_change", ["jobs"])]
)
def test_whoever_does_not_administer_the_whole_is_refused(name, arguments, client, ward):
    client.force_login(make_account(role=Role.ADMINISTRATOR, unit=ward))

    assert client.get(at(name, *arguments)).status_code == 403
