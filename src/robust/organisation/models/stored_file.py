"""Uploaded files, kept in the database so that every machine sees them and one backup holds all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models.account import Account


class StoredFile(BaseModel):
    """The bytes of a file as they were uploaded."""

    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("type"), max_length=100)
    content = models.BinaryField(_("content"))
    size_bytes = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name, verbose_name_plural = _("file"), _("files")

    def __str__(self) -> str:
        return self.name
