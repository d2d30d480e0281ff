"""What somebody looks for among the initiatives, for list, matrix and timeline: it stands in the address."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from robust.core.http import SignedInRequest, asked_in_words
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme import queries
from robust.programme.forms.initiative import LookForm
from robust.programme.models import Initiative, Judgement, Placement, Plan
from robust.programme.queries import choice

Row = TypeVar("Row", Initiative, Placement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """The ids of the initiatives that fit, in order; what was asked for, and what can be chosen."""

    ids: list[int]
    units: frozenset[int]
    choices: dict[str, Any]
    asked: dict[str, Any]
    words: dict[str, str]
    plan: Plan | None
    is_narrowed: bool

    def page(
        self, read: Callable[[list[int]], Iterable[Initiative]], *, rows: int, number: str | None
    ) -> Page[Initiative]:
        """Read one page of what fits."""
        return page_of(self.ids, read, rows=rows, number=number)


def page_of(
    ids: Sequence[int], read: Callable[[list[int]], Iterable[Row]], *, rows: int, number: str | None
) -> Page[Row]:
    """Read one page of these rows in their order; the conditions, which may be costly, are asked once."""
    shown = Paginator(ids, rows).get_page(number)
    found = {row.pk: row for row in read(list(shown))}
    return Page([found[pk] for pk in shown if pk in found], shown.number, shown.paginator)  # type: ignore[arg-type]


def looking(request: SignedInRequest, *, day: date) -> Looking:
    """Read the address; without a place in it the unit in focus counts."""
    account = request.user
    units = organisation_queries.units_visible_to(account, day=day)
    sent = request.GET.copy()
    if "unit" not in sent and request.session.get("unit_id"):
        sent["unit"] = str(request.session["unit_id"])
    plans = list(queries.plans_visible_to(account, day=day, units=units))
    plan = next((plan for plan in plans if str(plan.pk) == sent.get("plan")), None)
    choices = _choices(account, plans=plans, plan=plan, units=units, day=day)
    form = LookForm(sent, **choices)
    asked = form.asked()
    visible = queries.initiatives_visible_to(account, day=day, units=units)
    initiatives = queries.narrowed(
        visible,
        wanted=_wanted(asked, account=account, day=day),
        units=units,
        day=day,
    )
    is_narrowed = any(value for name, value in asked.items() if name != "sort")
    return Looking(
        ids=list(initiatives.values_list("pk", flat=True)),
        units=units,
        choices=choices | {"judgements": Judgement.choices, "kinds": Initiative.Kind.choices},
        asked=asked,
        words=asked_in_words(form),
        plan=plan,
        is_narrowed=is_narrowed,
    )


def _choices(
    account: Account, *, plans: list[Plan], plan: Plan | None, units: frozenset[int], day: date
) -> dict[str, Any]:
    areas, tracks = choice.headings([plan]) if plan else ([], [])
    visible = queries.initiatives_visible_to(account, day=day, units=units)
    return {
        "plans": [(plan.pk, plan.short_name) for plan in plans],
        "areas": [(area.pk, area.name) for area in areas],
        "tracks": [(track.pk, track.name) for track in tracks],
        "units": choice.units(among=units, day=day),
        "owners": [("me", _("me")), *choice.owners(visible)],
    }


def _wanted(asked: dict[str, Any], *, account: Account, day: date) -> queries.Wanted:
    unit_id, owner = asked.get("unit"), asked.get("owner")
    places = organisation_queries.tree_known_on(day).below(unit_id) if unit_id else None
    only = asked.get("only") or []
    return queries.Wanted(
        words=asked.get("words") or "",
        plan_id=asked.get("plan"),
        area_id=asked.get("area"),
        track_id=asked.get("track"),
        places=places,
        judgement=asked.get("judgement") or "",
        kind=asked.get("kind") or "",
        answered_for_by=account.pk if owner == "me" else int(owner) if owner else None,
        review_overdue="overdue" in only,
        quiet="quiet" in only,
        awaits_decision="awaits" in only,
        sort=asked.get("sort") or "title",
    )
