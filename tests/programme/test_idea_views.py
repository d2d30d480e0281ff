import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.core.registry import Found, HomeItem
from robust.organisation.models import Role
from robust.programme.models import Idea, IdeaSupport, Initiative
from robust.programme.pages.idea import list_answer
from robust.programme.views import idea as views
from tests.factories import DAY, give_role, make_account, make_unit
from tests.programme.factories import make_initiative
from tests.programme.factories_more import at, make_idea, queries_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def ward(hospital):
    return make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def nurse(ward):
    return make_account("Nina", role=Role.EMPLOYEE, unit=ward)


@pytest.fixture
def leader(ward):
    return make_account("Lars", role=Role.WARD_LEADER, unit=ward)


@pytest.fixture
def web(client, nurse):
    client.force_login(nurse)
    return client


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def titles(response):
    return [row.title for row in response.context["rows"]]


def test_the_list_shows_what_one_may_see_newest_first(web, ward):
    make_idea("Gammel", unit=ward, created_at=at(2026, 1, 1))
    make_idea("Ny", unit=ward, created_at=at(2026, 2, 1))
    make_idea("Andetsteds")

    response = web.get(address("idea_list"))

    assert titles(response) == ["Ny", "Gammel"]
    assert response.context["answer"] == "2 idéer. 2 venter på svar."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=vagt", ["Nattevagter"]),
        ("state=declined", ["Kaffe"]),
        ("mine=1", ["Kaffe"]),
        ("sort=support", ["Nattevagter", "Kaffe"]),
        ("sort=oldest", ["Kaffe", "Nattevagter"]),
        ("state=nonsense", ["Nattevagter", "Kaffe"]),
        ("words=%00", ["Nattevagter", "Kaffe"]),
        ("page=99", ["Nattevagter", "Kaffe"]),
    ],
)
def test_the_list_is_narrowed_by_its_address(web, ward, nurse, query, found):
    make_idea("Kaffe", unit=ward, sender=nurse, state="declined", answer="Nej.", created_at=at(2026, 1, 1))
    make_idea("Nattevagter", unit=ward, supporters=(nurse,), created_at=at(2026, 2, 1))

    assert titles(web.get(f"{address('idea_list')}?{query}")) == found


def test_the_list_costs_the_same_for_one_and_for_three(web, ward):
    make_idea(unit=ward)
    for_one = queries_for(web, address("idea_list"))
    make_idea(unit=ward)
    make_idea(unit=ward, supporters=(make_account(), make_account()))

    assert queries_for(web, address("idea_list")) == for_one


def test_htmx_gets_only_the_rows(web, ward):
    make_idea(unit=ward)

    response = web.get(address("idea_list"), headers={"HX-Request": "true"})

    assert [template.name for template in response.templates][:1] == ["programme/_idea_rows.html"]
    assert "HX-Request" in response.headers["Vary"]


def test_an_idea_is_proposed_with_a_sentence(web, ward, nurse):
    response = web.post(address("idea_create"), {"title": "Kortere  nattevagter\n", "unit": ward.pk})

    idea = Idea.objects.get()
    assert (response.status_code, response.url) == (302, address("idea_detail", idea.pk))
    assert (idea.title, idea.unit, idea.sender) == ("Kortere nattevagter", ward, nurse)


@pytest.mark.parametrize("sent", [{"title": ""}, {"title": "x" * 201}, {"title": "Idé", "unit": "0"}])
def test_what_cannot_be_an_idea_is_told_and_nothing_is_lost(web, sent):
    response = web.post(address("idea_create"), sent)

    assert (response.status_code, Idea.objects.count()) == (422, 0)
    assert response.context["form"]["title"].value() == sent["title"]


def test_a_new_idea_is_for_ones_own_ward_unless_another_unit_is_in_focus(web, client, ward, hospital):
    at_first = web.get(address("idea_create")).context["form"].initial["unit"]
    session = client.session
    session["unit_id"] = hospital.pk
    session.save()

    assert at_first == ward.pk
    assert web.get(address("idea_create")).context["form"].initial["unit"] == hospital.pk


def test_what_resembles_an_idea_is_shown_while_it_is_typed(web, ward):
    make_idea("Kortere nattevagter", unit=ward)
    make_initiative("Kortere vagter om natten", unit=ward)

    response = web.get(f"{address('idea_similar')}?title=kortere nattevagt%00")

    assert [row.title for row in response.context["similar"]] == ["Kortere nattevagter"]
    assert [row.title for row in response.context["under_way"]] == ["Kortere vagter om natten"]


def test_an_idea_shows_its_sender_only_to_those_who_answer_and_the_sender(client, ward, nurse, leader):
    idea = make_idea(unit=ward, sender=make_account("Sofie"))
    seen = {}

    for account in (nurse, leader, idea.sender):
        client.force_login(account)
        seen[account.name] = client.get(address("idea_detail", idea.pk)).context["page"].sender

    assert seen == {"Nina": "", "Lars": "Sofie", "Sofie": "Sofie"}


def test_an_idea_elsewhere_is_not_found(web):
    assert web.get(address("idea_detail", make_idea().pk)).status_code == 404


def test_the_old_address_of_a_merged_idea_leads_to_the_one_that_goes_on(web, ward):
    into = make_idea(unit=ward)
    idea = make_idea(unit=ward, state=Idea.State.MERGED, merged_into=into)

    response = web.get(address("idea_detail", idea.pk))

    assert (response.status_code, response.url) == (302, address("idea_detail", into.pk))


def test_support_is_given_and_withdrawn_from_the_page(web, ward, nurse):
    idea = make_idea(unit=ward)

    given = web.post(address("idea_support", idea.pk))
    counted = IdeaSupport.objects.filter(account=nurse).count()
    withdrawn = web.post(address("idea_withdraw", idea.pk), headers={"HX-Request": "true"})

    assert (given.status_code, given.url, counted) == (302, address("idea_detail", idea.pk), 1)
    assert (withdrawn.status_code, withdrawn.context["row"].support_count) == (200, 1)
    assert IdeaSupport.objects.filter(account=nurse).count() == 0


def test_a_leader_answers(client, ward, leader):
    client.force_login(leader)
    idea = make_idea(unit=ward)

    response = client.post(address("idea_answer", idea.pk), {"state": "declined", "answer": "Vi har prøvet."})

    idea.refresh_from_db()
    assert (response.status_code, idea.state, idea.answer) == (302, "declined", "Vi har prøvet.")


def test_a_leader_accepts_and_lands_on_the_initiative(client, ward, leader):
    client.force_login(leader)
    idea = make_idea(unit=ward)

    response = client.post(address("idea_answer", idea.pk), {"state": "accepted", "answer": "Vi prøver."})

    assert response.url == address("initiative_detail", Initiative.objects.get().pk)


@pytest.mark.parametrize("sent", [{"state": "declined", "answer": ""}, {"state": "", "answer": "Ja"}])
def test_an_answer_that_says_nothing_is_sent_back(client, ward, leader, sent):
    client.force_login(leader)
    idea = make_idea(unit=ward)

    response = client.post(address("idea_answer", idea.pk), sent)

    idea.refresh_from_db()
    assert (response.status_code, idea.state) == (422, "new")


def test_answering_what_was_merged_meanwhile_is_refused_in_words(client, ward, leader):
    client.force_login(leader)
    idea = make_idea(unit=ward, state="merged", merged_into=make_idea(unit=ward))

    response = client.post(address("idea_answer", idea.pk), {"state": "declined", "answer": "Nej."})

    assert (response.status_code, len(response.context["form"].errors["answer"])) == (422, 1)


def test_whoever_does_not_lead_there_does_not_answer_or_merge(web, ward):
    idea = make_idea(unit=ward)

    assert web.post(address("idea_answer", idea.pk), {"state": "declined"}).status_code == 403
    assert web.get(address("idea_merge", idea.pk)).status_code == 403
    assert web.get(address("idea_queue")).status_code == 403


def test_a_leader_merges_with_one_that_resembles_it(client, ward, leader):
    client.force_login(leader)
    idea, into = make_idea("Kortere nattevagter", unit=ward), make_idea("Kortere nattevagt", unit=ward)

    offered = client.get(address("idea_merge", idea.pk)).context["candidates"]
    response = client.post(address("idea_merge", idea.pk), {"into": into.pk})

    idea.refresh_from_db()
    assert offered == [(into.pk, "Kortere nattevagt (Afsnit 1)")]
    assert (response.url, idea.merged_into) == (address("idea_detail", into.pk), into)


def test_a_leader_merges_with_one_looked_for(client, ward, leader):
    client.force_login(leader)
    idea, into = make_idea("Kortere nattevagter", unit=ward), make_idea("Kaffe", unit=ward)

    response = client.get(f"{address('idea_merge', idea.pk)}?words=kaf")

    assert response.context["candidates"] == [(into.pk, "Kaffe (Afsnit 1)")]


def test_an_idea_is_not_merged_into_one_that_somebody_else_answers(client, ward, leader):
    client.force_login(leader)
    idea = make_idea(unit=ward)

    for into in (str(make_idea().pk), "x", ""):
        assert client.post(address("idea_merge", idea.pk), {"into": into}).status_code == 422
    idea.refresh_from_db()
    assert idea.state == "new"


def test_merging_what_was_merged_meanwhile_is_refused_in_words(client, ward, leader):
    client.force_login(leader)
    idea, into = make_idea(unit=ward), make_idea(unit=ward)
    Idea.objects.filter(pk=idea.pk).update(state="merged", merged_into=make_idea(unit=ward))

    response = client.post(address("idea_merge", idea.pk), {"into": into.pk})

    assert response.status_code == 422
    assert len(response.context["form"].non_field_errors()) == 1


def test_the_queue_shows_how_long_each_has_waited(client, ward, leader):
    client.force_login(leader)
    today = timezone.now()
    make_idea("Sen", unit=ward, created_at=today - timedelta(days=20))
    make_idea("Ny", unit=ward, created_at=today)
    make_idea("Besvaret", unit=ward, state="declined", answer="Nej.")

    page = client.get(address("idea_queue"))

    rows = page.context["rows"]
    assert page.text.count(", overskredet</span>") == 1
    assert [(row.title, row.waited_days, row.is_late) for row in rows] == [
        ("Sen", 20, True),
        ("Ny", 0, False),
    ]


def test_my_day_tells_the_answers_to_ones_ideas(nurse, ward):
    into = make_idea("Faste makkere", unit=ward)
    now = timezone.now()
    declined = make_idea("A", sender=nurse, state="declined", answer="Nej.", answered_at=now)
    make_idea("B", sender=nurse, state="merged", merged_into=into, answered_at=now)
    make_idea("C", sender=nurse, state="declined", answer="Nej.", answered_at=now - timedelta(days=15))

    assert list(views.waiting(nurse, day=DAY)) == [
        HomeItem(title="B", url=address("idea_detail", into.pk), kind="Svar på din idé", note="Lagt sammen"),
        HomeItem(
            title="A", url=address("idea_detail", declined.pk), kind="Svar på din idé", note="Afvist: Nej."
        ),
    ]


def test_my_day_tells_a_leader_how_many_ideas_wait_and_since_when(leader, ward):
    make_idea(unit=ward, created_at=at(2026, 2, 1))
    make_idea(unit=ward, created_at=at(2026, 2, 20))
    make_idea(unit=ward, created_at=at(2026, 1, 2), state="considered")

    assert list(views.waiting(leader, day=DAY)) == [
        HomeItem(
            title="3 idéer venter på svar",
            url=address("idea_queue"),
            kind="Idéer",
            due_on=DAY.replace(month=2, day=15),
        )
    ]


def test_ideas_that_are_being_considered_wait_without_a_day(leader, ward):
    make_idea(unit=ward, created_at=at(2026, 1, 2), state="considered")

    (item,) = views.waiting(leader, day=DAY)

    assert (item.title, item.due_on) == ("1 idé venter på svar", None)


def test_the_search_finds_ideas_one_may_see(nurse, ward):
    idea = make_idea("Kortere nattevagter", text="På prøve.", unit=ward)
    make_idea("Kortere nattevagter")

    assert list(views.found(nurse, words="nattevagt", day=DAY)) == [
        Found(
            title="Kortere nattevagter",
            url=address("idea_detail", idea.pk),
            kind="Idéer",
            excerpt="På prøve.",
        )
    ]


def test_what_came_since_the_last_visit_is_marked(client, nurse, ward):
    make_idea("Før", unit=ward, created_at=at(2026, 1, 1))
    make_idea("Svaret siden", unit=ward, created_at=at(2026, 1, 1), answered_at=at(2026, 2, 2))
    make_idea("Siden", unit=ward, created_at=at(2026, 2, 2))
    nurse.previous_visit_at = at(2026, 2, 1)
    nurse.save()
    client.force_login(nurse)

    page = client.get(reverse("programme:idea_list"), {"sort": "oldest"}).content.decode()

    marks = [re.findall(r'"new-mark">(\w+)', row) for row in page.split("<li>") if "rows__title" in row]
    assert marks == [[], ["ændret"], ["ny"]]


def test_the_head_says_how_long_an_idea_has_waited(client, ward, nurse):
    client.force_login(nurse)
    today = timezone.now()
    ideas = [
        make_idea(unit=ward, created_at=today),
        make_idea(unit=ward, created_at=today - timedelta(days=3)),
        make_idea(unit=ward, state="declined", answer="Nej."),
        make_idea(unit=ward, state="declined", answer="Nej.", answered_at=datetime(2026, 3, 2, tzinfo=UTC)),
    ]

    heads = [client.get(address("idea_detail", idea.pk)).context["page"].headline for idea in ideas]

    assert heads == [
        "Sendt i dag.",
        "3 dage uden svar.",
        "",
        "Besvaret 2. marts 2026.",
    ]


def test_a_list_without_waiting_ideas_says_only_how_many():
    assert list_answer(count=3, waiting_count=0) == "3 idéer."


def test_someone_without_a_unit_can_still_open_the_form(client, ward):
    visitor = make_account()
    client.force_login(visitor)

    assert client.get(address("idea_create")).context["form"].initial["unit"] is None
    give_role(visitor, Role.EMPLOYEE, ward)
    assert client.get(address("idea_create")).context["form"].initial["unit"] == ward.pk
