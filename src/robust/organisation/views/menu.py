"""What the organisation offers the shell: lines in the person menu, first steps, and what a search finds."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from robust.core.registry import Found, HomeItem, Place
from robust.organisation import queries, rules
from robust.organisation.models import Account, Unit

MOST_FOUND = 20


def menu(account: Account, *, day: date) -> Iterable[Place]:
    """Everybody sees their own data and the tree; the tabs there lead on to what each may open."""
    yield Place(label=lazy("My data"), url_name="organisation:my_data")
    yield Place(label=lazy("The organisation"), url_name="organisation:unit_list")
    yield Place(label=lazy("My jobs"), url_name="organisation:job_list")
    yield Place(label=lazy("My keys"), url_name="organisation:token_list")


def waiting(account: Account, *, day: date) -> Iterator[HomeItem]:
    """Give whoever administers everything the first steps that are not done yet, numbered in their order."""
    if not rules.can_administer_everything(account, day=day):
        return
    kind, tree = _("First steps"), queries.tree_known_on(day)
    if all(node.parent_id not in tree.nodes for node in tree.nodes.values()):
        yield HomeItem(
            title=_("1. Open the units"),
            url=reverse("organisation:unit_open"),
            kind=kind,
            note=_("Hospitals, departments and wards: what is written belongs to one of them."),
        )
    others = queries.accounts_visible_to(account, day=day).exclude(pk=account.pk)
    if not others.exists():
        yield HomeItem(
            title=_("2. Add accounts"),
            url=reverse("organisation:account_add"),
            kind=kind,
            note=_("One for each who shall sign in; the invitation lets them choose a password."),
        )
    if not queries.roles_of_others(account).exists():
        yield HomeItem(
            title=_("3. Give roles"),
            url=reverse("organisation:account_list"),
            kind=kind,
            note=_("What somebody sees and may do comes from a role at a unit."),
        )


def search(account: Account, *, words: str, day: date) -> list[Found]:
    """Find the units that the account sees; people are searched on their own page, where it is kept."""
    units = queries.units_among(queries.units_visible_to(account, day=day))
    return [
        Found(
            title=unit.name,
            url=reverse("organisation:unit_detail", args=[unit.pk]),
            kind=_("Unit"),
            excerpt=str(Unit.Level(unit.level).label),
        )
        for unit in queries.named(units, words)[:MOST_FOUND]
    ]
