"""Forums and their meetings: what waits, what is new, and what is decided there."""

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

from robust.core.http import SignedInRequest, file_answer, wants_file
from robust.core.registry import HomeItem
from robust.organisation import actions as organisation_actions
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account
from robust.programme import rules
from robust.programme.actions import board as actions
from robust.programme.bridge.comparing import passages_between
from robust.programme.forms.board import ForumForm, MeetingEditForm, MeetingForm
from robust.programme.models import Forum, Meeting
from robust.programme.pages import board as pages
from robust.programme.pages import listing
from robust.programme.queries import board as queries
from robust.programme.queries import choice
from robust.programme.queries.change import follow_up_of_initiatives
from robust.programme.queries.initiative import initiatives_visible_to
from robust.programme.queries.status import latest_by_initiative
from robust.thread import queries as thread_queries
from robust.thread.models import End

NEWS_ON_A_PAGE = 20
MOST_ENDED = 50
TOLD_FOR = timedelta(days=14)
DECISIONS_ON_A_PAGE = 30


@login_required
@require_safe
def forum_list(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    visible = initiatives_visible_to(request.user, day=day)
    forums = queries.forums_visible_to(request.user, day=day)
    found = list(queries.with_next_meeting(forums, initiatives=visible, day=day))
    if wants_file(request):
        made = organisation_actions.export_list(listing.forums(found), actor=request.user, now=timezone.now())
        return file_answer(*made)
    decisions = queries.decisions_about(visible).filter(meeting__forum__in=forums)
    context = {
        "forums": found,
        "decided": pages.decided(decisions[:10]),
        "may_found": rules.can_manage_some_plans(request.user, day=day),
    }
    return render(request, "programme/forum_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forum_create(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    managed = organisation_queries.units_where(request.user, roles=rules.PLANNING, day=day)
    if not managed:
        raise PermissionDenied
    form = ForumForm(request.POST or None, units=choice.units(among=managed, day=day))
    if request.method == "POST" and form.is_valid():
        unit = choice.unit(form.cleaned_data["unit"])
        try:
            forum = actions.found_forum(
                name=form.cleaned_data["name"], unit=unit, actor=request.user, now=now
            )
        except actions.CannotMeet as error:
            form.add_error("name", str(error))
        else:
            return redirect("programme:forum_detail", pk=forum.pk)
    return render(request, "programme/forum_create.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def forum_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    forum = _forum(request, pk)
    if wants_file(request):
        visible = initiatives_visible_to(request.user, day=timezone.localdate())
        decisions = queries.decisions_about(visible).filter(meeting__forum=forum)
        made = organisation_actions.export_list(
            listing.decisions(forum, pages.decided(decisions)), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    return _forum_page(request, forum, MeetingForm())


def _forum(request: SignedInRequest, pk: int) -> Forum:
    return get_object_or_404(queries.forums_visible_to(request.user, day=timezone.localdate()), pk=pk)


def _forum_page(
    request: SignedInRequest, forum: Forum, form: MeetingForm, *, status: int = 200
) -> HttpResponse:
    day = timezone.localdate()
    visible = initiatives_visible_to(request.user, day=day)
    decisions = queries.decisions_about(visible).filter(meeting__forum=forum)
    page = Paginator(decisions, DECISIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "forum": forum,
        "form": form,
        "waiting": list(queries.waiting_in(forum, initiatives=visible)),
        "meetings": list(queries.meetings_of(forum)),
        "coming": queries.meeting_after(forum, day=day),
        "decided": pages.decided(page),
        "page": page,
        "may_decide": rules.can_decide(request.user, forum, day=day),
    }
    return render(request, "programme/forum_detail.html", context, status=status)


@login_required
@require_POST
def meeting_create(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    forum = _forum(request, pk)
    if not rules.can_decide(request.user, forum, day=timezone.localdate(now)):
        raise PermissionDenied
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _forum_page(request, forum, form, status=422)
    meeting = actions.plan_meeting(
        forum=forum, held_on=form.cleaned_data["held_on"], actor=request.user, now=now
    )
    messages.success(request, _("The meeting is planned."))
    return redirect("programme:meeting_detail", pk=meeting.pk)


def visible_meeting(request: SignedInRequest, pk: int, *, day: date) -> Meeting:
    """The meeting, where the person sees its forum."""
    return get_object_or_404(queries.meetings_visible_to(request.user, day=day), pk=pk)


@login_required
@require_safe
def meeting_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    meeting = visible_meeting(request, pk, day=day)
    period = queries.news_period(meeting, day=day)
    may_decide = rules.can_decide(request.user, meeting.forum, day=day)
    context = {
        **_meeting_page(request, meeting, period=period, may_decide=may_decide, day=day),
        "meeting": meeting,
        "before": period.before,
        "since": period.after,
        "coming": queries.meeting_after(meeting.forum, day=meeting.held_on + timedelta(days=1)),
        "form": MeetingForm(),
        "may_decide": may_decide,
        "plain": "plain" in request.GET,
        "thread": thread_queries.thread_of(
            End(thing="meeting", id=pk), request.user, day=day, without=("decision",)
        ),
    }
    return render(request, "programme/meeting_detail.html", context)


def _meeting_page(
    request: SignedInRequest, meeting: Meeting, *, period: queries.NewsPeriod, may_decide: bool, day: date
) -> dict[str, Any]:
    seen = organisation_queries.units_visible_to(request.user, day=day)
    units = seen & organisation_queries.tree_known_on(day).below(meeting.forum.unit_id)
    visible = initiatives_visible_to(request.user, day=day)
    spoken_of = queries.spoken_of(
        visible,
        units=units,
        after=period.after,
        until=period.until,
        written_after=period.written_after,
    )
    found = Paginator(spoken_of.select_related("owner", "party").defer("search"), NEWS_ON_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    waiting = list(queries.waiting_in(meeting.forum, initiatives=visible))
    shown = pages.meeting_detail(
        meeting,
        waiting=waiting,
        statuses=latest_by_initiative([row.pk for row in waiting], units=seen, day=day),
        ended=queries.ended_between(units=units, after=period.after, until=period.until)[:MOST_ENDED],
        follow_up=follow_up_of_initiatives(
            list(page),
            title=meeting.forum.name,
            units=units,
            before_on=period.after,
            after_on=period.until,
        ),
        news_count=found.count,
        decisions=queries.decisions_at(meeting, initiatives=visible),
        questions=queries.questions_at(meeting, initiatives=visible),
        compare=passages_between,
        may_decide=may_decide,
    )
    return {"page": shown, "found": page}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    meeting = visible_meeting(request, pk, day=day)
    if not rules.can_decide(request.user, meeting.forum, day=day):
        raise PermissionDenied
    initial = {"held_on": meeting.held_on, "note": meeting.note}
    form = MeetingEditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(meeting=meeting, **form.cleaned_data, actor=request.user, now=now)
        except actions.CannotMeet as error:
            form.add_error("held_on", str(error))
        else:
            messages.success(request, _("The meeting is saved."))
            return redirect("programme:meeting_detail", pk=pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "programme/meeting_edit.html", context, status=422 if form.errors else 200)


def waiting(account: Account, *, day: date) -> Iterator[HomeItem]:
    """What forums have for somebody's first page: decisions, questions, and what they are to decide."""
    for decision in queries.decisions_for(account, since=timezone.now() - TOLD_FOR):
        yield HomeItem(
            title=decision.initiative.title,
            url=reverse("programme:initiative_detail", args=[decision.initiative_id]),
            kind=_("Decision"),
            note=f"{decision.get_outcome_display().capitalize()}: {decision.reason}",
        )
    for question in queries.questions_to(account):
        yield HomeItem(
            title=question.initiative.title,
            url=reverse("programme:question_answer", args=[question.pk]),
            kind=_("Question from %(forum)s") % {"forum": question.meeting.forum.name},
            note=question.text,
        )
    yield from _to_decide(account, day=day)


def _to_decide(account: Account, *, day: date) -> Iterator[HomeItem]:
    deciding = organisation_queries.units_where(account, roles=rules.DECIDING, day=day)
    visible = initiatives_visible_to(account, day=day)
    forums = queries.forums_deciding_for(deciding)
    counting: Any = queries.with_next_meeting(forums, initiatives=visible, day=day)
    for forum in counting.filter(waiting_count__gt=0):
        coming = queries.meeting_after(forum, day=day)
        url = ("programme:meeting_detail", coming.pk) if coming else ("programme:forum_detail", forum.pk)
        said = ngettext(
            "%(count)d initiative waits for a decision in %(forum)s",
            "%(count)d initiatives wait for a decision in %(forum)s",
            forum.waiting_count,
        )
        yield HomeItem(
            title=said % {"count": forum.waiting_count, "forum": forum.name},
            url=reverse(url[0], args=[url[1]]),
            kind=_("Meeting"),
            due_on=forum.next_on,
        )
