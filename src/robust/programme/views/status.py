"""Saying how far an initiative is, from the phone in two taps, and reading what was said."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from robust.core.http import SignedInRequest
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.bridge import comparing
from robust.programme.forms.status import StatusDraftForm, StatusForm
from robust.programme.models import Initiative, Status, StatusDraft
from robust.programme.pages import status as pages
from robust.programme.queries import choice

DRAFTED = ("text", "judgement", "reason")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def status_create(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    initiative = get_object_or_404(queries.initiatives_visible_to(request.user, day=day), pk=pk)
    places = _places(request, initiative, day=day)
    if request.method != "POST":
        return _begin(request, initiative, places, day=day)
    typed = request.POST.copy()
    form = StatusForm(typed, places=places)
    if not form.is_valid():
        return _write_page(request, form, initiative, places, status=422)
    sent = form.cleaned_data
    unit = choice.unit(sent.pop("unit"))
    try:
        status = actions.record_status(initiative, unit=unit, **sent, actor=request.user, now=now)
    except actions.StatusMeanwhile as meanwhile:
        form.add_error(None, str(meanwhile))
        typed["based_on"] = str(meanwhile.latest.pk)
        return _write_page(request, form, initiative, places, meanwhile=meanwhile.latest, status=409)
    except actions.CannotRecordStatus as refusal:
        form.add_error(None, str(refusal))
        return _write_page(request, form, initiative, places, status=422)
    actions.forget_draft(initiative, unit=unit, actor=request.user)
    messages.success(request, _("Your status is saved."))
    return redirect("programme:status_detail", pk=status.pk)


@login_required
@require_POST
def status_draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what is written so far, so that it is there again after another sign-in, on any device."""
    now = timezone.now()
    day = timezone.localdate(now)
    initiative = get_object_or_404(queries.initiatives_visible_to(request.user, day=day), pk=pk)
    form = StatusDraftForm(request.POST, places=_places(request, initiative, day=day))
    if not form.is_valid():
        return HttpResponse(status=422)
    sent = form.cleaned_data
    unit = choice.unit(sent.pop("unit"))
    actions.keep_draft(initiative, unit=unit, **sent, actor=request.user, now=now)
    time = formats.time_format(timezone.localtime(now), "TIME_FORMAT")
    return HttpResponse(_("Draft kept %(time)s") % {"time": time}, content_type="text/plain")


@login_required
@require_POST
def status_draft_forget(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    initiative = get_object_or_404(queries.initiatives_visible_to(request.user, day=day), pk=pk)
    form = StatusDraftForm(request.POST, places=_places(request, initiative, day=day))
    if not form.is_valid():
        return HttpResponse(status=422)
    unit = choice.unit(form.cleaned_data["unit"])
    actions.forget_draft(initiative, unit=unit, actor=request.user)
    messages.success(request, _("Your draft is deleted."))
    return redirect(f"{reverse('programme:status_create', args=[pk])}?unit={unit.pk}")


@login_required
@require_safe
def status_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    entries = queries.statuses_visible_to(request.user, day=day).filter(
        initiative__in=queries.initiatives_visible_to(request.user, day=day)
    )
    status = get_object_or_404(entries.select_related("initiative__forum", "unit", "recorded_by"), pk=pk)
    before = queries.status_before(status)
    units = organisation_queries.units_visible_to(request.user, day=day)
    page = pages.status_detail(
        status,
        before=before,
        passages=comparing.passages_between(_stated(before), _stated(status)),
        placements=list(
            status.initiative.placements.filter(plan__unit__in=units).select_related("plan", "area", "track")
        ),
        latest=queries.latest_at(status.initiative, unit_id=status.unit_id, day=day),
        waiting=list(queries.open_reminders_of(request.user)[:3]),
        is_own=request.user.pk == status.recorded_by_id,
    )
    return render(request, "programme/status_detail.html", {"page": page})


def _places(request: SignedInRequest, initiative: Initiative, *, day: date) -> list[tuple[int, str]]:
    places = choice.units(among=queries.places_for_status(request.user, initiative, day=day), day=day)
    if not places:
        raise PermissionDenied
    return places


def _begin(
    request: SignedInRequest, initiative: Initiative, places: list[tuple[int, str]], *, day: date
) -> HttpResponse:
    """Begin at the place asked for, else in focus, else of the latest draft, else the usual one."""
    ids = {str(unit_id): unit_id for unit_id, _name in places}
    drafts = queries.drafts_of(request.user, initiative, places=ids.values())
    wanted = (request.GET.get("unit"), request.session.get("unit_id"), next(iter(drafts), None))
    unit_id = next((ids[str(one)] for one in wanted if str(one) in ids), None)
    if unit_id is None:
        unit_id = queries.usual_place(request.user, initiative, places=ids.values(), day=day)
    latest = queries.latest_at(initiative, unit_id=unit_id, day=day)
    draft = drafts.get(unit_id)
    initial: dict[str, Any] = {"unit": unit_id, "dated_on": day, "based_on": latest.pk if latest else 0}
    begun = draft or latest
    if begun:
        initial |= {name: getattr(begun, name) for name in DRAFTED}
    if draft:
        initial["based_on"] = draft.based_on
    form = StatusForm(initial=initial, places=places)
    return _write_page(request, form, initiative, places, latest=latest, draft=draft)


def _stated(status: Status | None) -> queries.Stated | None:
    return queries.stated(status) if status else None


def _write_page(
    request: SignedInRequest,
    form: StatusForm,
    initiative: Initiative,
    places: list[tuple[int, str]],
    *,
    latest: Status | None = None,
    meanwhile: Status | None = None,
    draft: StatusDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    unit_id = form["unit"].value()
    context = {
        "form": form,
        "initiative": initiative,
        "place": next((name.strip() for pk, name in places if str(pk) == str(unit_id)), ""),
        "unit_id": unit_id,
        "places": [place for place in places if str(place[0]) != str(unit_id)],
        "latest": latest,
        "meanwhile": meanwhile,
        "draft": draft,
    }
    return render(request, "programme/status_create.html", context, status=status)
