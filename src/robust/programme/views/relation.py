"""A plan against the other plans: the matrix, and one relation edited in its place."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from robust.core.http import SignedInRequest, file_answer, rows_shown, taken_back, undo_at, wants_file
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme import rules
from robust.programme.actions import relation as actions
from robust.programme.forms.relation import RelationForm
from robust.programme.models import Initiative, Plan, PlanRelation
from robust.programme.pages import listing
from robust.programme.pages import relation as pages
from robust.programme.queries import relation as queries
from robust.programme.queries.initiative import initiatives_visible_to
from robust.programme.queries.plan import placements_in, placements_listed, plans_visible_to
from robust.programme.views import look

ON_A_PAGE = 40


@login_required
@require_safe
@vary_on_headers("HX-Request")
def relation_matrix(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    plans = list(plans_visible_to(request.user, day=day, units=units))
    plan = next((plan for plan in plans if plan.pk == pk), None)
    if plan is None:
        raise Http404
    others = [other for other in plans if other.pk != pk]
    visible = initiatives_visible_to(request.user, day=day, units=units)
    coverage = queries.coverage_of(plan, others=[other.pk for other in others], initiatives=visible)
    lines = pages.coverage_lines(others, coverage)
    gap = next((line for line in lines if str(line.plan_id) == request.GET.get("gaps")), None)
    if gap:
        visible = queries.gaps_to(gap.plan_id, initiatives=visible)
        others = [other for other in others if other.pk == gap.plan_id]
    in_plan = placements_in(plan, initiatives=visible).values_list("pk", flat=True)
    rows = rows_shown(request, ON_A_PAGE)
    page = look.page_of(list(in_plan), placements_listed, rows=rows, number=request.GET.get("page"))
    relations = queries.relations_between(
        [placement.initiative_id for placement in page], plans=[other.pk for other in others]
    )
    areas = pages.matrix(list(page), plans=others, relations=relations)
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.relations(plan, others, areas),
            asked={_("Gaps against"): gap.plan} if gap else {},
            actor=request.user,
            now=timezone.now(),
        )
        return file_answer(*made)
    context = {
        "plan": plan,
        "may_manage": rules.can_manage_plans(request.user, plan.unit_id, day=day),
        "lines": lines,
        "gap": gap,
        "answer": pages.answer(lines),
        "areas": areas,
        "others": others,
        "page": page,
        "editable": _editable(request.user, [placement.initiative for placement in page], day=day),
    }
    template = "programme/_relation_matrix.html" if request.htmx else "programme/relation_matrix.html"
    return render(request, template, context)


def _editable(account: Account, initiatives: list[Initiative], *, day: date) -> set[int]:
    """Which of these the account may change, by one look at its roles."""
    leading = organisation_queries.units_where(account, roles=rules.LEADING, day=day)
    return {
        initiative.pk
        for initiative in initiatives
        if initiative.unit_id in leading or rules.can_answer_for(account, initiative)
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def relation_edit(request: SignedInRequest, pk: int, plan_id: int) -> HttpResponse:
    """In place with htmx, where the cell swaps itself; else as a page of its own."""
    now = timezone.now()
    day = timezone.localdate(now)
    initiative = get_object_or_404(initiatives_visible_to(request.user, day=day), pk=pk)
    plan = get_object_or_404(plans_visible_to(request.user, day=day), pk=plan_id)
    if not rules.can_change_initiative(request.user, initiative, day=day):
        raise PermissionDenied
    back = _back(request, initiative)
    if request.htmx and "cancel" in request.GET:
        return _cell(request, initiative, plan)
    form = _form(request, initiative, plan, day=day)
    if request.method == "POST" and form.is_valid():
        was = actions.said_of(initiative, plan)
        try:
            _save(form, initiative, plan, request=request)
        except actions.CannotRelate as error:
            form.add_error("reason", str(error))
        else:
            address = reverse("programme:relation_back", args=[pk, plan_id])
            undo = undo_at(request, address, was=was, became=actions.said_of(initiative, plan), back=back)
            if request.htmx:
                return _cell(request, initiative, plan, undo=address)
            messages.success(request, _("The relation is saved."), extra_tags=undo)
            return redirect(back)
    template = "programme/_relation_form.html" if request.htmx else "programme/relation_edit.html"
    context = {
        "initiative": initiative,
        "plan": plan,
        "form": form,
        "back": back,
        "came_from": _number(request, "from"),
        "place": _number(request, "place"),
    }
    return render(request, template, context, status=422 if form.errors else 200)


@login_required
@require_POST
def relation_back(request: SignedInRequest, pk: int, plan_id: int) -> HttpResponse:
    """Take back what was said last about how an initiative stands to a plan."""
    now = timezone.now()
    day = timezone.localdate(now)
    initiative = get_object_or_404(initiatives_visible_to(request.user, day=day), pk=pk)
    plan = get_object_or_404(plans_visible_to(request.user, day=day), pk=plan_id)
    if not rules.can_change_initiative(request.user, initiative, day=day):
        raise PermissionDenied
    kept = taken_back(request)
    try:
        actions.relate_as_before(
            initiative=initiative,
            plan=plan,
            was=kept.get("was"),
            became=kept.get("became"),
            actor=request.user,
            now=now,
        )
    except organisation_actions.CannotTakeBack as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The relation is as it was before."))
    return redirect(kept.get("back") or _back(request, initiative))


def _form(request: SignedInRequest, initiative: Initiative, plan: Plan, *, day: date) -> RelationForm:
    relation = queries.relation_between(initiative, plan)
    initial = {
        "kind": relation.kind if relation else "",
        "reason": relation.reason if relation else "",
        "track": relation.track_id if relation else None,
        "owner": relation.owner_id if relation else None,
    }
    owners = queries.relation_owners(initiative, plan, day=day).values_list("pk", "name")
    return RelationForm(
        request.POST or None,
        initial=initial,
        tracks=list(queries.tracks_of(plan).values_list("pk", "name")),
        owners=list(owners),
        auto_id=f"relation_{_number(request, 'place')}_{plan.pk}_%s",
    )


def _save(form: RelationForm, initiative: Initiative, plan: Plan, *, request: SignedInRequest) -> None:
    sent, now = form.cleaned_data, timezone.now()
    if not sent["kind"]:
        actions.unrelate(initiative=initiative, plan=plan, actor=request.user, now=now)
        return
    owners = queries.relation_owners(initiative, plan, day=timezone.localdate(now))
    actions.relate(
        initiative=initiative,
        plan=plan,
        kind=PlanRelation.Kind(sent["kind"]),
        reason=sent["reason"],
        owner=owners.get(pk=sent["owner"]) if sent["owner"] else None,
        track=queries.tracks_of(plan).get(pk=sent["track"]) if sent["track"] else None,
        actor=request.user,
        now=now,
    )


def _cell(request: SignedInRequest, initiative: Initiative, plan: Plan, *, undo: str = "") -> HttpResponse:
    related = queries.relations_between([initiative.pk], plans=[plan.pk]).get((initiative.pk, plan.pk))
    context: dict[str, Any] = {
        "cell": pages.cell(plan, related),
        "initiative_id": initiative.pk,
        "may_edit": True,
        "came_from": _number(request, "from"),
        "place": _number(request, "place"),
        "undo": undo,
    }
    return render(request, "programme/_relation_cell.html", context)


def _number(request: SignedInRequest, name: str) -> str:
    """The plan whose matrix the person came from, and the place in it, so that the cell stays itself."""
    sent = request.GET.get(name, "")
    return sent if sent.isdecimal() else ""


def _back(request: SignedInRequest, initiative: Initiative) -> str:
    if came_from := _number(request, "from"):
        return reverse("programme:relation_matrix", args=[int(came_from)])
    return reverse("programme:initiative_detail", args=[initiative.pk])
