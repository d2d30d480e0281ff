"""Reading a document: hand it in, look it through, take it over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from robust.core.http import (
    BYTES,
    SignedInRequest,
    asked_in_words,
    file_answer,
    rows_shown,
    taken_back,
    undo_at,
    wants_file,
)
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.programme import queries, rules
from robust.programme.actions import reading as actions
from robust.programme.actions.taking_over import take_over
from robust.programme.bridge import comparing
from robust.programme.forms.reading import ReadingForm, ReadingLookForm, RowForm
from robust.programme.models import DocumentReading, ProposedRow
from robust.programme.pages import listing
from robust.programme.pages import reading as pages
from robust.programme.queries import RowOutcome, choice
from robust.thread import queries as thread_queries
from robust.thread.models import End

READINGS_ON_A_PAGE = 25
ROWS_ON_A_PAGE = 50


@login_required
def reading_list(request: SignedInRequest) -> HttpResponse:
    day = localdate()
    if not rules.can_manage_some_plans(request.user, day=day):
        raise PermissionDenied
    readings = queries.readings_visible_to(request.user, day=day)
    look = ReadingLookForm(request.GET, plans=queries.plans_managed_by(request.user, day=day))
    asked = look.asked()
    found = queries.readings_with(readings, **asked)
    page = Paginator(found, rows_shown(request, READINGS_ON_A_PAGE)).get_page(request.GET.get("page"))
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.readings(page), asked=asked_in_words(look), actor=request.user, now=now()
        )
        return file_answer(*made)
    context = {"page": page, "look": look, "asked": asked, "is_narrowed": any(asked.values())}
    return render(request, "programme/reading_list.html", context)


@login_required
def reading_create(request: SignedInRequest) -> HttpResponse:
    day = localdate()
    if not rules.can_manage_some_plans(request.user, day=day):
        raise PermissionDenied
    form = ReadingForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "dated_on": day,
            "plan": request.GET.get("plan"),
            "unit": queries.own_hospital(request.user, day=day),
        },
        plans=queries.plans_managed_by(request.user, day=day),
        other_plans=queries.plans_visible_to(request.user, day=day),
        units=queries.places_to_read_for(request.user, day=day),
        places=choice.units_known(
            among=organisation_queries.units_visible_to(request.user, day=day), day=day
        ),
        today=day,
    )
    if request.method == "POST" and form.is_valid():
        reading = actions.start_reading(form.upload(), actor=request.user, now=now())
        return redirect(reading)
    status = 422 if form.errors else 200
    return render(request, "programme/reading_create.html", {"form": form}, status=status)


@login_required
@vary_on_headers("HX-Request")
def reading_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    if request.htmx and reading.state != DocumentReading.State.READING:
        return HttpResponseClientRefresh()
    kind = request.GET.get("rows", "")
    told = queries.outcomes_of(reading)
    page = Paginator(pages.narrowed(told, kind), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "thread": thread_queries.thread_of(End(thing="reading", id=pk), request.user, day=localdate()),
        "reading": reading,
        "shown": pages.reading_detail(reading, told=told, gone=queries.gone_since(reading), kind=kind),
        "stretches": pages.stretches(
            page.object_list, reading=reading, compare=comparing.passages_of, folds=not kind
        ),
        "page": page,
        "kind": kind,
    }
    template = "programme/_reading_state.html" if request.htmx else "programme/reading_detail.html"
    return render(request, template, context)


@login_required
def reading_row(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    reading = _reading(request, pk)
    row = get_object_or_404(queries.rows_of(reading), number=number)
    initiatives = queries.joinable(reading, request.user, day=localdate())
    form = RowForm(request.POST or None, instance=row, initiatives=initiatives)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_row(row, values=form.cleaned_data, actor=request.user, now=now())
        except actions.CannotChangeReading as error:
            form.add_error("joined", str(error))
        else:
            messages.success(request, _("Row %(number)d is saved.") % {"number": number})
            return redirect(_place_of(row))
    is_open = reading.state == DocumentReading.State.PREVIEW
    shown = None if is_open else _as_it_stands(reading, number)
    context = {"reading": reading, "row": row, "form": form, "shown": shown}
    return render(request, "programme/reading_row.html", context, status=422 if form.errors else 200)


def _as_it_stands(reading: DocumentReading, number: int) -> pages.RowView:
    row = queries.rows_of(reading).get(number=number)
    outcome = RowOutcome(row=row, kind=row.outcome)
    return pages.row_view(outcome, reading=reading, compare=comparing.passages_of)


def _place_of(row: ProposedRow) -> str:
    page = (row.number - 1) // ROWS_ON_A_PAGE + 1
    return f"{reverse('programme:reading_detail', args=[row.reading_id])}?page={page}#row-{row.number}"


@login_required
@require_POST
def reading_row_choice(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Leave a row out, take it back in, or join it to the one it resembles, in one press."""
    reading = _reading(request, pk)
    row = get_object_or_404(queries.rows_of(reading), number=number)
    choice = request.POST.get("choice", "")
    if choice not in ProposedRow.Choice.values:
        raise PermissionDenied
    was = {"choice": row.choice, "joined": row.joined_id, "joined_row": row.joined_row_id}
    values: dict[str, Any] = {"choice": choice}
    if choice == ProposedRow.Choice.JOIN and not (row.joined or row.joined_row):
        values["joined"] = row.similar
    try:
        actions.correct_row(row, values=values, actor=request.user, now=now())
    except actions.CannotChangeReading as error:
        messages.error(request, str(error))
    else:
        address = reverse("programme:reading_row_back", args=[pk, number])
        undo = undo_at(request, address, was=was, became=choice)
        said = _("Row %(number)d: %(choice)s.") % {"number": number, "choice": row.get_choice_display()}
        messages.success(request, said, extra_tags=undo)
    return redirect(_place_of(row))


@login_required
@require_POST
def reading_row_back(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take back what was chosen last for a row."""
    reading = _reading(request, pk)
    row = get_object_or_404(queries.rows_of(reading), number=number)
    kept = taken_back(request)
    try:
        actions.choose_as_before(row, **kept, actor=request.user, now=now())
    except (actions.CannotChangeReading, organisation_actions.CannotTakeBack) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Row %(number)d is as it was before.") % {"number": number})
    return redirect(_place_of(row))


@login_required
@require_POST
def reading_join_similar(request: SignedInRequest, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    try:
        count = actions.accept_similar(reading, actor=request.user, now=now())
    except actions.CannotChangeReading as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(count)d row was joined.", "%(count)d rows were joined.", count)
        messages.success(request, said % {"count": count})
    return redirect(reading)


@login_required
@require_POST
def reading_take_over(request: SignedInRequest, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    try:
        done = take_over(reading, actor=request.user, now=now())
    except actions.CannotChangeReading as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("Taken over: %(made)d new initiatives, %(changed)d updated, %(statuses)d new statuses.")
            % {"made": done.made, "changed": done.changed, "statuses": done.statuses},
        )
    return redirect(reading)


@login_required
@require_POST
def reading_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    try:
        actions.drop_reading(reading, actor=request.user, now=now())
    except actions.CannotChangeReading as error:
        messages.error(request, str(error))
    return redirect("programme:reading_list")


@login_required
def reading_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand out the document as it was uploaded; never shown inside the page."""
    reading = get_object_or_404(queries.documents_visible_to(request.user, day=localdate()), pk=pk)
    organisation_actions.record("file.downloaded", actor=request.user, now=now(), subject=reading.file)
    return file_answer(reading.file.name, bytes(reading.file.content), media_type=BYTES)


def _reading(request: SignedInRequest, pk: int) -> DocumentReading:
    return get_object_or_404(queries.readings_visible_to(request.user, day=localdate()), pk=pk)
