"""Ask by a form, let the domain do it, and say what happened; or say at the form why it was refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from robust.organisation import actions
from robust.organisation.pages.form import FormPage

REFUSALS = (
    actions.CannotAddAccount,
    actions.CannotAssign,
    actions.CannotChangeTree,
    actions.CannotEmploy,
    actions.CannotEnd,
    actions.CannotGiveCode,
    actions.CannotSave,
)


def ask(
    request: HttpRequest,
    form: forms.BaseForm,
    page: FormPage,
    *,
    save: Callable[[dict[str, Any]], str | tuple[str, str]],
) -> HttpResponse:
    """Show the form until it is sent and the action takes it; `save` gives the sentence that is then said.

    With the sentence it may give the tag that offers to undo what was done.
    """
    if request.method == "POST" and form.is_valid():
        try:
            said = save(form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, getattr(error, "texts", str(error)))
        else:
            sentence, undo = said if isinstance(said, tuple) else (said, "")
            messages.success(request, sentence, extra_tags=undo)
            return redirect(page.back_url)
    shown = {"form": form, "page": page}
    return render(request, "organisation/form_page.html", shown, status=422 if form.errors else 200)


def day_asked(request: HttpRequest) -> date:
    """Give the day in the address; today where there is none that can be read."""
    try:
        return forms.DateField(required=False).clean(request.GET.get("day", "")) or timezone.localdate()
    except forms.ValidationError:
        return timezone.localdate()
