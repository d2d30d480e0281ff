"""Somebody's background jobs: the list, one with its progress, and cancelling it."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from robust.core.http import SignedInRequest, asked_in_words, file_answer, rows_shown, wants_file
from robust.organisation import actions, queries
from robust.organisation.forms.lists import JobLookForm
from robust.organisation.models import JobRun
from robust.organisation.pages import job as pages
from robust.organisation.pages import listing

JOBS_ON_A_PAGE = 25
STOP_POLLING = 286


@login_required
@require_safe
def job_list(request: SignedInRequest) -> HttpResponse:
    form = JobLookForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    runs = queries.jobs_with(queries.jobs_of(request.user), **asked)
    found = Paginator(runs, rows_shown(request, JOBS_ON_A_PAGE)).get_page(request.GET.get("page"))
    lines = [pages.job_page(run) for run in found]
    if wants_file(request):
        made = actions.export_list(
            listing.jobs(lines), asked=asked_in_words(form), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    shown = {
        "page": found,
        "jobs": lines,
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "states": JobRun.State.choices,
    }
    return render(request, "organisation/job_list.html", shown)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def job_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(queries.jobs_of(request.user), pk=pk)
    tag = _tag_of(run)
    shown = {"job": pages.job_page(run), "asking": json.dumps({"X-Polling": "1", "If-None-Match": tag})}
    if not request.htmx:
        return render(request, "organisation/job_detail.html", shown)
    return _progress(request, shown, tag=tag)


@login_required
@require_POST
def job_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(queries.jobs_of(request.user), pk=pk)
    try:
        actions.cancel_job(run, actor=request.user, now=timezone.now())
    except actions.CannotCancel as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("The job is being cancelled. What it had finished is kept."))
    return redirect("organisation:job_detail", pk=pk)


def _progress(request: SignedInRequest, shown: dict[str, Any], *, tag: str) -> HttpResponse:
    """Answer a page that asks every second: nothing new, what is new, or that it need not ask again."""
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "private, no-cache"})
    status = 200 if shown["job"].is_open else STOP_POLLING
    answer = render(request, "organisation/_job_progress.html", shown, status=status)
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _tag_of(run: JobRun) -> str:
    seen = f"{run.pk} {run.updated_at.isoformat()} {run.state} {get_language()}"
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:24]}"'
