import pytest
from django.utils import timezone

from robust.organisation.models import Role
from robust.thread.models import Link
from tests.factories import DAY, make_account, make_unit
from tests.programme.calling import answer, problems
from tests.programme.factories import make_decision, make_forum, make_initiative, make_meeting
from tests.programme.factories_more import make_example, make_idea
from tests.thread.factories import make_thread_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Karin Holm", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def idea(hospital):
    return make_idea("Kortere nattevagter", unit=hospital)


@pytest.fixture
def initiative(hospital):
    return make_initiative("Nattevagten", unit=hospital)


def of(row):
    return {"thing": row._meta.model_name, "id": row.pk}


def sent(source, target, **changed):
    return {"kind": "became", "source": of(source), "target": of(target), "reason": "Vi prøver."} | changed


def test_a_program_reads_the_thread_of_a_thing(client, consultant, hospital, initiative, idea):
    link = make_thread_link(("idea", idea.pk), ("initiative", initiative.pk), reason="Ja.", author=consultant)
    meeting = make_meeting(make_forum("Ledelsen", unit=hospital))
    decision = make_decision(initiative, meeting, reason="Der er penge.", by=consultant)
    make_thread_link(("idea", make_idea().pk), ("initiative", initiative.pk))

    status, thread = answer(client, consultant, "GET", f"/thread?thing=initiative&id={initiative.pk}")

    read = {
        "link": link.pk,
        "kind": "became",
        "words": "kom fra",
        "end": of(idea),
        "title": "Kortere nattevagter",
        "linked_on": "2026-03-02",
        "reason": "Ja.",
        "author": "Karin Holm",
    }
    decided = {
        "link": None,
        "kind": "decision",
        "words": "blev besluttet på",
        "end": of(meeting),
        "title": "Ledelsen, 2. marts 2026",
        "linked_on": timezone.localdate(decision.decided_at).isoformat(),
        "reason": "Godkendt: Der er penge.",
        "author": "Karin Holm",
    }
    assert status == 200
    assert sorted(thread["came_from"], key=str) == sorted([read, decided], key=str)
    assert (thread["became"], thread["beside"]) == ([], [])


def test_a_thing_one_does_not_see_has_no_thread(client, consultant):
    idea = make_idea()

    assert problems(client, consultant, "GET", f"/thread?thing=idea&id={idea.pk}")[0] == 404
    assert problems(client, consultant, "GET", "/thread?thing=nothing&id=1")[0] == 404


def test_a_program_links_two_things(client, consultant, initiative, idea):
    status, made = answer(client, consultant, "POST", "/thread/links", sent(idea, initiative))

    link = Link.objects.get()
    assert (status, made) == (
        201,
        {
            "id": link.pk,
            "kind": "became",
            "source": of(idea),
            "target": of(initiative),
            "linked_on": timezone.localdate().isoformat(),
            "reason": "Vi prøver.",
            "author": "Karin Holm",
            "ended_on": None,
        },
    )


def test_one_end_that_one_may_change_is_enough(client, hospital, idea):
    owner = make_account(role=Role.EMPLOYEE, unit=hospital)
    mine = make_initiative(unit=hospital, owner=owner)

    assert answer(client, owner, "POST", "/thread/links", sent(idea, mine))[0] == 201
    assert problems(client, owner, "POST", "/thread/links", sent(make_example(), idea))[0] == 403


def test_what_is_against_the_rules_is_refused(client, consultant, initiative, idea):
    made = sent(idea, initiative)
    answer(client, consultant, "POST", "/thread/links", made)

    again = problems(client, consultant, "POST", "/thread/links", made)
    adopted = problems(client, consultant, "POST", "/thread/links", made | {"kind": "adopted"})
    unseen = problems(client, consultant, "POST", "/thread/links", sent(make_idea(), initiative))

    assert again == (409, "De to er allerede forbundet på den måde. Intet blev ændret.")
    assert (adopted, unseen[0]) == ((409, ["kind"]), 404)


def test_a_program_ends_a_link(client, consultant, initiative, idea):
    link = make_thread_link(("idea", idea.pk), ("initiative", initiative.pk), linked_on=DAY)

    status, ended = answer(client, consultant, "POST", f"/thread/links/{link.pk}/end")
    again = answer(client, consultant, "POST", f"/thread/links/{link.pk}/end")

    today = timezone.localdate().isoformat()
    assert (status, ended["ended_on"], ended["author"]) == (200, today, None)
    assert again == (200, ended)


def test_a_link_one_may_not_end_stays(client, consultant, hospital, initiative, idea):
    link = make_thread_link(("idea", idea.pk), ("initiative", initiative.pk))
    reader = make_account(role=Role.EMPLOYEE, unit=hospital)

    assert problems(client, reader, "POST", f"/thread/links/{link.pk}/end")[0] == 403
    assert problems(client, consultant, "POST", "/thread/links/0/end")[0] == 422
    assert problems(client, consultant, "POST", f"/thread/links/{link.pk + 9}/end")[0] == 404
    assert Link.objects.get().ended_on is None


def test_an_initiative_names_the_example_and_the_ideas_it_came_from(client, consultant, initiative, idea):
    example, other = make_example(), make_initiative()
    here = ("initiative", initiative.pk)
    make_thread_link(("example", example.pk), here, kind="adopted")
    make_thread_link(("idea", idea.pk), here)
    make_thread_link(("idea", make_idea().pk), here)
    make_thread_link(("idea", idea.pk), here, kind="answered")
    make_thread_link(("initiative", other.pk), here)

    _status, told = answer(client, consultant, "GET", f"/initiatives/{initiative.pk}")

    assert (told["adopted_from"], told["ideas"]) == (example.pk, [idea.pk])
