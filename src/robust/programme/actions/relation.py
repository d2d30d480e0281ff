"""What is said about how an initiative stands to a plan."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account
from robust.programme.models import Initiative, Plan, PlanRelation, Track

NEEDS_A_REASON = (PlanRelation.Kind.NOT_RELEVANT, PlanRelation.Kind.ELSEWHERE)


class CannotRelate(Exception):
    """The relation does not make sense like this."""


@transaction.atomic
def relate(
    *,
    initiative: Initiative,
    plan: Plan,
    kind: PlanRelation.Kind,
    reason: str = "",
    owner: Account | None = None,
    track: Track | None = None,
    actor: Account,
    now: datetime,
) -> PlanRelation:
    """Say how an initiative stands to a plan; what was said before is replaced and stays in the audit trail.

    Raises: CannotRelate, where the track is another plan's or the reason that others will ask for is missing.
    """
    if track and track.plan_id != plan.pk:
        raise CannotRelate(_("The track belongs to another plan. Choose one of this plan's tracks."))
    if kind in NEEDS_A_REASON and not reason.strip():
        raise CannotRelate(_("Write why it is not relevant, or where it is decided. Others will ask."))
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    before = said_of(initiative, plan)
    relation, _is_new = PlanRelation.objects.update_or_create(
        initiative=initiative,
        plan=plan,
        defaults={"kind": kind, "reason": reason.strip(), "owner": owner, "track": track},
    )
    _record("relation.stated", relation, before=before, actor=actor, now=now)
    return relation


@transaction.atomic
def unrelate(*, initiative: Initiative, plan: Plan, actor: Account, now: datetime) -> None:
    """Leave open again how an initiative stands to a plan; where nothing was said it changes nothing."""
    relation = PlanRelation.objects.select_for_update().filter(initiative=initiative, plan=plan).first()
    if relation:
        _record("relation.left_open", relation, before=said_of(initiative, plan), actor=actor, now=now)
        relation.delete()


@transaction.atomic
def relate_as_before(
    *,
    initiative: Initiative,
    plan: Plan,
    was: dict[str, Any] | None,
    became: dict[str, Any] | None,
    actor: Account,
    now: datetime,
) -> None:
    """Say again what `said_of` gave before a change that made it `became`.

    Raises: CannotTakeBack, where it was done already or somebody has said something else since.
    """
    if was is None:
        raise organisation_actions.CannotTakeBack(organisation_actions.TOO_LATE)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if said_of(initiative, plan) != became:
        raise organisation_actions.CannotTakeBack(organisation_actions.CHANGED_SINCE)
    if not was:
        unrelate(initiative=initiative, plan=plan, actor=actor, now=now)
        return
    relate(
        initiative=initiative,
        plan=plan,
        kind=PlanRelation.Kind(was["kind"]),
        reason=was["reason"],
        owner=Account.objects.filter(pk=was["owner"]).first(),
        track=Track.objects.filter(pk=was["track"], plan=plan).first(),
        actor=actor,
        now=now,
    )


def said_of(initiative: Initiative, plan: Plan) -> dict[str, Any]:
    """Give what is said about how an initiative stands to a plan; nothing where it is left open."""
    found = PlanRelation.objects.filter(initiative=initiative, plan=plan)
    said = found.values("kind", "reason", "owner", "track").first()
    return dict(said) if said else {}


def _record(
    action: str, relation: PlanRelation, *, before: dict[str, object], actor: Account, now: datetime
) -> None:
    detail = {"plan": relation.plan_id, "kind": relation.kind, "reason": relation.reason, "before": before}
    organisation_actions.record(action, actor=actor, now=now, subject=relation.initiative, detail=detail)
