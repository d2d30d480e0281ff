"""Questions that a forum asks about an initiative, and the answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account
from robust.programme.models.forum import Meeting
from robust.programme.models.initiative import Initiative


class Question(BaseModel):
    """What somebody asked at a meeting, and what whoever answers for the initiative said."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="questions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions", verbose_name=_("meeting"))
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name, verbose_name_plural = _("question"), _("questions")
        constraints = [
            models.CheckConstraint(
                name="programme_question_answered_as_a_whole",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.text
