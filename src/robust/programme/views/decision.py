"""Sending an initiative to a forum, deciding about it there, asking and answering."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from robust.core.http import SignedInRequest, taken_back, undo_at
from robust.organisation import actions as organisation_actions
from robust.programme import rules
from robust.programme.actions import board as actions
from robust.programme.forms.board import DecisionForm, QuestionAnswerForm, QuestionForm, SendToDecisionForm
from robust.programme.models import Decision, Initiative, Meeting
from robust.programme.queries import board as queries
from robust.programme.queries.initiative import initiatives_visible_to
from robust.programme.views.board import visible_meeting


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    initiative = _changeable(request, pk, day=day)
    forums = queries.forums_visible_to(request.user, day=day)
    form = SendToDecisionForm(
        request.POST or None,
        initial={"forum": initiative.forum_id, "wanted": initiative.decision_wanted},
        forums=[(forum.pk, f"{forum.name} ({forum.unit.name})") for forum in forums],
    )
    if request.method == "POST" and form.is_valid():
        waited = initiative.awaits_decision
        forum = forums.get(pk=form.cleaned_data["forum"])
        wanted = form.cleaned_data["wanted"]
        actions.send_to_decision(
            initiative=initiative, forum=forum, wanted=wanted, actor=request.user, now=now
        )
        said = _("Sent. It stands on the agenda of %(forum)s until something is decided.")
        tags = "" if waited else f"undo={reverse('programme:decision_call_back', args=[pk])}"
        messages.success(request, said % {"forum": forum.name}, extra_tags=tags)
        return redirect("programme:initiative_detail", pk=pk)
    context = {"form": form, "initiative": initiative, "has_forums": bool(forums)}
    return render(request, "programme/decision_ask.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def decision_call_back(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    initiative = _changeable(request, pk, day=timezone.localdate(now))
    undo = ""
    if initiative.awaits_decision:
        address = reverse("programme:decision_again", args=[pk])
        undo = undo_at(request, address, forum=initiative.forum_id, wanted=initiative.decision_wanted)
    actions.call_back(initiative=initiative, actor=request.user, now=now)
    messages.success(request, _("Called back. Nothing waits for a decision any more."), extra_tags=undo)
    return redirect("programme:initiative_detail", pk=pk)


@login_required
@require_POST
def decision_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that an initiative was called back from a forum."""
    now = timezone.now()
    day = timezone.localdate(now)
    initiative, before = _changeable(request, pk, day=day), taken_back(request)
    forum = queries.forums_visible_to(request.user, day=day).filter(pk=before.get("forum") or 0).first()
    if forum is None:
        messages.error(request, organisation_actions.TOO_LATE)
    elif initiative.awaits_decision:
        messages.error(request, organisation_actions.CHANGED_SINCE)
    else:
        actions.send_to_decision(
            initiative=initiative, forum=forum, wanted=before["wanted"], actor=request.user, now=now
        )
        said = _("It stands on the agenda of %(forum)s again.")
        messages.success(request, said % {"forum": forum.name})
    return redirect("programme:initiative_detail", pk=pk)


def _changeable(request: SignedInRequest, pk: int, *, day: date) -> Initiative:
    initiative = get_object_or_404(initiatives_visible_to(request.user, day=day), pk=pk)
    if not rules.can_change_initiative(request.user, initiative, day=day):
        raise PermissionDenied
    return initiative


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_create(request: SignedInRequest, pk: int, initiative_id: int) -> HttpResponse:
    now = timezone.now()
    meeting, initiative = _on_the_table(request, pk, initiative_id, day=timezone.localdate(now))
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = Decision.Outcome(form.cleaned_data["outcome"])
        try:
            actions.decide(
                meeting=meeting,
                initiative=initiative,
                outcome=outcome,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=now,
            )
        except actions.CannotDecide as error:
            form.add_error("reason", str(error))
        else:
            said = _("Decided: %(outcome)s. It stands on the initiative, and the owner finds it on My day.")
            messages.success(request, said % {"outcome": outcome.label})
            return redirect("programme:meeting_detail", pk=pk)
    context = {"form": form, "meeting": meeting, "initiative": initiative}
    return render(request, "programme/decision_create.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request: SignedInRequest, pk: int, initiative_id: int) -> HttpResponse:
    now = timezone.now()
    meeting, initiative = _on_the_table(request, pk, initiative_id, day=timezone.localdate(now))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        actions.ask(meeting=meeting, initiative=initiative, text=text, actor=request.user, now=now)
        messages.success(request, _("Asked. The owner finds the question on My day."))
        return redirect("programme:meeting_detail", pk=pk)
    context = {"form": form, "meeting": meeting, "initiative": initiative}
    return render(request, "programme/question_create.html", context, status=422 if form.errors else 200)


def _on_the_table(
    request: SignedInRequest, pk: int, initiative_id: int, *, day: date
) -> tuple[Meeting, Initiative]:
    meeting = visible_meeting(request, pk, day=day)
    if not rules.can_decide(request.user, meeting.forum, day=day):
        raise PermissionDenied
    return meeting, get_object_or_404(initiatives_visible_to(request.user, day=day), pk=initiative_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    asked = queries.questions_about(initiatives_visible_to(request.user, day=day))
    question = get_object_or_404(asked, pk=pk)
    if not rules.can_change_initiative(request.user, question.initiative, day=day):
        raise PermissionDenied
    form = QuestionAnswerForm(request.POST or None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["answer"]
        actions.answer_question(question=question, text=text, actor=request.user, now=now)
        messages.success(request, _("Answered. The forum reads it at its next meeting."))
        return redirect("programme:initiative_detail", pk=question.initiative_id)
    context = {"form": form, "question": question}
    return render(request, "programme/question_answer.html", context, status=422 if form.errors else 200)
