"""The hospital's own lists: parties outside the tree, professions and unit types."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from robust.core.http import SignedInRequest, file_answer, taken_back, undo_at, wants_file
from robust.organisation import actions, queries, rules
from robust.organisation.forms import lists as forms
from robust.organisation.pages import directory as pages
from robust.organisation.pages import listing
from robust.organisation.pages.form import FormPage
from robust.organisation.views.form_page import ask

LISTS: dict[str, tuple[Any, Any, type[django_forms.ModelForm[Any]]]] = {
    "parties": (lazy("Parties"), queries.parties, forms.PartyForm),
    "professions": (lazy("Professions"), queries.professions, forms.ProfessionForm),
    "unit-types": (lazy("Unit types"), queries.unit_types, forms.UnitTypeForm),
}


@login_required
@require_safe
def directory_list(request: SignedInRequest, name: str) -> HttpResponse:
    label, rows, _form = _list(request, name)
    lines = pages.directory_lines(rows())
    if wants_file(request):
        made = actions.export_list(
            listing.directory(str(label), lines), actor=request.user, now=timezone.now()
        )
        return file_answer(*made)
    shown = {
        "name": name,
        "label": label,
        "lines": lines,
        "lists": [(other, label, other == name) for other, (label, _rows, _form) in LISTS.items()],
    }
    return render(request, "organisation/directory_list.html", shown)


@login_required
def directory_add(request: SignedInRequest, name: str) -> HttpResponse:
    label, _rows, make_form = _list(request, name)
    return _ask_for_line(
        request, name, title=_("Add to %(list)s") % {"list": label}, form=make_form(request.POST or None)
    )


@login_required
def directory_change(request: SignedInRequest, name: str, pk: int) -> HttpResponse:
    _label, rows, make_form = _list(request, name)
    listed = _line(rows(), pk)
    title = _("Change %(name)s") % {"name": str(listed)}
    return _ask_for_line(request, name, title=title, form=make_form(request.POST or None, instance=listed))


@login_required
@require_POST
def directory_remove(request: SignedInRequest, name: str, pk: int) -> HttpResponse:
    _label, rows, make_form = _list(request, name)
    listed = _line(rows(), pk)
    was = django_forms.model_to_dict(listed, make_form._meta.fields)
    try:
        went_alone = actions.remove_listed(listed, actor=request.user, now=timezone.now())
    except actions.CannotRemove as error:
        messages.error(request, str(error))
    else:
        address = reverse("organisation:directory_again", args=[name, pk])
        undo = undo_at(request, address, **was) if went_alone else ""
        messages.success(request, _("%(name)s is removed.") % {"name": str(listed)}, extra_tags=undo)
    return redirect("organisation:directory_list", name=name)


@login_required
@require_POST
def directory_again(request: SignedInRequest, name: str, pk: int) -> HttpResponse:
    """Take back that a line was removed."""
    _label, _rows, make_form = _list(request, name)
    was = taken_back(request)
    form = make_form(was)
    if not was:
        messages.error(request, actions.TOO_LATE)
    elif not form.is_valid():
        messages.error(request, actions.CHANGED_SINCE)
    else:
        listed = actions.save_listed(form.instance, actor=request.user, now=timezone.now())
        messages.success(request, _("%(name)s stands on the list again.") % {"name": str(listed)})
    return redirect("organisation:directory_list", name=name)


def _ask_for_line(
    request: SignedInRequest, name: str, *, title: str, form: django_forms.ModelForm[Any]
) -> HttpResponse:
    page = FormPage(
        title=title,
        button=_("Save"),
        back_url=reverse("organisation:directory_list", args=[name]),
        back=str(LISTS[name][0]),
        seen_by=_("Everybody; administrators can change it."),
    )

    def save(_said: dict[str, Any]) -> str:
        listed = actions.save_listed(form.instance, actor=request.user, now=timezone.now())
        return _("%(name)s is kept.") % {"name": str(listed)}

    return ask(request, form, page, save=save)


def _list(request: SignedInRequest, name: str) -> tuple[Any, Any, type[django_forms.ModelForm[Any]]]:
    if name not in LISTS:
        raise Http404
    if not rules.can_administer_everything(request.user, day=timezone.localdate()):
        raise PermissionDenied
    return LISTS[name]


def _line(rows: QuerySet[Any], pk: int) -> Any:
    return get_object_or_404(rows, pk=pk)
