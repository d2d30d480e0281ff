"""What is sent to say how an initiative stands to a plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme.models import PlanRelation

Choices = Sequence[tuple[int, str]]


class RelationForm(forms.Form):
    """The relation, why, who looks after it, and the track it lives in; no relation leaves it open."""

    kind = forms.ChoiceField(
        label=_("Relation"),
        required=False,
        choices=[("", _("not judged yet")), *PlanRelation.Kind.choices],
        widget=forms.Select(attrs={"autofocus": True}),
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    track = forms.TypedChoiceField(
        label=_("The track it lives in"), required=False, coerce=int, empty_value=None
    )
    owner = forms.TypedChoiceField(label=_("Looked after by"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, tracks: Choices, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = [("", _("none")), *tracks]  # type: ignore[attr-defined]  # it is
        self.fields["owner"].choices = [("", _("nobody")), *owners]  # type: ignore[attr-defined]  # a choice
