"""The audit trail for those who watch over it: what was done, and whether the chain is unbroken."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from robust.core.http import SignedInRequest, asked_in_words, file_answer, rows_shown, wants_file
from robust.organisation import actions, queries, rules
from robust.organisation.forms.lists import AuditFilterForm
from robust.organisation.pages import audit as pages
from robust.organisation.pages import listing

PER_PAGE = 100
USUAL_DAYS = 30


@login_required
@require_safe
def audit_list(request: SignedInRequest) -> HttpResponse:
    _watcher_or_refuse(request)
    form = _form(request)
    asked = _asked(request, form, day=timezone.localdate())
    entries = queries.audit_entries(**asked)
    page = Paginator(entries, rows_shown(request, PER_PAGE)).get_page(request.GET.get("page"))
    lines = pages.audit_lines(page)
    if wants_file(request):
        return _as_file(request, lines, form=form, total=page.paginator.count)
    criteria = {name: value for name, value in asked.items() if value} | {"page": page.number}
    actions.record("audit.read", actor=request.user, now=timezone.now(), detail={"criteria": criteria})
    shown = {"page": page, "lines": lines, "asked": asked, "kinds": pages.action_choices()}
    return render(request, "organisation/audit_list.html", shown)


@login_required
@require_safe
def audit_chain(request: SignedInRequest) -> HttpResponse:
    _watcher_or_refuse(request)
    heads = queries.chain_heads()
    if wants_file(request):
        made = actions.export_list(
            listing.chain(heads), actor=request.user, now=timezone.now(), action="audit.exported"
        )
        return file_answer(*made)
    shown = {"heads": heads, "closings": queries.audit_closings()}
    return render(request, "organisation/audit_chain.html", shown)


@login_required
@require_POST
def audit_check(request: SignedInRequest) -> HttpResponse:
    _watcher_or_refuse(request)
    broken = actions.check_audit(actor=request.user, now=timezone.now())
    for month_on, place in broken.items():
        sentence = _(
            "The chain of %(month)s is broken at entry %(place)d. Save a backup and call whoever runs Robust."
        )
        messages.error(
            request, sentence % {"month": date_format(month_on, "YEAR_MONTH_FORMAT"), "place": place}
        )
    if not broken:
        messages.success(request, _("The chain is unbroken: every entry stands as it was written."))
    return redirect("organisation:audit_chain")


def _form(request: SignedInRequest) -> AuditFilterForm:
    form = AuditFilterForm(request.GET)
    form.is_valid()
    return form


def _asked(request: SignedInRequest, form: AuditFilterForm, *, day: date) -> dict[str, Any]:
    """Read what is looked for, the latest month where no day is given; what cannot be read is not asked."""
    said = form.cleaned_data
    if "from_on" not in request.GET:
        said["from_on"] = day - timedelta(days=USUAL_DAYS)
    return {name: said.get(name) or None for name in ("from_on", "until_on")} | {
        "words": said.get("words", ""),
        "action": said.get("action", ""),
    }


def _as_file(
    request: SignedInRequest, lines: tuple[pages.AuditLine, ...], *, form: AuditFilterForm, total: int
) -> HttpResponse:
    kind = form.cleaned_data.get("action")
    said = {_("Kind"): pages.action_words(kind)} if kind else {}
    made = actions.export_list(
        listing.audit(lines),
        asked=asked_in_words(form) | said,
        total=total,
        actor=request.user,
        now=timezone.now(),
        action="audit.exported",
    )
    return file_answer(*made)


def _watcher_or_refuse(request: SignedInRequest) -> None:
    if not rules.can_administer_everything(request.user, day=timezone.localdate()):
        raise PermissionDenied
