import itertools
from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from robust.demo.histories import Spell, histories

UNITS = {"inpatient": ["p1", "p2"], "outpatient": ["klinik"], "cross_cutting": ["korps"], "sats": ["sats"]}
INPATIENT = set(UNITS["inpatient"])


def group_of(spell: Spell) -> str:
    return "inpatient" if spell.unit_code in INPATIENT else "other"


def count_on(spells: list[Spell], day: date, group: str) -> int:
    return sum(
        group_of(spell) == group and spell.starts_on < day and (spell.ends_on is None or spell.ends_on >= day)
        for spell in spells
    )


def rates(spells: list[Spell], year: int, group: str, digits: int) -> tuple[float, float]:
    mean = (count_on(spells, date(year, 1, 1), group) + count_on(spells, date(year + 1, 1, 1), group)) / 2
    own = [spell for spell in spells if group_of(spell) == group]
    joiners = sum(spell.starts_on.year == year for spell in own)
    leavers = sum(spell.ends_on is not None and spell.ends_on.year == year for spell in own)
    return round(100 * joiners / mean, digits), round(100 * leavers / mean, digits)


def returns(spells: list[Spell]) -> Counter[tuple[str, str]]:
    """Count who left in 2020 and 2021 by unit type and by when they came back."""
    type_of = {code: unit_type for unit_type, codes in UNITS.items() for code in codes}
    by_person: dict[int, list[Spell]] = {}
    for spell in sorted(spells, key=lambda one: one.starts_on):
        by_person.setdefault(spell.person, []).append(spell)
    counted: Counter[tuple[str, str]] = Counter()
    for own in by_person.values():
        for spell, later in zip(own, [*own[1:], None], strict=True):
            if spell.ends_on and spell.ends_on.year in (2020, 2021):
                counted[type_of[spell.unit_code], gap_of(spell.ends_on, later)] += 1
    return counted


def gap_of(left_on: date, later: Spell | None) -> str:
    if later is None:
        return "never"
    days = (later.starts_on - left_on).days
    return next(
        name for limit, name in ((30, "0-1"), (91, "1-3"), (182, "3-6"), (9999, "6+")) if days <= limit
    )


def test_the_published_rates_of_2020_and_2021_come_out():
    spells = histories(units=UNITS, until=date(2026, 11, 22), seed=1)

    assert rates(spells, 2020, "inpatient", 1) == (30.3, 27.6)
    assert rates(spells, 2021, "inpatient", 1) == (27.5, 26.4)
    assert rates(spells, 2021, "other", 2) == (16.89, 18.16)


def test_the_published_returns_come_out():
    counted = returns(histories(units=UNITS, until=date(2026, 11, 22), seed=1))

    assert {
        gap: count for (kind, gap), count in counted.items() if kind == "inpatient" and gap != "never"
    } == {
        "0-1": 120,
        "1-3": 16,
        "3-6": 9,
        "6+": 25,
    }
    assert sum(count for (_, gap), count in counted.items() if gap == "never") == 462
    assert sum(counted.values()) == 702


@settings(max_examples=10, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_nobody_is_at_two_places_at_once_and_every_spell_has_a_day(seed):
    by_person: dict[int, list[Spell]] = {}
    for spell in histories(units=UNITS, until=date(2024, 6, 1), seed=seed):
        by_person.setdefault(spell.person, []).append(spell)

    for own in by_person.values():
        own.sort(key=lambda spell: spell.starts_on)
        assert all(spell.ends_on is None or spell.ends_on > spell.starts_on for spell in own)
        assert all(
            first.ends_on is not None and first.ends_on < second.starts_on
            for first, second in itertools.pairwise(own)
        )


def test_years_after_the_last_known_one_go_on_as_it_did():
    spells = histories(units=UNITS, until=date(2029, 1, 1), seed=3)

    assert sum(spell.starts_on.year == 2028 for spell in spells) == 179 + 118
