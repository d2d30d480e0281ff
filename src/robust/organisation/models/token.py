"""Tokens with which other programs use the API."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models.account import Account


class ApiToken(BaseModel):
    """A key that acts for an account, within a scope, until a day; only its digest is kept."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    account = models.ForeignKey(Account, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.READ)
    ends_on = models.DateField(_("until (not included)"))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.name
