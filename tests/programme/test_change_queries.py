from datetime import UTC, date, datetime, timedelta

import pytest

from robust.programme import queries
from robust.programme.models import Initiative
from robust.programme.queries import FollowUpRow, PlacedAt, Site, SiteChange, SourceCell, Stated
from tests.factories import DAY, NOW, make_account, make_party, make_stored_file, make_unit
from tests.programme.factories import (
    make_area,
    make_forum,
    make_initiative,
    make_meeting,
    make_placement,
    make_plan,
    make_status,
    make_track,
)

pytestmark = pytest.mark.django_db
FIRST = date(2026, 2, 1)


def said(status):
    return Stated(
        status_id=status.pk,
        text=status.text,
        judgement=status.judgement,
        reason=status.reason,
        dated_on=status.dated_on,
        by=status.recorded_by.name,
    )


def follow_up(plan, *units):
    return queries.follow_up_of_plan(
        plan,
        initiatives=Initiative.objects.all(),
        units=[unit.pk for unit in units] or [plan.unit_id],
        before_on=FIRST,
        after_on=DAY,
    )


def made_at(initiative, moment):
    Initiative.objects.filter(pk=initiative.pk).update(created_at=moment)


def test_a_row_holds_what_stood_at_each_place_on_both_days():
    hospital = make_unit("Hospitalet", level="hospital")
    ward = make_unit("Afsnit 2", parent=hospital)
    clinic = make_unit("Afsnit 10", parent=hospital)
    plan = make_plan("Planen", unit=hospital)
    area, track = make_area(plan, "Personale"), make_track(plan, "Vagter")
    owner = make_account("Mette Ravn")
    initiative = make_initiative(
        "Kortere nætter", plan=plan, area=area, track=track, group="Fastholdelse", text="Prøves.", owner=owner
    )
    made_at(initiative, datetime(2025, 1, 1, tzinfo=UTC))
    then = make_status(initiative, ward, dated_on=date(2026, 1, 10), judgement="at_risk")
    now = make_status(initiative, ward, dated_on=date(2026, 2, 20))
    new = make_status(initiative, clinic, dated_on=date(2026, 2, 21))

    found = follow_up(plan, ward, clinic)

    assert (found.title, found.before_on, found.after_on) == ("Planen", FIRST, DAY)
    assert found.sites == (
        Site(unit_id=ward.pk, name="Afsnit 2", level="unit"),
        Site(unit_id=clinic.pk, name="Afsnit 10", level="unit"),
    )
    assert found.rows == (
        FollowUpRow(
            initiative_id=initiative.pk,
            title="Kortere nætter",
            text="Prøves.",
            owner="Mette Ravn",
            party="",
            starts_on=None,
            ends_on=None,
            next_review_on=None,
            placements=(PlacedAt(area="Personale", track="Vagter", group="Fastholdelse"),),
            sites=(
                SiteChange(unit_id=ward.pk, before=said(then), after=said(now)),
                SiteChange(unit_id=clinic.pk, before=None, after=said(new)),
            ),
            sources=(),
            is_added=False,
            is_ended=False,
        ),
    )
    assert [site.is_changed for site in found.rows[0].sites] == [True, True]


def test_the_same_words_on_a_later_day_are_no_change():
    plan = make_plan()
    initiative = make_initiative(plan=plan, party=make_party("Kommunen"))
    for day in (date(2026, 1, 10), date(2026, 2, 10)):
        make_status(initiative, dated_on=day, text="Det samme.")

    (row,) = follow_up(plan).rows

    assert (row.party, row.is_changed) == ("Kommunen", False)


def test_what_was_dated_before_the_first_day_but_written_after_it_is_new():
    plan = make_plan()
    initiative = make_initiative(plan=plan)
    known = make_status(initiative, dated_on=date(2026, 1, 10))
    late = make_status(
        initiative, dated_on=date(2026, 1, 31), recorded_at=datetime(2026, 2, 3, 9, tzinfo=UTC)
    )

    (row,) = follow_up(plan).rows

    assert row.sites == (SiteChange(unit_id=plan.unit_id, before=said(known), after=said(late)),)


def test_where_everything_was_written_later_the_date_it_carries_counts():
    plan = make_plan()
    initiative = make_initiative(plan=plan)
    read = datetime(2026, 2, 25, 9, tzinfo=UTC)
    old = make_status(initiative, dated_on=date(2026, 1, 10), recorded_at=read)
    new = make_status(initiative, dated_on=date(2026, 2, 10), recorded_at=read)

    (row,) = follow_up(plan).rows

    assert row.sites == (SiteChange(unit_id=plan.unit_id, before=said(old), after=said(new)),)


def test_an_entry_of_the_evening_of_the_first_day_was_known_then():
    plan = make_plan()
    initiative = make_initiative(plan=plan)
    evening = make_status(initiative, dated_on=FIRST, recorded_at=datetime(2026, 2, 1, 22, 30, tzinfo=UTC))

    (row,) = follow_up(plan).rows

    assert row.sites == (SiteChange(unit_id=plan.unit_id, before=said(evening), after=said(evening)),)


def test_what_began_between_the_days_is_added():
    plan = make_plan()
    began = make_initiative("began", plan=plan, starts_on=date(2026, 2, 10))
    entered = make_initiative("entered", plan=plan)
    made_at(entered, datetime(2026, 2, 10, tzinfo=UTC))
    old = make_initiative("old", plan=plan, starts_on=date(2026, 1, 1))
    spoken_of = make_initiative("spoken of", plan=plan, starts_on=date(2026, 2, 10))
    make_status(spoken_of, dated_on=date(2026, 1, 1))

    added = {row.title: (row.is_added, row.is_changed) for row in follow_up(plan).rows}

    assert added == {
        began.title: (True, True),
        entered.title: (True, True),
        old.title: (False, False),
        spoken_of.title: (False, False),
    }


def test_what_ran_out_or_was_stopped_everywhere_between_the_days_has_ended():
    ward, clinic = make_unit(), make_unit()
    plan = make_plan(unit=ward)
    make_initiative("ran out", plan=plan, ends_on=date(2026, 2, 15))
    stopped = make_initiative("stopped", plan=plan)
    half = make_initiative("half", plan=plan)
    over_before = make_initiative("over before", plan=plan)
    for initiative in (stopped, half):
        make_status(initiative, ward, dated_on=date(2026, 1, 1))
        make_status(initiative, ward, dated_on=date(2026, 2, 10), judgement="stopped")
    make_status(half, clinic, dated_on=date(2026, 1, 1))
    make_status(over_before, ward, dated_on=date(2026, 1, 1), judgement="done")

    ended = {row.title: row.is_ended for row in follow_up(plan, ward, clinic).rows}

    assert ended == {"ran out": True, "stopped": True, "half": False, "over before": False}


def test_an_initiative_that_stands_twice_is_one_row_with_two_places():
    plan = make_plan()
    area = make_area(plan, "Personale", order=1)
    initiative = make_initiative(plan=plan, area=area)
    make_placement(initiative, plan, group="Øvrigt")

    (row,) = follow_up(plan).rows

    assert row.placements == (PlacedAt(area="Personale"), PlacedAt(group="Øvrigt"))


def test_a_row_names_the_file_page_and_cell_it_was_read_from():
    plan = make_plan()
    initiative = make_initiative(plan=plan)
    reading = plan.readings.create(
        file=make_stored_file(name="plan.pptx"),
        unit=plan.unit,
        dated_on=DAY,
        state="applied",
        applied_at=NOW,
        read_by=make_account(),
    )
    reading.imported_rows.create(initiative=initiative, page=7, cell="B3", text="Kortere nætter")

    (row,) = follow_up(plan).rows

    assert row.sources == (SourceCell(file="plan.pptx", page=7, cell="B3"),)


def test_a_follow_up_takes_six_queries_for_one_initiative_and_for_three(django_assert_num_queries):
    plan = make_plan()
    make_status(make_initiative(plan=plan, owner=make_account()))
    with django_assert_num_queries(6):
        follow_up(plan)
    for _ in range(2):
        make_status(make_initiative(plan=plan, owner=make_account()))

    with django_assert_num_queries(6):
        follow_up(plan)


def test_one_initiative_is_followed_up_with_or_without_a_plan():
    loose, placed = make_initiative("loose"), make_initiative("placed", plan=make_plan("Planen"))
    make_placement(placed, make_plan(order=1), group="Øvrigt")

    rows = [
        queries.follow_up_of_initiative(
            initiative, units=[initiative.unit_id], before_on=FIRST, after_on=DAY
        ).rows[0]
        for initiative in (loose, placed)
    ]

    assert [row.placements for row in rows] == [
        (PlacedAt(),),
        (PlacedAt(), PlacedAt(group="Øvrigt")),
    ]


def test_one_compares_with_the_latest_meeting_or_else_thirty_days_back():
    forum = make_forum()
    for days in (40, 9, 0):
        make_meeting(forum, held_on=DAY - timedelta(days=days))
    make_meeting(held_on=DAY - timedelta(days=1))

    since, meeting = queries.usual_comparison_day(unit_id=forum.unit_id, day=DAY)

    assert (since, meeting and meeting.forum) == (DAY - timedelta(days=9), forum)
    assert queries.usual_comparison_day(unit_id=make_unit().pk, day=DAY) == (DAY - timedelta(days=30), None)
