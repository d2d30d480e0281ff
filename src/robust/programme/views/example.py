"""The catalogue of good examples: look, tell, adopt, and tell what came of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from robust.core.http import SignedInRequest, asked_in_words, file_answer, rows_shown, wants_file
from robust.core.registry import Found
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme import rules
from robust.programme.actions import example as actions
from robust.programme.forms.example import AdoptForm, AdoptionForm, ExampleForm, ExampleLookForm
from robust.programme.models import Example
from robust.programme.pages import example as pages
from robust.programme.pages import listing
from robust.programme.queries import choice
from robust.programme.queries import example as queries
from robust.thread import queries as thread_queries
from robust.thread.models import End

ON_A_PAGE = 24


@login_required
@require_safe
@vary_on_headers("HX-Request")
def example_list(request: SignedInRequest) -> HttpResponse:
    recommendations = list(queries.recommendations())
    options = [(row.pk, f"{row} ({row.example_count})") for row in recommendations]
    look = ExampleLookForm(request.GET, recommendations=options)
    asked = look.asked()
    found = queries.examples()
    if asked.get("recommendation"):
        found = found.filter(recommendations=asked["recommendation"])
    if asked.get("words"):
        found = queries.searched(found, asked["words"])
    page = Paginator(found, rows_shown(request, ON_A_PAGE)).get_page(request.GET.get("page"))
    rows = pages.example_rows(page)
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.examples(rows), asked=asked_in_words(look), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    context = {
        "rows": rows,
        "page": page,
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "options": options,
        "without": [row for row in recommendations if not row.example_count],
    }
    template = "programme/_example_rows.html" if request.htmx else "programme/example_list.html"
    return render(request, template, context)


@login_required
@require_safe
def example_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    example = get_object_or_404(queries.examples().select_related("told_by"), pk=pk)
    leading = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    page = pages.example_detail(
        example,
        adoptions=queries.adoptions_of(example),
        like_mine=queries.units_like_those_of(request.user, day=day),
        leading=leading,
        seen=organisation_queries.units_visible_to(request.user, day=day),
    )
    may_edit = rules.can_retell(request.user, example, day=day)
    context = {
        "page": page,
        "row": page.row,
        "may_adopt": bool(leading),
        "may_edit": may_edit,
        "thread": thread_queries.thread_of(End(thing="example", id=pk), request.user, day=day),
    }
    return render(request, "programme/example_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def example_create(request: SignedInRequest) -> HttpResponse:
    form = ExampleForm(request.POST or None, recommendations=queries.recommendations())
    if request.method == "POST" and form.is_valid():
        told, recommendations = _told(form)
        now = timezone.now()
        example = actions.tell(told=told, recommendations=recommendations, actor=request.user, now=now)
        messages.success(request, _("Thank you. The example stands in the catalogue now."))
        return redirect("programme:example_detail", pk=example.pk)
    context = {"form": form, "example": None}
    return render(request, "programme/example_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def example_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    example = get_object_or_404(Example, pk=pk)
    if not rules.can_retell(request.user, example, day=timezone.localdate(now)):
        raise PermissionDenied
    initial: dict[str, Any] = {name: getattr(example, name) for name in actions.TOLD}
    initial["recommendations"] = example.recommendations.all()
    form = ExampleForm(request.POST or None, initial=initial, recommendations=queries.recommendations())
    if request.method == "POST" and form.is_valid():
        told, recommendations = _told(form)
        actions.retell(
            example=example, told=told, recommendations=recommendations, actor=request.user, now=now
        )
        messages.success(request, _("The example is saved."))
        return redirect("programme:example_detail", pk=pk)
    context = {"form": form, "example": example}
    return render(request, "programme/example_edit.html", context, status=422 if form.errors else 200)


def _told(form: ExampleForm) -> tuple[dict[str, str], Sequence[Any]]:
    sent = dict(form.cleaned_data)
    return sent, list(sent.pop("recommendations"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def example_adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    example = get_object_or_404(Example, pk=pk)
    leading = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    if not leading:
        raise PermissionDenied
    initial = {"unit": request.session.get("unit_id")}
    units = choice.units(among=leading, day=day)
    form = AdoptForm(request.POST or None, initial=initial, units=units)
    if request.method == "POST" and form.is_valid():
        unit = choice.unit(form.cleaned_data["unit"])
        changed = form.cleaned_data["changed"]
        adoption = actions.adopt(example=example, unit=unit, changed=changed, actor=request.user, now=now)
        said = _("“%(title)s” is an initiative at %(place)s now. It remembers where it came from.")
        messages.success(request, said % {"title": example.title, "place": unit.name})
        return redirect("programme:initiative_detail", pk=adoption.initiative_id)
    context = {"form": form, "example": example}
    return render(request, "programme/example_adopt.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adoption_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    adoption = get_object_or_404(queries.adoptions(), pk=pk)
    leading = organisation_queries.units_where(request.user, roles=rules.LEADING, day=timezone.localdate(now))
    if adoption.unit_id not in leading:
        raise PermissionDenied
    initial = {name: getattr(adoption, name) for name in ("changed", "result", "why_stopped")}
    form = AdoptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.tell_result(adoption=adoption, **form.cleaned_data, actor=request.user, now=now)
        messages.success(request, _("Saved. Others who consider the example can read it."))
        return redirect("programme:example_detail", pk=adoption.example_id)
    context = {"form": form, "adoption": adoption}
    return render(request, "programme/adoption_edit.html", context, status=422 if form.errors else 200)


def found(account: Account, *, words: str, day: date) -> Iterator[Found]:
    """Examples that speak of these words, for the search over all rooms; everybody may see them."""
    for example in queries.searched(queries.examples(), words)[:20]:
        yield Found(
            title=example.title,
            url=reverse("programme:example_detail", args=[example.pk]),
            kind=_("Good examples"),
            excerpt=(example.result or example.what_was_done)[:160],
        )
