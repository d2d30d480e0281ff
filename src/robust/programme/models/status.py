"""Status entries that are never overwritten, their drafts, and the rounds of reminders that ask for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, Unit
from robust.programme.models.initiative import Initiative


class Judgement(models.TextChoices):
    """How somebody judges that it goes; a human word, kept apart from what charts say."""

    NOT_STARTED = "not_started", _("not started")
    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    STOPPED = "stopped", _("stopped")
    HANDED_OVER = "handed_over", _("handed over")
    DONE = "done", _("done")


class Status(BaseModel):
    """How far an initiative is at one place on one day; a later entry takes its place.

    The database refuses to change or delete an entry: an initiative with status is stopped, not deleted.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="statuses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="statuses", verbose_name=_("place"))
    dated_on = models.DateField(_("as of"))
    judgement = models.CharField(_("judgement"), max_length=15, choices=Judgement, blank=True)
    text = models.TextField(_("status"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ["-dated_on", "-recorded_at", "-id"]
        verbose_name, verbose_name_plural = _("status"), _("statuses")
        constraints = [
            models.CheckConstraint(
                name="programme_status_stopped_has_reason",
                condition=~Q(judgement="stopped") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="programme_status_says_something", condition=~Q(text="") | ~Q(judgement="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["initiative", "unit", "-dated_on", "-recorded_at", "-id"],
                include=["judgement"],
                name="programme_status_latest",
            ),
            models.Index(fields=["-dated_on"], name="programme_status_dated"),
            models.Index(fields=["-recorded_at"], name="programme_status_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.unit_id} {self.dated_on}"


class StatusDraft(BaseModel):
    """What somebody has written so far of a status, and has not sent; nobody else ever sees it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="status_drafts")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    text = models.TextField(_("status"), blank=True)
    judgement = models.CharField(_("judgement"), max_length=15, choices=Judgement, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    based_on = models.BigIntegerField(_("status it began from"), default=0)
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        ordering = ["-kept_at", "-id"]
        verbose_name, verbose_name_plural = _("draft of a status"), _("drafts of statuses")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "initiative", "unit"], name="programme_status_draft_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.initiative_id} {self.unit_id}"


class ReminderRound(BaseModel):
    """One call to the owners of a plan's initiatives to say how far they are."""

    plan = models.ForeignKey("programme.Plan", models.CASCADE, related_name="reminder_rounds")
    opened_on = models.DateField(_("opened on"))
    due_on = models.DateField(_("answer by"))
    message = models.TextField(_("message"), blank=True)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-opened_on", "-id"]
        verbose_name, verbose_name_plural = _("round of reminders"), _("rounds of reminders")
        constraints = [
            models.CheckConstraint(
                name="programme_round_due_after_opening", condition=Q(due_on__gte=models.F("opened_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.opened_on}"


class Reminder(BaseModel):
    """One owner asked about one initiative in a round; answered by the status that came."""

    round = models.ForeignKey(ReminderRound, models.CASCADE, related_name="reminders")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="reminders")
    account = models.ForeignKey(Account, models.CASCADE, related_name="reminders")
    answered_with = models.ForeignKey(Status, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["round", "initiative", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "initiative", "account"], name="programme_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.initiative_id}"
