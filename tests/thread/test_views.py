import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from robust.thread.models import Link
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import make_forum, make_initiative, make_meeting, make_plan
from tests.programme.factories_more import make_idea, queries_for
from tests.thread.factories import make_thread_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Karin Holm", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def web(client, consultant):
    client.force_login(consultant)
    return client


@pytest.fixture
def idea(hospital):
    return make_idea("Kortere nattevagter", unit=hospital)


@pytest.fixture
def initiative(hospital):
    return make_initiative("Nattevagten", unit=hospital)


def address(name, *args):
    return reverse(f"thread:{name}", args=args)


def page_of(thing):
    return reverse(f"programme:{thing._meta.model_name}_detail", args=[thing.pk])


def sent(other, way="became.back", reason="Ideen begyndte det."):
    return {"other": f"{other._meta.model_name}-{other.pk}", "way": way, "reason": reason}


def said(response):
    """What is said after the redirect, with the address that takes it back."""
    return [(str(message), message.extra_tags) for message in get_messages(response.wsgi_request)]


def test_what_holds_the_words_is_offered_from_every_room(web, hospital, initiative, idea):
    plan = make_plan("Planen om natten", unit=hospital)
    meeting = make_meeting(make_forum("Natteforum", unit=hospital))
    make_idea("Nat et andet sted")

    response = web.get(address("link_create", "initiative", initiative.pk) + "?words= nat ")

    assert set(response.context["form"].fields["other"].choices) == {
        (f"idea-{idea.pk}", "Kortere nattevagter (idé)"),
        (f"plan-{plan.pk}", "Planen om natten (plan)"),
        (f"meeting-{meeting.pk}", "Natteforum, 2. marts 2026 (møde)"),
    }


def test_before_the_search_the_page_says_what_can_be_found(web, initiative):
    response = web.get(address("link_create", "initiative", initiative.pk))

    text = response.content.decode()
    assert response.context["others"] == {}
    assert "godt eksempel" in text
    assert "Forbind</button>" not in text


def test_a_search_without_result_says_so(web, initiative):
    response = web.get(address("link_create", "initiative", initiative.pk) + "?words=%00zeppelin")

    assert "Der blev ikke fundet noget" in response.content.decode()


def test_a_thing_is_linked_back_to_what_it_came_from(web, initiative, idea, consultant):
    response = web.post(address("link_create", "initiative", initiative.pk), sent(idea))

    link = Link.objects.get()
    assert str(link) == f"idea {idea.pk} became initiative {initiative.pk}"
    assert (link.reason, link.author, link.linked_on) == (
        "Ideen begyndte det.",
        consultant,
        timezone.localdate(),
    )
    assert response.url == page_of(initiative)
    undo = f"undo={address('link_end', link.pk)}?at=target"
    assert said(response) == [("De to er forbundet nu.", undo)]


def test_a_thing_is_linked_onwards_to_what_it_became(web, initiative, idea):
    response = web.post(address("link_create", "idea", idea.pk), sent(initiative, way="became.onwards"))

    assert str(Link.objects.get()) == f"idea {idea.pk} became initiative {initiative.pk}"
    assert response.url == page_of(idea)


def test_linking_what_is_linked_is_refused_in_words(web, initiative, idea):
    make_thread_link(("idea", idea.pk), ("initiative", initiative.pk))

    response = web.post(address("link_create", "initiative", initiative.pk), sent(idea))

    assert (response.status_code, Link.objects.count()) == (422, 1)
    assert "allerede forbundet" in response.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"way": "adopted.back"},
        {"way": "decided.onwards"},
        {"other": ""},
        {"other": "idea-x"},
        {"other": "idea-99999999999999999999"},
        {"other": "nothing-1"},
    ],
)
def test_nonsense_is_sent_back(web, initiative, idea, wrong):
    response = web.post(address("link_create", "initiative", initiative.pk), sent(idea) | wrong)

    assert (response.status_code, Link.objects.count()) == (422, 0)


def test_only_what_one_sees_can_be_chosen(web, initiative):
    response = web.post(address("link_create", "initiative", initiative.pk), sent(make_idea()))

    assert (response.status_code, Link.objects.count()) == (422, 0)


@pytest.mark.parametrize(("thing", "pk"), [("initiative", 0), ("initiative", 10**20), ("nothing", 1)])
def test_what_one_does_not_see_is_not_there(web, thing, pk):
    assert web.get(address("link_create", thing, pk)).status_code == 404


def test_whoever_may_not_change_the_thing_may_not_link_from_it(client, hospital, initiative):
    client.force_login(make_account(role=Role.EMPLOYEE, unit=hospital))

    assert client.get(address("link_create", "initiative", initiative.pk)).status_code == 403


def test_a_link_is_ended_and_the_end_taken_back(web, initiative, idea):
    link = make_thread_link(("idea", idea.pk), ("initiative", initiative.pk), reason="Ja.")

    ended = web.post(address("link_end", link.pk) + "?at=target")
    undo = said(ended)[0][1].removeprefix("undo=")
    again = web.post(undo)

    link.refresh_from_db()
    assert (ended.url, again.url, link.ended_on) == (
        page_of(initiative),
        page_of(initiative),
        timezone.localdate(),
    )
    assert undo == address("link_again", link.pk) + "?at=target"
    (second,) = Link.objects.filter(ended_on__isnull=True)
    assert (second.kind, second.source, second.target, second.reason) == (
        "became",
        link.source,
        link.target,
        "Ja.",
    )


def test_from_the_source_one_comes_back_to_it_and_twice_is_refused_in_words(web, initiative, idea):
    link = make_thread_link(("idea", idea.pk), ("initiative", initiative.pk))

    response = web.post(address("link_again", link.pk))

    assert response.url == page_of(idea)
    assert [words for words, _tags in said(response)] == [
        "De to er allerede forbundet på den måde. Intet blev ændret."
    ]


def test_a_link_to_what_one_does_not_see_cannot_be_ended(web, initiative):
    link = make_thread_link(("idea", make_idea().pk), ("initiative", initiative.pk))

    assert web.post(address("link_end", link.pk)).status_code == 404


def test_an_adoption_is_not_ended_by_hand(web, hospital, initiative):
    other = make_initiative(unit=hospital)
    link = make_thread_link(("initiative", other.pk), ("initiative", initiative.pk), kind="adopted")

    assert web.post(address("link_end", link.pk)).status_code == 403


def test_the_panel_leads_on_and_ends_only_what_was_linked_by_hand(web, initiative, idea, consultant):
    by_hand = make_thread_link(
        ("idea", idea.pk), ("initiative", initiative.pk), reason="Ja.", author=consultant
    )
    kept = make_thread_link(("idea", idea.pk), ("initiative", initiative.pk), kind="adopted")

    text = web.get(page_of(initiative)).content.decode()

    assert page_of(idea) in text
    assert address("link_end", by_hand.pk) + "?at=target" in text
    assert address("link_end", kept.pk) not in text
    assert address("link_create", "initiative", initiative.pk) in text


def test_who_may_not_change_the_thing_is_shown_its_thread_without_buttons(client, hospital, initiative, idea):
    make_thread_link(("idea", idea.pk), ("initiative", initiative.pk))
    client.force_login(make_account(role=Role.EMPLOYEE, unit=hospital))

    text = client.get(page_of(initiative)).content.decode()

    assert "Kortere nattevagter" in text
    assert "Afslut forbindelsen" not in text
    assert "Forbind med noget" not in text


def test_a_long_thread_is_folded_after_twelve(web, hospital, initiative):
    for number in range(14):
        made = make_idea(f"Idé nummer {number}", unit=hospital)
        make_thread_link(("idea", made.pk), ("initiative", initiative.pk), linked_on=DAY)

    text = web.get(page_of(initiative)).content.decode()

    assert text.count("Idé nummer") == 28  # as a link, and in the name of its button
    assert "2 mere" in text


def test_a_page_takes_as_many_queries_for_three_links_as_for_one(web, hospital, initiative):
    def link_one():
        made = make_idea(unit=hospital)
        make_thread_link(("idea", made.pk), ("initiative", initiative.pk))

    link_one()
    one = queries_for(web, page_of(initiative))
    for _ in range(2):
        link_one()

    assert queries_for(web, page_of(initiative)) == one
