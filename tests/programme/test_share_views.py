from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import AuditEntry, Role
from robust.programme.models import PartyShare
from robust.programme.pages.share import share_lines
from robust.programme.views import share as views
from tests.factories import DAY, NOW, make_account, make_party, make_unit
from tests.programme.factories import make_initiative, make_status
from tests.programme.factories_more import make_share, queries_for

pytestmark = pytest.mark.django_db


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


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def sent(party, hospital, days=30):
    ends_on = timezone.localdate() + timedelta(days=days)
    return {"party": party.pk, "unit": hospital.pk, "ends_on": ends_on.isoformat()}


def test_a_made_link_is_shown_once_and_opens(web, client, hospital):
    party = make_party("Aaby Kommune")
    make_initiative("Fælles udskrivning", unit=hospital, party=party)

    made = web.post(address("share_create"), sent(party, hospital))
    first, second = web.get(address("share_list")), web.get(address("share_list"))
    link = first.context["new_link"]
    client.logout()
    opened = client.get(link.removeprefix("http://localhost:8000"))

    assert (made.url, second.context["new_link"]) == (address("share_list"), "")
    assert [row.title for row in opened.context["page"].initiatives] == ["Fælles udskrivning"]


@pytest.mark.parametrize("days", [0, 400])
def test_a_link_without_a_fitting_end_is_sent_back(web, hospital, days):
    response = web.post(address("share_create"), sent(make_party(), hospital, days))

    assert (response.status_code, PartyShare.objects.count()) == (422, 0)


def test_a_link_for_a_hospital_one_does_not_lead_is_sent_back(web):
    assert web.post(address("share_create"), sent(make_party(), make_unit())).status_code == 422


def test_without_a_party_the_page_says_where_they_come_from(web):
    assert web.get(address("share_create")).context["has_parties"] is False


def test_a_ward_leader_shares_nothing(client, hospital):
    client.force_login(make_account(role=Role.WARD_LEADER, unit=hospital))

    assert client.get(address("share_list")).status_code == 403
    assert client.get(address("share_create")).status_code == 403
    assert client.post(address("share_revoke", make_share(unit=hospital).pk)).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(web, hospital):
    make_share("a", unit=hospital)
    for_one = queries_for(web, address("share_list"))
    make_share("b", unit=hospital)
    make_share("c", unit=hospital)

    assert queries_for(web, address("share_list")) == for_one


def test_a_link_taken_back_says_so(web, client, hospital):
    share = make_share("hemmelig", unit=hospital)

    web.post(address("share_revoke", share.pk))
    client.logout()
    response = client.get(address("share_open", "hemmelig"))

    assert (response.status_code, response.context["share"]) == (410, share)


def test_an_ended_link_says_when_it_ended(client):
    make_share("hemmelig", ends_on=timezone.localdate())

    response = client.get(address("share_open", "hemmelig"))

    assert response.status_code == 410
    assert [entry.action for entry in AuditEntry.objects.all()] == ["share.refused"]


def test_an_unknown_link_is_not_found(client):
    response = client.get(address("share_open", "forkert"))

    assert (response.status_code, response.headers["X-Robots-Tag"]) == (404, "noindex, nofollow, noarchive")


def test_a_share_names_nobody_and_is_kept_by_nobody(client, hospital):
    party, author = make_party(), make_account("Sofie Forfatter")
    initiative = make_initiative("Fælles", unit=hospital, party=party, owner=make_account("Otto Ejer"))
    make_status(initiative, by=author, judgement="stopped", text="Vi stoppede.", reason="Få patienter.")
    make_share("hemmelig", unit=hospital, party=party)

    response = client.get(address("share_open", "hemmelig"))

    (shown,) = response.context["page"].initiatives
    (status,) = shown.statuses
    assert (shown.judgement, status.text, status.reason) == ("stopped", "Vi stoppede.", "Få patienter.")
    text = response.content.decode()
    assert [name for name in ("Sofie Forfatter", "Otto Ejer", "Konto") if name in text] == []
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in text


def test_a_party_without_initiatives_is_told_so(client, hospital):
    make_initiative(unit=hospital, party=make_party())
    make_share("hemmelig", unit=hospital, party=make_party("Aaby Kommune"))

    page = client.get(address("share_open", "hemmelig")).context["page"]

    assert page.answer == "Aaby Kommune ejer 0 indsatser på Psykiatrien."


def test_an_opened_share_costs_the_same_for_one_and_for_three(client, hospital):
    party = make_party()
    make_share("hemmelig", unit=hospital, party=party)
    make_status(make_initiative(unit=hospital, party=party))
    for_one = queries_for(client, address("share_open", "hemmelig"))
    for _number in range(2):
        make_status(make_initiative(unit=hospital, party=party))

    assert queries_for(client, address("share_open", "hemmelig")) == for_one


def test_each_link_says_what_it_is_today():
    shares = [
        make_share("a"),
        make_share("b", ends_on=DAY),
        make_share("c", revoked_at=NOW),
        make_share("d", ends_on=DAY, revoked_at=NOW),
    ]

    lines = share_lines(shares, day=DAY)

    assert [(line.state, line.is_open) for line in lines] == [
        ("åbent", True),
        ("udløbet", False),
        ("trukket tilbage", False),
        ("trukket tilbage", False),
    ]


def test_only_those_who_may_make_links_find_them_in_the_menu(consultant, hospital):
    nurse = make_account(role=Role.EMPLOYEE, unit=hospital)

    offered = {account.name: list(views.menu(account, day=DAY)) for account in (consultant, nurse)}

    assert [place.url_name for place in offered["Karin"]] == ["programme:share_list"]
    assert offered[nurse.name] == []
