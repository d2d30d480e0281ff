"""Which initiatives work on a problem of a track."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from robust.core.http import SignedInRequest, taken_back, undo_at
from robust.organisation import actions as organisation_actions
from robust.programme import actions, queries, rules
from robust.programme.forms.track import ProblemLinkForm


@login_required
@require_POST
def problem_link(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    track = get_object_or_404(queries.tracks_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, track.plan.unit_id, day=day):
        raise PermissionDenied
    form = ProblemLinkForm(request.POST, problems=track.problems.values_list("pk", "text"))
    visible = queries.initiatives_visible_to(request.user, day=day)
    chosen = form.cleaned_data["initiative"] if form.is_valid() else None
    initiative = visible.filter(pk=chosen).first() if chosen else None
    if initiative is None:
        messages.error(request, _("Choose a problem and an initiative from the lists. Nothing was changed."))
    else:
        problem, level = track.problems.get(pk=form.cleaned_data["problem"]), form.cleaned_data["level"]
        link = actions.link_problem(problem, initiative=initiative, level=level, actor=request.user, now=now)
        tags = f"undo={reverse('programme:problem_unlink', args=[link.pk])}"
        said = _("“%(title)s” works on the problem.") % {"title": initiative.title}
        messages.success(request, said, extra_tags=tags)
    return redirect("programme:track_detail", pk=pk)


@login_required
@require_POST
def problem_unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    link = get_object_or_404(queries.problem_links_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, link.problem.track.plan.unit_id, day=day):
        raise PermissionDenied
    undo = undo_at(
        request,
        reverse("programme:problem_again", args=[pk]),
        problem=link.problem_id,
        initiative=link.initiative_id,
        level=link.level,
    )
    actions.unlink_problem(link, actor=request.user, now=now)
    said = _("“%(title)s” no longer works on the problem.") % {"title": link.initiative.title}
    messages.success(request, said, extra_tags=undo)
    return redirect("programme:track_detail", pk=link.problem.track_id)


@login_required
@require_POST
def problem_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that an initiative was taken off a problem."""
    now = timezone.now()
    day = timezone.localdate(now)
    if not rules.can_manage_some_plans(request.user, day=day):
        raise PermissionDenied
    before = taken_back(request)
    tracks = queries.tracks_visible_to(request.user, day=day)
    problem = queries.problems_in(tracks).filter(pk=before.get("problem", 0)).first()
    initiative = (
        queries.initiatives_visible_to(request.user, day=day).filter(pk=before.get("initiative", 0)).first()
    )
    if problem is None or initiative is None:
        messages.error(request, organisation_actions.TOO_LATE)
        return redirect("programme:plan_list")
    if not rules.can_manage_plans(request.user, problem.track.plan.unit_id, day=day):
        raise PermissionDenied
    actions.link_problem(problem, initiative=initiative, level=before["level"], actor=request.user, now=now)
    said = _("“%(title)s” works on the problem.") % {"title": initiative.title}
    messages.success(request, said)
    return redirect("programme:track_detail", pk=problem.track_id)
