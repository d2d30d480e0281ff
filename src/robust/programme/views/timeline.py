"""Initiatives over time: from when until when, when they are looked at again, and what was decided."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest, file_answer, rows_shown, wants_file
from robust.organisation import actions as organisation_actions
from robust.programme import queries
from robust.programme.pages import listing
from robust.programme.pages import timeline as pages
from robust.programme.views import look

ROWS = 40


@login_required
@require_safe
def timeline(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    looking = look.looking(request, day=day)
    found = looking.page(queries.in_brief, rows=rows_shown(request, ROWS), number=request.GET.get("page"))
    statuses = queries.latest_by_initiative([row.pk for row in found], units=looking.units, day=day)
    page = pages.timeline(list(found), statuses=statuses, day=day)
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.timeline(page), asked=looking.words, actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    return render(request, "programme/timeline.html", {"page": page, "found": found, "look": looking})
