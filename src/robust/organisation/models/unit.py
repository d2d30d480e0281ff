"""The dated unit tree, and the parties outside it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from robust.core.models import BaseModel, danish_sort_key, no_overlap


class UnitType(BaseModel):
    """What a unit is in the staff-flow tables: inpatient, outpatient, cross-cutting, SATS."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name, verbose_name_plural = _("unit type"), _("unit types")

    def __str__(self) -> str:
        return self.name


class Unit(BaseModel):
    """A place in the organisation that stays itself while its name, type and parent change."""

    class Level(models.TextChoices):
        REGION = "region", _("region")
        HOSPITAL = "hospital", _("hospital")
        DEPARTMENT = "department", _("department")
        UNIT = "unit", pgettext_lazy("level", "unit")

    code = models.SlugField(_("code"), unique=True, max_length=60)
    name = models.CharField(_("newest name"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    sort_key = danish_sort_key("name")

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name, verbose_name_plural = _("unit"), _("units")

    def __str__(self) -> str:
        return self.name


class UnitPeriod(BaseModel):
    """What a unit was called, what it was and where it belonged, for a time; no period means closed."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="periods", verbose_name=_("unit"))
    parent = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="child_periods",
        verbose_name=_("belongs to"),
    )
    name = models.CharField(_("name"), max_length=200)
    unit_type = models.ForeignKey(
        UnitType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("type")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        verbose_name, verbose_name_plural = _("unit period"), _("unit periods")
        constraints = [
            no_overlap("organisation_unit_period_no_overlap", "unit"),
            models.CheckConstraint(
                name="organisation_unit_period_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="organisation_unit_period_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.starts_on}–{self.ends_on or ''})"


class UnitSuccession(BaseModel):
    """One unit went on as another on a day: a merge has several predecessors, a split several successors."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    happened_on = models.DateField(_("day"))

    class Meta:
        ordering = ["happened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "happened_on"], name="organisation_succession_once"
            ),
            models.CheckConstraint(
                name="organisation_succession_between_two_units", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class UnitCode(BaseModel):
    """The number another system knows a unit by, for a time."""

    class System(models.TextChoices):
        SOR = "sor", "SOR"
        SHAK = "shak", "SHAK"
        PAY = "pay", _("pay system")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes", verbose_name=_("unit"))
    system = models.CharField(_("system"), max_length=10, choices=System)
    code = models.CharField(_("code"), max_length=50)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta:
        ordering = ["system", "starts_on", "id"]
        constraints = [
            no_overlap("organisation_unit_code_no_overlap", "system", "code"),
            models.CheckConstraint(
                name="organisation_unit_code_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"


class Party(BaseModel):
    """Somebody outside the tree who can own initiatives and be shown their share."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        CLUSTER = "cluster", _("cluster")
        GENERAL_PRACTICE = "general_practice", _("general practice")
        PATIENT_OFFICE = "patient_office", _("patient office")

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    sort_key = danish_sort_key("name")

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name, verbose_name_plural = _("party"), _("parties")

    def __str__(self) -> str:
        return self.name
