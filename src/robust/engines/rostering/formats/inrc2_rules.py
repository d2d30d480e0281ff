"""The competition's constraints on one nurse's days as rules, with its weights.

Source: Ceschia et al. (2015), arXiv 1501.04177, section 2: H3, H4, S2, S3, S5, S6, S7.
"""

from collections.abc import Iterator

from robust.engines.rostering.formats.inrc2_rows import Contract, Nurse, Past, Scenario
from robust.engines.rostering.rules import OFF, WORK, Count, Rule, Run, Sequence, Unit, Who

SATURDAY = frozenset({5})
TYPE_RUN, WORK_RUN, OFF_RUN = 15, 30, 30
WEEKEND, TOTAL, TOTAL_WEEKENDS = 30, 20, 30


def rules_of(scenario: Scenario, *, days: int, to_the_end: bool) -> list[Rule]:
    """Give all rules. Least totals are only asked for `to_the_end` of the scenario.

    A longest run that only one through the whole horizon could exceed is left out.
    """
    rules = [*_skills(scenario), *_types(scenario, days)]
    in_use = {nurse.contract for nurse in scenario.nurses}
    for contract in (one for one in scenario.contracts if one.id in in_use):
        rules += _runs(contract)
        rules += _totals(contract, to_the_end=to_the_end)
        rules += _weekends(contract)
    return rules


def carried_of(nurse: Nurse, past: Past) -> dict[str, int]:
    """Give what earlier weeks have counted for the rules on totals."""
    counted = {
        _total_id(nurse.contract): past.assignments,
        _total_weekends_id(nurse.contract): past.weekends,
    }
    return {rule: count for rule, count in counted.items() if count}


def skill_tag(skill: str) -> str:
    """Give the tag of all shifts that are worked with a skill."""
    return f"skill:{skill}"


def _skills(scenario: Scenario) -> Iterator[Rule]:
    for skill in scenario.skills:
        without = frozenset(one.id for one in scenario.nurses if skill not in one.skills)
        if without:
            yield Count(
                id=f"without skill:{skill}",
                who=Who(ids=without),
                shifts=frozenset({skill_tag(skill)}),
                maximum=0,
            )


def _types(scenario: Scenario, days: int) -> Iterator[Rule]:
    for ban in scenario.bans:
        if ban.not_followed_by:
            yield Sequence(
                id=f"after:{ban.shift_type}",
                shifts=(frozenset({ban.shift_type}), frozenset(ban.not_followed_by)),
            )
    for one in scenario.shift_types:
        least, most = _bounds(one.run, days)
        if least or most:
            yield Run(
                id=f"run:{one.id}",
                weight=TYPE_RUN,
                shifts=frozenset({one.id}),
                minimum=least,
                maximum=most,
            )


def _bounds(run: tuple[int, int], days: int) -> tuple[int | None, int | None]:
    least, most = run
    return least if least > 1 else None, most if most < days else None


def _runs(contract: Contract) -> Iterator[Rule]:
    for name, weight, shifts, (least, most) in (
        ("work", WORK_RUN, WORK, contract.work_run),
        ("off", OFF_RUN, OFF, contract.off_run),
    ):
        yield Run(
            id=f"{name}:{contract.id}",
            who=_who(contract),
            weight=weight,
            shifts=frozenset({shifts}),
            minimum=least if least > 1 else None,
            maximum=most,
        )


def _totals(contract: Contract, *, to_the_end: bool) -> Iterator[Rule]:
    least, most = contract.assignments
    yield Count(
        id=_total_id(contract.id),
        who=_who(contract),
        weight=TOTAL,
        minimum=least if to_the_end else None,
        maximum=most,
    )
    yield Count(
        id=_total_weekends_id(contract.id),
        who=_who(contract),
        weight=TOTAL_WEEKENDS,
        unit=Unit.WEEKENDS,
        maximum=contract.most_weekends,
    )


def _weekends(contract: Contract) -> Iterator[Rule]:
    if contract.complete_weekends:
        for first, second in ((OFF, WORK), (WORK, OFF)):
            yield Sequence(
                id=f"weekend:{first}-{second}:{contract.id}",
                who=_who(contract),
                weight=WEEKEND,
                shifts=(frozenset({first}), frozenset({second})),
                weekdays=SATURDAY,
            )


def _who(contract: Contract) -> Who:
    return Who(groups=frozenset({contract.id}))


def _total_id(contract: str) -> str:
    return f"total:{contract}"


def _total_weekends_id(contract: str) -> str:
    return f"weekends:{contract}"
