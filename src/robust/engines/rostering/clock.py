"""Local clock times as real time, for many days at once: most days have one offset from noon to noon."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

MINUTES_PER_DAY = 1440
_EPOCH = date(1970, 1, 1).toordinal()


def real_minutes(
    first: date, *, day_count: int, clock_minutes: Sequence[int], time_zone: str
) -> NDArray[np.int64]:
    """Give clock times (minutes from local midnight, shape: days, times) in minutes of real time since 1970.

    A clock time that the change to summer time leaves out is read with the offset from before it, one that
    occurs twice is its first occurrence (PEP 495, fold 0).
    """
    zone = ZoneInfo(time_zone)
    clocks = np.asarray(clock_minutes, dtype=np.int64).reshape(1, -1)
    midnights = (first.toordinal() - _EPOCH + np.arange(day_count, dtype=np.int64)) * MINUTES_PER_DAY
    local = midnights.reshape(-1, 1) + clocks
    if local.size == 0:
        return local
    days = local // MINUTES_PER_DAY
    earliest = int(days.min())
    offsets = _offsets(earliest, int(days.max()) + 1, zone)
    real: NDArray[np.int64] = (local * 60 - offsets[days - earliest]) // 60
    for place in np.argwhere(offsets[days - earliest] != offsets[days - earliest + 1]).tolist():
        real[tuple(place)] = _real_minute(int(local[tuple(place)]), zone)
    return real


@lru_cache(maxsize=64)
def _offsets(earliest: int, latest: int, zone: ZoneInfo) -> NDArray[np.int64]:
    """Seconds from UTC at each local midnight, days counted from 1970."""
    midnights = (_local(day * MINUTES_PER_DAY, zone) for day in range(earliest, latest + 1))
    return np.array([round((at.utcoffset() or timedelta()).total_seconds()) for at in midnights], np.int64)


def _real_minute(local_minute: int, zone: ZoneInfo) -> int:
    return int(_local(local_minute, zone).astimezone(UTC).timestamp()) // 60


def _local(local_minute: int, zone: ZoneInfo) -> datetime:
    day, minute = divmod(local_minute, MINUTES_PER_DAY)
    midnight = datetime.combine(date.fromordinal(_EPOCH + day), time(), tzinfo=zone)
    return midnight + timedelta(minutes=minute)
