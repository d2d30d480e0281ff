from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.clock import real_minutes
from robust.engines.rostering.frame import Frame
from tests.engines.rostering.building import a_problem, a_shift

_COPENHAGEN = "Europe/Copenhagen"


def _utc(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) // 60


def test_clock_times_are_read_with_the_offset_of_their_day() -> None:
    instants = real_minutes(
        date(2026, 3, 28), day_count=2, clock_minutes=(0, 720, 1500), time_zone=_COPENHAGEN
    )

    assert instants.tolist() == [
        [_utc(2026, 3, 27, 23), _utc(2026, 3, 28, 11), _utc(2026, 3, 29, 0)],
        [_utc(2026, 3, 28, 23), _utc(2026, 3, 29, 10), _utc(2026, 3, 29, 23)],
    ]


def test_a_clock_time_that_spring_leaves_out_is_read_with_the_offset_before() -> None:
    instants = real_minutes(date(2026, 3, 29), day_count=1, clock_minutes=(150,), time_zone=_COPENHAGEN)

    assert instants.tolist() == [[_utc(2026, 3, 29, 1, 30)]]


def test_a_clock_time_that_autumn_has_twice_is_the_first() -> None:
    instants = real_minutes(date(2026, 10, 25), day_count=1, clock_minutes=(150,), time_zone=_COPENHAGEN)

    assert instants.tolist() == [[_utc(2026, 10, 25, 0, 30)]]


def test_no_days_or_no_times_give_nothing() -> None:
    shapes = [
        real_minutes(date(2026, 1, 1), day_count=days, clock_minutes=times, time_zone=_COPENHAGEN).shape
        for days, times in ((0, (1, 2)), (3, ()))
    ]

    assert shapes == [(0, 2), (3, 0)]


@settings(deadline=None)
@given(
    first=some.dates(date(1990, 1, 1), date(2060, 1, 1)),
    minute=some.integers(-1440, 4 * 1440),
    zone=some.sampled_from([_COPENHAGEN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_each_clock_time_is_what_the_time_zone_says(first: date, minute: int, zone: str) -> None:
    instants = real_minutes(first, day_count=200, clock_minutes=(minute,), time_zone=zone)

    expected = []
    for day in range(200):
        local = datetime.combine(first + timedelta(days=day), time()) + timedelta(minutes=minute)
        expected.append([int(local.replace(tzinfo=ZoneInfo(zone)).timestamp()) // 60])
    assert instants.tolist() == expected


def test_shifts_of_the_two_nights_with_a_change_of_clocks_have_their_real_length() -> None:
    night, day = a_shift("N", 23), a_shift("D", 7, counted_minutes=450)
    spring = Frame(a_problem(shifts=(night, day), starts_on=date(2026, 3, 28), days=2))
    autumn = Frame(a_problem(shifts=(night, day), starts_on=date(2026, 10, 24), days=2))

    minutes = [spring.minutes().tolist(), autumn.minutes(-1).tolist()]

    assert minutes == [
        [[0, 420, 450], [0, 480, 450]],
        [[0, 480, 450], [0, 540, 450], [0, 480, 450]],
    ]
