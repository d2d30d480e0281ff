"""The idea bank."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, Unit


class Idea(BaseModel):
    """Something somebody proposes; a merged idea points to the one that goes on."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CONSIDERED = "considered", _("being considered")
        ACCEPTED = "accepted", _("accepted")
        UNDER_WAY = "under_way", _("already under way")
        DECLINED = "declined", _("declined")
        MERGED = "merged", _("merged")

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("the idea"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ideas", verbose_name=_("from"))
    sender = models.ForeignKey(Account, models.PROTECT, related_name="ideas", verbose_name=_("sender"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_ideas"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name, verbose_name_plural = _("idea"), _("ideas")
        constraints = [
            models.CheckConstraint(
                name="programme_idea_merged_points_on",
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="programme_idea_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="programme_idea_decided_has_answer",
                condition=~Q(state__in=["accepted", "declined", "under_way"]) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class IdeaSupport(BaseModel):
    """One account's support for one idea."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    account = models.ForeignKey(Account, models.CASCADE, related_name="idea_supports")

    class Meta:
        ordering = ["idea", "id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "account"], name="programme_idea_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.account_id}"
