"""Judges cell by cell: what is fixed, what was wished, and what was published earlier."""

from collections.abc import Iterator

from robust.engines.rostering.checking.sheet import Sheet
from robust.engines.rostering.checking.verdict import FIXED, PUBLISHED, Breach, Violation


def changed_fixed_days(sheet: Sheet) -> Iterator[Violation]:
    """Find each day on which somebody has what is not allowed there."""
    for fixed in sheet.problem.fixed:
        choice = sheet.choice(fixed.person, fixed.day)
        if not sheet.mask(fixed.shifts)[choice]:
            yield _cell(sheet, FIXED, Breach.FIXED_CHANGED, (fixed.person, fixed.day), reference=fixed.why)


def refused_wishes(sheet: Sheet) -> Iterator[Violation]:
    """Find each wish that is not granted."""
    for wish in sheet.problem.wishes:
        choice = sheet.choice(wish.person, wish.day)
        if bool(sheet.mask(wish.shifts)[choice]) is not wish.granted:
            place = (wish.person, wish.day)
            yield _cell(sheet, wish.id, Breach.WISH_NOT_GRANTED, place, weight=wish.weight)


def changed_published_days(sheet: Sheet) -> Iterator[Violation]:
    """Find each day on which the roster differs from the one that was published."""
    published = sheet.problem.published
    if published is None:
        return
    choice_of = sheet.frame.choice_of
    for person, line in zip(sheet.people, sheet.choices, strict=True):
        told = [choice_of.get(name) for name in published.lines.get(person, ())]
        for day, (before, after) in enumerate(zip(told, line, strict=False)):
            if before != after:
                place = (person, day)
                yield _cell(sheet, PUBLISHED, Breach.PUBLISHED_CHANGED, place, weight=published.weight)


def _cell(
    sheet: Sheet,
    rule: str,
    code: Breach,
    place: tuple[str, int],
    *,
    weight: int | None = None,
    reference: str = "",
) -> Violation:
    person, day = place
    return Violation(
        rule=rule,
        code=code,
        people=(person,),
        first_day=day,
        last_day=day,
        shifts=(sheet.shift_names[sheet.choice(person, day)],),
        amount=1,
        cost=weight or 0,
        hard=weight is None,
        reference=reference,
    )
