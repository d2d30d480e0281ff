"""What is sent to make a link for a party outside."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme.forms.parts import DayInput

Choices = Sequence[tuple[int, str]]


class ShareForm(forms.Form):
    """Whom to show what, and until when."""

    party = forms.TypedChoiceField(label=_("For whom?"), coerce=int)
    unit = forms.TypedChoiceField(label=_("What happens at"), coerce=int)
    ends_on = forms.DateField(
        label=_("Ends before"), widget=DayInput, help_text=_("At most a year from now.")
    )

    def __init__(self, *args: Any, parties: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]  # both are choice fields
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
