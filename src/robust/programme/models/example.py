"""Good examples under the recommendations of the labour inspectorate, and who took them up."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import GeneratedField
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.organisation.models import Account, Unit


class Recommendation(BaseModel):
    """One of the labour inspectorate's recommendations; number and name are data."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["number"]
        verbose_name, verbose_name_plural = _("recommendation"), _("recommendations")

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Example(BaseModel):
    """Something that worked somewhere, told so that others can judge whether it would work for them."""

    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("where"), max_length=200)
    recommendations = models.ManyToManyField(
        Recommendation, related_name="examples", verbose_name=_("recommendations")
    )
    context = models.TextField(_("context"), blank=True)
    prerequisites = models.TextField(_("prerequisites"), blank=True)
    what_was_done = models.TextField(_("what was done"))
    result = models.TextField(_("result"), blank=True)
    why_stopped = models.TextField(_("why it stopped"), blank=True)
    told_by = models.ForeignKey(Account, models.PROTECT, related_name="examples", verbose_name=_("told by"))
    search = GeneratedField(
        expression=SearchVector("title", "place", weight="A", config="danish")
        + SearchVector(
            "what_was_done", "context", "prerequisites", "result", "why_stopped", weight="B", config="danish"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )

    class Meta:
        ordering = ["title", "id"]
        verbose_name, verbose_name_plural = _("good example"), _("good examples")
        indexes = [GinIndex(fields=["search"], name="programme_example_search")]

    def __str__(self) -> str:
        return self.title


class ExampleAdoption(BaseModel):
    """A unit that took up an example, what it changed, what came of it, and why it stopped."""

    example = models.ForeignKey(Example, models.CASCADE, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions", verbose_name=_("unit"))
    initiative = models.OneToOneField(
        "programme.Initiative", models.SET_NULL, null=True, blank=True, related_name="adoption"
    )
    adopted_on = models.DateField(_("adopted on"))
    changed = models.TextField(_("what was changed"), blank=True)
    result = models.TextField(_("result"), blank=True)
    why_stopped = models.TextField(_("why it stopped"), blank=True)

    class Meta:
        ordering = ["-adopted_on", "-id"]

    def __str__(self) -> str:
        return f"{self.example_id} {self.unit_id}"
