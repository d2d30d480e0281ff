import pytest

from robust.organisation.models import AuditEntry
from robust.programme.actions import idea as actions
from robust.programme.models import Idea, IdeaSupport, Initiative
from robust.thread.models import Link
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories_more import make_idea

pytestmark = pytest.mark.django_db
State = Idea.State


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def supporters(idea):
    return set(IdeaSupport.objects.filter(idea=idea).values_list("account__name", flat=True))


def test_a_proposed_idea_is_new_and_has_its_senders_support():
    ward, anna = make_unit(), make_account("Anna")

    idea = actions.propose(title="Kortere nattevagter", text="På prøve.", unit=ward, actor=anna, now=NOW)

    assert (idea.title, idea.text, idea.unit, idea.sender, idea.state) == (
        "Kortere nattevagter",
        "På prøve.",
        ward,
        anna,
        State.NEW,
    )
    assert supporters(idea) == {"Anna"}
    assert audited() == ["idea.proposed"]


def test_an_idea_sent_twice_is_one_idea():
    ward, anna = make_unit(), make_account()

    first = actions.propose(title="Kortere nattevagter", text="", unit=ward, actor=anna, now=NOW)
    second = actions.propose(title="Kortere nattevagter", text="", unit=ward, actor=anna, now=NOW)

    assert second == first
    assert audited() == ["idea.proposed"]


def test_support_counts_once_and_can_be_withdrawn():
    idea, bo = make_idea(sender=make_account("Anna")), make_account("Bo")

    actions.support(idea=idea, actor=bo, now=NOW)
    actions.support(idea=idea, actor=bo, now=NOW)
    with_support = supporters(idea)
    actions.withdraw(idea=idea, actor=bo, now=NOW)
    actions.withdraw(idea=idea, actor=bo, now=NOW)

    assert with_support == {"Anna", "Bo"}
    assert supporters(idea) == {"Anna"}
    assert audited() == ["idea.supported", "idea.support_withdrawn"]


def test_support_for_a_merged_idea_goes_to_the_one_that_goes_on():
    idea, into, bo = make_idea(), make_idea(sender=make_account("Anna")), make_account("Bo")
    Idea.objects.filter(pk=idea.pk).update(state=State.MERGED, merged_into=into)
    idea.refresh_from_db()

    actions.support(idea=idea, actor=bo, now=NOW)

    assert supporters(into) == {"Anna", "Bo"}


def test_an_answer_stands_on_the_idea_with_who_and_when():
    idea, leader = make_idea(), make_account()

    actions.answer(idea=idea, state=State.DECLINED, text=" Vi har prøvet. ", actor=leader, now=NOW)

    idea.refresh_from_db()
    assert (idea.state, idea.answer, idea.answered_by, idea.answered_at) == (
        State.DECLINED,
        "Vi har prøvet.",
        leader,
        NOW,
    )
    assert audited() == ["idea.declined"]


@pytest.mark.parametrize("state", [State.CONSIDERED, State.DECLINED, State.UNDER_WAY])
def test_an_answer_must_say_something(state):
    idea = make_idea()

    with pytest.raises(actions.CannotAnswer):
        actions.answer(idea=idea, state=state, text="  ", actor=make_account(), now=NOW)

    idea.refresh_from_db()
    assert (idea.state, audited()) == (State.NEW, [])


@pytest.mark.parametrize("state", [State.NEW, State.ACCEPTED, State.MERGED])
def test_an_answer_gives_only_states_that_an_answer_can_give(state):
    with pytest.raises(actions.CannotAnswer):
        actions.answer(idea=make_idea(), state=state, text="Ja.", actor=make_account(), now=NOW)


def test_a_merged_idea_is_not_answered():
    idea = make_idea()
    actions.merge(idea=idea, into=make_idea(), actor=make_account(), now=NOW)

    with pytest.raises(actions.CannotAnswer):
        actions.answer(idea=idea, state=State.DECLINED, text="Nej.", actor=make_account(), now=NOW)
    with pytest.raises(actions.CannotAnswer):
        actions.accept(idea=idea, text="Ja.", actor=make_account(), now=NOW)


def test_an_accepted_idea_becomes_an_initiative_that_links_back():
    idea, leader = make_idea("Kortere nattevagter", text="På prøve."), make_account()

    initiative = actions.accept(idea=idea, text="Vi prøver i maj.", actor=leader, now=NOW)

    idea.refresh_from_db()
    assert (idea.state, idea.answer) == (State.ACCEPTED, "Vi prøver i maj.")
    link = Link.objects.get()
    assert (str(link), link.reason, link.author, link.linked_on) == (
        f"idea {idea.pk} became initiative {initiative.pk}",
        "Vi prøver i maj.",
        leader,
        DAY,
    )
    assert (initiative.title, initiative.text, initiative.unit, initiative.owner, initiative.kind) == (
        "Kortere nattevagter",
        "På prøve.",
        idea.unit,
        leader,
        Initiative.Kind.TRIAL,
    )
    assert audited() == ["initiative.created", "thread.linked", "idea.accepted"]


def test_an_idea_accepted_twice_gives_one_initiative():
    idea, leader = make_idea(), make_account()

    first = actions.accept(idea=idea, text="Ja.", actor=leader, now=NOW)
    second = actions.accept(idea=idea, text="Ja.", actor=leader, now=NOW)

    assert second == first
    assert Initiative.objects.count() == 1


def test_an_idea_is_not_accepted_without_words():
    idea = make_idea()

    with pytest.raises(actions.CannotAnswer):
        actions.accept(idea=idea, text=" ", actor=make_account(), now=NOW)

    assert Initiative.objects.count() == 0


def test_merging_keeps_every_supporter_once():
    bo = make_account("Bo")
    idea = make_idea(sender=make_account("Anna"), supporters=(bo,))
    into = make_idea(sender=make_account("Carl"), supporters=(bo,))

    target = actions.merge(idea=idea, into=into, actor=make_account(), now=NOW)

    idea.refresh_from_db()
    assert target == into
    assert supporters(into) == {"Anna", "Bo", "Carl"}
    assert (idea.state, idea.merged_into) == (State.MERGED, into)
    assert audited() == ["idea.merged"]


def test_what_was_merged_before_points_straight_to_the_end():
    first, second, third = make_idea(), make_idea(), make_idea()

    actions.merge(idea=first, into=second, actor=make_account(), now=NOW)
    actions.merge(idea=second, into=third, actor=make_account(), now=NOW)

    first.refresh_from_db()
    assert first.merged_into == third


def test_merging_into_a_merged_idea_goes_to_the_end():
    first, second, third = make_idea(), make_idea(), make_idea()
    actions.merge(idea=second, into=third, actor=make_account(), now=NOW)
    second.refresh_from_db()

    target = actions.merge(idea=first, into=second, actor=make_account(), now=NOW)

    assert target == third


def test_an_idea_is_not_merged_with_itself():
    idea = make_idea()

    with pytest.raises(actions.CannotMerge):
        actions.merge(idea=idea, into=idea, actor=make_account(), now=NOW)


def test_an_idea_is_merged_only_once():
    idea = make_idea()
    actions.merge(idea=idea, into=make_idea(), actor=make_account(), now=NOW)

    with pytest.raises(actions.CannotMerge):
        actions.merge(idea=idea, into=make_idea(), actor=make_account(), now=NOW)
