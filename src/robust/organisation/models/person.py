"""People, their professions and their employments over time."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel, danish_sort_key, no_overlap
from robust.organisation.models.unit import Unit


class Profession(BaseModel):
    """A profession with its Danish name; names and order are the hospital's own."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name, verbose_name_plural = _("profession"), _("professions")

    def __str__(self) -> str:
        return self.name


class Person(BaseModel):
    """Somebody who works, or has worked, at the hospital."""

    name = models.CharField(_("name"), max_length=200)
    sort_key = danish_sort_key("name")

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name, verbose_name_plural = _("person"), _("people")
        indexes = [GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="organisation_person_name")]

    def __str__(self) -> str:
        return self.name


class Employment(BaseModel):
    """One post held by one person at one unit for a time; a person may hold several posts at once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="employments", verbose_name=_("unit"))
    profession = models.ForeignKey(
        Profession, models.PROTECT, related_name="employments", verbose_name=_("profession")
    )
    post_number = models.CharField(_("post number"), max_length=20)
    weekly_hours = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=2, default=37)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        verbose_name, verbose_name_plural = _("employment"), _("employments")
        constraints = [
            no_overlap("organisation_employment_post_no_overlap", "post_number"),
            models.CheckConstraint(
                name="organisation_employment_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="organisation_employment_hours_in_a_week",
                condition=Q(weekly_hours__gte=0) & Q(weekly_hours__lte=168),
            ),
        ]
        indexes = [models.Index(fields=["unit", "starts_on"], name="organisation_employment_unit")]

    def __str__(self) -> str:
        return f"{self.post_number} ({self.starts_on}–{self.ends_on or ''})"
