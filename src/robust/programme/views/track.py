"""Tracks: read, made and changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from robust.core.http import SignedInRequest
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries, rules
from robust.programme.forms import parts as part_forms
from robust.programme.forms import track as forms
from robust.programme.models import Plan, ProblemInitiative, Track
from robust.programme.pages import track as pages
from robust.programme.queries import choice
from robust.programme.views import look
from robust.thread import queries as thread_queries
from robust.thread.models import End

ROWS = 50


@login_required
@require_safe
def track_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    track = get_object_or_404(queries.tracks_visible_to(request.user, day=day), pk=pk)
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = queries.initiatives_visible_to(request.user, day=day, units=units)
    in_track = queries.placements_in(track.plan, initiatives=visible).filter(track=track)
    placed = look.page_of(
        list(in_track.values_list("pk", flat=True)),
        queries.placements_listed,
        rows=ROWS,
        number=request.GET.get("page"),
    )
    problems = list(queries.problems_of(track, initiatives=visible))
    shown = {placement.initiative_id for placement in placed}
    shown |= {link.initiative_id for problem in problems for link in problem.initiatives.all()}
    page = pages.track_detail(
        track,
        problems=problems,
        placed=placed,
        statuses=queries.latest_by_initiative(shown, units=units, day=day),
        day=day,
        since=request.user.previous_visit_at,
    )
    may_manage = rules.can_manage_plans(request.user, track.plan.unit_id, day=day)
    context = {
        "page": page,
        "may_manage": may_manage,
        "levels": ProblemInitiative.Level.choices,
        "choices": choice.initiatives_of(track.plan_id, among=visible) if may_manage and problems else (),
        "thread": thread_queries.thread_of(End(thing="track", id=pk), request.user, day=day),
    }
    return render(request, "programme/track_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def track_create(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    plan = get_object_or_404(queries.plans_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, plan.unit_id, day=day):
        raise PermissionDenied
    desk = _desk(request, plan, None)
    if request.method != "POST" or "add" in request.POST:
        return _edit_page(request, desk, plan, None)
    if not part_forms.are_valid(desk.values()):
        return _edit_page(request, desk, plan, None, status=422)
    values = desk["form"].cleaned_data
    track = actions.create_track(plan, values=values, parts=_parts(desk), actor=request.user, now=now)
    messages.success(request, _("The track is saved."))
    return redirect("programme:track_detail", pk=track.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def track_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    track = get_object_or_404(queries.tracks_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, track.plan.unit_id, day=day):
        raise PermissionDenied
    desk = _desk(request, track.plan, track)
    if request.method != "POST" or "add" in request.POST:
        return _edit_page(request, desk, track.plan, track)
    if not part_forms.are_valid(desk.values()):
        return _edit_page(request, desk, track.plan, track, status=422)
    values = desk["form"].cleaned_data
    actions.change_track(track, values=values, parts=_parts(desk), actor=request.user, now=now)
    messages.success(request, _("The track is saved."))
    return redirect("programme:track_detail", pk=pk)


Desk = dict[str, Any]  # the form and its rows, by name
ROWS_OF: dict[str, tuple[type[part_forms.PartForm], type[part_forms.PartFormSet]]] = {
    "process_goals": (forms.GoalForm, forms.GoalFormSet),
    "success_signs": (forms.SignForm, forms.SignFormSet),
    "problems": (forms.ProblemForm, forms.ProblemFormSet),
}


def _desk(request: SignedInRequest, plan: Plan, track: Track | None) -> Desk:
    whole: dict[str, Any] = {"plan": plan, "track": track}
    if request.method == "POST" and "add" not in request.POST:
        sets = {name: formset(request.POST, prefix=name) for name, (_form, formset) in ROWS_OF.items()}
        return {"form": forms.TrackForm(request.POST, **whole), **sets}
    initial: dict[str, Any] = {}
    rows: dict[str, Any] = {name: [{}] for name in ROWS_OF}
    if request.method == "POST":
        initial = part_forms.as_typed(forms.TrackForm, request.POST, **whole)
        rows = {
            name: part_forms.rows_as_typed(
                form, request.POST, prefix=name, with_one_more=request.POST["add"] == name
            )
            for name, (form, _formset) in ROWS_OF.items()
        }
    elif track:
        initial = {"name": track.name, "purpose": track.purpose}
        rows = {
            name: [
                {field: getattr(row, field) for field in ("id", *form.base_fields) if hasattr(row, field)}
                for row in getattr(track, name).all()
            ]
            for name, (form, _formset) in ROWS_OF.items()
        }
    sets = {name: formset(initial=rows[name], prefix=name) for name, (_form, formset) in ROWS_OF.items()}
    return {"form": forms.TrackForm(initial=initial, **whole), **sets}


def _parts(desk: Desk) -> actions.TrackParts:
    return actions.TrackParts(**{name: desk[name].parts() for name in ROWS_OF})


def _edit_page(
    request: SignedInRequest, desk: Desk, plan: Plan, track: Track | None, *, status: int = 200
) -> HttpResponse:
    context = {**desk, "row_sets": [desk[name] for name in ROWS_OF], "plan": plan, "track": track}
    return render(request, "programme/track_edit.html", context, status=status)
