"""The pages that belong to no room, and what is said when something goes wrong."""

import sys
from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from robust.core import registry
from robust.core.http import SignedInRequest, wants_part
from robust.organisation import queries
from robust.organisation.models import Account
from robust.web import actions, pages
from robust.web.forms import SettingsForm

SHORTEST_SEARCH = 2


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    day, since = timezone.localdate(), request.user.previous_visit_at
    page = pages.home(
        waiting=[item for _n, ask in registry.offered("home") for item in ask(request.user, day=day)],
        news=[
            item
            for _n, ask in registry.offered("news")
            if since
            for item in ask(request.user, since=since, day=day)
        ],
        quick=[place for _n, place in registry.offered("quick")],
        day=day,
    )
    return render(request, "web/home.html", {"page": page, "day": day, "since": since})


@login_required
@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    words, day = " ".join(request.GET.get("words", "").replace("\0", " ").split())[:200], timezone.localdate()
    groups = pages.found_groups(
        thing
        for _n, ask in registry.offered("search")
        if len(words) >= SHORTEST_SEARCH
        for thing in ask(request.user, words=words, day=day)
    )
    found_count = sum(len(group.found) for group in groups)
    shown = {"words": words, "groups": groups, "found_count": found_count, "shortest": SHORTEST_SEARCH}
    return render(request, "web/search.html", shown)


@login_required
def settings(request: SignedInRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=copy(request.user))
    if request.method == "POST" and form.is_valid():
        actions.save_settings(request.user, **form.cleaned_data, now=timezone.now())
        with override(request.user.language):
            messages.success(request, _("Your settings are saved."))
        return redirect("web:settings")
    return render(request, "web/settings.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def unit_list(request: SignedInRequest) -> HttpResponse:
    template = "web/_unit_lines.html" if request.htmx else "web/unit_list.html"
    shown = {
        "units": _visible_units(request),
        "in_focus": request.session.get("unit_id"),
        "next": _way_back(request, request.GET.get("next", "")),
    }
    return render(request, template, shown)


@login_required
@require_POST
def unit_switch(request: SignedInRequest) -> HttpResponse:
    wanted = request.POST.get("unit", "")
    names = {str(unit.id): unit.name for unit in _visible_units(request)}
    if wanted in names:
        request.session["unit_id"], request.session["unit_name"] = int(wanted), names[wanted]
    else:
        request.session.pop("unit_id", None)
        request.session.pop("unit_name", None)
    return redirect(_way_back(request, request.POST.get("next", "")))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html", {"house": None})  # told without the database


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(_plain_page("web/400.html"), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page from before another sign-in; to a script this is as good as none, see `signed_out_parts`."""
    if wants_part(request):
        return HttpResponse(status=401)
    return HttpResponse(_plain_page("web/403_csrf.html"), status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    shown = {"layout": _layout(request), "reason": str(exception)}
    return render(request, "web/403.html", shown, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/404.html", {"layout": _layout(request)}, status=404)


@never_cache
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database and without what templates usually know: either may be what failed."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        answer = HttpResponse(_plain_page("web/503.html"), status=503)
        answer.headers["Retry-After"] = "10"
        return answer
    return HttpResponse(_plain_page("web/500.html"), status=500)


def _layout(request: HttpRequest) -> str:
    return "web/base.html" if isinstance(getattr(request, "user", None), Account) else "web/entrance.html"


def _plain_page(template: str) -> str:
    return render_to_string(template, {"theme": "system", "density": "comfortable"})


def _visible_units(request: SignedInRequest) -> tuple[pages.UnitLine, ...]:
    day = timezone.localdate()
    return pages.unit_lines(queries.tree_on(day), visible=queries.units_visible_to(request.user, day=day))


def _way_back(request: HttpRequest, wanted: Any) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours and wanted else "/"
