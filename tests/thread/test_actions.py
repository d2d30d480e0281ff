import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import robust.thread
from robust.organisation.models import AuditEntry
from robust.thread import actions
from robust.thread.models import End, Link
from robust.thread.pages import AUDIT_WORDS
from tests.factories import DAY, NOW, make_account
from tests.thread.factories import make_thread_link

pytestmark = pytest.mark.django_db
IDEA, INITIATIVE, PLAN = End(thing="idea", id=3), End(thing="initiative", id=17), End(thing="plan", id=5)


def audited() -> list[tuple[str, str, str]]:
    entries = AuditEntry.objects.order_by("id")
    return list(entries.values_list("action", "subject_name", "detail__note"))


def linked(**changed):
    said = {"kind": "became", "source": IDEA, "target": INITIATIVE, "reason": " Vi prøver. ", "now": NOW}
    return actions.link(**(said | {"actor": make_account()} | changed))


def test_a_link_says_what_became_what_when_why_and_who_said_so():
    anna = make_account()

    link = linked(actor=anna)

    assert (link.kind, link.source, link.target) == ("became", IDEA, INITIATIVE)
    assert (link.linked_on, link.reason, link.author, link.ended_on) == (DAY, "Vi prøver.", anna, None)
    assert audited() == [("thread.linked", "idea 3 became initiative 17", "Vi prøver.")]


def test_two_things_are_linked_once_in_each_way():
    linked()
    linked(kind="answered")

    with pytest.raises(actions.CannotLink, match="allerede"):
        linked(reason="En gang til.")

    assert sorted(Link.objects.values_list("kind", "reason")) == [
        ("answered", "Vi prøver."),
        ("became", "Vi prøver."),
    ]


def test_where_there_is_no_direction_the_order_does_not_count():
    linked(kind="relevant", source=PLAN, target=IDEA)

    with pytest.raises(actions.CannotLink):
        linked(kind="relevant", source=IDEA, target=PLAN)

    assert str(Link.objects.get()) == "idea 3 relevant plan 5"


def test_where_there_is_a_direction_both_ways_may_hold():
    linked()

    linked(source=INITIATIVE, target=IDEA)

    assert Link.objects.count() == 2


def test_a_thing_is_not_linked_with_itself():
    with pytest.raises(actions.CannotLink, match="sig selv"):
        linked(target=IDEA)


def test_only_a_meeting_decides():
    meeting = End(thing="meeting", id=1)
    with pytest.raises(actions.CannotLink, match="på den måde"):
        linked(kind="decided", source=IDEA)

    linked(kind="decided", source=meeting, target=PLAN)

    assert str(Link.objects.get()) == "meeting 1 decided plan 5"


def test_an_ended_link_stays_and_may_be_made_again():
    link, anna = linked(), make_account()

    ended = actions.end_link(link, actor=anna, now=NOW + timedelta(days=2))
    again = linked(now=NOW + timedelta(days=3))

    assert (ended.ended_on, ended.ended_by) == (DAY + timedelta(days=2), anna)
    assert list(Link.objects.order_by("id")) == [ended, again]
    assert [action for action, _name, _note in audited()] == [
        "thread.linked",
        "thread.ended",
        "thread.linked",
    ]


def test_ending_twice_changes_nothing():
    link = linked()
    first = actions.end_link(link, actor=make_account(), now=NOW)

    second = actions.end_link(link, actor=make_account(), now=NOW + timedelta(days=1))

    assert (second.ended_on, second.ended_by) == (first.ended_on, first.ended_by)
    assert len(audited()) == 2


def test_all_links_of_a_thing_end_with_it():
    to_it, from_it, other = linked(), linked(source=INITIATIVE, target=PLAN), linked(target=PLAN)

    actions.end_links_of(INITIATIVE, actor=make_account(), now=NOW)

    open_ones = Link.objects.filter(ended_on__isnull=True)
    assert list(open_ones) == [other]
    assert set(Link.objects.exclude(pk=other.pk)) == {to_it, from_it}


@pytest.mark.parametrize("change", [{"reason": "Noget andet."}, {"kind": "answered"}, {"target_id": 18}])
def test_the_database_refuses_to_change_a_link(change):
    link = linked()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Link.objects.filter(pk=link.pk).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Link.objects.filter(pk=link.pk).update(ended_on=DAY, ended_by=make_account(), **change)


def test_the_database_refuses_to_delete_a_link_and_to_take_its_end_back():
    link = linked()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        link.delete()
    actions.end_link(link, actor=make_account(), now=NOW)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Link.objects.update(ended_on=None, ended_by=None)

    assert Link.objects.get().ended_on == DAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": ("idea", 3)},
        {"ended_on": DAY},
        {"ended_on": date(2020, 1, 1), "ended_by": "somebody"},
    ],
)
def test_the_database_refuses_nonsense(wrong):
    if "ended_by" in wrong:
        wrong["ended_by"] = make_account()
    said = {"source": ("idea", 3), "target": ("plan", 5)} | wrong

    with pytest.raises(IntegrityError):
        make_thread_link(**said)


def test_the_database_refuses_doubles():
    make_thread_link(("idea", 3), ("plan", 5))

    with pytest.raises(IntegrityError):
        make_thread_link(("idea", 3), ("plan", 5))


def test_what_is_written_in_the_trail_has_its_words():
    text = (Path(robust.thread.__file__).parent / "actions.py").read_text()

    assert set(re.findall(r'"(thread\.[a-z_]+)"', text)) == set(AUDIT_WORDS)
