"""What is kept about the person who asks, and who has looked at it."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest, file_answer, rows_shown, wants_file
from robust.organisation import actions, queries
from robust.organisation.pages import audit as audit_pages
from robust.organisation.pages import listing
from robust.organisation.pages import my_data as pages
from robust.organisation.pages import person as person_pages

PER_PAGE = 50


@login_required
@require_safe
def my_data(request: SignedInRequest) -> HttpResponse:
    day, person = timezone.localdate(), request.user.person
    tree = queries.tree_known_on(day)
    roles = pages.own_roles(queries.roles_of(request.user), tree, day=day)
    shown: dict[str, Any] = {"person": person, "roles": roles}
    if person:
        entries = Paginator(queries.entries_about(person), rows_shown(request, PER_PAGE))
        page = entries.get_page(request.GET.get("page"))
        shown["employments"] = person_pages.employment_lines(
            queries.employments_of(person), (), tree, day=day
        )
        shown["page"] = page
        shown["looked"] = audit_pages.looked_lines(page, queries.roles_at_the_time(page), tree)
    if wants_file(request):
        made = actions.export_list(
            listing.looked(shown.get("looked", ())), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    return render(request, "organisation/my_data.html", shown)


@login_required
@require_safe
def my_data_export(request: SignedInRequest) -> HttpResponse:
    person, day = request.user.person, timezone.localdate()
    tree = queries.tree_known_on(day)
    entries = list(queries.entries_about(person)) if person else []
    export = pages.own_export(
        request.user,
        employments=queries.employments_of(person) if person else (),
        roles=queries.roles_of(request.user),
        looked=audit_pages.looked_lines(entries, queries.roles_at_the_time(entries), tree),
        tree=tree,
        day=day,
    )
    actions.record("person.exported", actor=request.user, now=timezone.now(), about=person)
    content = json.dumps(export, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="robust-{day.isoformat()}.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)
