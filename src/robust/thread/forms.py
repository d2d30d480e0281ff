"""What a person says when linking two things."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """How the thing hangs together with which other, and why."""

    way = forms.ChoiceField(label=_("How do they hang together?"), widget=forms.RadioSelect)
    other = forms.ChoiceField(label=_("With what?"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why?"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        *args: Any,
        ways: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = ways  # type: ignore[attr-defined]  # the fields are choice fields
        self.fields["other"].choices = others  # type: ignore[attr-defined]
