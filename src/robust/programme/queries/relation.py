"""How a plan's initiatives stand to other plans: typed relations, coverage in figures, and gaps."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Role, RoleAssignment
from robust.programme.models import Initiative, Placement, Plan, PlanRelation, Track

Kind = PlanRelation.Kind
FOLLOWING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of a plan's initiatives stand how to another plan; those not judged are not in `counts`."""

    initiative_count: int
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def covered_count(self) -> int:
        return self.counts.get(Kind.COVERED, 0) + self.counts.get(Kind.PART_OF, 0)

    @property
    def not_judged_count(self) -> int:
        return self.initiative_count - sum(self.counts.values())

    @property
    def gap_count(self) -> int:
        """Relevant but not covered, or not judged yet."""
        return self.not_judged_count + self.counts.get(Kind.RELEVANT_TOO, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """How an initiative stands to a plan; `is_placed` where it simply stands in that plan too."""

    kind: str
    reason: str = ""
    owner: str = ""
    track: str = ""
    is_placed: bool = False
    made_at: datetime | None = None
    changed_at: datetime | None = None


def coverage_of(
    plan: Plan, *, others: Collection[int], initiatives: QuerySet[Initiative]
) -> Mapping[int, Coverage]:
    """Count how the plan's initiatives stand to each of the other plans; three queries whatever the size.

    Standing in the other plan too counts as being part of it, unless a relation says something else.
    """
    members = members_of(plan, initiatives=initiatives)
    total = members.count()
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    typed = PlanRelation.objects.filter(plan__in=others, initiative__in=members).order_by()
    for plan_id, kind, count in typed.values_list("plan_id", "kind").annotate(count=Count("pk")):
        counts[plan_id][kind] = count
    same = PlanRelation.objects.filter(initiative=OuterRef("initiative"), plan=OuterRef("plan"))
    placed = Placement.objects.filter(~Exists(same), plan__in=others, initiative__in=members).order_by()
    for plan_id, count in placed.values_list("plan_id").annotate(count=Count("initiative", distinct=True)):
        counts[plan_id][Kind.PART_OF] += count
    return {plan_id: Coverage(initiative_count=total, counts=dict(counts[plan_id])) for plan_id in others}


def members_of(plan: Plan, *, initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Find those of the initiatives that stand in the plan, each once."""
    placed = Placement.objects.filter(plan=plan, initiative=OuterRef("pk"))
    return initiatives.filter(Exists(placed)).order_by()


def gaps_to(plan_id: int, *, initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Keep the initiatives that are relevant to the plan but not covered, or that nobody has judged."""
    relation = PlanRelation.objects.filter(plan=plan_id, initiative=OuterRef("pk"))
    placed = Placement.objects.filter(plan=plan_id, initiative=OuterRef("pk"))
    is_open = Exists(relation.filter(kind=Kind.RELEVANT_TOO))
    is_not_judged = ~Exists(relation) & ~Exists(placed)
    return initiatives.filter(Q(is_open) | Q(is_not_judged))


def relations_between(
    initiatives: Collection[int], *, plans: Collection[int]
) -> Mapping[tuple[int, int], Related]:
    """Give how each initiative stands to each plan, by their ids; two queries."""
    placed: Any = Placement.objects.filter(initiative__in=initiatives, plan__in=plans).order_by()
    found = {
        pair: Related(kind=Kind.PART_OF, is_placed=True)
        for pair in placed.values_list("initiative_id", "plan_id").distinct()
    }
    typed = PlanRelation.objects.filter(initiative__in=initiatives, plan__in=plans)
    for relation in typed.select_related("owner", "track"):
        found[relation.initiative_id, relation.plan_id] = Related(
            kind=relation.kind,
            reason=relation.reason,
            owner=relation.owner.name if relation.owner else "",
            track=relation.track.name if relation.track else "",
            made_at=relation.created_at,
            changed_at=relation.updated_at,
        )
    return found


def relation_between(initiative: Initiative, plan: Plan) -> PlanRelation | None:
    """Give what was said about how the initiative stands to the plan."""
    relations = PlanRelation.objects.filter(initiative=initiative, plan=plan)
    return relations.select_related("initiative", "plan", "owner", "track").first()


def tracks_of(plan: Plan) -> QuerySet[Track]:
    """Find the plan's tracks in its own order."""
    return Track.objects.filter(plan=plan).order_by("order", "name", "id")


def relation_owners(initiative: Initiative, plan: Plan, *, day: date) -> QuerySet[Account]:
    """Find who could look after a relation: who answers for the initiative, and who leads around the plan."""
    tree = organisation_queries.tree_on(day)
    around = {plan.unit_id, *tree.above(plan.unit_id), *tree.below(plan.unit_id)}
    leading = RoleAssignment.objects.filter(
        organisation_queries.open_on(day), role__in=FOLLOWING, unit__in=around, account__is_active=True
    )
    kept = PlanRelation.objects.filter(initiative=initiative, plan=plan)
    own = [pk for pk in (initiative.owner_id, initiative.deputy_id) if pk]
    chosen = Q(pk__in=leading.values("account")) | Q(pk__in=kept.values("owner")) | Q(pk__in=own)
    return Account.objects.filter(chosen).order_by("name", "id")
