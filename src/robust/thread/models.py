"""The links of the thread: what hangs together with what, how, since when and why."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a link: a thing by the name its room offers it under, and its id."""

    thing: str
    id: int


class Link(BaseModel):
    """How one thing led to another; the database refuses every change but its end, and to delete it.

    The ends are names and ids, not foreign keys: they may lie in any room, also one that is built later.
    """

    kind = models.CharField(_("kind"), max_length=40)
    source_thing = models.CharField(max_length=40)
    source_id = models.PositiveBigIntegerField()
    target_thing = models.CharField(max_length=40)
    target_id = models.PositiveBigIntegerField()
    linked_on = models.DateField(_("since"))
    reason = models.TextField(_("reason"), blank=True)
    author = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-linked_on", "-id"]
        verbose_name, verbose_name_plural = _("connection"), _("connections")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_thing", "source_id", "target_thing", "target_id"],
                condition=Q(ended_on__isnull=True),
                name="thread_link_open_once",
            ),
            models.CheckConstraint(
                name="thread_link_not_to_itself",
                condition=~Q(source_thing=F("target_thing"), source_id=F("target_id")),
            ),
            models.CheckConstraint(
                name="thread_link_ended_by_somebody",
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__gte=F("linked_on"), ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["source_thing", "source_id"], name="thread_link_source"),
            models.Index(fields=["target_thing", "target_id"], name="thread_link_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source_thing} {self.source_id} {self.kind} {self.target_thing} {self.target_id}"

    @property
    def source(self) -> End:
        return End(thing=self.source_thing, id=self.source_id)

    @property
    def target(self) -> End:
        return End(thing=self.target_thing, id=self.target_id)
