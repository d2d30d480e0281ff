"""Amounts have the same name exactly when the same can become of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from robust.engines.rostering.lines.automata import FORBIDDEN, Counter, TooLarge
from robust.engines.rostering.lines.futures import Alike, futures_of

_rows = some.lists(some.one_of(some.integers(0, 3), some.just(FORBIDDEN)), min_size=1, max_size=12)
_smooth = some.builds(
    lambda least, most, step: [-(-(max(least - k, 0) + max(k - most, 0)) // step) for k in range(14)],
    some.integers(0, 6),
    some.integers(6, 9),
    some.integers(1, 3),
)


@settings(deadline=None)
@given(finish=some.one_of(_rows, _smooth), low=some.integers(0, 6), more=some.integers(0, 6))
def test_a_name_stands_for_the_same_future_and_a_change_of_cost(
    finish: list[int], low: int, more: int
) -> None:
    names, changes = Alike(np.array(finish, dtype=np.int64)).named(low, low + more)

    for amount, (name, change) in enumerate(zip(names.tolist(), changes.tolist(), strict=True)):
        future = _future(finish, amount, low, more)
        if name < 0:
            assert future == [None] * (more + 1)
        else:
            named = _future(finish, name, low, more)
            assert [None if cost is None else cost + change for cost in named] == future


@settings(deadline=None)
@given(finish=_smooth, low=some.integers(0, 6), more=some.integers(0, 6))
def test_amounts_with_the_same_future_have_one_name(finish: list[int], low: int, more: int) -> None:
    names, _changes = Alike(np.array(finish, dtype=np.int64)).named(low, low + more)

    futures = [_future(finish, amount, low, more) for amount in range(len(finish))]
    slopes = {
        tuple(None if cost is None or future[0] is None else cost - future[0] for cost in future)
        for future in futures
        if any(cost is not None for cost in future)
    }
    assert len(set(names.tolist()) - {-1}) == len(slopes)


def _future(finish: list[int], amount: int, low: int, more: int) -> list[int | None]:
    places = range(amount + low, amount + low + more + 1)
    costs = [finish[place] if place < len(finish) else FORBIDDEN for place in places]
    return [None if cost >= FORBIDDEN else cost for cost in costs]


def test_more_names_than_fit_in_memory_are_refused() -> None:
    counter = Counter(
        amounts=np.array([[0, 1]], dtype=np.int64),
        ends=np.array([0], dtype=np.int32),
        finish=np.array([[0, 1]], dtype=np.int32),
    )
    layer, least, most = np.array([0, 1, 2]), np.array([0, 0]), np.array([0, 1])

    assert futures_of(counter, layer, least=least, most=most).names.tolist() == [[0, 0], [0, 1]]
    with pytest.raises(TooLarge):
        futures_of(counter, layer, least=least, most=most, most_names=3)
