"""Handing over: the follow-up of a plan as slides, text, print or sheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from robust.core.http import (
    SignedInRequest,
    asked_in_words,
    file_answer,
    rows_shown,
    taken_back,
    undo_at,
    wants_file,
)
from robust.organisation import actions as organisation_actions
from robust.programme import queries, rules
from robust.programme.actions import handout as actions
from robust.programme.bridge.follow_up import CannotUseTemplate, check_template
from robust.programme.forms.handout import HandoutForm, HandoutLookForm, TemplateForm
from robust.programme.models import Handout, Plan
from robust.programme.pages import listing
from robust.programme.pages.handout import template_refusal
from robust.programme.queries import handout as handout_queries

HANDOUTS_ON_A_PAGE = 25


@login_required
def handout_create(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    day = localdate()
    plan = get_object_or_404(queries.plans_visible_to(request.user, day=day), pk=plan_pk)
    sites = handout_queries.sites_of(plan, request.user, day=day)
    since, meeting = queries.usual_comparison_day(unit_id=plan.unit_id, day=day)
    initial = {"dated_on": day, "compared_on": since, "sites": handout_queries.usual_sites(sites)}
    form = HandoutForm(request.POST or None, initial=initial, sites=sites, today=day)
    if request.method == "POST" and form.is_valid():
        handout = actions.order_handout(form.order(plan), actor=request.user, now=now())
        return redirect(handout)
    context = {
        "plan": plan,
        "form": form,
        "kinds": Handout.Kind.choices,
        "meeting": meeting,
        "template": handout_queries.template_for(plan.unit_id, day=day),
        "may_set_template": rules.can_manage_plans(request.user, plan.unit_id, day=day),
    }
    return render(request, "programme/handout_create.html", context, status=422 if form.errors else 200)


@login_required
def handout_list(request: SignedInRequest) -> HttpResponse:
    handouts = handout_queries.handouts_visible_to(request.user)
    look = HandoutLookForm(request.GET, plans=handout_queries.plans_of(handouts))
    asked = look.asked()
    found = handout_queries.handouts_with(handouts, **asked)
    page = Paginator(found, rows_shown(request, HANDOUTS_ON_A_PAGE)).get_page(request.GET.get("page"))
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.handouts(page), asked=asked_in_words(look), actor=request.user, now=now()
        )
        return file_answer(*made)
    context = {"page": page, "look": look, "asked": asked, "is_narrowed": any(asked.values())}
    return render(request, "programme/handout_list.html", context)


@login_required
@vary_on_headers("HX-Request")
def handout_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    handout = get_object_or_404(handout_queries.handouts_visible_to(request.user), pk=pk)
    template = "programme/_handout_state.html" if request.htmx else "programme/handout_detail.html"
    return render(request, template, {"handout": handout})


@login_required
def handout_file(request: SignedInRequest, pk: int) -> HttpResponse:
    handout = get_object_or_404(handout_queries.handouts_visible_to(request.user), pk=pk)
    if handout.file is None:
        raise Http404
    organisation_actions.record("file.downloaded", actor=request.user, now=now(), subject=handout.file)
    file = handout.file
    return file_answer(file.name, bytes(file.content), media_type=file.media_type)


@login_required
def template_edit(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    plan = _managed_plan(request, plan_pk)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            check_template(content)
        except CannotUseTemplate as error:
            form.add_error("file", template_refusal(error.code))
        else:
            actions.set_template(plan.unit, name=file.name, content=content, actor=request.user, now=now())
            messages.success(request, _("The template is saved and used for the slides from now on."))
            return redirect("programme:handout_create", plan_pk=plan.pk)
    context = {
        "plan": plan,
        "form": form,
        "template": handout_queries.template_for(plan.unit_id, day=localdate()),
    }
    return render(request, "programme/template_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def template_remove(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    plan = _managed_plan(request, plan_pk)
    file_id = actions.stop_using_template(plan.unit, actor=request.user, now=now())
    address = reverse("programme:template_again", args=[plan_pk])
    undo = undo_at(request, address, file=file_id) if file_id else ""
    messages.success(request, _("The slides are plain again."), extra_tags=undo)
    return redirect("programme:handout_create", plan_pk=plan.pk)


@login_required
@require_POST
def template_again(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    """Take back that the slides were made plain."""
    plan, before = _managed_plan(request, plan_pk), taken_back(request)
    try:
        actions.use_template_again(plan.unit, file_id=before.get("file", 0), actor=request.user, now=now())
    except organisation_actions.CannotTakeBack as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The template is used again."))
    return redirect("programme:handout_create", plan_pk=plan_pk)


def _managed_plan(request: SignedInRequest, pk: int) -> Plan:
    day = localdate()
    plan = get_object_or_404(queries.plans_visible_to(request.user, day=day), pk=pk)
    if not rules.can_manage_plans(request.user, plan.unit_id, day=day):
        raise PermissionDenied
    return plan
