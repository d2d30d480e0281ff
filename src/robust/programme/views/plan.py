"""Plans: listed, read, made and changed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from robust.core.http import SignedInRequest, file_answer, wants_file
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries, rules
from robust.programme.forms import parts as part_forms
from robust.programme.forms import plan as forms
from robust.programme.models import Plan
from robust.programme.pages import listing
from robust.programme.pages import plan as pages
from robust.programme.queries import choice
from robust.programme.views import look
from robust.thread import queries as thread_queries
from robust.thread.models import End

ROWS = 50


@login_required
@require_safe
def plan_list(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    plans = list(queries.plans_visible_to(request.user, day=day, units=units))
    figures = queries.figures_of_plans(
        [plan.pk for plan in plans],
        initiatives=queries.initiatives_visible_to(request.user, day=day, units=units),
        units=units,
        day=day,
    )
    lines = pages.plan_list(plans, figures=figures, day=day)
    if wants_file(request):
        made = organisation_actions.export_list(listing.plans(lines), actor=request.user, now=timezone.now())
        return file_answer(*made)
    context = {
        "lines": lines,
        "may_create": rules.can_manage_some_plans(request.user, day=day),
    }
    return render(request, "programme/plan_list.html", context)


@login_required
@require_safe
def plan_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    plan = get_object_or_404(queries.plans_visible_to(request.user, day=day, units=units), pk=pk)
    visible = queries.initiatives_visible_to(request.user, day=day, units=units)
    by_track = request.GET.get("by") == "track"
    in_plan = queries.placements_in(plan, initiatives=visible, by_track=by_track).values_list("pk", flat=True)
    placed = look.page_of(list(in_plan), queries.placements_listed, rows=ROWS, number=request.GET.get("page"))
    page = pages.plan_detail(
        plan,
        figures=queries.figures_of_plans([pk], initiatives=visible, units=units, day=day)[pk],
        placed=placed,
        statuses=queries.latest_by_initiative(
            [placement.initiative_id for placement in placed], units=units, day=day
        ),
        by_track=by_track,
        day=day,
        since=request.user.previous_visit_at,
    )
    context = {
        "page": page,
        "tracks": list(plan.tracks.all()),
        "may_manage": rules.can_manage_plans(request.user, plan.unit_id, day=day),
        "thread": thread_queries.thread_of(End(thing="plan", id=pk), request.user, day=day),
    }
    return render(request, "programme/plan_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    where = queries.units_for_plans(request.user, day=day)
    if not where:
        raise PermissionDenied
    form, areas = _filled(request, None, where=where, day=day)
    if request.method != "POST" or "add" in request.POST:
        return _edit_page(request, form, areas, None)
    if not _are_valid(form, areas):
        return _edit_page(request, form, areas, None, status=422)
    plan = actions.create_plan(values=_values(form), areas=areas.parts(), actor=request.user, now=now)
    messages.success(request, _("The plan is saved. Now add its initiatives."))
    return redirect("programme:plan_detail", pk=plan.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    plan = get_object_or_404(queries.plans_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, plan.unit_id, day=day):
        raise PermissionDenied
    where = queries.units_for_plans(request.user, day=day) | {plan.unit_id}
    form, areas = _filled(request, plan, where=where, day=day)
    if request.method != "POST" or "add" in request.POST:
        return _edit_page(request, form, areas, plan)
    if not _are_valid(form, areas):
        return _edit_page(request, form, areas, plan, status=422)
    actions.change_plan(plan, values=_values(form), areas=areas.parts(), actor=request.user, now=now)
    messages.success(request, _("The plan is saved."))
    return redirect("programme:plan_detail", pk=pk)


FIELDS = ("name", "short_name", "purpose", "unit_id", "starts_on", "ends_on")


def _filled(
    request: SignedInRequest, plan: Plan | None, *, where: Collection[int], day: date
) -> tuple[forms.PlanForm, part_forms.PartFormSet]:
    choices: dict[str, Any] = {"units": choice.units(among=where, day=day), "plan": plan}
    if request.method == "POST" and "add" not in request.POST:
        return forms.PlanForm(request.POST, **choices), forms.AreaFormSet(request.POST, prefix="areas")
    initial: dict[str, Any] = {"starts_on": day}
    rows: Any = [{}, {}, {}]
    if request.method == "POST":
        initial = part_forms.as_typed(forms.PlanForm, request.POST, **choices)
        rows = part_forms.rows_as_typed(forms.AreaForm, request.POST, prefix="areas", with_one_more=True)
    elif plan:
        initial = {name.removesuffix("_id"): getattr(plan, name) for name in FIELDS}
        rows = [{"id": area.pk, "name": area.name} for area in plan.areas.all()]
    return forms.PlanForm(initial=initial, **choices), forms.AreaFormSet(initial=rows, prefix="areas")


def _are_valid(form: forms.PlanForm, areas: part_forms.PartFormSet) -> bool:
    return part_forms.are_valid((form, areas)) and part_forms.refuse_doubles(areas, "name", field="name")


def _values(form: forms.PlanForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name.removesuffix("_id")] for name in FIELDS}


def _edit_page(
    request: SignedInRequest,
    form: forms.PlanForm,
    areas: part_forms.PartFormSet,
    plan: Plan | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "areas": areas, "row_sets": [areas], "plan": plan}
    return render(request, "programme/plan_edit.html", context, status=status)
