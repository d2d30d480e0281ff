"""Linking two things by hand, ending that, and taking the end back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from robust.core.http import SignedInRequest
from robust.core.registry import Found
from robust.thread import actions, pages, queries, rules
from robust.thread.forms import LinkForm
from robust.thread.models import End, Link

AT_TARGET = "target"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_create(request: SignedInRequest, thing: str, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    end = End(thing=thing, id=pk)
    found = queries.seen([end], request.user, day=day).get(end)
    if found is None:
        raise Http404
    if not rules.can_link_from(request.user, end, day=day):
        raise PermissionDenied
    words = " ".join(request.GET.get("words", "").replace("\0", " ").split())[:200]
    others = _others(request, end, words=words, day=day)
    ways = pages.ways(queries.kinds_by_hand(), thing=thing)
    form = LinkForm(request.POST or None, ways=ways, others=pages.others(others))
    if request.method == "POST" and form.is_valid():
        try:
            link = actions.link(**_wanted(end, form), actor=request.user, now=now)
        except actions.CannotLink as error:
            form.add_error(None, str(error))
        else:
            at = AT_TARGET if link.target == end else ""
            tags = f"undo={reverse('thread:link_end', args=[link.pk])}?at={at}"
            messages.success(request, _("The two are connected now."), extra_tags=tags)
            return redirect(found.url)
    context = {
        "form": form,
        "found": found,
        "others": others,
        "words": words,
        "things": [str(thing.label) for thing in queries.things().values()],
    }
    return render(request, "thread/link_create.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def link_end(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    link, ends = _changeable(request, pk, day=timezone.localdate(now))
    actions.end_link(link, actor=request.user, now=now)
    tags = f"undo={reverse('thread:link_again', args=[pk])}?at={request.GET.get('at', '')[:6]}"
    messages.success(request, _("The connection has ended."), extra_tags=tags)
    return redirect(_way_back(request, link, ends))


@login_required
@require_POST
def link_again(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    link, ends = _changeable(request, pk, day=timezone.localdate(now))
    try:
        actions.link(
            kind=link.kind,
            source=link.source,
            target=link.target,
            reason=link.reason,
            actor=request.user,
            now=now,
        )
    except actions.CannotLink as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The two are connected again."))
    return redirect(_way_back(request, link, ends))


def _others(request: SignedInRequest, end: End, *, words: str, day: date) -> dict[End, Found]:
    """What was sent, if one may see it; else what holds the words looked for."""
    if request.method == "POST":
        thing, _dash, number = request.POST.get("other", "").rpartition("-")
        sent = End(thing=thing, id=int(number)) if number.isdecimal() and len(number) < 19 else end
        return queries.seen([sent], request.user, day=day)
    return queries.searched(request.user, words=words, day=day, without=end) if words else {}


def _wanted(end: End, form: LinkForm) -> dict[str, Any]:
    sent = form.cleaned_data
    kind, _dot, way = sent["way"].partition(".")
    thing, _dash, number = sent["other"].rpartition("-")
    other = End(thing=thing, id=int(number))
    source, target = (other, end) if way == pages.BACK else (end, other)
    return {"kind": kind, "source": source, "target": target, "reason": sent["reason"]}


def _changeable(request: SignedInRequest, pk: int, *, day: date) -> tuple[Link, Mapping[End, Found]]:
    found = queries.link_seen(pk, request.user, day=day)
    if found is None:
        raise Http404
    if not rules.can_end(request.user, found[0], day=day):
        raise PermissionDenied
    return found


def _way_back(request: SignedInRequest, link: Link, ends: Mapping[End, Found]) -> str:
    return ends[link.target if request.GET.get("at") == AT_TARGET else link.source].url
