"""The codes other systems know the units by: as a list, as a file out, and as a file in."""

import csv
import io
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from robust.core.http import SignedInRequest, file_answer, taken_back, undo_at, wants_file
from robust.organisation import actions, queries
from robust.organisation.forms import lists as forms
from robust.organisation.forms.code_file import ImportCodesForm
from robust.organisation.models import Role, Unit, UnitCode
from robust.organisation.pages import listing
from robust.organisation.pages import unit_code as pages
from robust.organisation.pages.form import FormPage
from robust.organisation.views.form_page import ask

ONE_DAY = timedelta(days=1)


@login_required
@require_safe
def code_list(request: SignedInRequest) -> HttpResponse:
    units, day = _administered_or_refuse(request), timezone.localdate()
    lines = pages.mapping_lines(queries.tree_on(day), units, queries.codes_at(units, day=day))
    if wants_file(request):
        made = actions.export_list(listing.codes(lines), actor=request.user, now=timezone.now())
        return file_answer(*made)
    shown = {"lines": lines, "systems": [system.label for system in UnitCode.System]}
    return render(request, "organisation/code_list.html", shown)


@login_required
@require_safe
def code_export(request: SignedInRequest) -> HttpResponse:
    units, day = _administered_or_refuse(request), timezone.localdate()
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(pages.code_rows(queries.codes_at(units)))
    actions.record("unit.codes_exported", actor=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="koder-{day.isoformat()}.csv"'}
    content = out.getvalue().encode("utf-8-sig")
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@login_required
def code_import(request: SignedInRequest) -> HttpResponse:
    units = {unit.code: unit for unit in queries.units_among(_administered_or_refuse(request))}
    form = ImportCodesForm(request.POST or None, request.FILES or None, units=units)
    page = FormPage(
        title=_("Read a file of codes"),
        answer=_("All lines are kept, or none. Lines that stand already are skipped."),
        button=_("Read the file"),
        back_url=reverse("organisation:code_list"),
        back=_("Codes"),
        seen_by=_("Administrators."),
        is_upload=True,
    )

    def save(said: dict[str, Any]) -> str:
        kept = actions.import_codes(said["file"], actor=request.user, now=timezone.now())
        return ngettext("%d new code is kept.", "%d new codes are kept.", kept) % kept

    return ask(request, form, page, save=save)


@login_required
def code_give(request: SignedInRequest, pk: int) -> HttpResponse:
    units, day = _administered_or_refuse(request), timezone.localdate()
    unit = get_object_or_404(queries.units_among(units), pk=pk)
    form = forms.GiveCodeForm(request.POST or None, initial={"starts_on": day})
    page = _page(unit, title=_("Give %(unit)s a code") % {"unit": unit.name}, button=_("Give the code"))

    def save(said: dict[str, Any]) -> str:
        latest_on = said.pop("latest_on")
        ends_on = latest_on + ONE_DAY if latest_on else None
        actions.give_code(unit=unit, ends_on=ends_on, actor=request.user, now=timezone.now(), **said)
        return _("The code is kept.")

    return ask(request, form, page, save=save)


@login_required
@require_POST
def code_end(request: SignedInRequest, pk: int) -> HttpResponse:
    units, day = _administered_or_refuse(request), timezone.localdate()
    given = get_object_or_404(queries.codes_at(units), pk=pk)
    undo = undo_at(
        request,
        reverse("organisation:code_again", args=[pk]),
        unit=given.unit_id,
        system=given.system,
        code=given.code,
        starts_on=given.starts_on.isoformat(),
        ended_on=day.isoformat(),
        ends_on=given.ends_on.isoformat() if given.ends_on else None,
    )
    actions.end_code(given=given, ends_on=day, actor=request.user, now=timezone.now())
    messages.success(
        request, _("The code %(code)s no longer counts.") % {"code": given.code}, extra_tags=undo
    )
    return redirect("organisation:unit_detail", pk=given.unit_id)


@login_required
@require_POST
def code_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that a code ended."""
    units, before = _administered_or_refuse(request), taken_back(request)
    unit = queries.units_among(units & {before.get("unit", 0)}).first()
    if unit is None:
        messages.error(request, actions.TOO_LATE)
        return redirect("organisation:code_list")
    try:
        actions.count_code_again(
            unit=unit,
            system=before["system"],
            code=before["code"],
            starts_on=date.fromisoformat(before["starts_on"]),
            ended_on=date.fromisoformat(before["ended_on"]),
            ends_on=date.fromisoformat(before["ends_on"]) if before["ends_on"] else None,
            actor=request.user,
            now=timezone.now(),
        )
    except actions.CannotTakeBack as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The code %(code)s counts as before.") % {"code": before["code"]})
    return redirect("organisation:unit_detail", pk=unit.pk)


def _administered_or_refuse(request: SignedInRequest) -> frozenset[int]:
    units = queries.units_where(request.user, roles=(Role.ADMINISTRATOR,), day=timezone.localdate())
    if not units:
        raise PermissionDenied
    return units


def _page(unit: Unit, *, title: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back_url=reverse("organisation:unit_detail", args=[unit.pk]),
        back=unit.name,
        seen_by=_("Everybody who sees the unit."),
    )
