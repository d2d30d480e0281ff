"""What is sent to say how far an initiative is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme.forms.parts import DayInput
from robust.programme.models import Judgement


class StatusForm(forms.Form):
    """A text and a judgement for one place on one day."""

    unit = forms.TypedChoiceField(label=_("Place"), coerce=int)
    text = forms.CharField(
        label=_("How far is it?"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "sentences"}),
    )
    judgement = forms.ChoiceField(label=_("How does it go?"), choices=Judgement, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why was it stopped?"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("So that others can learn from it."),
    )
    dated_on = forms.DateField(label=_("As of"), widget=DayInput)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = places  # type: ignore[attr-defined]  # the field is a choice field

    def clean(self) -> None:
        sent = self.cleaned_data
        if sent.get("judgement") == Judgement.STOPPED and not sent.get("reason"):
            self.add_error("reason", _("Write why it was stopped, so that others can learn from it."))


class StatusDraftForm(StatusForm):
    """What is written so far: only the place has to be there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["dated_on"]  # what is taken up again is of that day
        for name, field in self.fields.items():
            field.required = name == "unit"

    def clean(self) -> None:
        self.cleaned_data["based_on"] = self.cleaned_data.get("based_on") or 0
