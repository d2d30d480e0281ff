"""For how long each kind of record is kept."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest, file_answer, wants_file
from robust.organisation import actions, queries, rules
from robust.organisation.forms.lists import RetentionForm
from robust.organisation.pages import listing
from robust.organisation.pages.form import FormPage
from robust.organisation.views.form_page import ask


@login_required
@require_safe
def retention_list(request: SignedInRequest) -> HttpResponse:
    can_change = rules.can_administer_everything(request.user, day=timezone.localdate())
    kept = queries.kept()
    if wants_file(request):
        made = actions.export_list(listing.kept(kept), actor=request.user, now=timezone.now())
        return file_answer(*made)
    shown = {"kept": kept, "can_change": can_change}
    return render(request, "organisation/retention_list.html", shown)


@login_required
def retention_change(request: SignedInRequest, name: str) -> HttpResponse:
    if not rules.can_administer_everything(request.user, day=timezone.localdate()):
        raise PermissionDenied
    kept = next((one for one in queries.kept() if one.name == name), None)
    if kept is None:
        raise Http404
    form = RetentionForm(request.POST or None, initial={"months": kept.months, "note": kept.note})
    page = FormPage(
        title=_("How long is it kept? %(kind)s") % {"kind": kept.kind.label},
        answer=_("Deleting happens every night and cannot be undone."),
        button=_("Save"),
        back_url=reverse("organisation:retention_list"),
        back=_("What is kept"),
        seen_by=_("Everybody who signs in."),
    )

    def save(said: dict[str, Any]) -> str:
        actions.set_retention(kind=name, actor=request.user, now=timezone.now(), **said)
        return _("It counts from tonight.")

    return ask(request, form, page, save=save)
