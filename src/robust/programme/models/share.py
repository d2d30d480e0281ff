"""Read-only links with which a party outside the hospital sees its share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, Party, Unit


class PartyShare(BaseModel):
    """A link with an end date that shows a party the initiatives it owns; only the link's digest is kept."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="shares", verbose_name=_("party"))
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="party_shares", verbose_name=_("hospital"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ends_on = models.DateField(_("until (not included)"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name, verbose_name_plural = _("share"), _("shares")

    def __str__(self) -> str:
        return f"{self.party_id} {self.ends_on}"
