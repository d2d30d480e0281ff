"""Initiatives: what has been decided to be done, by whom, with what money, under which headings."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel, danish_sort_key
from robust.organisation.models import Account, Party, Unit
from robust.programme.models.forum import Forum
from robust.programme.models.plan import Area, Plan
from robust.programme.models.track import Track


class Initiative(BaseModel):
    """Something decided that is to be done; its state is that of its latest status."""

    class Kind(models.TextChoices):
        EFFORT = "effort", _("effort")
        TRIAL = "trial", _("trial")
        POLICY = "policy", _("policy")
        PROJECT = "project", _("project")

    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("what is to be done"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EFFORT)
    owner = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_initiatives",
        verbose_name=_("owner"),
    )
    deputy = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputised_initiatives",
        verbose_name=_("deputy"),
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives", verbose_name=_("belongs to"))
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("owned outside the hospital by"),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    forum = models.ForeignKey(
        Forum,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("decided in"),
    )
    awaits_decision = models.BooleanField(_("waits for a decision"), default=False)
    decision_wanted = models.TextField(_("what is to be decided"), blank=True)
    plans = models.ManyToManyField(Plan, through="programme.Placement", related_name="initiatives")
    search = GeneratedField(
        expression=SearchVector("title", weight="A", config="danish")
        + SearchVector("text", weight="B", config="danish"),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )

    sort_key = danish_sort_key("title")

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name, verbose_name_plural = _("initiative"), _("initiatives")
        constraints = [
            models.CheckConstraint(
                name="programme_initiative_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="programme_initiative_deputy_is_another",
                condition=Q(deputy__isnull=True) | Q(owner__isnull=True) | ~Q(deputy=F("owner")),
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="programme_initiative_search"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="programme_initiative_title"),
            models.Index(fields=["next_review_on"], name="programme_initiative_review"),
        ]

    def __str__(self) -> str:
        return self.title


class Placement(BaseModel):
    """An initiative's place in a plan: under which area and group heading, in which track."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="placements")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="placements", verbose_name=_("plan"))
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="placements", verbose_name=_("area")
    )
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, blank=True, related_name="placements", verbose_name=_("track")
    )
    group = models.CharField(_("group"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["plan", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "plan", "area", "track", "group"],
                name="programme_placement_once",
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} in {self.plan_id}"


class InitiativeLink(BaseModel):
    """An address where more about the initiative stands."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="links")
    label = models.CharField(_("text"), max_length=200)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        ordering = ["initiative", "id"]

    def __str__(self) -> str:
        return self.label


class Funding(BaseModel):
    """Money set aside for an initiative, and where it comes from."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="funding")
    amount_dkk = models.DecimalField(_("amount in DKK"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    class Meta:
        ordering = ["initiative", "decided_on", "id"]
        constraints = [
            models.CheckConstraint(name="programme_funding_positive", condition=Q(amount_dkk__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.amount_dkk} {self.source}"
