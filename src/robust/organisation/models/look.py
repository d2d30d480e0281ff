"""How the hospital looks in its own installation: name, mark and accent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel


class HospitalLook(BaseModel):
    """The hospital's name, mark and accent; there is one at most, and without it Robust has its own."""

    ONLY = 1

    name = models.CharField(_("name"), max_length=60, blank=True)
    accent = models.CharField(_("accent"), max_length=7, blank=True)
    dark_accent = models.CharField(_("accent in the dark"), max_length=7, blank=True)
    mark = models.BinaryField(_("mark"), null=True)
    version = models.CharField(max_length=16)  # of what it looks like, so that a browser can keep it

    class Meta:
        verbose_name, verbose_name_plural = _("look"), _("looks")
        constraints = [
            models.CheckConstraint(name="organisation_look_only_one", condition=Q(id=1)),
            models.CheckConstraint(
                name="organisation_look_accent_in_light_and_dark",
                condition=Q(accent="", dark_accent="") | (~Q(accent="") & ~Q(dark_accent="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
