"""Writing a plan's follow-up as a document, and the hospital's own slide template."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, StoredFile, Unit
from robust.programme.models import Handout, Plan, SlideTemplate

JOB = "programme_handout"
MEDIA_TYPES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants handed over."""

    plan: Plan
    kind: str
    dated_on: date
    compared_on: date | None
    sites: Collection[Unit]


@transaction.atomic
def order_handout(order: Order, *, actor: Account, now: datetime) -> Handout:
    """Let a background job write the follow-up of a plan."""
    handout = Handout.objects.create(
        plan=order.plan,
        kind=order.kind,
        dated_on=order.dated_on,
        compared_on=order.compared_on,
        made_by=actor,
    )
    handout.sites.set(order.sites)
    handout.run = organisation_actions.start_job(
        JOB,
        title=_("Write the follow-up of %(plan)s") % {"plan": order.plan.name},
        account=actor,
        arguments={"handout": handout.pk},
        now=now,
    )
    handout.save(update_fields=["run", "updated_at"])
    detail = {"plan": order.plan.name, "format": order.kind, "dated_on": order.dated_on.isoformat()}
    organisation_actions.record("plan.exported", actor=actor, now=now, subject=order.plan, detail=detail)
    return handout


@transaction.atomic
def keep_handout(handout: Handout, content: bytes, *, name: str, now: datetime) -> None:
    """Keep the written document; a second attempt at the same one changes nothing."""
    handout = Handout.objects.select_for_update(of=("self",)).get(pk=handout.pk)
    if handout.file_id:
        return
    handout.file = organisation_actions.store_file(
        name=name, content=content, media_type=MEDIA_TYPES[handout.kind], actor=handout.made_by, now=now
    )
    handout.save(update_fields=["file", "updated_at"])


@transaction.atomic
def set_template(unit: Unit, *, name: str, content: bytes, actor: Account, now: datetime) -> SlideTemplate:
    """Use this template for the slides of the unit from now on; the ones before are kept."""
    file = organisation_actions.store_file(
        name=name, content=content, media_type=MEDIA_TYPES["pptx"], actor=actor, now=now
    )
    template = SlideTemplate.objects.create(unit=unit, file=file)
    organisation_actions.record("template.set", actor=actor, now=now, subject=template)
    return template


@transaction.atomic
def stop_using_template(unit: Unit, *, actor: Account, now: datetime) -> int | None:
    """Go back to the plain slides; give the file of the template that was used, which is kept."""
    templates = SlideTemplate.objects.filter(unit=unit)
    newest = templates.order_by("-created_at", "-pk").first()
    templates.delete()
    organisation_actions.record("template.removed", actor=actor, now=now, subject=unit)
    return newest.file_id if newest else None


@transaction.atomic
def use_template_again(unit: Unit, *, file_id: int, actor: Account, now: datetime) -> None:
    """Use a template again that was taken out of use. Raises: CannotTakeBack, where another is in use."""
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None:
        raise organisation_actions.CannotTakeBack(organisation_actions.TOO_LATE)
    if SlideTemplate.objects.filter(unit=unit).exists():
        raise organisation_actions.CannotTakeBack(organisation_actions.CHANGED_SINCE)
    template = SlideTemplate.objects.create(unit=unit, file=file)
    organisation_actions.record("template.set", actor=actor, now=now, subject=template)


def forget_handouts(before: datetime) -> int:
    """Delete handouts made before a moment, with their files; give how many."""
    old = Handout.objects.filter(created_at__lt=before)
    files = list(old.exclude(file=None).values_list("file", flat=True))
    count, _by_model = old.delete()
    StoredFile.objects.filter(pk__in=files).delete()
    return count
