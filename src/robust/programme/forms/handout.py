"""What is to be handed over, and the slide template."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from robust.organisation.models import Unit
from robust.programme.actions.handout import Order
from robust.programme.forms.parts import DayInput
from robust.programme.models import Handout, Plan

MOST_TEMPLATE_BYTES = 20_000_000


class HandoutLookForm(forms.Form):
    """Which of somebody's handouts to see; nonsense in the address narrows nothing."""

    plan = forms.TypedChoiceField(label=_("Plan"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Format"), required=False, choices=Handout.Kind.choices)

    def __init__(self, *args: Any, plans: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = plans  # type: ignore[attr-defined]  # it is a choice field

    def asked(self) -> dict[str, Any]:
        """Give what was understood."""
        self.is_valid()
        return self.cleaned_data


class HandoutForm(forms.Form):
    """Which days, which places and which format."""

    dated_on = forms.DateField(label=_("Follow-up as of"), widget=DayInput)
    compared_on = forms.DateField(
        label=_("Mark what is new since"),
        required=False,
        widget=DayInput,
        help_text=_("New text becomes red and underlined. Empty: nothing is marked."),
    )
    sites = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Places with a column of their own"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(choices=Handout.Kind.choices, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sites: QuerySet[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["sites"].queryset = sites  # type: ignore[attr-defined]  # the stubs know no queryset there

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Handout.Kind.SLIDES

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day has not come yet. Choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, day = cleaned.get("compared_on"), cleaned.get("dated_on")
        if since and day and since >= day:
            self.add_error("compared_on", _("Choose a day before the one of the follow-up."))
        return cleaned

    def order(self, plan: Plan) -> Order:
        """Give what is wanted, once the form is valid."""
        return Order(plan=plan, **self.cleaned_data | {"sites": list(self.cleaned_data["sites"])})


class TemplateForm(forms.Form):
    """The hospital's own slides."""

    file = forms.FileField(
        label=_("Slide template"),
        help_text=_(
            "A PowerPoint file (.pptx or .potx) with the hospital's layouts. Its own slides are left out."
        ),
        widget=forms.FileInput(attrs={"accept": ".pptx,.potx"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_TEMPLATE_BYTES:
            raise forms.ValidationError(
                _("The template is larger than 20 MB. Take pictures out and try again.")
            )
        return file
