"""Follow-ups that were written as documents, as they were on the day."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, JobRun, StoredFile, Unit
from robust.programme.models.plan import Plan


class Handout(BaseModel):
    """One plan's follow-up as one file: its day, the day it is compared with, and who made it."""

    class Kind(models.TextChoices):
        SLIDES = "pptx", _("slides (PowerPoint)")
        TEXT = "docx", _("text (Word)")
        PRINT = "pdf", _("print (PDF)")
        SHEET = "xlsx", _("sheet (Excel)")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="handouts", verbose_name=_("plan"))
    kind = models.CharField(_("format"), max_length=4, choices=Kind)
    dated_on = models.DateField(_("as of"))
    compared_on = models.DateField(_("compared with"), null=True, blank=True)
    sites = models.ManyToManyField(Unit, related_name="+", verbose_name=_("places"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="handouts", verbose_name=_("made by"))
    run = models.ForeignKey(JobRun, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name, verbose_name_plural = _("handout"), _("handouts")
        constraints = [
            models.CheckConstraint(
                name="programme_handout_compares_with_an_earlier_day",
                condition=Q(compared_on__isnull=True) | Q(compared_on__lt=F("dated_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind} {self.dated_on}"

    def get_absolute_url(self) -> str:
        return reverse("programme:handout_detail", args=[self.pk])
