"""The idea bank: look, propose, support, answer, merge."""

from collections.abc import Iterator
from datetime import date, timedelta
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
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from robust.core.http import SignedInRequest, asked_in_words, file_answer, rows_shown, wants_file
from robust.core.registry import Found, HomeItem
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme import rules
from robust.programme.actions import idea as actions
from robust.programme.forms.idea import AnswerForm, IdeaForm, IdeaLookForm, MergeForm
from robust.programme.models import Idea
from robust.programme.pages import idea as pages
from robust.programme.pages import listing
from robust.programme.queries import choice
from robust.programme.queries import idea as queries
from robust.thread import queries as thread_queries
from robust.thread.models import End

ON_A_PAGE = 30
TOLD_FOR = timedelta(days=14)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def idea_list(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    visible = queries.ideas_visible_to(request.user, day=day).exclude(state=Idea.State.MERGED)
    look = IdeaLookForm(request.GET)
    asked = look.asked()
    found = queries.narrowed(visible, account=request.user, **asked)
    page = Paginator(found, rows_shown(request, ON_A_PAGE)).get_page(request.GET.get("page"))
    rows = pages.idea_rows(page, day=day)
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.ideas(_("Ideas"), rows),
            asked=asked_in_words(look),
            actor=request.user,
            now=timezone.now(),
        )
        return file_answer(*made)
    answering = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    context = {
        "rows": rows,
        "page": page,
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "states": look.fields["state"].choices,  # type: ignore[attr-defined]  # it is a choice field
        "sorts": look.fields["sort"].choices,  # type: ignore[attr-defined]
        "answer": pages.list_answer(
            count=page.paginator.count, waiting_count=visible.filter(state__in=queries.WAITING).count()
        ),
        "queue_count": queries.waiting_ideas(answering).count() if answering else 0,
    }
    template = "programme/_idea_rows.html" if request.htmx else "programme/idea_list.html"
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_create(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    visible = organisation_queries.units_visible_to(request.user, day=day)
    initial = {"title": _typed(request, "title"), "unit": _own_unit(request, day=day)}
    form = IdeaForm(request.POST or None, initial=initial, units=choice.units(among=visible, day=day))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        idea = actions.propose(
            title=sent["title"],
            text=sent["text"],
            unit=choice.unit(sent["unit"]),
            actor=request.user,
            now=now,
        )
        messages.success(request, _("Your idea is sent. You will find the answer on My day."))
        return redirect("programme:idea_detail", pk=idea.pk)
    return render(request, "programme/idea_create.html", {"form": form}, status=422 if form.errors else 200)


def _own_unit(request: SignedInRequest, *, day: date) -> int | None:
    """The unit in focus, else the lowest one at which the person holds a role."""
    if request.session.get("unit_id"):
        return int(request.session["unit_id"])
    tree = organisation_queries.tree_on(day)
    held = {held.unit_id for held in organisation_queries.roles_on(request.user, day=day)} & set(tree.nodes)
    return max(held, key=lambda unit_id: (len(tree.above(unit_id)), -unit_id), default=None)


def _typed(request: SignedInRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\0", " ")[:200]


@login_required
@require_safe
def idea_similar(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    words = _typed(request, "title")
    ideas = queries.similar_ideas(words, account=request.user, day=day)
    context = {
        "similar": pages.idea_rows(ideas, day=day),
        "under_way": queries.similar_initiatives(words, account=request.user, day=day),
    }
    return render(request, "programme/_idea_similar.html", context)


@login_required
@require_safe
def idea_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    idea = _idea(request, pk, day=day)
    if idea.merged_into_id:
        messages.info(request, _("“%(title)s” was merged with this idea.") % {"title": idea.title})
        return redirect("programme:idea_detail", pk=idea.merged_into_id)
    return _detail(request, idea, AnswerForm(auto_id="answer_%s"), day=day)


def _idea(request: SignedInRequest, pk: int, *, day: date) -> Any:
    visible = queries.with_support(queries.ideas_visible_to(request.user, day=day), account=request.user)
    known = visible.select_related("unit", "sender", "answered_by", "merged_into")
    return get_object_or_404(known, pk=pk)


def _detail(
    request: SignedInRequest, idea: Any, form: AnswerForm, *, day: date, status: int = 200
) -> HttpResponse:
    may_answer = rules.can_answer_ideas(request.user, idea.unit_id, day=day)
    similar = queries.similar_ideas(idea.title, account=request.user, day=day, without=idea.pk)
    page = pages.idea_detail(idea, account_id=request.user.pk, may_answer=may_answer, day=day)
    context = {
        "page": page,
        "row": page.row,
        "similar": pages.idea_rows(similar, day=day),
        "form": form,
        "may_answer": may_answer,
        "thread": thread_queries.thread_of(End(thing="idea", id=idea.pk), request.user, day=day),
    }
    return render(request, "programme/idea_detail.html", context, status=status)


@login_required
@require_POST
def idea_support(request: SignedInRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk, day=timezone.localdate())
    actions.support(idea=idea, actor=request.user, now=timezone.now())
    return _after_support(request, idea)


@login_required
@require_POST
def idea_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk, day=timezone.localdate())
    actions.withdraw(idea=idea, actor=request.user, now=timezone.now())
    if not request.htmx:  # with it the button beside the idea turns round where it stands
        tags = f"undo={reverse('programme:idea_support', args=[pk])}"
        messages.success(request, _("Your support is withdrawn."), extra_tags=tags)
    return _after_support(request, idea)


def _after_support(request: SignedInRequest, idea: Idea) -> HttpResponse:
    if not request.htmx:
        return redirect("programme:idea_detail", pk=idea.merged_into_id or idea.pk)
    day = timezone.localdate()
    (row,) = pages.idea_rows([_idea(request, idea.merged_into_id or idea.pk, day=day)], day=day)
    return render(request, "programme/_idea_support.html", {"row": row})


@login_required
@require_POST
def idea_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    idea = _idea(request, pk, day=day)
    if not rules.can_answer_ideas(request.user, idea.unit_id, day=day):
        raise PermissionDenied
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return _detail(request, idea, form, day=day, status=422)
    state, text = form.cleaned_data["state"], form.cleaned_data["answer"]
    try:
        if state == Idea.State.ACCEPTED:
            initiative = actions.accept(idea=idea, text=text, actor=request.user, now=now)
            messages.success(request, _("The idea is an initiative now, and you own it. The sender is told."))
            return redirect("programme:initiative_detail", pk=initiative.pk)
        actions.answer(idea=idea, state=Idea.State(state), text=text, actor=request.user, now=now)
    except actions.CannotAnswer as error:
        form.add_error("answer", str(error))
        return _detail(request, idea, form, day=day, status=422)
    messages.success(request, _("The answer is saved. The sender finds it on My day."))
    return redirect("programme:idea_detail", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    idea = _idea(request, pk, day=day)
    answering = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    if idea.unit_id not in answering:
        raise PermissionDenied
    candidates = _candidates(request, idea, answering=answering, day=day)
    form = MergeForm(request.POST or None, ideas=candidates)
    if request.method == "POST" and form.is_valid():
        into = _idea(request, form.cleaned_data["into"], day=day)
        try:
            target = actions.merge(idea=idea, into=into, actor=request.user, now=now)
        except actions.CannotMerge as error:
            form.add_error(None, str(error))
        else:
            said = _("“%(title)s” goes on in this idea, with its support.") % {"title": idea.title}
            messages.success(request, said)
            return redirect("programme:idea_detail", pk=target.pk)
    context = {"idea": idea, "form": form, "candidates": candidates, "words": _typed(request, "words")}
    return render(request, "programme/idea_merge.html", context, status=422 if form.errors else 200)


def _candidates(
    request: SignedInRequest, idea: Idea, *, answering: frozenset[int], day: date
) -> list[tuple[int, str]]:
    """Ideas one answers for: those with the words looked for, else those that resemble this one."""
    words = _typed(request, "words")
    mine = queries.ideas_visible_to(request.user, day=day).filter(unit__in=answering).exclude(pk=idea.pk)
    open_ones = mine.exclude(state=Idea.State.MERGED).select_related("unit")
    if request.method == "POST":
        sent = request.POST.get("into", "")
        found = list(open_ones.filter(pk=int(sent))) if sent.isdecimal() else []
    elif words:
        found = list(queries.matching(open_ones, words).order_by("-created_at", "-id")[:20])
    else:
        alike = queries.similar_ideas(idea.title, account=request.user, day=day, without=idea.pk)
        found = [other for other in alike if other.unit_id in answering]
    return [(other.pk, f"{other.title} ({other.unit.name})") for other in found]


@login_required
@require_safe
def idea_queue(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    answering = organisation_queries.units_where(request.user, roles=rules.LEADING, day=day)
    if not answering:
        raise PermissionDenied
    waiting = queries.with_support(queries.waiting_ideas(answering), account=request.user)
    page = Paginator(waiting.select_related("unit"), rows_shown(request, ON_A_PAGE)).get_page(
        request.GET.get("page")
    )
    rows = pages.idea_rows(page, day=day)
    if wants_file(request):
        made = organisation_actions.export_list(
            listing.ideas(_("Ideas that wait for an answer"), rows), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    context = {"page": page, "rows": rows}
    return render(request, "programme/idea_queue.html", context)


def waiting(account: Account, *, day: date) -> Iterator[HomeItem]:
    """What the idea bank has for somebody's first page: answers to their ideas, and ideas to answer."""
    since = timezone.now() - TOLD_FOR
    for idea in queries.answered_ideas_of(account, since=since):
        shown = idea.merged_into or idea
        yield HomeItem(
            title=idea.title,
            url=reverse("programme:idea_detail", args=[shown.pk]),
            kind=_("Answer to your idea"),
            note=f"{idea.get_state_display().capitalize()}: {idea.answer}"
            if idea.answer
            else idea.get_state_display().capitalize(),
        )
    answering = organisation_queries.units_where(account, roles=rules.LEADING, day=day)
    queue = queries.waiting_ideas(answering)
    if count := queue.count():
        unanswered = queue.filter(state=Idea.State.NEW).first()
        yield HomeItem(
            title=ngettext("%d idea waits for an answer", "%d ideas wait for an answer", count) % count,
            url=reverse("programme:idea_queue"),
            kind=_("Ideas"),
            due_on=timezone.localdate(unanswered.created_at + pages.ANSWER_WITHIN) if unanswered else None,
        )


def found(account: Account, *, words: str, day: date) -> Iterator[Found]:
    """Ideas with these words, for the search over all rooms."""
    visible = queries.ideas_visible_to(account, day=day).exclude(state=Idea.State.MERGED)
    for idea in queries.matching(visible, words)[:20]:
        yield Found(
            title=idea.title,
            url=reverse("programme:idea_detail", args=[idea.pk]),
            kind=_("Ideas"),
            excerpt=idea.text[:160],
        )
