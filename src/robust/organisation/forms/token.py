"""What somebody says of a new key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.organisation.models import ApiToken


class TokenForm(forms.ModelForm[ApiToken]):
    """Ask what the key is for, what it may do and which day it last works."""

    latest_on = forms.DateField(
        label=_("Works until and including"),
        help_text=_("At most one year ahead."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = ApiToken
        fields = ["name", "scope"]
        widgets = {"scope": forms.RadioSelect}
        labels = {"name": _("What is the key for?"), "scope": _("What may it do?")}
        help_texts = {"name": _("For example: figures for the department's sheet.")}

    field_order = ["name", "scope", "latest_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = ApiToken.Scope.choices  # type: ignore[attr-defined]  # a radio list
