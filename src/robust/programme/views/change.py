"""What changed between two days, word by word: in a plan, and in one initiative."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest
from robust.organisation import queries as organisation_queries
from robust.programme import queries, rules
from robust.programme.bridge import comparing
from robust.programme.forms.plan import ComparisonForm
from robust.programme.models import Meeting
from robust.programme.pages import change as pages
from robust.programme.queries.relation import members_of

ROWS = 25


@login_required
@require_safe
def plan_change(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    plan = get_object_or_404(queries.plans_visible_to(request.user, day=day), pk=pk)
    asked = _asked(request, unit_id=plan.unit_id, day=day)
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = queries.initiatives_visible_to(request.user, day=day, units=units)
    between: dict[str, Any] = {"units": units, "before_on": asked.before_on, "after_on": asked.after_on}
    found = queries.changed_in_plan(plan, initiatives=visible, **between)
    changed = Paginator(found, ROWS).get_page(request.GET.get("page"))
    shown = visible.filter(pk__in=[one.initiative_id for one in changed])
    page = pages.plan_change(
        queries.follow_up_of_plan(plan, initiatives=shown, **between),
        changed=found,
        count=members_of(plan, initiatives=visible).count(),
        compare=comparing.passages_between,
    )
    context = {
        "page": page,
        "plan": plan,
        "asked": asked,
        "changed": changed,
        "may_manage": rules.can_manage_plans(request.user, plan.unit_id, day=day),
    }
    return render(request, "programme/plan_change.html", context)


@login_required
@require_safe
def initiative_change(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    visible = queries.initiatives_visible_to(request.user, day=day)
    initiative = get_object_or_404(visible.select_related("unit", "owner", "party"), pk=pk)
    asked = _asked(request, unit_id=initiative.unit_id, day=day)
    follow_up = queries.follow_up_of_initiative(
        initiative,
        units=organisation_queries.units_visible_to(request.user, day=day),
        before_on=asked.before_on,
        after_on=asked.after_on,
    )
    page = pages.initiative_change(follow_up, compare=comparing.passages_between)
    context = {"page": page, "initiative": initiative, "asked": asked}
    return render(request, "programme/initiative_change.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The days to compare; the usual ones where the address says nothing, or nonsense."""

    form: ComparisonForm
    before_on: date
    after_on: date
    meeting: Meeting | None
    is_plain: bool


def _asked(request: SignedInRequest, *, unit_id: int, day: date) -> Asked:
    form = ComparisonForm(request.GET)
    sent = form.cleaned_data if form.is_valid() else {}
    after_on = sent.get("after") or day
    before_on, meeting = sent.get("before"), None
    if before_on is None:
        before_on, meeting = queries.usual_comparison_day(unit_id=unit_id, day=after_on)
    return Asked(
        form=form,
        before_on=before_on,
        after_on=after_on,
        meeting=meeting,
        is_plain=sent.get("show") == "plain",
    )
