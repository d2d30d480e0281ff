"""Rounds of reminders of a plan: opened, and followed until everybody has answered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from robust.core.http import SignedInRequest, file_answer, rows_shown, wants_file
from robust.organisation import actions as organisation_actions
from robust.programme import actions, queries, rules
from robust.programme.forms.reminder import RoundForm
from robust.programme.models import Plan
from robust.programme.pages import listing
from robust.programme.pages import reminder as pages

REMINDERS_ON_A_PAGE = 50


@login_required
@require_safe
def round_list(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    plan = _managed(request, pk)
    rounds = list(queries.rounds_of(plan))
    lines = pages.round_list(rounds, day=day)
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.rounds(plan, lines), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    context = {
        "plan": plan,
        "rounds": lines,
        "is_running": any(round_.due_on >= day for round_ in rounds),
    }
    return render(request, "programme/round_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_open(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    plan = _managed(request, pk)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            round_ = actions.open_round(plan, **form.cleaned_data, actor=request.user, now=now)
        except actions.CannotOpenRound as refusal:
            form.add_error(None, str(refusal))
        else:
            count = round_.reminders.count()
            told = ngettext("%d question is sent out.", "%d questions are sent out.", count) % count
            messages.success(request, told)
            return redirect("programme:round_detail", pk=round_.pk)
    going = queries.to_be_asked(plan, day=day)
    context = {"plan": plan, "form": form, "page": pages.round_open(list(going))}
    return render(request, "programme/round_open.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def round_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    round_ = get_object_or_404(queries.rounds_visible_to(request.user, day=day), pk=pk)
    plan = _managed(request, round_.plan_id)
    reminders = queries.reminders_in(round_)
    shown = Paginator(reminders, rows_shown(request, REMINDERS_ON_A_PAGE))
    page = pages.round_detail(
        round_,
        shown=shown.get_page(request.GET.get("page")),
        answered_count=reminders.filter(answered_with__isnull=False).count(),
        unasked=list(queries.to_be_asked(plan, day=day).filter(owner=None, deputy=None)),
        day=day,
    )
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.reminders(plan, page), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    return render(request, "programme/round_detail.html", {"page": page, "plan": plan, "day": day})


def _managed(request: SignedInRequest, pk: int) -> Plan:
    day = timezone.localdate()
    plan = get_object_or_404(queries.plans_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, plan.unit_id, day=day):
        raise PermissionDenied(_("Only those who manage the plan can see its reminders."))
    return plan
