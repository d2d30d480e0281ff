"""Which initiatives work on a problem of a track."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from robust.core.http import SignedInRequest
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
        actions.link_problem(problem, initiative=initiative, level=level, actor=request.user, now=now)
    return redirect("programme:track_detail", pk=pk)


@login_required
@require_POST
def problem_unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    link = get_object_or_404(queries.problem_links_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, link.problem.track.plan.unit_id, day=day):
        raise PermissionDenied
    actions.unlink_problem(link, actor=request.user, now=now)
    return redirect("programme:track_detail", pk=link.problem.track_id)
