"""Initiatives against places: how far each is where."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest, file_answer, rows_shown, wants_file
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.programme import queries
from robust.programme.pages import listing
from robust.programme.pages import matrix as pages
from robust.programme.views import look

ROWS = 60


@login_required
@require_safe
def matrix(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    looking = look.looking(request, day=day)
    found = looking.page(queries.in_brief, rows=rows_shown(request, ROWS), number=request.GET.get("page"))
    tree = organisation_queries.tree_known_on(day)
    unit_id = looking.asked.get("unit")
    places = looking.units & tree.below(unit_id) if unit_id else looking.units
    page = pages.matrix(
        list(found),
        statuses=queries.latest_by_initiative([row.pk for row in found], units=places, day=day),
        tree=tree,
        since=request.user.previous_visit_at,
    )
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.matrix(page), asked=looking.words, actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    context = {"page": page, "found": found, "look": looking}
    return render(request, "programme/matrix.html", context)
