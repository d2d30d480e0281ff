from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.core.registry import offered
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Role
from robust.programme.actions import idea as idea_actions
from robust.programme.actions.initiative import delete_initiative
from robust.programme.models import DocumentReading
from robust.programme.views.thread import KINDS, MEMORIES, THINGS
from robust.thread import queries
from robust.thread.models import End, Link
from tests.factories import DAY, NOW, make_account, make_stored_file, make_unit
from tests.programme.factories import (
    make_decision,
    make_forum,
    make_initiative,
    make_meeting,
    make_plan,
    make_track,
)
from tests.programme.factories_more import make_example, make_idea
from tests.thread.factories import make_thread_link

pytestmark = pytest.mark.django_db
LOCAL = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def elsewhere():
    return make_unit("Et andet hospital", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Karin", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


def made_at(unit):
    """Make one thing of each kind at a unit; all but the example belong there."""
    plan = make_plan("Nattens plan", unit=unit)
    return {
        "initiative": make_initiative("Nattens indsats", unit=unit),
        "idea": make_idea("Nattens idé", unit=unit),
        "example": make_example("Nattens eksempel", place="Et sted"),
        "plan": plan,
        "track": make_track(plan, "Nattens spor"),
        "meeting": make_meeting(make_forum("Nattens forum", unit=unit)),
        "reading": make_reading(plan, name="nattens plan.pptx"),
    }


def make_reading(plan, *, name="plan.pptx", applied_at=None):
    state = DocumentReading.State.APPLIED if applied_at else DocumentReading.State.PREVIEW
    return plan.readings.create(
        file=make_stored_file(name=name),
        unit=plan.unit,
        dated_on=DAY,
        read_by=make_account("Rita"),
        state=state,
        applied_at=applied_at,
    )


def page_of(thing, row):
    return reverse(f"programme:{thing}_detail", args=[row.pk])


def test_the_room_offers_its_things_its_kinds_and_what_it_remembers():
    assert {name for name, _thing in offered("thing")} == set(THINGS)
    assert {name for name, _kind in offered("thread_kind")} == {*KINDS, "became", "answered", "relevant"}
    assert {name for name, _memory in offered("memory")} == set(MEMORIES)
    assert set(MEMORIES) < set(KINDS)


@pytest.mark.parametrize(
    ("thing", "title", "excerpt"),
    [
        ("initiative", "Nattens indsats", "Psykiatrien"),
        ("idea", "Nattens idé", "Psykiatrien"),
        ("example", "Nattens eksempel", "Et sted"),
        ("plan", "Nattens plan", "Psykiatrien"),
        ("track", "Nattens spor", "Nattens plan"),
        ("meeting", "Nattens forum, 2. marts 2026", "Psykiatrien"),
        ("reading", "nattens plan.pptx", "Nattens plan"),
    ],
)
def test_each_thing_is_seen_found_and_changed_by_those_who_may(
    thing, title, excerpt, hospital, consultant, django_assert_num_queries
):
    row = made_at(hospital)[thing]
    reader = make_account(role=Role.EMPLOYEE, unit=hospital)
    offer = THINGS[thing]

    with organisation_queries.reading_once():
        organisation_queries.units_visible_to(consultant, day=DAY)
        with django_assert_num_queries(3):
            seen = offer.seen(consultant, [row.pk], day=DAY)
            found = offer.searched(consultant, words="natten", day=DAY)
            changeable = offer.changeable(consultant, [row.pk], day=DAY)

    assert [(one.title, one.excerpt, one.url, one.kind) for one in seen.values()] == [
        (title, excerpt, page_of(thing, row), str(offer.label))
    ]
    assert (found, changeable) == (seen, {row.pk})
    assert offer.searched(consultant, words="zeppelin", day=DAY) == {}
    assert offer.changeable(reader, [row.pk], day=DAY) == set()


@pytest.mark.parametrize("thing", sorted(set(THINGS) - {"example"}))
def test_what_belongs_elsewhere_is_neither_seen_nor_found(thing, elsewhere, consultant):
    row = made_at(elsewhere)[thing]
    offer = THINGS[thing]

    assert offer.seen(consultant, [row.pk], day=DAY) == {}
    assert offer.searched(consultant, words="natten", day=DAY) == {}
    assert offer.changeable(consultant, [row.pk], day=DAY) == set()


@pytest.mark.parametrize("thing", sorted(THINGS))
def test_the_page_of_every_thing_shows_its_thread(thing, client, hospital, consultant):
    row = made_at(hospital)[thing]
    origin = make_initiative("Begyndelsen", unit=hospital)
    make_thread_link(("initiative", origin.pk), (thing, row.pk), reason="Sådan gik det.")
    client.force_login(consultant)

    text = client.get(page_of(thing, row)).content.decode()

    assert text.count('id="thread"') == 1
    assert page_of("initiative", origin) in text
    assert "Sådan gik det." in text
    assert reverse("thread:link_create", args=[thing, row.pk]) in text


def test_a_decision_is_told_from_the_initiative_and_from_the_meeting(hospital, consultant):
    initiative = make_initiative("Nattevagten", unit=hospital)
    meeting = make_meeting(make_forum("Ledelsen", unit=hospital))
    make_decision(
        initiative,
        meeting,
        reason="Der er penge.",
        by=make_account("Bo"),
        decided_at=datetime(2026, 3, 2, 23, 30, tzinfo=LOCAL),
    )

    (from_meeting,) = thread_of("initiative", initiative, consultant).came_from
    (decided,) = thread_of("meeting", meeting, consultant).became

    assert (from_meeting.title, from_meeting.words) == ("Ledelsen, 2. marts 2026", "blev besluttet på")
    assert (decided.title, decided.words) == ("Nattevagten", "besluttede")
    for strand in (from_meeting, decided):
        assert (strand.on, strand.reason, strand.author, strand.link_id) == (
            DAY,
            "Godkendt: Der er penge.",
            "Bo",
            None,
        )


def test_a_decision_is_not_told_to_those_who_see_one_end_only(hospital, elsewhere, consultant):
    here, there = make_initiative(unit=hospital), make_initiative(unit=elsewhere)
    own, foreign = (make_meeting(make_forum(unit=unit)) for unit in (hospital, elsewhere))
    make_decision(here, foreign)
    make_decision(there, own)

    assert thread_of("initiative", here, consultant).count == 0
    assert thread_of("meeting", own, consultant).count == 0


def test_pages_do_not_repeat_the_decisions_they_show(client, hospital, consultant):
    meeting = make_meeting(make_forum(unit=hospital))
    initiative = make_initiative(unit=hospital)
    make_decision(initiative, meeting)
    client.force_login(consultant)

    shown = [
        client.get(page_of(*pair)).context["thread"].count
        for pair in (("initiative", initiative), ("meeting", meeting))
    ]

    assert shown == [0, 0]


def test_an_idea_gathers_those_merged_into_it(hospital, consultant):
    into, idea = make_idea("Varm mad", unit=hospital), make_idea("Madordning", unit=hospital)
    idea_actions.merge(idea=idea, into=into, actor=consultant, now=NOW)

    (gathered,) = thread_of("idea", into, consultant).came_from
    (goes_on,) = thread_of("idea", idea, consultant).became

    assert (gathered.title, gathered.words, gathered.url, gathered.author, gathered.on) == (
        "Madordning",
        "samler",
        "",
        "Karin",
        DAY,
    )
    assert (goes_on.title, goes_on.words, goes_on.url) == ("Varm mad", "gik op i", page_of("idea", into))


def test_a_document_tells_what_it_was_read_as_and_a_plan_its_documents(hospital, consultant):
    plan = make_plan("Planen", unit=hospital)
    reading = make_reading(plan, applied_at=NOW)
    make_reading(plan, name="ikke overtaget.pptx")
    initiative = make_initiative("Nattevagten", unit=hospital)
    reading.imported_rows.create(initiative=initiative, page=3, cell="B2", text="Nattevagten")
    reading.imported_rows.create(initiative=make_initiative(), page=4, text="Andetsteds")

    (read_as,) = thread_of("reading", reading, consultant).became
    (read_from,) = thread_of("plan", plan, consultant).came_from

    assert (read_as.title, read_as.excerpt, read_as.words) == ("Nattevagten", "side 3, B2", "er læst ind som")
    assert (read_from.title, read_from.on, read_from.author) == ("plan.pptx", DAY, "Rita")


@pytest.mark.parametrize(
    ("text", "told"), [("Kortere nætter", ""), ("Meget kortere nætter", "Kortere nætter")]
)
def test_what_was_read_is_told_where_the_initiative_says_something_else_now(hospital, consultant, text, told):
    initiative = make_initiative(unit=hospital, text=text)
    reading = make_reading(make_plan(unit=hospital), applied_at=NOW)
    reading.imported_rows.create(initiative=initiative, page=3, text="Kortere nætter")

    (strand,) = thread_of("initiative", initiative, consultant).came_from

    assert (strand.title, strand.excerpt, strand.reason) == ("plan.pptx", "side 3", told)


def test_an_idea_is_not_accepted_twice_unless_its_initiative_is_gone(hospital, consultant):
    idea = make_idea(unit=hospital)
    first = idea_actions.accept(idea=idea, text="Ja.", actor=consultant, now=NOW)
    delete_initiative(first, actor=consultant, now=NOW + timedelta(days=1))

    second = idea_actions.accept(idea=idea, text="Ja igen.", actor=consultant, now=NOW + timedelta(days=2))

    links = Link.objects.order_by("id").values_list("target_id", "ended_on")
    gone, there = links
    assert gone[1] == timezone.localdate(NOW + timedelta(days=1))
    assert there == (second.pk, None)


def thread_of(thing, row, account):
    return queries.thread_of(End(thing=thing, id=row.pk), account, day=DAY)
