"""What somebody has begun to write is theirs: kept across sign-ins, shown to nobody else, then forgotten."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from robust.core.registry import offered
from robust.organisation import actions as organisation_actions
from robust.organisation.models import Role
from robust.programme import actions
from robust.programme.models import StatusDraft
from tests.factories import make_account, make_unit
from tests.programme.factories import make_initiative, make_status

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def ward(hospital):
    return make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def leader(ward):
    return make_account("Mette Ravn", role=Role.WARD_LEADER, unit=ward)


@pytest.fixture
def initiative(hospital):
    return make_initiative("Nætter", unit=hospital)


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def form(initiative, query=""):
    return reverse("programme:status_create", args=[initiative.pk]) + query


def draft(initiative):
    return reverse("programme:status_draft", args=[initiative.pk])


def sent(unit, **more):
    said = {"text": "Halvt skrevet", "judgement": "on_track", "based_on": "0", "dated_on": TODAY.isoformat()}
    return {"unit": unit.pk} | said | more


def keep(initiative, unit, account, *, text="Halvt skrevet", now=NOW):
    said = {"judgement": "", "text": text, "reason": "", "based_on": 0}
    actions.keep_draft(initiative, unit=unit, **said, actor=account, now=now)


def begun(account, initiative, query=""):
    """Give the place, the text and the draft that the form opens with."""
    context = signed_in(account).get(form(initiative, query)).context
    return context["place"], context["form"]["text"].value(), context["draft"]


def test_a_draft_is_there_at_the_next_sign_in_and_says_when_it_was_kept(leader, initiative, ward):
    kept = signed_in(leader).post(draft(initiative), sent(ward))
    response = signed_in(leader).get(form(initiative))

    clock = timezone.localtime(StatusDraft.objects.get().kept_at).strftime("%H.%M")
    assert kept.content.decode() == f"Kladde gemt {clock}"
    assert response.context["form"]["text"].value() == "Halvt skrevet"
    assert response.context["form"]["judgement"].value() == "on_track"
    assert f"kl. {clock}. Den er ikke sendt endnu." in response.content.decode()


def test_a_draft_takes_the_place_of_the_one_before(leader, initiative, ward):
    web = signed_in(leader)
    for text in ("Først", "Så"):
        web.post(draft(initiative), sent(ward, text=text, judgement="stopped", reason=""))

    assert list(StatusDraft.objects.values_list("account", "unit", "text", "judgement")) == [
        (leader.pk, ward.pk, "Så", "stopped")
    ]


def test_a_draft_needs_nothing_but_its_place(leader, initiative, ward):
    signed_in(leader).post(draft(initiative), {"unit": ward.pk})

    kept = StatusDraft.objects.get()
    assert (kept.text, kept.judgement, kept.reason, kept.based_on) == ("", "", "", 0)


def test_a_draft_is_forgotten_when_the_status_is_saved(leader, initiative, ward):
    keep(initiative, ward, leader)

    signed_in(leader).post(form(initiative), sent(ward, text="To er i gang."))

    assert not StatusDraft.objects.exists()
    assert begun(leader, initiative) == ("Afsnit 1", "To er i gang.", None)


def test_a_draft_can_be_deleted(leader, initiative, ward):
    keep(initiative, ward, leader)
    forget = reverse("programme:status_draft_forget", args=[initiative.pk])
    web = signed_in(leader)

    refused = web.post(forget, {})
    response = web.post(forget, {"unit": ward.pk}, follow=True)

    assert refused.status_code == 422
    assert response.redirect_chain == [(form(initiative, f"?unit={ward.pk}"), 302)]
    assert [str(message) for message in response.context["messages"]] == ["Din kladde er slettet."]
    assert not StatusDraft.objects.exists()


def test_nobody_else_sees_a_draft_or_deletes_it(leader, initiative, ward):
    keep(initiative, ward, leader)
    other = make_account("Ida Holm", role=Role.WARD_LEADER, unit=ward)

    seen = begun(other, initiative)
    actions.forget_draft(initiative, unit=ward, actor=other)
    signed_in(other).post(form(initiative), sent(ward, text="Idas."))

    assert seen == ("Afsnit 1", None, None)
    assert [kept.account for kept in StatusDraft.objects.all()] == [leader]


def test_what_another_wrote_in_the_meantime_is_shown_before_an_old_draft_is_saved(leader, initiative, ward):
    keep(initiative, ward, leader)
    other = make_status(initiative, ward, text="Andres.", dated_on=TODAY)
    web = signed_in(leader)
    opened = web.get(form(initiative)).context

    response = web.post(form(initiative), sent(ward, based_on=opened["form"]["based_on"].value()))

    assert (opened["form"]["text"].value(), opened["latest"]) == ("Halvt skrevet", other)
    assert (response.status_code, response.context["meanwhile"]) == (409, other)


def test_a_draft_is_refused_for_what_one_does_not_see_or_may_not_report(leader, initiative, ward, hospital):
    web = signed_in(leader)
    nurse = make_account(role=Role.EMPLOYEE, unit=ward)

    answers = [
        web.post(draft(make_initiative()), sent(ward)),
        web.post(draft(initiative), sent(hospital)),
        web.post(draft(initiative), sent(ward, text="a" * 10_001)),
        signed_in(nurse).post(draft(initiative), sent(ward)),
    ]

    assert [answer.status_code for answer in answers] == [404, 422, 422, 403]
    assert not StatusDraft.objects.exists()


def test_a_draft_is_kept_for_those_at_shared_computers_too(leader, initiative, ward):
    leader.shared_computer = True
    leader.save()

    assert b"data-autosave" in signed_in(leader).get(form(initiative)).content


def test_the_form_opens_at_the_place_asked_for_in_focus_or_of_the_latest_draft(initiative, hospital, ward):
    other = make_unit("Afsnit 2", parent=hospital)
    consultant = make_account(role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)
    web = signed_in(consultant)

    def place(query=""):
        return web.get(form(initiative, query)).context["place"]

    usual = place()
    keep(initiative, other, consultant, now=NOW - timedelta(hours=1))
    keep(initiative, ward, consultant)
    drafted = place()
    web.post(reverse("web:unit_switch"), {"unit": other.pk})

    assert (usual, drafted, place()) == ("Psykiatrien", "Afsnit 1", "Afsnit 2")
    assert place(f"?unit={hospital.pk}") == "Psykiatrien"


def test_a_unit_in_focus_where_one_reports_nothing_does_not_count(leader, initiative, hospital):
    web = signed_in(leader)
    web.post(reverse("web:unit_switch"), {"unit": hospital.pk})

    assert web.get(form(initiative)).context["place"] == "Afsnit 1"


def test_an_owner_who_is_a_nurse_reports_for_her_own_ward(hospital, ward):
    nurse = make_account(role=Role.EMPLOYEE, unit=ward)

    assert begun(nurse, make_initiative(unit=hospital, owner=nurse)) == ("Afsnit 1", None, None)


def test_the_form_asks_no_more_with_three_drafts_than_with_one(
    leader, initiative, ward, django_assert_num_queries, django_assert_max_num_queries
):
    web = signed_in(leader)
    web.get(form(initiative))
    keep(initiative, ward, leader)
    with django_assert_max_num_queries(60) as one:
        web.get(form(initiative))
    for number in range(2):
        keep(initiative, make_unit(f"Stue {number}", parent=ward), leader)

    with django_assert_num_queries(len(one)):
        web.get(form(initiative))


def test_a_draft_that_nobody_finishes_is_kept_for_a_month(leader, initiative, ward, hospital):
    keep(initiative, ward, leader, now=NOW - timedelta(days=62))
    keep(initiative, hospital, leader, now=NOW - timedelta(days=20))

    gone = organisation_actions.apply_retention(now=NOW)

    assert dict(offered("retention"))["status_drafts"].months == 1
    assert gone["status_drafts"] == 1
    assert [kept.unit for kept in StatusDraft.objects.all()] == [hospital]


def test_a_draft_is_written_down_without_a_query(leader, initiative, ward, django_assert_num_queries):
    keep(initiative, ward, leader)
    kept = StatusDraft.objects.get()

    with django_assert_num_queries(0):
        assert str(kept) == f"{leader.pk} {initiative.pk} {ward.pk}"
