"""What the organisation offers the shell: lines in the person's menu, and what a search finds."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from robust.core.registry import Found, Place
from robust.organisation import queries
from robust.organisation.models import Account, Unit

MOST_FOUND = 20


def menu(account: Account, *, day: date) -> Iterable[Place]:
    """Everybody sees their own data and the tree; the tabs there lead on to what each may open."""
    yield Place(label=lazy("My data"), url_name="organisation:my_data")
    yield Place(label=lazy("The organisation"), url_name="organisation:unit_list")
    yield Place(label=lazy("My jobs"), url_name="organisation:job_list")
    yield Place(label=lazy("My keys"), url_name="organisation:token_list")


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
