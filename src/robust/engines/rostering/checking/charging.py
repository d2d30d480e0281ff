"""Violations of a rule, with what each costs."""

from robust.engines.rostering.checking.verdict import Breach, Violation
from robust.engines.rostering.rules import Rule


def charge(
    rule: Rule,
    code: Breach,
    *,
    people: tuple[str, ...],
    days: tuple[int, int],
    shifts: tuple[str, ...],
    amount: int = 1,
    charged: int | None = None,
) -> Violation:
    """Make a violation of a rule; `charged` units are paid for, without it the amount."""
    units = amount if charged is None else charged
    return Violation(
        rule=rule.id,
        code=code,
        people=people,
        first_day=days[0],
        last_day=days[1],
        shifts=shifts,
        amount=amount,
        cost=0 if rule.weight is None else rule.weight * units,
        hard=rule.weight is None,
        basis=rule.basis,
        reference=rule.reference,
    )
