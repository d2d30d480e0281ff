"""What is done with good examples: tell, adopt, and say what came of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Unit
from robust.programme.actions.initiative import create_initiative
from robust.programme.models import Example, ExampleAdoption, Initiative, Recommendation
from robust.thread import actions as thread_actions
from robust.thread.models import End

TOLD = ("title", "place", "context", "prerequisites", "what_was_done", "result", "why_stopped")


@transaction.atomic
def tell(
    *, told: Mapping[str, str], recommendations: Collection[Recommendation], actor: Account, now: datetime
) -> Example:
    """Put an example in the catalogue; `told` holds its texts by field. Told twice, it is one example."""
    Account.objects.select_for_update().get(pk=actor.pk)
    texts: dict[str, Any] = {name: told.get(name, "").strip() for name in TOLD}
    example, is_new = Example.objects.get_or_create(told_by=actor, **texts)
    if is_new:
        example.recommendations.set(recommendations)
        organisation_actions.record("example.told", actor=actor, now=now, subject=example)
    return example


@transaction.atomic
def retell(
    *,
    example: Example,
    told: Mapping[str, str],
    recommendations: Collection[Recommendation],
    actor: Account,
    now: datetime,
) -> None:
    """Replace an example's texts and recommendations; what stood there stays in the audit trail."""
    example = Example.objects.select_for_update().get(pk=example.pk)
    before = {name: getattr(example, name) for name in TOLD}
    for name in TOLD:
        setattr(example, name, told.get(name, "").strip())
    example.save(update_fields=[*TOLD, "updated_at"])
    example.recommendations.set(recommendations)
    organisation_actions.record(
        "example.retold", actor=actor, now=now, subject=example, detail={"before": before}
    )


@transaction.atomic
def adopt(*, example: Example, unit: Unit, changed: str, actor: Account, now: datetime) -> ExampleAdoption:
    """Make an initiative of an example at a unit, which remembers where it came from.

    A unit that goes on with an example already gets that adoption, not a second one.
    """
    Example.objects.select_for_update().get(pk=example.pk)
    going_on = ExampleAdoption.objects.filter(
        example=example, unit=unit, why_stopped="", initiative__isnull=False
    )
    if found := going_on.first():
        return found
    values = {
        "title": example.title,
        "text": example.what_was_done,
        "kind": Initiative.Kind.TRIAL,
        "unit": unit,
        "owner": actor,
        "starts_on": timezone.localdate(now),
    }
    initiative = create_initiative(values=values, actor=actor, now=now)
    thread_actions.link(
        kind="adopted",
        source=End(thing="example", id=example.pk),
        target=End(thing="initiative", id=initiative.pk),
        reason=changed,
        actor=actor,
        now=now,
    )
    adoption = ExampleAdoption.objects.create(
        example=example,
        unit=unit,
        initiative=initiative,
        adopted_on=timezone.localdate(now),
        changed=changed.strip(),
    )
    organisation_actions.record(
        "example.adopted", actor=actor, now=now, subject=example, detail={"initiative": initiative.pk}
    )
    return adoption


@transaction.atomic
def tell_result(
    *,
    adoption: ExampleAdoption,
    changed: str,
    result: str,
    why_stopped: str,
    actor: Account,
    now: datetime,
) -> None:
    """Say what a unit changed in an example it adopted, what came of it, and why it stopped if it did."""
    adoption = ExampleAdoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    before = {"changed": adoption.changed, "result": adoption.result, "why_stopped": adoption.why_stopped}
    adoption.changed, adoption.result = changed.strip(), result.strip()
    adoption.why_stopped = why_stopped.strip()
    adoption.save(update_fields=["changed", "result", "why_stopped", "updated_at"])
    organisation_actions.record(
        "example.result_told", actor=actor, now=now, subject=adoption.example, detail={"before": before}
    )
