"""Documents that were read: what was proposed, what became of each row, and where imported rows came from."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, JobRun, StoredFile, Unit
from robust.programme.models.initiative import Initiative
from robust.programme.models.plan import Plan, PlanRelation


class DocumentReading(BaseModel):
    """One reading of one file into one plan, from upload to decision."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        PREVIEW = "preview", _("waits for you")
        APPLIED = "applied", _("taken over")
        DROPPED = "dropped", _("dropped")
        REFUSED = "refused", _("could not be read")

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="readings", verbose_name=_("file"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="readings", verbose_name=_("plan"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="readings", verbose_name=_("examples are from")
    )
    dated_on = models.DateField(_("status as of"))
    red_since_on = models.DateField(_("red text is new since"), null=True, blank=True)
    coverage_plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the coverage column speaks of"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    refusal = models.JSONField(null=True, blank=True)
    not_understood = models.JSONField(default=list)
    read_by = models.ForeignKey(Account, models.PROTECT, related_name="readings", verbose_name=_("by"))
    run = models.ForeignKey(JobRun, models.SET_NULL, null=True, blank=True, related_name="readings")
    applied_at = models.DateTimeField(_("taken over"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name, verbose_name_plural = _("read document"), _("read documents")
        constraints = [
            models.CheckConstraint(
                name="programme_reading_applied_has_time",
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="programme_reading_red_is_newer",
                condition=Q(red_since_on__isnull=True) | Q(red_since_on__lt=F("dated_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} → {self.plan_id}"

    def get_absolute_url(self) -> str:
        return reverse("programme:reading_detail", args=[self.pk])


class ProposedRow(BaseModel):
    """One row that the reading proposes, as the person has corrected it so far."""

    class Choice(models.TextChoices):
        NEW = "new", _("make a new initiative")
        JOIN = "join", _("join to an existing one")
        LEAVE_OUT = "leave_out", _("leave out")

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        LEFT_OUT = "left_out", _("left out")

    reading = models.ForeignKey(DocumentReading, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    area = models.CharField(_("area"), max_length=200, blank=True)
    group = models.CharField(_("group"), max_length=300, blank=True)
    text = models.TextField(_("initiative"))
    status = models.TextField(_("status"), blank=True)
    example = models.TextField(_("example"), blank=True)
    coverage = models.TextField(_("coverage"), blank=True)
    owner = models.CharField(_("owner in the document"), max_length=200, blank=True)
    deadline = models.CharField(_("deadline in the document"), max_length=200, blank=True)
    red = models.JSONField(default=list)
    corrections = models.JSONField(default=dict)  # per corrected field: what was printed, what it became
    page = models.PositiveIntegerField(_("page"))
    cell = models.CharField(_("cell"), max_length=40, blank=True)
    choice = models.CharField(_("what to do"), max_length=10, choices=Choice, default=Choice.NEW)
    joined = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("initiative")
    )
    joined_row = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("row")
    )
    similar = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("similar")
    )
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome)  # once taken over
    relation_kind = models.CharField(
        _("relation to the other plan"), max_length=15, blank=True, choices=PlanRelation.Kind
    )

    class Meta:
        ordering = ["reading", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "number"], name="programme_proposed_row_number"),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.number}"


class ImportedRow(BaseModel):
    """Where an initiative was read: file, page, cell, and the row's words with what a person corrected."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="sources")
    reading = models.ForeignKey(DocumentReading, models.CASCADE, related_name="imported_rows")
    page = models.PositiveIntegerField(_("page"))
    cell = models.CharField(_("cell"), max_length=40, blank=True)
    area = models.CharField(_("area"), max_length=200, blank=True)
    group = models.CharField(_("group"), max_length=300, blank=True)
    text = models.TextField(_("initiative"))
    status = models.TextField(_("status"), blank=True)
    example = models.TextField(_("example"), blank=True)
    red = models.JSONField(default=list)
    corrections = models.JSONField(default=dict)

    class Meta:
        ordering = ["reading", "page", "id"]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.page} {self.cell}"


class SlideTemplate(BaseModel):
    """The hospital's own slide template, used when the follow-up is written as slides."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="slide_templates", verbose_name=_("unit"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name, verbose_name_plural = _("slide template"), _("slide templates")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.file_id}"
