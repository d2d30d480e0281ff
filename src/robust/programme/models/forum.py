"""Forums that decide, their meetings, and the decisions taken there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, Unit


class Forum(BaseModel):
    """A group that meets and decides, such as the hospital management."""

    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="forums", verbose_name=_("belongs to"))

    class Meta:
        ordering = ["name", "id"]
        verbose_name, verbose_name_plural = _("forum"), _("forums")
        constraints = [models.UniqueConstraint(fields=["name", "unit"], name="programme_forum_once")]

    def __str__(self) -> str:
        return self.name


class Meeting(BaseModel):
    """One meeting of a forum."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("day"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        constraints = [models.UniqueConstraint(fields=["forum", "held_on"], name="programme_meeting_once")]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.held_on}"


class Decision(BaseModel):
    """What a forum decided about an initiative, and why; the database refuses to change or delete it."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        CHANGED = "changed", _("approved with changes")
        POSTPONED = "postponed", _("postponed")
        REJECTED = "rejected", _("rejected")
        STOPPED = "stopped", _("stopped")
        NOTED = "noted", _("noted")

    initiative = models.ForeignKey("programme.Initiative", models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting"))
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    asked = models.TextField(_("what was to be decided"), blank=True)
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    decided_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-decided_at", "-id"]
        verbose_name, verbose_name_plural = _("decision"), _("decisions")

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.outcome}"
