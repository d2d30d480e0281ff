"""Links for parties outside: the list of them, making and taking back, and what opens behind one."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from robust.core.http import SignedInRequest, file_answer, rows_shown, wants_file
from robust.core.registry import Place
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme import rules
from robust.programme.actions import share as actions
from robust.programme.forms.share import ShareForm
from robust.programme.pages import listing
from robust.programme.pages import share as pages
from robust.programme.queries import choice
from robust.programme.queries import share as queries
from robust.programme.queries.status import latest_by_initiative

USUAL_DAYS = 90
ON_A_PAGE = 50
NEW_LINK = "share_link"


@login_required
@require_safe
def share_list(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    _managed(request, day=day)
    shares = queries.shares_managed_by(request.user, day=day)
    page = Paginator(shares, rows_shown(request, ON_A_PAGE)).get_page(request.GET.get("page"))
    lines = pages.share_lines(page, day=day)
    if wants_file(request):
        made = organisation_actions.export_list(listing.shares(lines), actor=request.user, now=timezone.now())
        return file_answer(*made)
    context = {
        "lines": lines,
        "page": page,
        "new_link": request.session.pop(NEW_LINK, ""),
    }
    return render(request, "programme/share_list.html", context)


def _managed(request: SignedInRequest, *, day: date) -> frozenset[int]:
    managed = organisation_queries.units_where(request.user, roles=rules.PLANNING, day=day)
    if not managed:
        raise PermissionDenied
    return managed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share_create(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    managed = _managed(request, day=day)
    parties = choice.parties()
    form = ShareForm(
        request.POST or None,
        initial={"ends_on": day + timedelta(days=USUAL_DAYS), "unit": request.session.get("unit_id")},
        parties=parties,
        units=choice.units(among=managed, day=day),
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        party = organisation_queries.parties().get(pk=sent["party"])
        unit = choice.unit(sent["unit"])
        try:
            made = actions.make_share(
                party=party, unit=unit, ends_on=sent["ends_on"], actor=request.user, now=now
            )
        except actions.CannotShare as error:
            form.add_error("ends_on", str(error))
        else:
            request.session[NEW_LINK] = pages.link_of(made.token)
            return redirect("programme:share_list")
    context = {"form": form, "has_parties": bool(parties)}
    return render(request, "programme/share_create.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def share_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shares = queries.shares_managed_by(request.user, day=timezone.localdate(now))
    share = get_object_or_404(shares, pk=pk)
    actions.revoke(share=share, actor=request.user, now=now)
    messages.success(request, _("The link is taken back. Whoever opens it is told so."))
    return redirect("programme:share_list")


@never_cache
@require_safe
def share_open(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever has the link; nothing in it names a person, and nobody's search engine keeps it."""
    now = timezone.now()
    day = timezone.localdate(now)
    share = queries.share_behind(token)
    if share is None:
        return _sealed(render(request, "programme/share_closed.html", {"share": None}, status=404))
    if not actions.open_share(share, now=now):
        return _sealed(render(request, "programme/share_closed.html", {"share": share}, status=410))
    units = queries.units_shown_by(share, day=day)
    initiatives = list(queries.initiatives_shown_by(share, units=units))
    shown = [initiative.pk for initiative in initiatives]
    statuses = latest_by_initiative(shown, units=units, day=day)
    page = pages.share_open(share, initiatives=initiatives, statuses=statuses)
    return _sealed(render(request, "programme/share_open.html", {"page": page}))


def _sealed(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def menu(account: Account, *, day: date) -> Iterator[Place]:
    """A line in the menu of those who may make links."""
    if rules.can_manage_some_plans(account, day=day):
        yield Place(label=_("Links for parties outside"), url_name="programme:share_list")
