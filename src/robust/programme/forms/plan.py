"""What is sent to make or change a plan, and to choose the days that are compared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme import queries
from robust.programme.forms.parts import DayInput, PartForm, part_formset
from robust.programme.models import Plan

Choices = Sequence[tuple[Any, Any]]


class PlanForm(forms.Form):
    """The plan itself."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(
        label=_("Short name"), max_length=40, help_text=_("Stands where there is little room, as in tables.")
    )
    purpose = forms.CharField(label=_("Purpose"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    unit = forms.TypedChoiceField(label=_("Belongs to"), coerce=int)
    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Ends before"), required=False, widget=DayInput, help_text=_("Empty means no end.")
    )

    def __init__(self, *args: Any, units: Choices, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # the field is a choice field
        self._plan = plan

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if queries.is_plan_name_taken(name, besides=self._plan):
            raise forms.ValidationError(_("Another plan has this name. Choose another one."))
        return name

    def clean(self) -> None:
        refuse_end_before_start(self)


class AreaForm(PartForm):
    """A heading in the plan."""

    name = forms.CharField(label=_("Area"), max_length=200)


AreaFormSet = part_formset(AreaForm)


def refuse_end_before_start(form: forms.Form) -> None:
    """Put an error at the end day if it is not after the start day."""
    starts_on, ends_on = form.cleaned_data.get("starts_on"), form.cleaned_data.get("ends_on")
    if starts_on and ends_on and ends_on <= starts_on:
        form.add_error("ends_on", _("The end must be after the start."))


class ComparisonForm(forms.Form):
    """The two days of a comparison."""

    before = forms.DateField(label=_("From"), required=False, widget=DayInput)
    after = forms.DateField(label=_("To"), required=False, widget=DayInput)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("changes", _("With what is new marked")), ("plain", _("Plain text"))],
    )

    def clean(self) -> None:
        before, after = self.cleaned_data.get("before"), self.cleaned_data.get("after")
        if before and after and after < before:
            self.add_error("after", _("The second day is before the first. Choose a later one."))
