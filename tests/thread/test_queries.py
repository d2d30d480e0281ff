from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from robust.core import registry
from robust.core.registry import Found, Remembered
from robust.thread import queries, rules
from robust.thread.models import End, Link
from tests.factories import DAY, make_account
from tests.thread.factories import make_thing, make_thread_link

pytestmark = pytest.mark.django_db
IDS = range(1, 4)
ALL = [(name, pk) for name in ("stone", "shell") for pk in IDS]


@pytest.fixture
def sight() -> Iterator[dict[str, dict[int, set[int]]]]:
    """Offer stones and shells; who sees which is told by the account's id."""
    seen: dict[str, dict[int, set[int]]] = {"stone": {}, "shell": {}}
    before = dict(registry._OFFERS)
    for name, by_account in seen.items():
        registry.offer("thing", name, make_thing(name, by_account))
    yield seen
    registry._OFFERS.clear()
    registry._OFFERS.update(before)


@pytest.fixture
def anna(sight):
    account = make_account()
    for name in sight:
        sight[name][account.pk] = set(IDS)
    return account


def end(named) -> End:
    return End(thing=named[0], id=named[1])


def titles(strands) -> list[str]:
    return [f"{strand.words} {strand.title}" for strand in strands]


def test_a_link_is_told_in_words_from_both_ends(anna):
    link = make_thread_link(("stone", 1), ("shell", 2), reason="Slidt af havet.", author=anna)

    (onwards,) = queries.thread_of(End(thing="stone", id=1), anna, day=DAY).became
    (back,) = queries.thread_of(End(thing="shell", id=2), anna, day=DAY).came_from

    assert onwards == queries.Strand(
        link_id=link.pk,
        kind="became",
        words="blev til",
        is_back=False,
        is_by_hand=True,
        end=End(thing="shell", id=2),
        thing="shell",
        title="shell 2",
        url="/shell/2/",
        excerpt="",
        on=DAY,
        reason="Slidt af havet.",
        author=anna.name,
    )
    assert (back.words, back.title, back.is_back) == ("kom fra", "stone 1", True)


def test_a_thread_has_three_sides_each_newest_first(anna):
    here = ("stone", 1)
    make_thread_link(here, ("stone", 2), linked_on=DAY - timedelta(days=1))
    make_thread_link(here, ("stone", 3))
    make_thread_link(("shell", 1), here, kind="answered")
    make_thread_link(("shell", 2), here, kind="relevant")
    make_thread_link(here, ("shell", 3), ended_on=DAY, ended_by=anna)

    thread = queries.thread_of(end(here), anna, day=DAY)

    assert titles(thread.became) == ["blev til stone 3", "blev til stone 2"]
    assert titles(thread.came_from) == ["er svar på shell 1"]
    assert titles(thread.beside) == ["hører sammen med shell 2"]
    assert thread.count == 4


def test_what_no_room_offers_any_more_is_left_out(anna):
    make_thread_link(("stone", 1), ("wreck", 1))
    make_thread_link(("stone", 1), ("shell", 1), kind="sank")

    assert queries.thread_of(End(thing="stone", id=1), anna, day=DAY).count == 0


def test_a_page_leaves_out_the_kinds_it_shows_elsewhere(anna):
    make_thread_link(("stone", 1), ("shell", 1))

    assert queries.thread_of(End(thing="stone", id=1), anna, day=DAY, without=("became",)).count == 0


def test_what_other_rows_remember_is_part_of_the_thread(anna):
    shell = Found(title="Musling", url="/musling/", kind="shell")
    memory = Remembered(thing="shell", id=1, found=shell, is_back=True, on=DAY, reason="Fundet.", author="Bo")
    registry.offer(
        "memory", "became", lambda account, thing, pk, *, day: [memory] if thing == "stone" else []
    )

    (strand,) = queries.thread_of(End(thing="stone", id=1), anna, day=DAY).came_from

    assert (strand.title, strand.words, strand.reason, strand.author) == (
        "Musling",
        "kom fra",
        "Fundet.",
        "Bo",
    )
    assert (strand.link_id, strand.is_by_hand) == (None, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_links(anna, count, django_assert_num_queries):
    for pk in list(IDS)[:count]:
        make_thread_link(("stone", 1), ("shell", pk), author=anna)

    with django_assert_num_queries(1):  # these things are not in the database; each kind there adds one
        thread = queries.thread_of(End(thing="stone", id=1), anna, day=DAY)

    assert len(thread.became) == count


def test_things_are_searched_in_every_kind_but_not_the_thing_itself(anna):
    found = queries.searched(anna, words="stone", day=DAY, without=End(thing="stone", id=2))

    assert [found_end.id for found_end in found] == [1, 3]


def test_a_link_is_found_by_those_who_see_both_ends(anna, sight):
    link = make_thread_link(("stone", 1), ("shell", 1))
    found = queries.link_seen(link.pk, anna, day=DAY)
    sight["shell"][anna.pk].discard(1)

    assert found is not None
    assert (found[0], set(found[1])) == (link, {link.source, link.target})
    assert queries.link_seen(link.pk, anna, day=DAY) is None
    assert queries.link_seen(0, anna, day=DAY) is None


def test_whoever_may_change_one_of_the_two_may_link_and_end(anna, sight):
    other = make_account()
    link = make_thread_link(("stone", 1), ("shell", 1))
    adopted = make_thread_link(("stone", 1), ("shell", 1), kind="adopted")
    sight["stone"][anna.pk].clear()

    assert rules.can_link(anna, link.source, link.target, day=DAY)
    assert not rules.can_link_from(anna, link.source, day=DAY)
    assert rules.can_end(anna, link, day=DAY)
    assert not rules.can_end(anna, adopted, day=DAY)
    assert not rules.can_end(other, link, day=DAY)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    source=st.sampled_from(ALL),
    target=st.sampled_from(ALL),
    kind=st.sampled_from(["became", "answered", "relevant"]),
    visible=st.sets(st.sampled_from(ALL)),
)
def test_a_link_is_seen_from_both_ends_by_those_who_see_both_and_by_nobody_else(
    anna, sight, source, target, kind, visible
):
    if source == target:
        return
    for name in sight:
        sight[name][anna.pk] = {pk for thing, pk in visible if thing == name}
    link = make_thread_link(source, target, kind=kind)
    sees_both = {source, target} <= visible

    seen_at = [
        queries.thread_of(end(here), anna, day=DAY).count if here in visible else 0
        for here in (source, target)
    ]

    ended = Link.objects.filter(pk=link.pk)
    ended.update(ended_on=DAY, ended_by=anna)
    assert seen_at == [int(sees_both), int(sees_both)]
    assert (queries.link_seen(link.pk, anna, day=DAY) is not None) == sees_both
