"""What the person who started a background job sees of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models.account import Account


class JobRun(BaseModel):
    """One background job: how far it is, and whose attempt may write to it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.SlugField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    started_by = models.ForeignKey(Account, models.CASCADE, null=True, related_name="job_runs")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    arguments = models.JSONField(default=dict)
    checkpoint = models.JSONField(null=True, blank=True)
    done_count = models.PositiveIntegerField(_("done"), default=0)
    total_count = models.PositiveIntegerField(_("of"), null=True, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True)
    result_url = models.CharField(max_length=500, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    owner_token = models.UUIDField(null=True, blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    queue_job_id = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name, verbose_name_plural = _("job"), _("jobs")
        constraints = [
            models.CheckConstraint(
                name="organisation_job_ended_when_over",
                condition=Q(state__in=["waiting", "running"], ended_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["started_by", "-created_at"], name="organisation_job_mine")]

    def __str__(self) -> str:
        return self.title
