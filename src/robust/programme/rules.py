"""Who may do what with plans, initiatives, status, decisions and ideas."""

from collections.abc import Collection
from datetime import date

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Role
from robust.programme.models import Example, Forum, Initiative
from robust.programme.queries.initiative import answers_for_some

PLANNING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)
LEADING = (*PLANNING, Role.WARD_LEADER)
DECIDING = (Role.BOARD, Role.IMPROVEMENT_CONSULTANT)


def can_manage_plans(account: Account, unit_id: int, *, day: date) -> bool:
    """Plans, areas, tracks, read documents and rounds of reminders of a unit."""
    return _holds(account, PLANNING, unit_id, day=day)


def can_manage_some_plans(account: Account, *, day: date) -> bool:
    return bool(organisation_queries.units_where(account, roles=PLANNING, day=day))


def can_create_initiatives(account: Account, *, day: date) -> bool:
    return bool(organisation_queries.units_where(account, roles=LEADING, day=day))


def can_name_owners(account: Account, *, day: date) -> bool:
    """Whoever may change an initiative names its owner and deputy among the colleagues."""
    return can_create_initiatives(account, day=day) or answers_for_some(account)


def can_change_initiative(account: Account, initiative: Initiative, *, day: date) -> bool:
    return can_answer_for(account, initiative) or _holds(account, LEADING, initiative.unit_id, day=day)


def can_write_status(account: Account, initiative: Initiative, unit_id: int, *, day: date) -> bool:
    if can_answer_for(account, initiative):
        return unit_id in organisation_queries.units_visible_to(account, day=day)
    return _holds(account, LEADING, unit_id, day=day)


def can_decide(account: Account, forum: Forum, *, day: date) -> bool:
    return _holds(account, DECIDING, forum.unit_id, day=day)


def can_propose_idea(account: Account, unit_id: int, *, day: date) -> bool:
    """Proposing and supporting alike."""
    return unit_id in organisation_queries.units_visible_to(account, day=day)


def can_answer_ideas(account: Account, unit_id: int, *, day: date) -> bool:
    return _holds(account, LEADING, unit_id, day=day)


def can_retell(account: Account, example: Example, *, day: date) -> bool:
    """An example is told by one and looked after by all who plan."""
    return example.told_by_id == account.pk or can_manage_some_plans(account, day=day)


def can_answer_for(account: Account, initiative: Initiative) -> bool:
    """The owner and the deputy."""
    return account.pk in (initiative.owner_id, initiative.deputy_id)


def _holds(account: Account, roles: Collection[Role], unit_id: int, *, day: date) -> bool:
    return unit_id in organisation_queries.units_where(account, roles=roles, day=day)
