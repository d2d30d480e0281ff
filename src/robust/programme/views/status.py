"""Saying how far an initiative is, from the phone in two taps, and reading what was said."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from robust.core.http import SignedInRequest
from robust.organisation import queries as organisation_queries
from robust.programme import actions, queries
from robust.programme.bridge import comparing
from robust.programme.forms.status import StatusForm
from robust.programme.models import Initiative, Status
from robust.programme.pages import status as pages
from robust.programme.queries import choice

DRAFTS = "status_drafts"
MOST_DRAFTS = 5
DRAFTED = ("text", "judgement", "reason")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def status_create(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    initiative = get_object_or_404(queries.initiatives_visible_to(request.user, day=day), pk=pk)
    places = choice.units(among=queries.places_for_status(request.user, initiative, day=day), day=day)
    if not places:
        raise PermissionDenied
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
    _drop_draft(request, initiative.pk, unit.pk)
    messages.success(request, _("Your status is saved."))
    return redirect("programme:status_detail", pk=status.pk)


@login_required
@require_POST
def status_draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what is written so far in the session, which ends with the browser on a shared computer."""
    get_object_or_404(queries.initiatives_visible_to(request.user, day=timezone.localdate()), pk=pk)
    drafts = dict(request.session.get(DRAFTS, {}))
    key = f"{pk}:{request.POST.get('unit', '')[:20]}"
    drafts.pop(key, None)
    drafts[key] = {name: request.POST.get(name, "")[:10_000] for name in DRAFTED}
    request.session[DRAFTS] = dict(list(drafts.items())[-MOST_DRAFTS:])
    time = formats.time_format(timezone.localtime(), "TIME_FORMAT")
    return HttpResponse(_("Draft kept %(time)s") % {"time": time}, content_type="text/plain")


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


def _begin(
    request: SignedInRequest, initiative: Initiative, places: list[tuple[int, str]], *, day: date
) -> HttpResponse:
    ids = [unit_id for unit_id, _name in places]
    asked = request.GET.get("unit", "")
    usual = queries.usual_place(request.user, initiative, places=ids)
    unit_id = next((unit_id for unit_id in ids if str(unit_id) == asked), usual)
    latest = queries.latest_at(initiative, unit_id=unit_id or 0, day=day)
    initial: dict[str, Any] = {"unit": unit_id, "dated_on": day, "based_on": latest.pk if latest else 0}
    if latest:
        initial |= {name: getattr(latest, name) for name in DRAFTED}
    draft = request.session.get(DRAFTS, {}).get(f"{initiative.pk}:{unit_id}")
    form = StatusForm(initial=initial | (draft or {}), places=places)
    return _write_page(request, form, initiative, places, latest=latest, is_draft=bool(draft))


def _drop_draft(request: SignedInRequest, initiative_id: int, unit_id: int) -> None:
    drafts = dict(request.session.get(DRAFTS, {}))
    if drafts.pop(f"{initiative_id}:{unit_id}", None):
        request.session[DRAFTS] = drafts


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
    is_draft: bool = False,
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
        "is_draft": is_draft,
        "is_draft_allowed": not request.user.shared_computer,
    }
    return render(request, "programme/status_create.html", context, status=status)
