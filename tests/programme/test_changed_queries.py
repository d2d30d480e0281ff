"""The changed are found in the database as they are found in the words of a follow-up."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from robust.programme import queries
from robust.programme.models import Initiative, Judgement
from robust.programme.queries import Changed
from tests.factories import DAY, make_account, make_unit
from tests.programme.factories import make_initiative, make_placement, make_plan, make_status

pytestmark = pytest.mark.django_db
FIRST = date(2026, 2, 1)
JUDGEMENTS = [judgement for judgement in Judgement.values if judgement != "stopped"]


def night(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def fill(plan, units, random: Random) -> None:
    """Initiatives that began, ended, were spoken of, and were entered at any time around the two days."""

    def some_day() -> date:
        return FIRST + timedelta(days=random.randint(-40, 60))

    by = make_account()
    for number in range(14):
        starts_on = random.choice([None, some_day()])
        ends_on = random.choice([None, None, some_day()])
        if starts_on and ends_on and ends_on <= starts_on:
            ends_on = None
        one = make_initiative(f"Indsats {number}", starts_on=starts_on, ends_on=ends_on)
        make_placement(one, plan=plan, order=random.randint(0, 9), group=random.choice("ab"))
        Initiative.objects.filter(pk=one.pk).update(created_at=night(some_day()))
        for _entry in range(random.randint(0, 5)):
            dated_on = some_day()
            make_status(
                one,
                random.choice(units),
                dated_on=dated_on,
                judgement=random.choice([*JUDGEMENTS, *["done"] * 4]),
                text=random.choice(["Begyndt.", "Går godt."]),
                by=by,
                recorded_at=night(dated_on + timedelta(days=random.choice([0, 0, 20]))),
            )


@pytest.mark.parametrize("seed", range(6))
def test_the_changed_are_those_whose_words_changed_in_the_plans_order(seed):
    plan, units = make_plan(), [make_unit() for _ in range(3)]
    fill(plan, units, Random(seed))
    asked = {
        "initiatives": Initiative.objects.all(),
        "units": {unit.pk for unit in units[:2]},
        "before_on": FIRST,
        "after_on": DAY,
    }

    found = queries.changed_in_plan(plan, **asked)

    rows = queries.follow_up_of_plan(plan, **asked).rows
    assert found == [
        Changed(initiative_id=row.initiative_id, is_added=row.is_added, is_ended=row.is_ended)
        for row in rows
        if row.is_changed
    ]
    assert 0 < len(found) < len(rows)
