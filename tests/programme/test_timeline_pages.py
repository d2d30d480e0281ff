from datetime import UTC, date, datetime

from robust.programme.models import Decision, Initiative
from robust.programme.pages import timeline as pages
from robust.programme.pages.timeline import Mark, Tick

DAY = date(2026, 3, 2)


def initiative(pk=1, *decisions, **fields):
    row = Initiative(pk=pk, title=f"Indsats {pk}", **fields)
    row._prefetched_objects_cache = {"decisions": list(decisions)}
    return row


def draw(*initiatives, statuses=None):
    return pages.timeline(initiatives, statuses=statuses or {}, day=DAY)


def test_the_axis_runs_from_the_first_month_named_to_the_end_of_the_last():
    page = draw(initiative(starts_on=date(2026, 1, 15), ends_on=date(2026, 3, 31)))

    assert page.ticks == (
        Tick(x=8.0, day=date(2026, 1, 1), words="2026"),
        Tick(x=333.2, day=date(2026, 2, 1), words="feb"),
        Tick(x=626.8, day=date(2026, 3, 1), words="mar"),
    )
    assert (page.width, page.height, page.today_x) == (960, 72, 637.3)


def test_a_bar_spans_the_period_and_carries_review_and_decisions():
    decision = Decision(outcome="approved", decided_at=noon(2026, 2, 1))
    too_old = Decision(outcome="noted", decided_at=noon(2020, 2, 1))
    (bar,) = draw(
        initiative(
            7,
            decision,
            too_old,
            starts_on=date(2026, 1, 15),
            ends_on=date(2026, 3, 31),
            next_review_on=date(2026, 3, 1),
        )
    ).bars

    assert (bar.initiative_id, bar.title, bar.short_title) == (7, "Indsats 7", "Indsats 7")
    assert (bar.x, bar.width, bar.y, bar.text_y, bar.bar_y, bar.mark_y) == (154.8, 786.7, 28, 42, 50, 56)
    assert bar.reviews == (Mark(x=626.8, day=date(2026, 3, 1), words="opfølgning"),)
    assert bar.decisions == (Mark(x=333.2, day=date(2026, 2, 1), words="godkendt"),)
    assert (bar.is_open, bar.judgement, bar.judgement_word) == (False, "", "")


def test_a_bar_without_start_or_end_runs_to_the_edge_and_says_so():
    (bar,) = draw(initiative()).bars

    assert (bar.is_open, bar.x, bar.width, bar.title_x, bar.is_late_start) == (True, 8.0, 944.0, 8.0, False)


def test_the_title_of_a_late_bar_ends_at_the_edge():
    early, late = draw(
        initiative(1, starts_on=date(2026, 1, 1)), initiative(2, starts_on=date(2026, 12, 1))
    ).bars

    assert (late.is_late_start, late.title_x, late.y) == (True, 952, 72)
    assert not early.is_late_start


def test_months_are_named_all_by_quarter_or_by_year_as_there_is_room():
    def named(start):
        ticks = draw(initiative(starts_on=start)).ticks
        return [tick.words for tick in ticks if tick.words]

    assert named(date(2026, 1, 1)) == ["2026", "feb", "mar"]
    assert named(date(2024, 9, 1)) == ["okt", "2025", "apr", "jul", "okt", "2026"]
    assert named(date(2020, 9, 1)) == ["2021", "2022", "2023", "2024", "2025", "2026"]


def test_the_answer_counts_what_ends_within_three_months():
    ends = (date(2026, 3, 2), date(2026, 3, 3), date(2026, 6, 1), date(2026, 6, 2))

    assert draw(*(initiative(pk, ends_on=on) for pk, on in enumerate(ends))).answer == (
        "2 indsatser slutter inden for tre måneder."
    )
    assert draw().answer == "Der er ikke noget at tegne."


def noon(*day):

    return datetime(*day, 12, tzinfo=UTC)
