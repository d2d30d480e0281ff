"""What can be chosen in the forms of the room, as pairs of value and words."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Party, Unit
from robust.organisation.queries import UnitTree
from robust.programme.models import Area, Forum, Initiative, Plan, Track

EM_SPACE = "\u2003"


def units(*, among: Collection[int], day: date) -> list[tuple[int, str]]:
    """Give the units open on the day, in the order of the tree, deeper ones further in."""
    return _moved_in(organisation_queries.tree_on(day), among)


def units_known(*, among: Collection[int], day: date) -> list[tuple[int, str]]:
    """Give the units in the same way, the closed and the planned ones too."""
    return _moved_in(organisation_queries.tree_known_on(day), among)


def _moved_in(tree: UnitTree, among: Collection[int]) -> list[tuple[int, str]]:
    shown = [(node, depth) for node, depth in tree.in_order() if node.id in among]
    least = min((depth for _node, depth in shown), default=0)
    return [(node.id, EM_SPACE * (depth - least) + node.name) for node, depth in shown]


def unit(pk: int) -> Unit:
    """Give the unit that was chosen."""
    return Unit.objects.get(pk=pk)


def accounts(account: Account, *, day: date, chosen: Iterable[int | None] = ()) -> list[tuple[int, str]]:
    """Give the account's colleagues, and whoever is chosen already; those of one name with their e-mail."""
    visible = organisation_queries.accounts_visible_to(account, day=day).filter(is_active=True)
    also = Account.objects.filter(pk__in=[pk for pk in chosen if pk])
    found = Account.objects.filter(pk__in=visible.values("pk")) | also
    rows = list(found.order_by("name", "pk").values_list("pk", "name", "email"))
    of_a_name = Counter(name for _pk, name, _email in rows)
    return [(pk, f"{name}, {email}" if of_a_name[name] > 1 else name) for pk, name, email in rows]


def owners(initiatives: QuerySet[Initiative]) -> list[tuple[str, str]]:
    """Give those who own any of these initiatives."""
    owning = initiatives.filter(owner__isnull=False).order_by().values("owner")
    found = Account.objects.filter(pk__in=owning).order_by("name", "pk")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def parties() -> list[tuple[int, str]]:
    """Give the parties outside the hospital."""
    return list(Party.objects.values_list("pk", "name"))


def forums(*, among: Collection[int]) -> list[tuple[int, str]]:
    """Give the forums of these units."""
    return list(Forum.objects.filter(unit__in=among).values_list("pk", "name"))


def headings(plans: Collection[Plan]) -> tuple[list[Area], list[Track]]:
    """Give the areas and tracks of these plans."""
    areas = Area.objects.filter(plan__in=plans).order_by("plan__order", "plan__name", "order", "name")
    tracks = Track.objects.filter(plan__in=plans).order_by("plan__order", "plan__name", "order", "name")
    return list(areas), list(tracks)


def initiatives_of(plan_id: int, *, among: QuerySet[Initiative]) -> list[tuple[int, str]]:
    """Give those of the plan's initiatives that are among these."""
    placed = Initiative.objects.filter(placements__plan=plan_id).values("pk")
    return list(among.filter(pk__in=placed).order_by("sort_key", "pk").values_list("pk", "title"))
