import pytest

from robust.organisation.models import Role
from robust.programme.models import Idea
from robust.programme.queries import idea as queries
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import make_initiative
from tests.programme.factories_more import at, make_idea

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def ward(hospital):
    return make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def nurse(ward):
    return make_account(role=Role.EMPLOYEE, unit=ward)


def test_an_account_sees_the_ideas_of_its_ward_and_above_and_its_own(hospital, ward, nurse):
    elsewhere = make_unit("Afsnit 2", parent=hospital)
    seen = [make_idea(unit=ward), make_idea(unit=hospital), make_idea(unit=elsewhere, sender=nurse)]
    make_idea(unit=elsewhere)

    assert set(queries.ideas_visible_to(nurse, day=DAY)) == set(seen)


def test_support_is_counted_and_ones_own_is_told(ward, nurse):
    make_idea("A", unit=ward, supporters=(nurse,))
    make_idea("B", unit=ward, supporters=(make_account(), make_account()))

    found = queries.with_support(Idea.objects.order_by("title"), account=nurse)

    assert [(idea.title, idea.support_count, idea.is_supported) for idea in found] == [
        ("A", 2, True),
        ("B", 3, False),
    ]


def test_every_word_must_stand_somewhere_and_may_be_part_of_a_longer_one(ward):
    make_idea("Kortere nattevagter", text="i ferien", unit=ward)
    make_idea("Kortere møder", unit=ward)

    found = queries.matching(Idea.objects.all(), "vagt ferie")

    assert [idea.title for idea in found] == ["Kortere nattevagter"]


def test_similar_ideas_stand_with_the_most_alike_first(ward, nurse):
    make_idea("Fast makker på nattevagter", unit=ward)
    make_idea("Kortere nattevagter i weekenden", unit=ward)
    make_idea("Ny kaffemaskine", unit=ward)
    merged = make_idea("Kortere nattevagter", unit=ward)
    Idea.objects.filter(pk=merged.pk).update(state="merged", merged_into=make_idea("Et andet ord", unit=ward))

    found = queries.similar_ideas("kortere nattevagter", account=nurse, day=DAY)

    assert [idea.title for idea in found] == ["Kortere nattevagter i weekenden", "Fast makker på nattevagter"]


def test_the_idea_itself_is_not_among_those_like_it(ward, nurse):
    idea = make_idea("Kortere nattevagter", unit=ward)

    assert queries.similar_ideas("Kortere nattevagter", account=nurse, day=DAY, without=idea.pk) == []


def test_too_few_letters_resemble_nothing(ward, nurse):
    make_idea("Vagt", unit=ward)

    assert queries.similar_ideas(" vag ", account=nurse, day=DAY) == []


def test_what_is_under_way_already_is_found_among_the_initiatives(hospital, nurse):
    make_initiative("Kortere nattevagter", unit=hospital)
    make_initiative("Kortere nattevagter andetsteds")

    found = queries.similar_initiatives("korte nattevagter", account=nurse, day=DAY)

    assert [initiative.title for initiative in found] == ["Kortere nattevagter"]


def test_the_longest_waiting_idea_stands_first_in_the_queue(ward):
    make_idea("Ny", unit=ward, created_at=at(2026, 3, 1))
    make_idea("Gammel", unit=ward, created_at=at(2026, 1, 1), state=Idea.State.CONSIDERED)
    make_idea("Besvaret", unit=ward, state=Idea.State.DECLINED, answer="Nej.")
    make_idea("Andetsteds")

    assert [idea.title for idea in queries.waiting_ideas({ward.pk})] == ["Gammel", "Ny"]


def test_a_sender_finds_the_answers_since_a_day(nurse):
    make_idea("Før", sender=nurse, state="declined", answer="Nej.", answered_at=at(2026, 1, 1))
    make_idea("Siden", sender=nurse, state="declined", answer="Nej.", answered_at=at(2026, 3, 1))
    make_idea("Ubesvaret", sender=nurse)

    found = queries.answered_ideas_of(nurse, since=at(2026, 2, 1))

    assert [idea.title for idea in found] == ["Siden"]


def test_support_names_itself_by_idea_and_account(ward, nurse):
    support = make_idea(unit=ward, sender=nurse).supports.get()

    assert str(support) == f"{support.idea_id} {nurse.pk}"
