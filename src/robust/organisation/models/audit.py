"""The audit trail: entries that are only ever added, and a hash chain for each month."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what to what, and about whom; the database refuses to change or delete it.

    The table is partitioned by month, so that an expired month is dropped whole. Names are copied, not
    referenced: an entry outlives what it speaks of.
    """

    pk = models.CompositePrimaryKey("month_on", "id")
    id = models.BigIntegerField(editable=False)
    month_on = models.DateField(_("month"))
    occurred_at = models.DateTimeField(_("when"))
    action = models.CharField(_("action"), max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("who"), max_length=200)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(_("what"), max_length=300, blank=True)
    about_person_id = models.BigIntegerField(null=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        managed = False
        db_table = "organisation_auditentry"
        ordering = ["-occurred_at", "-id"]

    def __str__(self) -> str:
        return f"{self.occurred_at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action}"


class AuditLink(models.Model):
    """The place of one entry in its month's chain, written by the database at commit."""

    pk = models.CompositePrimaryKey("month_on", "position")
    month_on = models.DateField()
    position = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "organisation_auditlink"
        ordering = ["month_on", "position"]

    def __str__(self) -> str:
        return f"{self.month_on:%Y-%m} {self.position}"


class AuditClosing(models.Model):
    """What is left of a month dropped when its time was up: how many entries, and the closing hash."""

    month_on = models.DateField(_("month"), unique=True)
    entry_count = models.BigIntegerField(_("entries"))
    digest = models.CharField(_("closing hash"), max_length=64)
    dropped_at = models.DateTimeField(_("dropped"))

    class Meta:
        ordering = ["month_on"]

    def __str__(self) -> str:
        return f"{self.month_on:%Y-%m}"
