"""Tracks with their goals, signs of success and problems."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel
from robust.programme.models.plan import Plan


class Track(BaseModel):
    """A bundle of initiatives in a plan with a purpose of its own."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tracks", verbose_name=_("plan"))
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["plan", "order", "name", "id"]
        verbose_name, verbose_name_plural = _("track"), _("tracks")
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="programme_track_once_in_plan")]

    def __str__(self) -> str:
        return self.name


class ProcessGoal(BaseModel):
    """Something the track will have put in place."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="process_goals")
    text = models.TextField(_("process goal"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["track", "order", "id"]

    def __str__(self) -> str:
        return self.text


class SuccessSign(BaseModel):
    """What will show that the track succeeded: a number, another series' level, or honestly not set yet."""

    class Target(models.TextChoices):
        NUMBER = "number", _("a number")
        SERIES = "series", _("level with another series")
        NOT_SET = "not_set", _("not set")

    track = models.ForeignKey(Track, models.CASCADE, related_name="success_signs")
    text = models.TextField(_("sign of success"))
    target_kind = models.CharField(_("target"), max_length=10, choices=Target, default=Target.NOT_SET)
    target_number = models.DecimalField(
        _("target number"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    target_unit = models.CharField(_("unit of measure"), max_length=40, blank=True)
    target_series = models.CharField(_("series to be level with"), max_length=200, blank=True)
    target_source = models.CharField(_("source"), max_length=200, blank=True)
    target_set_on = models.DateField(_("set on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["track", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="programme_sign_number_has_source_and_date",
                condition=~Q(target_kind="number")
                | (Q(target_number__isnull=False, target_set_on__isnull=False) & ~Q(target_source="")),
            ),
            models.CheckConstraint(
                name="programme_sign_series_is_named",
                condition=~Q(target_kind="series") | ~Q(target_series=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Problem(BaseModel):
    """A problem the track is to solve."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="problems")
    text = models.TextField(_("problem"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["track", "order", "id"]

    def __str__(self) -> str:
        return self.text


class ProblemInitiative(BaseModel):
    """An initiative that works on a problem, at the level of the hospital or of a ward."""

    class Level(models.TextChoices):
        HOSPITAL = "hospital", _("hospital level")
        WARD = "ward", _("ward level")

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="initiatives")
    initiative = models.ForeignKey("programme.Initiative", models.CASCADE, related_name="problems")
    level = models.CharField(_("level"), max_length=10, choices=Level)

    class Meta:
        ordering = ["problem", "level", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "initiative", "level"], name="programme_problem_initiative_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.initiative_id}"
