"""Initiatives: found, read, made, changed, and deleted while nothing is said of them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from robust.core.http import SignedInRequest, file_answer, rows_shown, wants_file
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme import actions, queries, rules
from robust.programme.forms import initiative as forms
from robust.programme.forms import parts as part_forms
from robust.programme.models import Initiative
from robust.programme.pages import initiative as pages
from robust.programme.pages import listing
from robust.programme.queries import choice
from robust.programme.views import look
from robust.thread import queries as thread_queries
from robust.thread.models import End

ROWS = 50
HISTORY = 40


@login_required
@require_safe
@vary_on_headers("HX-Request")
def initiative_list(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    looking = look.looking(request, day=day)
    found = looking.page(
        lambda ids: queries.in_list(ids, units=looking.units),
        rows=rows_shown(request, ROWS),
        number=request.GET.get("page"),
    )
    page = pages.initiative_list(
        found,
        statuses=queries.latest_by_initiative(
            [initiative.pk for initiative in found], units=looking.units, day=day
        ),
        day=day,
        since=request.user.previous_visit_at,
        is_narrowed=looking.is_narrowed,
    )
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.initiatives(page), asked=looking.words, actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    template = "programme/_initiative_rows.html" if request.htmx else "programme/initiative_list.html"
    context = {
        "page": page,
        "look": looking,
        "may_create": rules.can_create_initiatives(request.user, day=day),
        "may_read_documents": rules.can_manage_some_plans(request.user, day=day),
    }
    return render(request, template, context)


@login_required
@require_safe
def initiative_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = queries.initiatives_visible_to(request.user, day=day)
    initiative = get_object_or_404(queries.in_full(visible, units=units), pk=pk)
    entries = queries.statuses_of(initiative, units=units)
    history = list(entries if "all" in request.GET else entries[: HISTORY + 1])
    page = pages.initiative_detail(
        initiative,
        latest=queries.latest_by_initiative([pk], units=units, day=day).get(pk, ()),
        history=history if "all" in request.GET else history[:HISTORY],
        is_history_cut="all" not in request.GET and len(history) > HISTORY,
        day=day,
        since=request.user.previous_visit_at,
    )
    context = {
        "page": page,
        "may_change": rules.can_change_initiative(request.user, initiative, day=day),
        "may_tell": bool(queries.places_for_status(request.user, initiative, day=day)),
        "may_delete": not page.history and not page.decisions,
        "thread": thread_queries.thread_of(
            End(thing="initiative", id=pk), request.user, day=day, without=("decision",)
        ),
    }
    return render(request, "programme/initiative_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_create(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    where = queries.units_for_initiatives(request.user, day=day)
    if not where:
        raise PermissionDenied
    desk = _desk(request, None, where=where, day=day)
    if request.method != "POST" or "add" in request.POST:
        return _edit_page(request, desk, None, adding=request.POST.get("add", ""))
    if not _is_valid(desk):
        return _edit_page(request, desk, None, status=422)
    initiative = actions.create_initiative(
        values=_values(desk), parts=_parts(desk), actor=request.user, now=now
    )
    messages.success(request, _("The initiative is saved."))
    return redirect("programme:initiative_detail", pk=initiative.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = queries.initiatives_visible_to(request.user, day=day)
    initiative = get_object_or_404(visible.prefetch_related("placements", "links", "funding"), pk=pk)
    if not rules.can_change_initiative(request.user, initiative, day=day):
        raise PermissionDenied
    where = queries.units_for_initiatives(request.user, day=day) | {initiative.unit_id}
    desk = _desk(request, initiative, where=where, day=day)
    if request.method != "POST" or "add" in request.POST:
        return _edit_page(request, desk, initiative, adding=request.POST.get("add", ""))
    if not _is_valid(desk):
        return _edit_page(request, desk, initiative, status=422)
    try:
        actions.change_initiative(
            initiative,
            values=_values(desk),
            parts=_parts(desk),
            opened_at=_opened_at(request),
            actor=request.user,
            now=now,
        )
    except actions.ChangedMeanwhile as error:
        desk["form"].add_error(None, str(error))
        return _edit_page(request, desk, initiative, status=409)
    messages.success(request, _("The initiative is saved."))
    return redirect("programme:initiative_detail", pk=pk)


@login_required
@require_POST
def initiative_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    initiative = get_object_or_404(queries.initiatives_visible_to(request.user, day=day), pk=pk)
    if not rules.can_change_initiative(request.user, initiative, day=day):
        raise PermissionDenied
    try:
        actions.delete_initiative(initiative, actor=request.user, now=now)
    except actions.CannotDeleteInitiative as error:
        messages.error(request, str(error))
        return redirect("programme:initiative_detail", pk=pk)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": initiative.title})
    return redirect("programme:initiative_list")


Desk = dict[str, Any]  # the form and its rows, by name
ROWS_OF: dict[str, tuple[type[part_forms.PartForm], type[part_forms.PartFormSet]]] = {
    "placements": (forms.PlacementForm, forms.PlacementFormSet),
    "funding": (forms.FundingForm, forms.FundingFormSet),
    "links": (forms.LinkForm, forms.LinkFormSet),
}


def _desk(
    request: SignedInRequest, initiative: Initiative | None, *, where: Collection[int], day: date
) -> Desk:
    """The form and its rows, filled with what is sent, what is typed so far, or what stands there."""
    choices = _choices(request.user, initiative, where=where, day=day)
    rows_choices = {"placements": choices.pop("placements"), "links": {}, "funding": {}}
    if request.method == "POST" and "add" not in request.POST:
        sets = {
            name: formset(request.POST, prefix=name, form_kwargs=rows_choices[name])
            for name, (_form, formset) in ROWS_OF.items()
        }
        return {"form": forms.InitiativeForm(request.POST, **choices), **sets}
    if request.method == "POST":
        initial = part_forms.as_typed(forms.InitiativeForm, request.POST, **choices)
        rows = {
            name: part_forms.rows_as_typed(
                form,
                request.POST,
                prefix=name,
                with_one_more=request.POST["add"] == name,
                **rows_choices[name],
            )
            for name, (form, _formset) in ROWS_OF.items()
        }
    else:
        initial, rows = _as_it_stands(request, initiative, day=day)
    sets = {
        name: formset(initial=rows[name], prefix=name, form_kwargs=rows_choices[name])
        for name, (_form, formset) in ROWS_OF.items()
    }
    return {"form": forms.InitiativeForm(initial=initial, **choices), **sets}


def _choices(
    account: Account, initiative: Initiative | None, *, where: Collection[int], day: date
) -> dict[str, Any]:
    visible = organisation_queries.units_visible_to(account, day=day)
    found = queries.plans_to_stand_in(account, initiative, day=day, units=visible)
    areas, tracks = choice.headings(found)
    chosen = (initiative.owner_id, initiative.deputy_id) if initiative else (account.pk,)
    return {
        "units": choice.units(among=where, day=day),
        "accounts": choice.accounts(account, day=day, chosen=chosen),
        "parties": choice.parties(),
        "forums": choice.forums(among=visible),
        "placements": {"plans": found, "areas": areas, "tracks": tracks},
    }


FIELDS = [
    "title",
    "text",
    "kind",
    "starts_on",
    "ends_on",
    "next_review_on",
    "awaits_decision",
    "decision_wanted",
    "unit_id",
    "owner_id",
    "deputy_id",
    "party_id",
    "forum_id",
]


def _as_it_stands(
    request: SignedInRequest, initiative: Initiative | None, *, day: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    if initiative is None:
        asked = {name: request.GET.get(name, "") for name in ("plan", "area", "track")}
        initial = {"owner": request.user.pk, "starts_on": day, "unit": request.session.get("unit_id")}
        return initial, {"placements": [asked], "links": [], "funding": []}
    initial = {name.removesuffix("_id"): getattr(initiative, name) for name in FIELDS}
    placements = [
        {
            "id": place.pk,
            "plan": place.plan_id,
            "area": place.area_id,
            "track": place.track_id,
            "group": place.group,
        }
        for place in initiative.placements.all()
    ]
    links = [{"id": link.pk, "label": link.label, "url": link.url} for link in initiative.links.all()]
    funding = [
        {"id": line.pk, "amount_dkk": line.amount_dkk, "source": line.source, "decided_on": line.decided_on}
        for line in initiative.funding.all()
    ]
    return initial, {"placements": placements, "links": links, "funding": funding}


def _is_valid(desk: Desk) -> bool:
    return part_forms.are_valid(desk.values()) and part_forms.refuse_doubles(
        desk["placements"], "plan", "area", "track", "group", field="plan"
    )


def _values(desk: Desk) -> dict[str, Any]:
    sent = desk["form"].cleaned_data
    return {name: sent[name.removesuffix("_id")] for name in FIELDS}


def _parts(desk: Desk) -> actions.InitiativeParts:
    placements = tuple(
        {
            "id": part["id"],
            "plan_id": part["plan"],
            "area_id": part["area"],
            "track_id": part["track"],
            "group": part["group"],
        }
        for part in desk["placements"].parts()
    )
    return actions.InitiativeParts(
        placements=placements, links=desk["links"].parts(), funding=desk["funding"].parts()
    )


def _opened_at(request: SignedInRequest) -> datetime | None:
    try:
        return datetime.fromisoformat(request.POST.get("opened_at", ""))
    except ValueError:
        return None


def _edit_page(
    request: SignedInRequest,
    desk: Desk,
    initiative: Initiative | None,
    *,
    adding: str = "",
    status: int = 200,
) -> HttpResponse:
    """A first row of each kind is there from the start, so that one can type without asking for it."""
    row_sets = [desk[name] for name in ROWS_OF]
    context = {**desk, "row_sets": row_sets, "initiative": initiative, "adding": adding}
    return render(request, "programme/initiative_edit.html", context, status=status)
