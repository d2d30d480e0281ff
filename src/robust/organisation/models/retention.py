"""For how long this hospital keeps what, where it differs from what the domain proposes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel


class RetentionRule(BaseModel):
    """The months after which a kind of record is deleted, and why it is so."""

    kind = models.SlugField(_("kind"), max_length=60, unique=True)
    months = models.PositiveSmallIntegerField(
        _("months"), validators=[MinValueValidator(1), MaxValueValidator(1200)]
    )
    note = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind"]
        verbose_name, verbose_name_plural = _("retention rule"), _("retention rules")
        constraints = [
            models.CheckConstraint(
                name="organisation_retention_in_reason", condition=Q(months__gte=1) & Q(months__lte=1200)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.months}"
