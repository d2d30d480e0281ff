from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context
from django.test import RequestFactory
from django.utils import timezone, translation

from robust.organisation.models import Account
from robust.web.templatetags import robust as tags
from tests.web.conftest import drawn


@pytest.fixture(autouse=True)
def _danish():
    with translation.override("da"):
        yield


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.272, "27,2\u00a0%"), (Decimal("0.9099"), "91,0\u00a0%"), (12.5, "1\u2009250,0\u00a0%"), (None, "")],
)
def test_percent_has_one_decimal_and_a_comma(share, words):
    assert tags.percent(share) == words


def test_percent_is_rounded_as_people_round():
    assert tags.percent(0.12345) == "12,3\u00a0%"
    assert tags.percent(0.1235) == "12,4\u00a0%"


@pytest.mark.parametrize(
    ("kroner", "words"),
    [
        (1250000, "1\u2009250\u2009000\u00a0kr."),
        (Decimal("999.50"), "999,50\u00a0kr."),
        (Decimal("1000.00"), "1\u2009000\u00a0kr."),
        (None, ""),
    ],
)
def test_amount_shows_oere_only_where_there_are_any(kroner, words):
    assert tags.amount(kroner) == words


def test_whole_numbers_are_grouped_by_thin_spaces():
    assert (tags.whole(4980), tags.whole(412), tags.whole(None)) == ("4\u2009980", "412", "")


def test_english_has_a_point_and_the_same_thin_space():
    with translation.override("en"):
        assert (tags.percent(0.272), tags.whole(4980)) == ("27.2\u00a0%", "4\u2009980")
        assert tags.day(date(2026, 3, 3)) == "3 March 2026"


def test_day_is_written_in_full():
    assert tags.day(date(2026, 3, 3)) == "3. marts 2026"
    assert tags.day(datetime(2026, 3, 3, 23, 30, tzinfo=UTC)) == "4. marts 2026"
    assert tags.day(datetime(2026, 3, 3, 23, 30)) == "3. marts 2026"  # noqa: DTZ001 - a day without a place
    assert tags.day(None) == ""


def test_short_day_has_a_year_only_where_it_is_not_this_one():
    this_year = timezone.localdate().year

    assert tags.short_day(date(this_year, 3, 3)) == "3/3"
    assert tags.short_day(date(this_year - 1, 12, 24)) == f"24/12\u00a0{this_year - 1}"
    assert tags.short_day(None) == ""


def test_times_have_a_full_stop():
    seven = datetime(2026, 3, 3, 6, 15, tzinfo=UTC)

    assert (tags.clock(seven), tags.moment(seven)) == ("07.15", "3. marts 2026 kl. 07.15")
    assert (tags.clock(None), tags.moment(None)) == ("", "")


def test_week_is_the_iso_week():
    assert (tags.week(date(2026, 12, 31)), tags.week(date(2027, 1, 3)), tags.week(None)) == (
        "uge 53",
        "uge 53",
        "",
    )


def test_since_counts_days_for_a_week():
    today = timezone.localdate()

    told = [tags.since(today - timedelta(days=days)) for days in (0, 1, 2, 7, 8, -1)]

    assert told == [
        "i dag",
        "i går",
        "for 2 dage siden",
        "for 7 dage siden",
        tags.day(today - timedelta(days=8)),
        tags.day(today + timedelta(days=1)),
    ]
    assert tags.since(None) == ""


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("on_track", "på sporet"),
        ("at_risk", "i risiko"),
        ("stopped", "stoppet"),
        ("done", "gennemført"),
        ("not_started", "ikke begyndt"),
        ("handed_over", "overdraget"),
    ],
)
def test_status_is_a_shape_of_its_own_and_a_word(code, word):
    html = tags.status(code)

    assert html.startswith(f'<span class="status status--{code}"><svg class="status__shape')
    assert html.endswith(f"</svg><span>{word}</span></span>")
    others = {tags.SHAPES[shape] for name, (_word, shape) in tags.JUDGEMENTS.items() if name != code}
    assert tags.SHAPES[tags.JUDGEMENTS[code][1]] not in others


def test_status_without_a_judgement_is_told_from_no_status():
    assert ">ikke vurderet<" in tags.status("")
    assert ">ingen status endnu<" in tags.status(None)
    assert tags.status("unknown") == tags.status("")


def test_status_takes_another_word_and_escapes_it():
    assert "<span>&lt;b&gt;</span>" in tags.status("done", "<b>")


def test_sort_head_turns_the_order_and_keeps_the_filters():
    first = drawn('{% sort_head "title" "Titel" %}', path="/?plan=3&page=2")
    again = drawn('{% sort_head "title" "Titel" "figure" %}', path="/?sort=title")
    back = drawn('{% sort_head "title" "Titel" %}', path="/?sort=-title")

    arrow = '<span class="sort__arrow" aria-hidden="true">{}</span></a></th>'
    assert first == '<th scope="col"><a class="sort" href="?plan=3&amp;sort=title">Titel' + arrow.format("")
    assert again == (
        '<th scope="col" class="figure" aria-sort="ascending"><a class="sort" href="?sort=-title">Titel'
        + arrow.format("↑")
    )
    assert back == (
        '<th scope="col" aria-sort="descending"><a class="sort" href="?sort=title">Titel' + arrow.format("↓")
    )


def test_address_with_changes_one_value():
    assert drawn('{% address_with "page" 3 %}', path="/?plan=3&page=2") == "?plan=3&amp;page=3"


def test_new_mark_and_no_value_are_words():
    assert drawn("{% new_mark %}") == (
        '<span class="new-mark">ny<span class="visually-hidden"> siden dit seneste besøg</span></span>'
    )
    assert drawn('{% no_value "ikke sat" %}') == '<span class="no-value">ikke sat</span>'


@pytest.mark.parametrize(
    ("previous", "made", "changed", "word"),
    [
        (None, 3, 3, ""),
        (2, 1, None, ""),
        (2, None, 1, ""),
        (2, 1, 2, ""),
        (2, 1, 3, "ændret"),
        (2, None, 3, "ændret"),
        (2, 3, 3, "ny"),
    ],
)
def test_what_was_made_or_changed_since_the_previous_visit_is_marked_in_words(previous, made, changed, word):
    moments = {number: datetime(2026, 3, number, tzinfo=UTC) for number in (1, 2, 3)}
    request = RequestFactory().get("/")
    request.user = Account(previous_visit_at=moments.get(previous))

    mark = tags.mark_since(Context({"request": request}), moments.get(made), moments.get(changed))

    assert mark == (
        f'<span class="new-mark">{word}<span class="visually-hidden"> siden dit seneste besøg</span></span>'
        if word
        else ""
    )


def test_the_rows_of_a_page_are_those_of_all_pages():
    assert tags.row_count(["a", "b"]) == 2
    assert tags.row_count(Paginator("abc", 2).page(2)) == 3


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("success undo=/x/1/", {"kind": "good", "undo_url": "/x/1/"}),
        ("undo=/x/ warning", {"kind": "warn", "undo_url": "/x/"}),
        ("error", {"kind": "bad", "undo_url": ""}),
        ("undo=https://elsewhere.example info", {"kind": "info", "undo_url": ""}),
        ("undo=//elsewhere.example", {"kind": "info", "undo_url": ""}),
        (None, {"kind": "info", "undo_url": ""}),
    ],
)
def test_notice_parts_reads_kind_and_the_way_back(text, parts):
    assert tags.notice_parts(text) == parts
