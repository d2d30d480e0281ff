"""Plans and their areas: made and changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account
from robust.programme.actions.parts import Part, save_parts
from robust.programme.models import Plan


@transaction.atomic
def create_plan(*, values: dict[str, Any], areas: Sequence[Part] = (), actor: Account, now: datetime) -> Plan:
    """Make a plan from the values of its fields, with its areas in order."""
    plan = Plan.objects.create(**values)
    save_parts(plan.areas.all(), areas, order_field="order", plan=plan)
    organisation_actions.record("plan.created", actor=actor, now=now, subject=plan)
    return plan


@transaction.atomic
def change_plan(
    plan: Plan, *, values: dict[str, Any], areas: Sequence[Part], actor: Account, now: datetime
) -> None:
    """Change a plan and its areas; what stood in an area that is removed stays in the plan without one."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save()
    save_parts(plan.areas.all(), areas, order_field="order", plan=plan)
    organisation_actions.record("plan.changed", actor=actor, now=now, subject=plan)
