"""Plans, their areas, and how an initiative stands to a plan it is not part of."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, Unit


class Plan(BaseModel):
    """A bundle of initiatives that somebody has decided: a 360-degree plan, a programme, a yearly plan."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    purpose = models.TextField(_("purpose"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name=_("belongs to"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name", "id"]
        verbose_name, verbose_name_plural = _("plan"), _("plans")
        constraints = [
            models.CheckConstraint(
                name="programme_plan_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Area(BaseModel):
    """A heading in a plan, such as staff, hospitals or municipalities."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="areas", verbose_name=_("plan"))
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["plan", "order", "name", "id"]
        verbose_name, verbose_name_plural = _("area"), _("areas")
        constraints = [
            # Checked at commit, so that two areas can change names with each other in one go.
            models.UniqueConstraint(
                fields=["plan", "name"],
                name="programme_area_once_in_plan",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlanRelation(BaseModel):
    """How an initiative stands to another plan, and why."""

    class Kind(models.TextChoices):
        COVERED = "covered", _("covered by")
        PART_OF = "part_of", _("part of")
        RELEVANT_TOO = "relevant_too", _("relevant too")
        PARTLY = "partly", _("possibly or partly relevant")
        NOT_RELEVANT = "not_relevant", _("not relevant")
        ELSEWHERE = "elsewhere", _("decided elsewhere")

    initiative = models.ForeignKey("programme.Initiative", models.CASCADE, related_name="plan_relations")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="relations", verbose_name=_("plan"))
    kind = models.CharField(_("relation"), max_length=15, choices=Kind)
    reason = models.TextField(_("reason"), blank=True)
    owner = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    track = models.ForeignKey(
        "programme.Track",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name=_("the track it lives in"),
    )

    class Meta:
        ordering = ["initiative", "plan", "id"]
        verbose_name, verbose_name_plural = _("relation to a plan"), _("relations to plans")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "plan"], name="programme_relation_once_per_plan")
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.kind} {self.plan_id}"
