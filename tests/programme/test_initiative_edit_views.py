import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from robust.programme.models import Initiative
from tests.factories import make_account, make_unit
from tests.programme.factories import (
    make_area,
    make_forum,
    make_funding,
    make_initiative,
    make_link,
    make_plan,
    make_status,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def ward(hospital):
    return make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def consultant(hospital):
    return make_account("Karin Holm", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def web(client, consultant):
    client.force_login(consultant)
    return client


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def sent(**more):
    """What the form sends when nothing hangs on the initiative."""
    data = {"title": "Kortere nætter", "kind": "trial"}
    for prefix in ("placements", "links", "funding"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | more


def test_an_initiative_is_made_under_the_plan_one_came_from(web, hospital, consultant):
    plan = make_plan(unit=hospital)

    page = web.get(f"{address('initiative_create')}?plan={plan.pk}").context

    assert page["placements"].forms[0]["plan"].value() == str(plan.pk)
    assert page["form"]["owner"].value() == consultant.name


def test_an_initiative_is_made_with_a_place_a_link_and_money(web, hospital, consultant):
    plan = make_plan(unit=hospital)
    area = make_area(plan)
    data = sent(
        **{
            "unit": hospital.pk,
            "owner": consultant.name,
            "placements-TOTAL_FORMS": "1",
            "placements-0-plan": plan.pk,
            "placements-0-area": area.pk,
            "links-TOTAL_FORMS": "1",
            "links-0-label": "Referat",
            "links-0-url": "example.org/referat",
            "funding-TOTAL_FORMS": "1",
            "funding-0-amount_dkk": "5.000.000",
            "funding-0-source": "Regionsrådet",
        }
    )

    response = web.post(address("initiative_create"), data)

    initiative = Initiative.objects.get()
    assert response.headers["Location"] == address("initiative_detail", initiative.pk)
    assert (initiative.title, initiative.kind, initiative.owner) == ("Kortere nætter", "trial", consultant)
    assert initiative.placements.get().area == area
    assert initiative.links.get().url == "https://example.org/referat"
    assert initiative.funding.get().amount_dkk == 5_000_000


def test_what_is_missing_is_told_and_nothing_typed_is_lost(web, hospital):
    response = web.post(address("initiative_create"), sent(unit=hospital.pk, title="", text="Prøves."))

    assert (response.status_code, Initiative.objects.count()) == (422, 0)
    assert response.context["form"].errors == {"title": ["Dette felt er påkrævet."]}
    assert response.context["form"]["text"].value() == "Prøves."


def test_colleagues_of_one_name_are_told_apart_by_their_e_mail(web, hospital):
    first, second = (
        make_account("Ole Lund", email=f"{word}@lund.dk", role=Role.EMPLOYEE, unit=hospital) for word in "ab"
    )

    page = web.get(address("initiative_create")).text
    unclear = web.post(address("initiative_create"), sent(unit=hospital.pk, owner="Ole Lund"))
    web.post(address("initiative_create"), sent(unit=hospital.pk, owner="ole lund, b@lund.dk"))

    assert '<option value="Ole Lund, a@lund.dk"><option value="Ole Lund, b@lund.dk">' in page
    assert list(unclear.context["form"].errors) == ["owner"]
    assert unclear.context["form"]["owner"].value() == "Ole Lund"
    assert [initiative.owner for initiative in Initiative.objects.all()] == [second]
    assert first != second


def test_a_place_named_twice_is_told(web, hospital):
    plan = make_plan(unit=hospital)
    twice = {f"placements-{number}-plan": plan.pk for number in (0, 1)} | {"placements-TOTAL_FORMS": "2"}

    response = web.post(address("initiative_create"), sent(unit=hospital.pk, **twice))

    assert (response.status_code, Initiative.objects.count()) == (422, 0)


def test_a_row_is_added_without_losing_or_checking_what_is_typed(web, hospital):
    response = web.post(address("initiative_create"), sent(title="", text="Prøves.", add="links"))

    assert response.status_code == 200
    assert response.context["form"]["text"].value() == "Prøves."
    assert response.context["form"].errors == {}
    assert {name: len(response.context[name].forms) for name in ("placements", "links", "funding")} == {
        "placements": 0,
        "links": 1,
        "funding": 0,
    }


def test_a_nurse_makes_no_initiatives(client, ward):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=ward))

    assert client.get(address("initiative_create")).status_code == 403


def test_an_initiative_is_changed_and_its_rows_with_it(web, hospital):
    hidden = make_plan("Fremmed")
    initiative = make_initiative("Nætter", unit=hospital, plan=hidden, forum=make_forum(unit=hospital))
    place, link, money = initiative.placements.get(), make_link(initiative), make_funding(initiative)
    form = web.get(address("initiative_edit", initiative.pk)).context
    data = sent(
        **{
            "unit": hospital.pk,
            "placements-TOTAL_FORMS": "1",
            "placements-INITIAL_FORMS": "1",
            "placements-0-id": place.pk,
            "placements-0-plan": hidden.pk,
            "placements-0-group": "Øvrigt",
            "links-TOTAL_FORMS": "1",
            "links-INITIAL_FORMS": "1",
            "links-0-id": link.pk,
            "links-0-label": "Referat",
            "links-0-url": link.url,
            "links-0-DELETE": "on",
            "opened_at": initiative.updated_at.isoformat(),
        }
    )

    response = web.post(address("initiative_edit", initiative.pk), data)

    assert (form["form"]["title"].value(), form["funding"].forms[0]["id"].value()) == ("Nætter", money.pk)
    assert response.headers["Location"] == address("initiative_detail", initiative.pk)
    initiative.refresh_from_db()
    place.refresh_from_db()
    assert (initiative.title, initiative.forum, place.group) == ("Kortere nætter", None, "Øvrigt")
    assert (initiative.links.count(), initiative.funding.count()) == (0, 0)


def test_what_somebody_else_changed_meanwhile_is_told(web, hospital):
    initiative = make_initiative("Nætter", unit=hospital)
    data = sent(unit=hospital.pk, opened_at="2020-01-01T00:00:00+00:00")

    response = web.post(address("initiative_edit", initiative.pk), data)

    assert (response.status_code, Initiative.objects.get().title) == (409, "Nætter")
    assert response.context["form"]["title"].value() == "Kortere nætter"


def test_a_form_that_does_not_say_when_it_was_opened_is_taken(web, hospital):
    initiative = make_initiative("Nætter", unit=hospital)

    web.post(address("initiative_edit", initiative.pk), sent(unit=hospital.pk))

    assert Initiative.objects.get().title == "Kortere nætter"


def test_a_wrong_change_is_told(web, hospital):
    initiative = make_initiative("Nætter", unit=hospital)

    response = web.post(address("initiative_edit", initiative.pk), sent(unit=hospital.pk, title=""))

    assert (response.status_code, Initiative.objects.get().title) == (422, "Nætter")


def test_only_who_answers_or_leads_changes(client, hospital, ward):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=ward))
    initiative = make_initiative(unit=hospital)

    refused = [
        client.get(address("initiative_edit", initiative.pk)).status_code,
        client.post(address("initiative_delete", initiative.pk)).status_code,
    ]

    assert refused == [403, 403]


def test_an_initiative_made_by_mistake_is_deleted(web, hospital):
    initiative = make_initiative(unit=hospital)

    response = web.post(address("initiative_delete", initiative.pk))

    assert response.headers["Location"] == address("initiative_list")
    assert Initiative.objects.count() == 0


def test_an_initiative_with_status_is_not_deleted(web, hospital):
    initiative = make_initiative(unit=hospital)
    make_status(initiative)

    response = web.post(address("initiative_delete", initiative.pk), follow=True)

    assert Initiative.objects.count() == 1
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
